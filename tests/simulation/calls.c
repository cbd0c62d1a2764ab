/* The system calls of runner/io on open files of the simulated disk; `names.c` has those on paths.
 */
#define _GNU_SOURCE

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <string.h>
#include <sys/file.h>
#include <sys/types.h>
#include <unistd.h>

#include "calls.h"
#include "oracle.h"
#include "scene.h"
#include "volume.h"

WRAPPED(int, open, const char *path, int flags, ...);
WRAPPED(int, __open_2, const char *path, int flags);
WRAPPED(int, close, int descriptor);
WRAPPED(ssize_t, pread, int descriptor, void *bytes, size_t size, off_t offset);
WRAPPED(ssize_t, pwrite, int descriptor, const void *bytes, size_t size, off_t offset);
WRAPPED(ssize_t, write, int descriptor, const void *bytes, size_t size);
WRAPPED(int, ftruncate, int descriptor, off_t size);
WRAPPED(int, fdatasync, int descriptor);
WRAPPED(int, fsync, int descriptor);
WRAPPED(int, fallocate, int descriptor, int mode, off_t offset, off_t size);
WRAPPED(int, flock, int descriptor, int operation);

enum { DESCRIPTOR_FIRST = 1 << 20, OPEN_MAX = 32 };

static struct opened opened[OPEN_MAX];
struct disturbance disturbance;

bool
calls_is_ours(const char *path)
{
    return strncmp(path, VOLUME_ROOT, strlen(VOLUME_ROOT)) == 0;
}

struct opened *
opened_find(int descriptor)
{
    if (descriptor < DESCRIPTOR_FIRST || descriptor >= DESCRIPTOR_FIRST + OPEN_MAX)
        return NULL;
    struct opened *found = &opened[descriptor - DESCRIPTOR_FIRST];
    assert(found->file);
    return found;
}

void
calls_end_process(void)
{
    for (size_t i = 0; i < OPEN_MAX; i++)
        if (opened[i].file)
            __wrap_close(DESCRIPTOR_FIRST + (int)i);
}

void
may_die(const char *call)
{
    if (scene.inside && dice_hit(scene.odds.crash_disk))
        process_die(dice_hit(scene.odds.power), call);
}

bool
fails(unsigned per_mille, int error_number, const struct volume_file *file, bool grows)
{
    if (!scene.inside || !dice_hit(per_mille))
        return false;
    bool journal = file && file == volume_find(oracle_journal_path());
    trace("  a call on the disk fails: %s%s", strerror(error_number), journal ? ", journal" : "");
    disturbance.any = true;
    disturbance.journal |= journal && grows;
    errno = error_number;
    return true;
}

static int
descriptor_take(struct volume_file *file, bool append)
{
    for (int i = 0; i < OPEN_MAX; i++)
        if (!opened[i].file) {
            opened[i] = (struct opened){file, append};
            return DESCRIPTOR_FIRST + i;
        }
    wrong("more than %d files are open", OPEN_MAX);
}

int
__wrap_open(const char *path, int flags, ...)
{
    va_list values;
    va_start(values, flags);
    mode_t mode = flags & O_CREAT ? va_arg(values, mode_t) : 0;
    va_end(values);
    if (!calls_is_ours(path))
        return __real_open(path, flags, mode);
    may_die("open");
    struct volume_file *file = volume_find(path);
    if (file && (flags & O_CREAT) && (flags & O_EXCL)) {
        errno = EEXIST;
        return -1;
    }
    if ((!file && !(flags & O_CREAT)) || (!file && !volume_folder_is(path))) {
        errno = ENOENT;
        return -1;
    }
    if (fails(scene.odds.broken, EIO, file, false) ||
        (!file && fails(scene.odds.full, ENOSPC, NULL, false)))
        return -1;
    if (!file) {
        file = volume_make(path, false);
        may_die("open, after the file was made");
    }
    return descriptor_take(file, flags & O_APPEND);
}

int
__wrap___open_2(const char *path, int flags)
{
    return calls_is_ours(path) ? __wrap_open(path, flags) : __real___open_2(path, flags);
}

int
__wrap_close(int descriptor)
{
    struct opened *at = opened_find(descriptor);
    if (!at)
        return __real_close(descriptor);
    if (at->file->holder == descriptor)
        at->file->holder = -1;
    at->file = NULL;
    return 0;
}

