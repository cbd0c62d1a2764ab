/* What was durable stays: the journal across kills, power losses and what people do to it. */
#define _GNU_SOURCE /* memmem */
#include "oracle_state.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "codec/record_person.h"
#include "scene.h"

struct conceded conceded;
struct oracle oracle;

const char *
text_find(const char *bytes, size_t size, const char *text)
{
    return size ? memmem(bytes, size, text, strlen(text)) : NULL;
}

const char *
oracle_journal_path(void)
{
    return VOLUME_ROOT "/lab/party.sandbox.journal.jsonl";
}

static void
content_set(struct stored *content, const char *bytes, size_t size)
{
    if (size > content->capacity) {
        content->capacity = 2 * size;
        content->bytes = world_alloc(content->bytes, content->capacity);
    }
    if (size)
        memcpy(content->bytes, bytes, size);
    content->size = size;
}

void
oracle_begin(void)
{
    struct stored proven = oracle.proven, old = oracle.old;
    memset(&oracle, 0, sizeof oracle);
    oracle.proven = (struct stored){proven.bytes, 0, proven.capacity};
    oracle.old = (struct stored){old.bytes, 0, old.capacity};
}

void
oracle_end(void)
{
    world_free(oracle.proven.bytes);
    world_free(oracle.old.bytes);
    oracle.proven = oracle.old = (struct stored){0};
}

bool
oracle_is_meddled(void)
{
    return oracle.meddled;
}

const struct stored *
oracle_proven(void)
{
    return &oracle.proven;
}

/* The one state after a power loss that cannot be told from damage: the hole begins inside the
 * first record of the last group, in front of the number of its group, so that it might be a group
 * of its own, that was whole once. The design refuses it, and so it must be brought back from
 * elsewhere. */
bool
oracle_group_is_hidden(void)
{
    const struct volume_file *file = volume_find(oracle_journal_path());
    const struct stored *content = file ? &file->cached : NULL;
    const char *hole = content ? memchr(content->bytes, '\0', content->size) : NULL;
    if (!hole || (size_t)(hole - content->bytes) % SECTOR_BYTES != 0)
        return false;
    const char *line = hole;
    while (line > content->bytes && line[-1] != '\n')
        line--;
    const char *group = text_find(line, (size_t)(hole - line), "\"group\":");
    return !group || !memchr(group + 8, ',', (size_t)(hole - group - 8));
}

/* The same records, from which people were taken out, or, when the power went before the new file's
 * name was durable, in which they stand again. They are what is proven then. */
static bool
is_proven_otherwise(const struct volume_file *file)
{
    if (!oracle.erases || !file)
        return false;
    struct alike alike = records_alike(oracle.proven.bytes, oracle.proven.size, file->cached.bytes,
                                       file->cached.size);
    if (alike.here < oracle.proven.size)
        return false;
    oracle.synced = file;
    oracle.synced_size = alike.there;
    content_set(&oracle.proven, file->cached.bytes, alike.there);
    return true;
}

/* Records that were ever durable are the beginning of every later journal. */
static void
proven_check(const char *when)
{
    const struct volume_file *file = volume_find(oracle_journal_path());
    size_t size = file ? file->cached.size : 0;
    bool same = size >= oracle.proven.size &&
                (!oracle.proven.size ||
                 memcmp(file->cached.bytes, oracle.proven.bytes, oracle.proven.size) == 0);
    if (!same && is_proven_otherwise(file))
        return;
    if (size < oracle.proven.size)
        wrong("lost: %zu bytes of the journal were durable, and %s it has %zu", oracle.proven.size,
              when, size);
    for (size_t i = 0; i < oracle.proven.size; i++)
        if (file->cached.bytes[i] != oracle.proven.bytes[i])
            wrong("lost: byte %zu of the journal was durable, and %s it is another", i, when);
}

void
oracle_synced(const struct volume_file *file)
{
    const struct volume_file *journal = volume_find(oracle_journal_path());
    if (file == journal) {
        oracle.synced = file;
        oracle.synced_size = file->durable.size;
    }
    if (!journal || oracle.synced != journal ||
        volume_find_durable(oracle_journal_path()) != journal)
        return;
    size_t have = oracle.proven.size;
    if (oracle.synced_size < have)
        wrong("lost: %zu bytes of the journal were durable, and %zu are left", have,
              oracle.synced_size);
    size_t more = oracle.synced_size - have;
    if (more == 0)
        return;
    if (oracle.synced_size > oracle.proven.capacity) {
        oracle.proven.capacity = 2 * oracle.synced_size;
        oracle.proven.bytes = world_alloc(oracle.proven.bytes, oracle.proven.capacity);
    }
    memcpy(oracle.proven.bytes + have, journal->durable.bytes + have, more);
    oracle.proven.size += more;
}

