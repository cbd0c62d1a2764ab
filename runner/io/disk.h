/* What the files of this room that write to disk share. Each function returning bool leaves errno
 * when it fails, so that the caller, who knows the path and the purpose, can say what it means. */
#ifndef IO_DISK_H
#define IO_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

/* Writes all bytes at an offset; goes on after short writes and signals. */
bool disk_put(int descriptor, const void *bytes, size_t size, uint64_t offset);

/* What is done with a file's bytes, piece by piece; `at` is where a piece begins. The last is
 * empty. */
struct taker {
    void (*take)(void *self, const char *piece, size_t size, size_t at);
    void *self;
};

/* Hands over what stands from `offset` on; EFBIG when that is more than `limit_bytes`. */
bool disk_pieces(int descriptor, uint64_t offset, size_t limit_bytes, struct taker taker);

/* Adds the pieces to a buffer. */
struct taker taker_of(struct buffer *content);

/* Cuts a file to a size. Not durable yet. */
bool disk_cut(int descriptor, uint64_t size);

/* Makes contents and size durable. */
bool disk_sync(int descriptor);

/* Makes the name of a new, renamed or removed file durable: syncs the folder it is in. */
bool disk_sync_folder(const char *path);

/* What a person can do about an errno: "free some space and run again". */
const char *disk_advice(int error_number);

#endif
