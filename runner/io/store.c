/* Offsets are known, never asked for: bytes go where the last durable byte ended (pwrite, not
 * O_APPEND), so a group that failed half way is overwritten or cut, never followed. */
#define _GNU_SOURCE

#include "io/store.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "io/disk.h"

/* Of statfs(2), linux/magic.h, and the file systems' own sources: where locks and syncs depend on
 * another machine or on a program. */
static const struct {
    unsigned long magic;
    const char *name;
} network_file_systems[] = {
    {0x6969, "NFS"},        {0x517b, "SMB"},      {0xff534d42, "CIFS"},   {0xfe534d42, "SMB"},
    {0x01021997, "9P"},     {0x65735546, "FUSE"}, {0x00c36400, "Ceph"},   {0x5346414f, "AFS"},
    {0x0bd00bd0, "Lustre"}, {0x47504653, "GPFS"}, {0x19830326, "BeeGFS"}, {0x73757245, "Coda"},
};

static bool
accept_file(const char *path, const struct stat *info, struct error *err)
{
    if (!S_ISREG(info->st_mode))
        return error_end(err, STATUS_JOURNAL, "'%s' is not a regular file; name the journal itself",
                         path);
    if (info->st_uid != geteuid() && info->st_uid != 0)
        return error_end(err, STATUS_JOURNAL,
                         "'%s' belongs to another user (uid %u); make it yours to use it", path,
                         (unsigned)info->st_uid);
    if (info->st_mode & S_IWOTH)
        return error_end(err, STATUS_JOURNAL,
                         "'%s' can be changed by everyone on this machine; check what it holds, "
                         "then take that right away (chmod o-w)",
                         path);
    if ((uint64_t)info->st_size > STORE_BYTES_MAX)
        return error_end(err, STATUS_JOURNAL, "'%s' is larger than 1 GiB; is it a journal at all?",
                         path);
    return true;
}

/* Where everyone may put files, everyone may put another journal in this one's place, unless only
 * owners may rename there (the sticky bit of /tmp). */
static bool
folder_is_everyones(const char *path)
{
    struct stat info;
    const char *slash = strrchr(path, '/');
    struct buffer folder = {0};
    buffer_add(&folder, slash ? path : ".", slash ? (size_t)(slash - path) + 1 : 1);
    bool open =
        stat(folder.bytes, &info) == 0 && info.st_mode & S_IWOTH && !(info.st_mode & S_ISVTX);
    buffer_close(&folder);
    return open;
}

static void
warn_about(int descriptor, const char *path, const struct stat *info, struct problems *warnings)
{
    struct where where = {.file = path};
    if (info->st_mode & S_IWGRP)
        problem_at(warnings, where, "can be changed by everyone in its group (gid %u)",
                   (unsigned)info->st_gid);
    if (info->st_nlink > 1)
        problem_at(warnings, where,
                   "has %u names (hard links): what is written to one of them is in all, also in "
                   "what was meant as a backup",
                   (unsigned)info->st_nlink);
    if (folder_is_everyones(path))
        problem_at(
            warnings, where,
            "lies in a folder where everyone on this machine can replace it; take that right "
            "away (chmod o-w)");
    struct statfs system;
    if (fstatfs(descriptor, &system) != 0)
        return;
    for (size_t i = 0; i < sizeof network_file_systems / sizeof *network_file_systems; i++)
        if ((unsigned long)system.f_type == network_file_systems[i].magic)
            problem_at(warnings, where,
                       "lies on a %s file system, where locks and durable writes may not hold; a "
                       "local disk is safer",
                       network_file_systems[i].name);
}

bool
store_open(struct store *store, const char *path, bool for_writing, bool *exists,
           struct buffer *content, struct problems *warnings, struct error *err)
{
    *store = (struct store){.descriptor = -1, .path = path};
    *exists = false;
    /* Without O_NONBLOCK, opening a pipe that lies at the path would wait for its other end. */
    int flags = O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
    store->descriptor = open(path, flags | (for_writing ? O_RDWR : O_RDONLY));
    if (store->descriptor < 0) {
        if (errno == ENOENT)
            return true;
        if (errno == ELOOP)
            return error_end(err, STATUS_JOURNAL,
                             "'%s' is a link; a journal is used only where it lies, so name the "
                             "file the link leads to",
                             path);
        return error_end(err, STATUS_JOURNAL, "'%s' cannot be opened: %s; %s", path,
                         strerror(errno), disk_advice(errno));
    }
    struct stat info;
    size_t before = content->size;
    bool good = fstat(store->descriptor, &info) == 0 ||
                error_end(err, STATUS_JOURNAL, "'%s': %s", path, strerror(errno));
    good = good && accept_file(path, &info, err);
    if (good && !disk_pieces(store->descriptor, 0, STORE_BYTES_MAX, taker_of(content)))
        good = error_end(err, STATUS_JOURNAL, "'%s' cannot be read: %s; %s", path, strerror(errno),
                         disk_advice(errno));
    if (!good) {
        store_close(store);
        return false;
    }
    store->size = content->size - before;
    if (warnings)
        warn_about(store->descriptor, path, &info, warnings);
    *exists = true;
    return true;
}

bool
store_create(struct store *store, const char *path, struct error *err)
{
    *store = (struct store){.path = path, .created = true};
    store->descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (store->descriptor < 0)
        return error_end(err, STATUS_JOURNAL, "'%s' cannot be made: %s; %s", path, strerror(errno),
                         errno == EEXIST ? "it was not there a moment ago, so run again"
                                         : disk_advice(errno));
    return true;
}