ssize_t
__wrap_pread(int descriptor, void *bytes, size_t size, off_t offset)
{
    struct opened *at = opened_find(descriptor);
    if (!at)
        return __real_pread(descriptor, bytes, size, offset);
    if (fails(scene.odds.untaken, EINTR, NULL, false) ||
        fails(scene.odds.broken, EIO, at->file, false))
        return -1;
    const struct stored *content = &at->file->cached;
    size_t from = (size_t)offset < content->size ? (size_t)offset : content->size;
    size_t count = content->size - from < size ? content->size - from : size;
    if (count)
        memcpy(bytes, content->bytes + from, count);
    return (ssize_t)count;
}

/* Room that was reserved cannot be missing. */
static bool
is_full(const struct volume_file *file, size_t end)
{
    return end > file->cached.size && end > file->reserved &&
           fails(scene.odds.full, ENOSPC, file, true);
}

static ssize_t
write_at(struct volume_file *file, const void *bytes, size_t size, size_t offset)
{
    if (scene.inside && size && dice_hit(scene.odds.crash_disk)) {
        volume_write(file, bytes, dice_below(size + 1), offset);
        process_die(dice_hit(scene.odds.power), "write, in the middle");
    }
    if (scene.inside && dice_hit(scene.odds.untaken)) {
        errno = EINTR;
        return -1;
    }
    if (fails(scene.odds.broken, EIO, file, true))
        return -1;
    if (is_full(file, offset + size))
        return -1;
    if (scene.inside && size > 1 && dice_hit(scene.odds.partial))
        size = 1 + dice_below(size - 1);
    volume_write(file, bytes, size, offset);
    may_die("write, after it");
    return (ssize_t)size;
}

ssize_t
__wrap_pwrite(int descriptor, const void *bytes, size_t size, off_t offset)
{
    struct opened *at = opened_find(descriptor);
    return at ? write_at(at->file, bytes, size, (size_t)offset)
              : __real_pwrite(descriptor, bytes, size, offset);
}

ssize_t
__wrap_write(int descriptor, const void *bytes, size_t size)
{
    struct opened *at = opened_find(descriptor);
    if (!at)
        return __real_write(descriptor, bytes, size);
    assert(at->append);
    return write_at(at->file, bytes, size, at->file->cached.size);
}

int
__wrap_ftruncate(int descriptor, off_t size)
{
    struct opened *at = opened_find(descriptor);
    if (!at)
        return __real_ftruncate(descriptor, size);
    may_die("ftruncate");
    if (fails(scene.odds.broken, EIO, at->file, true))
        return -1;
    volume_cut(at->file, (size_t)size);
    return 0;
}

static int
sync_any(int descriptor)
{
    struct volume_file *file = opened_find(descriptor)->file;
    may_die("sync");
    const struct volume_file *journal = volume_find(oracle_journal_path());
    if (file->folder) {
        bool its_own = file == volume_find(VOLUME_ROOT "/lab");
        if (fails(scene.odds.sync, EIO, its_own ? journal : NULL, true))
            return -1;
        volume_sync_folder(file);
    } else {
        if (fails(scene.odds.sync, EIO, file, true)) {
            volume_sync_fails(file);
            return -1;
        }
        volume_sync(file);
    }
    oracle_synced(file);
    may_die("sync, after it");
    return 0;
}

int
__wrap_fdatasync(int descriptor)
{
    return opened_find(descriptor) ? sync_any(descriptor) : __real_fdatasync(descriptor);
}

int
__wrap_fsync(int descriptor)
{
    return opened_find(descriptor) ? sync_any(descriptor) : __real_fsync(descriptor);
}

int
__wrap_fallocate(int descriptor, int mode, off_t offset, off_t size)
{
    struct opened *at = opened_find(descriptor);
    if (!at)
        return __real_fallocate(descriptor, mode, offset, size);
    assert(mode == FALLOC_FL_KEEP_SIZE);
    if (fails(scene.odds.full, ENOSPC, at->file, true))
        return -1;
    at->file->reserved = (size_t)(offset + size);
    return 0;
}

int
__wrap_flock(int descriptor, int operation)
{
    struct opened *at = opened_find(descriptor);
    if (!at)
        return __real_flock(descriptor, operation);
    bool looks = operation == (LOCK_SH | LOCK_NB); /* and lets go at once */
    assert(looks || operation == (LOCK_EX | LOCK_NB));
    if (at->file->holder >= 0) {
        errno = EWOULDBLOCK;
        return -1;
    }
    if (!looks)
        at->file->holder = descriptor;
    return 0;
}
