/* One run at a time: an flock(2) on a file of its own beside the thing it guards. The kernel lets
 * go when the holder ends, however it ends; the file stays for ever, because deleting it would let
 * two runs hold two different files of one name. */
#ifndef IO_LOCK_H
#define IO_LOCK_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/error.h"

struct lock {
    int descriptor;
};

/* Takes the lock and leaves `holder`, one line for people, in the file (made 0600; a link
 * and a file with a second name are refused). False with STATUS_HELD and the other's line in the
 * text when another holds it; false with STATUS_JOURNAL when the file cannot be used. */
bool lock_take(struct lock *lock, const char *path, const char *holder, struct error *err);

/* True while somebody holds the lock at that path; `holder` gets their line, escaped for a
 * terminal. Takes nothing that another would have to wait for: who wants the lock while we look
 * tries again. */
bool lock_look(const char *path, struct buffer *holder);

void lock_release(struct lock *lock);

#endif
