/* Bringing a journal back from its second copy. */
#include <assert.h>
#include <string.h>

#include "engine/scan.h"
#include "io/file.h"

enum { JOURNAL_BYTES_MAX = 1024 * 1024 * 1024 };

/* True when the journal that is there holds all of the copy, and perhaps more: then bringing the
 * copy back would lose records. */
static bool
holds_all(const char *path, const struct buffer *copy, size_t copy_size)
{
    struct buffer there = {0};
    struct error ignored = {0};
    bool exists = false;
    bool all = file_read(path, JOURNAL_BYTES_MAX, &there, &exists, &ignored) && exists &&
               there.size >= copy_size && memcmp(there.bytes, copy->bytes, copy_size) == 0;
    buffer_close(&there);
    return all;
}

bool
journal_restore(struct journal *journal, stamp_t now_ms, const char **aside, struct error *err)
{
    assert(journal->locked);
    struct buffer copy = {0};
    mirror_init(&journal->mirror, journal->arena);
    bool worked = mirror_recall(&journal->mirror, journal->path, &copy, journal->arena, err);
    struct journal trial = {
        .path = "the second copy", .arena = journal->arena, .warnings = journal->warnings};
    worked = worked && scan_journal(&trial, copy.bytes, copy.size, err);
    size_t size = worked ? scan_verified_size(&trial, copy.size) : 0;
    *aside = NULL;
    if (worked && holds_all(journal->path, &copy, size))
        worked = error_say(err,
                           "%s holds all that this machine has seen of it: there is nothing to "
                           "bring back",
                           journal->path);
    if (worked && file_exists(journal->path)) {
        char when[STAMP_TEXT_SIZE];
        *aside = arena_print(journal->arena, "%s.replaced-%s", journal->path,
                             stamp_print_amz(when, now_ms));
        worked = file_move(journal->path, *aside, err);
    }
    worked = worked && file_write(journal->path, copy.bytes, size, 0600, err);
    if (!worked)
        err->status = STATUS_JOURNAL;
    buffer_close(&copy);
    return worked;
}
