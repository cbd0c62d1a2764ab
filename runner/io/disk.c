#define _GNU_SOURCE

#include "io/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool
disk_put(int descriptor, const void *bytes, size_t size, uint64_t offset)
{
    const char *at = bytes;
    while (size) {
        ssize_t written = pwrite(descriptor, at, size, (off_t)offset);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0) {
            if (written == 0)
                errno = EIO;
            return false;
        }
        at += written;
        size -= (size_t)written;
        offset += (uint64_t)written;
    }
    return true;
}

bool
disk_pieces(int descriptor, uint64_t offset, size_t limit_bytes, struct taker taker)
{
    size_t taken = 0;
    char piece[16 * 1024];
    for (;;) {
        ssize_t got = pread(descriptor, piece, sizeof piece, (off_t)(offset + taken));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return false;
        if ((size_t)got > limit_bytes - taken) {
            errno = EFBIG;
            return false;
        }
        taker.take(taker.self, piece, (size_t)got, taken);
        if (got == 0)
            return true;
        taken += (size_t)got;
    }
}

static void
piece_add(void *self, const char *piece, size_t size, size_t at)
{
    (void)at;
    buffer_add(self, piece, size);
}

struct taker
taker_of(struct buffer *content)
{
    return (struct taker){piece_add, content};
}

bool
disk_cut(int descriptor, uint64_t size)
{
    int failed;
    do
        failed = ftruncate(descriptor, (off_t)size);
    while (failed && errno == EINTR);
    return !failed;
}

bool
disk_sync(int descriptor)
{
    /* fdatasync covers a changed size, which is all we need besides the bytes. */
    int failed;
    do
        failed = fdatasync(descriptor);
    while (failed && errno == EINTR);
    return !failed;
}

bool
disk_sync_folder(const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t size = slash ? (size_t)(slash - path) : 0;
    struct buffer folder = {0};
    buffer_add(&folder, slash ? path : ".", slash ? (size ? size : 1) : 1);
    int descriptor = open(folder.bytes, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    buffer_close(&folder);
    if (descriptor < 0)
        return false;
    int failed;
    do
        failed = fsync(descriptor);
    while (failed && errno == EINTR);
    /* Some file systems keep names durable by themselves and say EINVAL. */
    bool synced = !failed || errno == EINVAL;
    int kept = errno;
    close(descriptor);
    errno = kept;
    return synced;
}

const char *
disk_advice(int error_number)
{
    switch (error_number) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return "free some space and run again";
    case EACCES:
    case EPERM:
    case EROFS:
        return "make it accessible to you and run again";
    case ENOENT:
    case ENOTDIR:
        return "check the path";
    case EIO:
        return "check the disk before you run again";
    default:
        return "run again when that is mended";
    }
}
