/* A file that is written piece by piece and put in place whole or not at all, durably: written
 * beside under another name, synced, renamed. */
#ifndef IO_DRAFT_H
#define IO_DRAFT_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum { DRAFT_NAME_SIZE = sizeof "bursar-XXXXXX" };

struct draft {
    const char *path;
    char place[PATH_MAX]; /* where it will stand, at the end of a link */
    char beside[PATH_MAX + DRAFT_NAME_SIZE];
    int descriptor;
    uint64_t size_bytes;
    int why; /* errno of the first thing that went wrong, or 0 */
};

/* `mode` is taken as it is, whatever the umask. A link is followed; anything there that is not a
 * regular file is refused. `path` must live as long as the draft. When this fails there is nothing
 * to close. */
bool draft_open(struct draft *draft, const char *path, unsigned mode, struct error *err);

/* Adds bytes. That it failed is said at the end; until then nothing more is written. */
void draft_add(struct draft *draft, const void *bytes, size_t size);

/* Puts the file in place, if all was written; else takes it away. */
bool draft_close(struct draft *draft, struct error *err);

#endif
