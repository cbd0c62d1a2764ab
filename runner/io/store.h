/* A file that only grows: the journal's storage. It holds bytes; what they mean is known
 * elsewhere.
 *
 * The rule: when an append returned true, its bytes are on the disk. When it returned false, they
 * are gone again or the store is `broken`. After a failed sync nobody can know what the disk holds
 * (the kernel drops the pages and reports the loss once), so a broken store is never touched
 * again. Errors carry STATUS_JOURNAL. */
#ifndef IO_STORE_H
#define IO_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"

enum { STORE_BYTES_MAX = 1 << 30 }; /* larger is no journal */

struct store {
    int descriptor; /* -1: not open */
    const char *path;
    uint64_t size; /* of what is known to be written; the next append begins here */
    bool created;  /* by us, and its name is not yet durable */
    bool broken;
};

/* Opens what is there, read whole into `content`. Accepted: a regular file, not a link, not
 * world-writable, owned by the user or root, 1 GiB at most. *exists false when there is none (not
 * an error; nothing is open then). `warnings` (may be NULL) gets words when the file is
 * group-writable or lies on a network file system. `path` must live as long as the store. */
bool store_open(struct store *store, const char *path, bool for_writing, bool *exists,
                struct buffer *content, struct problems *warnings, struct error *err);

/* Begins a new file, mode 0600, that must not exist yet. Its name becomes durable with the first
 * append. */
bool store_create(struct store *store, const char *path, struct error *err);

/* Writes the last `size` bytes once more, as they were read, and makes them and the file's name
 * durable. A process before this one may have ended with a sync that failed: then what is read here
 * may be only in the memory of the system, and marked as if it were on the disk. */
bool store_confirm(struct store *store, const void *bytes, size_t size, struct error *err);

/* Writes all bytes at the end and makes them durable. What a failed write left is cut off again;
 * when even that fails, or a sync failed, the store is broken. */
bool store_append(struct store *store, const void *bytes, size_t size, struct error *err);

/* That the open file is still the one at its path: what is written to another may be found by
 * nobody. */
bool store_is_in_place(const struct store *store, struct error *err);

/* Takes room on the disk for `size` more bytes, so that they cannot fail for want of it.
 * *reserved false where the file system cannot promise that: not an error. False when the room is
 * not there, and when the file is not in its place. A failed append gives the room back. */
bool store_reserve(struct store *store, size_t size, bool *reserved, struct error *err);

/* Keeps the bytes from `size` on in a new file `side_path` (mode 0600, must not exist, durable
 * first) and cuts them off. */
bool store_cut(struct store *store, uint64_t size, const char *side_path, struct error *err);

void store_close(struct store *store);

#endif
