/* Bringing a journal back from its second copy. */
#include <assert.h>
#include <string.h>

#include "codec/record_person.h"
#include "codec/record_stated.h"
#include "engine/scan.h"
#include "io/file.h"

/* How much of these bytes verifies, in whole groups; 0 when they do not. `*torn` tells that an
 * incomplete group follows. */
static size_t
whole_groups(const char *name, const struct buffer *bytes, bool *torn)
{
    struct arena arena = {0};
    struct journal trial = {0};
    bool verifies = scan_trial(&trial, name, bytes, &arena);
    *torn = verifies && trial.torn_bytes;
    arena_close(&arena);
    return verifies ? scan_verified_size(&trial, bytes->size) : 0;
}

/* The size of the whole groups before what does not verify. */
static size_t
sound_groups(const char *name, const struct buffer *bytes)
{
    struct arena arena = {0};
    struct journal trial = {0};
    scan_trial(&trial, name, bytes, &arena);
    arena_close(&arena);
    return (size_t)trial.torn_at;
}

/* The number of the record that would follow these, 0 when they do not verify. */
static uint64_t
next_seq(const struct buffer *bytes, size_t size)
{
    struct arena scratch = {0};
    struct journal trial = {0};
    struct buffer part = {.bytes = bytes->bytes, .size = size};
    uint64_t next = scan_trial(&trial, "", &part, &scratch) ? trial.next_seq : 0;
    arena_close(&scratch);
    return next;
}

/* Where the first line begins that states that number or a later one: a record that must not be
 * lost. Their size when there is none. */
static size_t
record_at(const struct buffer *bytes, uint64_t wanted)
{
    uint64_t seq;
    for (size_t at = 0, size; at < bytes->size; at += size) {
        const char *line = bytes->bytes + at;
        const char *end = memchr(line, '\n', bytes->size - at);
        size = end ? (size_t)(end - line) + 1 : bytes->size - at;
        if (record_states_seq(line, size, &seq) && seq >= wanted)
            return at;
    }
    return bytes->size;
}

static const char rebuild_cure[] =
    "'bursar journal rebuild' begins one anew from what the marketplace "
    "shows, and messages then count as perhaps sent";

/* The journal holds all that the copy does, or there is no copy that verifies. An incomplete end of
 * it, or one that does not verify, is cut off, because nothing can bring it back; but not where
 * records may stand behind it that were sent. */
static bool
choose_own(struct journal *journal, const struct buffer *there, bool copied, size_t *size,
           struct error *err)
{
    bool torn;
    *size = whole_groups(journal->path, there, &torn);
    if (*size && torn)
        return true;
    if (*size)
        return error_say(err,
                         "%s holds all that this machine has seen of it: there is nothing to "
                         "bring back",
                         journal->path);
    *size = sound_groups(journal->path, there);
    if (*size && record_at(there, next_seq(there, *size)) == there->size)
        return true;
    return error_say(err, "%s breaks off before its end, and %s. %s", journal->path,
                     !*size && !copied ? "there is no second copy of it that verifies"
                                       : "what stands behind that is in no copy of this machine",
                     rebuild_cure);
}

/* The copy holds records that are not whole in the journal. Those that the journal has behind them,
 * which others may have added, are put behind the copy's, where they fit. */
static bool
choose_copy(struct journal *journal, const struct buffer *copy, const struct buffer *there,
            struct buffer *joined, size_t *size, struct error *err)
{
    bool torn;
    size_t more = record_at(there, next_seq(copy, *size));
    buffer_add(joined, copy->bytes, *size);
    bool another =
        whole_groups(journal->path, there, &torn) > 0; /* it is kept, and can be merged */
    if (more == there->size || another)
        return true;
    buffer_add(joined, there->bytes + more, there->size - more);
    *size = whole_groups(journal->path, joined, &torn);
    return *size || error_say(err,
                              "%s is damaged, and holds records that this machine's copy lacks and "
                              "that do not fit behind it. %s",
                              journal->path, rebuild_cure);
}

/* What is to stand at the journal's path, into `chosen`. */
static bool
choose(struct journal *journal, const struct buffer *copy, const struct buffer *there,
       struct buffer *chosen, size_t *size, struct error *err)
{
    bool torn;
    *size = copy->size ? whole_groups("the second copy", copy, &torn) : 0;
    bool copied = *size > 0;
    if (copied && records_alike(there->bytes, there->size, copy->bytes, *size).there < *size)
        return choose_copy(journal, copy, there, chosen, size, err);
    buffer_add(chosen, there->bytes, there->size);
    return choose_own(journal, there, copied, size, err);
}

static bool
put_aside(struct journal *journal, stamp_t now_ms, const char **aside, struct error *err)
{
    *aside = NULL;
    if (!file_exists(journal->path))
        return true;
    *aside = file_name_beside(journal->path, "replaced", now_ms, journal->arena);
    return file_move(journal->path, *aside, err);
}

bool
journal_restore(struct journal *journal, stamp_t now_ms, const char **aside, struct error *err)
{
    assert(journal->locked);
    struct buffer copy = {0}, there = {0}, chosen = {0};
    size_t size;
    bool exists = false;
    mirror_init(&journal->mirror, journal->arena);
    struct error no_copy = {0};
    bool recalled = mirror_recall(&journal->mirror, journal->path, &copy, journal->arena, &no_copy);
    bool worked = file_read(journal->path, STORE_BYTES_MAX, &there, &exists, err);
    if (worked && !recalled && !there.size) {
        *err = no_copy;
        worked = false;
    }
    worked = worked && choose(journal, &copy, &there, &chosen, &size, err) &&
             put_aside(journal, now_ms, aside, err) &&
             file_write(journal->path, chosen.bytes, size, 0600, err);
    if (!worked)
        err->status = STATUS_JOURNAL;
    buffer_close(&copy);
    buffer_close(&there);
    buffer_close(&chosen);
    return worked;
}
