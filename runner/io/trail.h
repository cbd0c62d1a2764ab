/* A file that is only added to, for what is good to have but need not be durable at once: bytes go
 * to the system, not to the disk. */
#ifndef IO_TRAIL_H
#define IO_TRAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

struct trail {
    int descriptor; /* -1: not open */
};

/* Opens or begins a file of the owner's, mode 0600; a link, a file with a second name and anything
 * that is no file are refused. What stands behind its first `keep_bytes` is cut off: the rest of a
 * write that did not reach the disk whole. */
bool trail_open(struct trail *trail, const char *path, uint64_t keep_bytes, struct error *err);

/* Adds all bytes at the end. */
bool trail_add(struct trail *trail, const void *bytes, size_t size, struct error *err);
void trail_close(struct trail *trail);

#endif
