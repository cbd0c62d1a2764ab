#include "engine/erase.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "codec/record_person.h"
#include "codec/record_stated.h"
#include "engine/erase_file.h"
#include "engine/scan.h"
#include "io/anew.h"
#include "io/file.h"

/* A record may not be longer than RECORD_SIZE_BYTES_MAX. */
enum { KEYS_IN_RECORD = 2000 };

/* What was begun before is meant as well. */
static bool
deed_is_meant(const struct erasure *erasure, const struct deed *deed)
{
    if (deed_is_erased(deed) || deed->verb == VERB_CREATE)
        return false;
    return deed->lingers || text_same(deed->worker, erasure->worker) ||
           (erasure->before_ms && deed_moment(deed) < erasure->before_ms);
}

static void
deeds_weigh(const struct journal *journal, struct erasure *erasure)
{
    const struct ledger *ledger = &journal->ledger;
    erasure->keys = arena_alloc(journal->arena, (ledger->deed_count + 1) * sizeof(char *));
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        if (!deed_is_meant(erasure, deed))
            continue;
        erasure->open += deed_is_open(deed);
        index_add(&erasure->meant, deed->key, i, journal->arena);
        index_add(&erasure->workers, deed->worker, i, journal->arena);
        if (deed->assignment)
            index_add(&erasure->works, deed->assignment, i, journal->arena);
        if (!deed->lingers) /* else it is written down already */
            erasure->keys[erasure->key_count++] = deed->key;
    }
}

/* What the worker's ID still stands in when all persons are gone. */
static void
outside_note(struct erasure *erasure, const struct buffer *bytes)
{
    for (size_t at = 0, size; erasure->worker && at < bytes->size; at += size) {
        const char *line = bytes->bytes + at;
        const char *end = memchr(line, '\n', bytes->size - at);
        size = end ? (size_t)(end - line) + 1 : bytes->size - at;
        if (!bytes_name(line, size, erasure->worker))
            continue;
        if (erasure->outside++ == 0)
            record_states_seq(line, size, &erasure->first_outside);
    }
}

/* The journal's own bytes: its records, and a torn end, which goes into a file beside. */
static void
journal_weigh(const struct journal *journal, struct erasure *erasure, const struct buffer *bytes)
{
    struct buffer out = {0}, whole = *bytes, torn = {0};
    whole.size = scan_verified_size(journal, bytes->size);
    torn.bytes = bytes->bytes ? bytes->bytes + whole.size : NULL;
    torn.size = bytes->size - whole.size;
    erasure->records = erase_bytes(journal, erasure, true, &whole, &out);
    outside_note(erasure, &out);
    erasure->records += erase_bytes(journal, erasure, false, &torn, &out);
    buffer_close(&out);
}

bool
erase_weigh(struct journal *journal, struct erasure *erasure, struct error *err)
{
    struct buffer bytes = {0}, out = {0};
    deeds_weigh(journal, erasure);
    bool worked = file_read(journal->path, STORE_BYTES_MAX, &bytes, NULL, err) &&
                  erase_files_find(journal, erasure, err);
    if (erasure->worker)
        index_add(&erasure->workers, erasure->worker, 0, journal->arena);
    if (worked)
        journal_weigh(journal, erasure, &bytes);
    for (size_t i = 0; worked && i < erasure->file_count; i++) {
        buffer_clear(&out);
        worked = erase_file_read(journal, erasure, &erasure->files[i], &out, err);
    }
    buffer_close(&bytes);
    buffer_close(&out);
    return worked;
}

bool
erase_is_empty(const struct erasure *erasure)
{
    size_t records = erasure->records;
    for (size_t i = 0; i < erasure->file_count; i++)
        records += erasure->files[i].records;
    return records == 0;
}

/* Says in the journal who is to go, before anybody goes. */
static bool
write_down(struct journal *journal, const struct erasure *erasure, const char *who, stamp_t wall_ms,
           struct error *err)
{
    if (!journal_recover(journal, journal->last_ms, err))
        return false;
    for (size_t at = 0; at < erasure->key_count; at += KEYS_IN_RECORD) {
        size_t left = erasure->key_count - at;
        struct entry entry = {
            .kind = ENTRY_ERASED, .who = who, .records = erasure->records, .wall_ms = wall_ms};
        if (erasure->before_ms) {
            entry.before_ms = erasure->before_ms;
            at = erasure->key_count;
        } else {
            entry.keys = erasure->keys + at;
            entry.key_count = left < KEYS_IN_RECORD ? left : KEYS_IN_RECORD;
        }
        if (!journal_add(journal, &entry, journal->last_ms, err))
            return false;
    }
    return journal_commit(journal, err);
}

/* The journal without them; it must verify as before, or nothing is put in its place. */
static bool
journal_rewrite(struct journal *journal, const struct erasure *erasure, struct error *err)
{
    struct buffer bytes = {0}, out = {0};
    struct arena arena = {0};
    struct journal trial = {0};
    bool worked = file_read(journal->path, STORE_BYTES_MAX, &bytes, NULL, err);
    if (worked && erase_bytes(journal, erasure, true, &bytes, &out)) {
        bool verifies = scan_trial(&trial, journal->path, &out, &arena) && !trial.torn_bytes &&
                        text_same(trial.sum, journal->sum);
        assert(verifies);
        worked = anew_write(journal->path, out.bytes, out.size, err);
    }
    arena_close(&arena);
    buffer_close(&bytes);
    buffer_close(&out);
    return worked;
}

bool
erase_perform(struct journal *journal, struct erasure *erasure, const char *who, stamp_t wall_ms,
              struct error *err)
{
    assert(journal->locked && !erasure->open);
    if (!write_down(journal, erasure, who, wall_ms, err))
        return false;
    store_close(&journal->store);
    mirror_close(&journal->mirror);
    /* A torn end lies beside now. */
    bool worked = erase_files_find(journal, erasure, err);
    for (size_t i = 0; worked && i < erasure->file_count; i++)
        worked = erase_file_write(journal, erasure, &erasure->files[i], err);
    worked = worked && journal_rewrite(journal, erasure, err);
    return worked;
}
