/* Bringing a journal back from its second copy. */
#include <assert.h>

#include "codec/record_person.h"
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

/* The whole groups before the first line that does not belong there. What verifies as far as one line
 * does so as far as all before it, so the line is searched for by halves. */
static size_t
sound_groups(const char *name, const struct buffer *bytes, struct arena *arena)
{
    size_t *ends = NULL, count = 0, capacity = 0, low = 0;
    bool torn;
    for (size_t at = 0; at < bytes->size; at++)
        if (bytes->bytes[at] == '\n') {
            ends = arena_push(arena, ends, count, &capacity, sizeof *ends);
            ends[count++] = at + 1;
        }
    for (size_t high = count; low < high;) {
        size_t middle = low + (high - low + 1) / 2;
        struct buffer part = {.bytes = bytes->bytes, .size = ends[middle - 1]};
        struct arena scratch = {0};
        struct journal trial = {0};
        bool verifies = scan_trial(&trial, name, &part, &scratch);
        arena_close(&scratch);
        if (verifies)
            low = middle;
        else
            high = middle - 1;
    }
    struct buffer part = {.bytes = bytes->bytes, .size = low ? ends[low - 1] : 0};
    return low ? whole_groups(name, &part, &torn) : 0;
}

/* What is to stand at the journal's path: the copy's whole groups. When the journal that is there
 * holds all of them, bringing the copy back would lose records; but an incomplete end of it, or one
 * that does not verify, which the copy has not whole either, is cut off, because nothing can bring
 * it back. */
static bool
choose(struct journal *journal, const struct buffer *copy, const struct buffer *there,
       const struct buffer **chosen, size_t *size, struct error *err)
{
    bool torn;
    *chosen = copy;
    *size = whole_groups("the second copy", copy, &torn);
    if (*size == 0)
        return error_say(err, "the second copy of %s does not verify either", journal->path);
    if (records_alike(there->bytes, there->size, copy->bytes, *size).there < *size)
        return true;
    *chosen = there;
    *size = whole_groups(journal->path, there, &torn);
    if (*size == 0) { /* of both histories the longer one */
        *size = sound_groups(journal->path, there, journal->arena);
        torn = true;
    }
    return torn || error_say(err,
                             "%s holds all that this machine has seen of it: there is nothing to "
                             "bring back",
                             journal->path);
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
    struct buffer copy = {0}, there = {0};
    const struct buffer *chosen;
    size_t size;
    bool exists = false;
    mirror_init(&journal->mirror, journal->arena);
    bool worked = mirror_recall(&journal->mirror, journal->path, &copy, journal->arena, err) &&
                  file_read(journal->path, STORE_BYTES_MAX, &there, &exists, err) &&
                  choose(journal, &copy, &there, &chosen, &size, err) &&
                  put_aside(journal, now_ms, aside, err) &&
                  file_write(journal->path, chosen->bytes, size, 0600, err);
    if (!worked)
        err->status = STATUS_JOURNAL;
    buffer_close(&copy);
    buffer_close(&there);
    return worked;
}