/* An intent, or the operator's word: what was paid under other words and is said to be this is
 * accounted for, and shows nothing any more. */
static bool
has_intent(const struct stored *content, const char *key)
{
    const char *at = content->bytes, *end = at + content->size;
    char needle[80];
    snprintf(needle, sizeof needle, "\"key\":\"%.64s\"", key);
    while (at && (at = text_find(at, (size_t)(end - at), needle))) {
        const char *line = at;
        while (line > content->bytes && line[-1] != '\n')
            line--;
        if (text_find(line, (size_t)(at - line), "\"kind\":\"intend\"") ||
            text_find(line, (size_t)(at - line), "\"kind\":\"resolve\""))
            return true;
        at++;
    }
    return false;
}

/* Whether the second copy still holds what the journal has lost. */
static bool
second_copy_knows(void)
{
    const char *id = text_find(oracle.old.bytes, oracle.old.size, "\"journal\":\"");
    if (!id)
        return true; /* nothing was lost */
    char path[VOLUME_PATH_SIZE];
    snprintf(path, sizeof path, "%s/state/bursar/journals/%.32s.jsonl", VOLUME_ROOT, id + 11);
    const struct volume_file *copy = volume_find(path);
    bool whole = copy && copy->cached.size >= oracle.old.size &&
                 memcmp(copy->cached.bytes, oracle.old.bytes, oracle.old.size) == 0;
    return whole;
}

bool
oracle_is_forgotten(void)
{
    return oracle.meddled && !second_copy_knows();
}

void
oracle_erases(void)
{
    oracle.erases = true;
}

static void
nobody_check(const struct volume_file *file, const char *worker, const char *what)
{
    if (file && worker && bytes_name(file->cached.bytes, file->cached.size, worker))
        wrong("unexpected: %s was erased, and %s names them", worker, what);
}

/* A deed that is open stops an erasure, so that all of them are settled. */
void
oracle_erased(const char *worker)
{
    char path[VOLUME_PATH_SIZE];
    const struct volume_file *journal = volume_find(oracle_journal_path());
    const char *id =
        journal ? text_find(journal->cached.bytes, journal->cached.size, "\"journal\":\"") : NULL;
    if (!id)
        return;
    snprintf(path, sizeof path, "%s/state/bursar/journals/%.32s.jsonl", VOLUME_ROOT, id + 11);
    nobody_check(journal, worker, "the journal");
    nobody_check(volume_find(path), worker, "its second copy");
}

void
oracle_process_begins(void)
{
    proven_check("now");
    for (size_t i = 0; i < cast.planned_count; i++)
        cast.planned[i].sends = 0;
    oracle.foreign = false;
    if (!oracle.meddled)
        return;
    oracle.blind |= !second_copy_knows();
    const struct volume_file *journal = volume_find(oracle_journal_path());
    struct stored none = {0};
    for (size_t i = 0; i < cast.planned_count; i++) {
        const struct planned *planned = &cast.planned[i];
        bool shows = planned->verb == VERB_BONUS && planned->happened &&
                     oracle.paid_ms[i] + (stamp_t)cast.bonus_lag_s * 1000 <= scene.now_ms;
        /* In other words it is not known for one of the campaign's own. */
        shows &= oracle.edited[i] == cast.edit.words[planned->step];
        oracle.foreign |= shows && !has_intent(journal ? &journal->cached : &none, planned->key);
    }
}

void
oracle_process_ended(void)
{
    proven_check("after the process");
}

static void
meddled_reset(void)
{
    const struct volume_file *journal = volume_find(oracle_journal_path());
    oracle.synced = journal;
    oracle.synced_size = journal ? journal->cached.size : 0;
    content_set(&oracle.proven, journal ? journal->cached.bytes : NULL, oracle.synced_size);
    memset(oracle.sends, 0, sizeof oracle.sends);
}

void
oracle_meddled(bool deleted)
{
    content_set(&oracle.old, oracle.proven.bytes, oracle.proven.size);
    oracle.meddled = true;
    oracle.deleted = deleted;
    oracle.meddled_ms = scene.now_ms;
    meddled_reset();
}

void
oracle_restored(void)
{
    meddled_reset();
}
