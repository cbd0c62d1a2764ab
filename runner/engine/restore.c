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

/* What is to stand at the journal's path: the copy's whole groups. When the journal that is there
 * holds all of them, bringing the copy back would lose records; but an incomplete end of it, which
 * the copy has not whole either, is cut off, because nothing can bring it back. */
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
