/* The system calls of runner/io on paths of the simulated disk, and what they say of files. */
#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "calls.h"

WRAPPED(int, fstat, int descriptor, struct stat *info);
WRAPPED(int, stat, const char *path, struct stat *info);
WRAPPED(int, lstat, const char *path, struct stat *info);
WRAPPED(int, fstatfs, int descriptor, struct statfs *info);
WRAPPED(int, rename, const char *from, const char *to);
WRAPPED(int, link, const char *from, const char *to);
WRAPPED(int, unlink, const char *path);
WRAPPED(int, mkostemp, char *path, int flags);
WRAPPED(int, fchmod, int descriptor, mode_t mode);
WRAPPED(int, mkdir, const char *path, mode_t mode);
WRAPPED(char *, realpath, const char *path, char *real);
WRAPPED(char *, __realpath_chk, const char *path, char *real, size_t size);
int __wrap_open(const char *path, int flags, ...);

static int
info_fill(struct volume_file *file, struct stat *info)
{
    if (!file) {
        errno = ENOENT;
        return -1;
    }
    *info = (struct stat){.st_mode = file->folder ? S_IFDIR | 0700 : S_IFREG | 0600,
                          .st_nlink = 1,
                          .st_uid = geteuid(),
                          .st_ino = (ino_t)(uintptr_t)file,
                          .st_size = (off_t)file->cached.size};
    return 0;
}

int
__wrap_fstat(int descriptor, struct stat *info)
{
    struct opened *at = opened_find(descriptor);
    return at ? info_fill(at->file, info) : __real_fstat(descriptor, info);
}

int
__wrap_stat(const char *path, struct stat *info)
{
    return calls_is_ours(path) ? info_fill(volume_find(path), info) : __real_stat(path, info);
}

int
__wrap_lstat(const char *path, struct stat *info)
{
    return calls_is_ours(path) ? info_fill(volume_find(path), info) : __real_lstat(path, info);
}

int
__wrap_fstatfs(int descriptor, struct statfs *info)
{
    if (!opened_find(descriptor))
        return __real_fstatfs(descriptor, info);
    *info = (struct statfs){.f_type = 0xef53};
    return 0;
}

int
__wrap_rename(const char *from, const char *to)
{
    if (!calls_is_ours(from))
        return __real_rename(from, to);
    may_die("rename");
    if (!volume_find(from)) {
        errno = ENOENT;
        return -1;
    }
    if (fails(scene.odds.broken, EIO, NULL, false))
        return -1;
    volume_rename(from, to);
    may_die("rename, after it");
    return 0;
}

int
__wrap_link(const char *from, const char *to)
{
    if (!calls_is_ours(from))
        return __real_link(from, to);
    may_die("link");
    if (!volume_find(from) || volume_find(to)) {
        errno = volume_find(to) ? EEXIST : ENOENT;
        return -1;
    }
    volume_link(from, to);
    return 0;
}

int
__wrap_unlink(const char *path)
{
    if (!calls_is_ours(path))
        return __real_unlink(path);
    may_die("unlink");
    if (!volume_find(path)) {
        errno = ENOENT;
        return -1;
    }
    volume_unlink(path);
    return 0;
}

int
__wrap_mkostemp(char *path, int flags)
{
    if (!calls_is_ours(path))
        return __real_mkostemp(path, flags);
    char *mark = path + strlen(path) - 6;
    do
        for (int i = 0; i < 6; i++)
            mark[i] = (char)('a' + dice_below(26));
    while (volume_find(path));
    return __wrap_open(path, O_RDWR | O_CREAT | O_EXCL | flags, 0600);
}

int
__wrap_fchmod(int descriptor, mode_t mode)
{
    return opened_find(descriptor) ? 0 : __real_fchmod(descriptor, mode);
}

int
__wrap_mkdir(const char *path, mode_t mode)
{
    if (!calls_is_ours(path))
        return __real_mkdir(path, mode);
    may_die("mkdir");
    if (volume_find(path) || !volume_folder_is(path)) {
        errno = volume_find(path) ? EEXIST : ENOENT;
        return -1;
    }
    if (fails(scene.odds.full, ENOSPC, NULL, false))
        return -1;
    volume_make(path, true);
    return 0;
}

char *
__wrap_realpath(const char *path, char *real)
{
    if (!calls_is_ours(path))
        return __real_realpath(path, real);
    size_t size = strlen(path);
    while (size > 1 && path[size - 1] == '/')
        size--;
    memcpy(real, path, size);
    real[size] = '\0';
    if (volume_find(real))
        return real;
    errno = ENOENT;
    return NULL;
}

char *
__wrap___realpath_chk(const char *path, char *real, size_t size)
{
    return calls_is_ours(path) ? __wrap_realpath(path, real)
                               : __real___realpath_chk(path, real, size);
}