static bool
refuse_broken(const struct store *store, struct error *err)
{
    return error_end(err, STATUS_JOURNAL,
                     "'%s' is not touched any more, because writing it to the disk failed before",
                     store->path);
}

/* A sync that failed is not tried again: the kernel may report success for bytes it dropped. */
static bool
make_durable(struct store *store, struct error *err)
{
    if (disk_sync(store->descriptor) && (!store->created || disk_sync_folder(store->path))) {
        store->created = false;
        return true;
    }
    store->broken = true;
    return error_end(err, STATUS_JOURNAL,
                     "'%s': the disk did not confirm a write: %s; the file is left as it is. Check "
                     "the disk, then run again: what the file holds will be checked first",
                     store->path, strerror(errno));
}

bool
store_confirm(struct store *store, const void *bytes, size_t size, struct error *err)
{
    assert(size <= store->size);
    if (store->broken)
        return refuse_broken(store, err);
    store->created = true; /* whoever made it may not have lived to sync its name */
    if (disk_put(store->descriptor, bytes, size, store->size - size))
        return make_durable(store, err);
    store->broken = true;
    return error_end(err, STATUS_JOURNAL, "'%s' cannot be written: %s; %s", store->path,
                     strerror(errno), disk_advice(errno));
}

bool
store_append(struct store *store, const void *bytes, size_t size, struct error *err)
{
    if (store->broken)
        return refuse_broken(store, err);
    if (disk_put(store->descriptor, bytes, size, store->size)) {
        if (!make_durable(store, err))
            return false;
        store->size += size;
        return true;
    }
    int why = errno;
    bool undone = disk_cut(store->descriptor, store->size) && disk_sync(store->descriptor);
    store->broken = !undone;
    return error_end(err, STATUS_JOURNAL, "'%s': %zu bytes could not be written: %s; %s; %s",
                     store->path, size, strerror(why),
                     undone ? "nothing of them was kept" : "an incomplete line may be left",
                     disk_advice(why));
}

bool
store_is_in_place(const struct store *store, struct error *err)
{
    struct stat ours, there;
    return (fstat(store->descriptor, &ours) == 0 && lstat(store->path, &there) == 0 &&
            ours.st_dev == there.st_dev && ours.st_ino == there.st_ino) ||
           error_end(err, STATUS_JOURNAL,
                     "'%s' was moved, replaced or deleted while it was written: nothing more is "
                     "sent. What was done stands in the file that lay there; put that back",
                     store->path);
}

static bool
no_room(const struct store *store, size_t size, int why, struct error *err)
{
    return error_end(err, STATUS_JOURNAL, "'%s': no room for %zu more bytes: %s; %s", store->path,
                     size, strerror(why), disk_advice(why));
}

/* What the process may write (`ulimit -f`), of which fallocate knows nothing. */
static bool
is_allowed(const struct store *store, size_t size)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_FSIZE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY ||
           (store->size < limit.rlim_cur && size <= limit.rlim_cur - store->size);
}

bool
store_reserve(struct store *store, size_t size, bool *reserved, struct error *err)
{
    *reserved = false;
    if (store->broken)
        return refuse_broken(store, err);
    if (!store_is_in_place(store, err))
        return false;
    if (!is_allowed(store, size))
        return no_room(store, size, EFBIG, err);
    int failed;
    do
        failed = size ? fallocate(store->descriptor, FALLOC_FL_KEEP_SIZE, (off_t)store->size,
                                  (off_t)size)
                      : 0;
    while (failed && errno == EINTR);
    if (failed && (errno == EOPNOTSUPP || errno == ENOSYS))
        return true;
    if (failed)
        return no_room(store, size, errno, err);
    *reserved = true;
    return true;
}

/* The bytes from `size` on, durable in a file of their own. */
static bool
keep_aside(struct store *store, uint64_t size, const char *side_path, struct error *err)
{
    struct buffer bytes = {0};
    int side = -1;
    bool kept = disk_pieces(store->descriptor, size, STORE_BYTES_MAX, taker_of(&bytes));
    if (kept) {
        side = open(side_path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
        kept = side >= 0 && disk_put(side, bytes.bytes, bytes.size, 0) && disk_sync(side) &&
               disk_sync_folder(side_path);
    }
    int why = errno;
    buffer_close(&bytes);
    if (side >= 0)
        close(side);
    if (!kept && side >= 0)
        unlink(side_path);
    return kept || error_end(err, STATUS_JOURNAL,
                             "'%s': its torn end could not be kept in '%s': %s; nothing was cut; "
                             "%s",
                             store->path, side_path, strerror(why), disk_advice(why));
}

bool
store_cut(struct store *store, uint64_t size, const char *side_path, struct error *err)
{
    assert(size <= store->size);
    if (store->broken)
        return refuse_broken(store, err);
    if (!keep_aside(store, size, side_path, err))
        return false;
    if (!disk_cut(store->descriptor, size))
        return error_end(err, STATUS_JOURNAL, "'%s' could not be cut: %s; %s", store->path,
                         strerror(errno), disk_advice(errno));
    if (!make_durable(store, err))
        return false;
    store->size = size;
    return true;
}

void
store_close(struct store *store)
{
    if (store->descriptor >= 0)
        close(store->descriptor);
    store->descriptor = -1;
}
