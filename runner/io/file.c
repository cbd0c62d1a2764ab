#define _GNU_SOURCE

#include "io/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/disk.h"
#include "io/draft.h"

static const char temporary_name[] = "bursar-XXXXXX";

static bool
pieces_read(const char *path, size_t limit_bytes, struct taker taker, bool *exists,
            struct error *err)
{
    if (exists)
        *exists = false;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) {
        if (errno == ENOENT && exists)
            return true;
        return error_end(err, STATUS_INVALID, "'%s' cannot be opened: %s; %s", path,
                         strerror(errno), disk_advice(errno));
    }
    struct stat info;
    bool good = false;
    if (fstat(descriptor, &info) != 0)
        error_end(err, STATUS_INVALID, "'%s': %s", path, strerror(errno));
    else if (!S_ISREG(info.st_mode))
        error_end(err, STATUS_INVALID, "'%s' is %s; name a regular file", path,
                  S_ISDIR(info.st_mode) ? "a folder" : "a device or a pipe");
    else if (disk_pieces(descriptor, 0, limit_bytes, taker))
        good = true;
    else if (errno == EFBIG)
        error_end(err, STATUS_INVALID, "'%s' has more than the %zu bytes allowed here", path,
                  limit_bytes);
    else
        error_end(err, STATUS_INVALID, "'%s' cannot be read: %s; %s", path, strerror(errno),
                  disk_advice(errno));
    close(descriptor);
    if (good && exists)
        *exists = true;
    return good;
}

bool
file_read(const char *path, size_t limit_bytes, struct buffer *content, bool *exists,
          struct error *err)
{
    return pieces_read(path, limit_bytes, taker_of(content), exists, err);
}

struct comparison {
    const char *bytes;
    size_t size;
    struct file_match *match;
};

static void
piece_compare(void *self, const char *piece, size_t size, size_t at)
{
    const struct comparison *with = self;
    struct file_match *match = with->match;
    size_t common = at >= with->size ? 0 : size < with->size - at ? size : with->size - at;
    if (match->alike == at && common && memcmp(piece, with->bytes + at, common) == 0)
        match->alike += common;
    else if (match->alike == at)
        for (size_t i = 0; i < common && piece[i] == with->bytes[at + i]; i++)
            match->alike++;
    const char *end = memrchr(piece, '\n', size);
    if (end)
        match->whole_size = at + (size_t)(end - piece) + 1;
}

bool
file_compare(const char *path, size_t limit_bytes, const char *bytes, size_t size,
             struct file_match *match, bool *exists, struct error *err)
{
    struct comparison comparison = {bytes, size, match};
    *match = (struct file_match){0};
    return pieces_read(path, limit_bytes, (struct taker){piece_compare, &comparison}, exists, err);
}

bool
file_read_beginning(const char *path, size_t most_bytes, struct buffer *content)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat info;
    if (descriptor < 0)
        return false;
    bool good = fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode);
    while (good && most_bytes) {
        char chunk[4096];
        size_t wanted = most_bytes < sizeof chunk ? most_bytes : sizeof chunk;
        ssize_t got = read(descriptor, chunk, wanted);
        if (got < 0 && errno == EINTR)
            continue;
        good = got >= 0;
        if (got <= 0)
            break;
        buffer_add(content, chunk, (size_t)got);
        most_bytes -= (size_t)got;
    }
    close(descriptor);
    return good;
}

bool
file_write(const char *path, const void *bytes, size_t size, unsigned mode, struct error *err)
{
    struct draft draft;
    if (!draft_open(&draft, path, mode, err))
        return false;
    draft_add(&draft, bytes, size);
    return draft_close(&draft, err);
}

char *
file_beside(struct arena *arena, const char *base_file, const char *relative)
{
    const char *slash = strrchr(base_file, '/');
    if (relative[0] == '/' || !slash)
        return arena_copy(arena, relative);
    return arena_print(arena, "%.*s/%s", (int)(slash - base_file), base_file, relative);
}

bool
file_folder_make(const char *path, struct error *err)
{
    struct arena arena = {0};
    char *part = arena_copy(&arena, path);
    bool good = true;
    for (char *at = part; good && *at; at++) {
        bool last = at[1] == '\0';
        if ((at == part && *at == '/') || (*at != '/' && !last))
            continue;
        if (*at == '/')
            *at = '\0';
        struct stat info;
        good = mkdir(part, 0700) == 0 ||
               (errno == EEXIST && stat(part, &info) == 0 && S_ISDIR(info.st_mode));
        if (!good)
            error_say(err, "folder '%s' cannot be made: %s; %s", part, strerror(errno),
                      disk_advice(errno));
        if (!last)
            *at = '/';
    }
    arena_close(&arena);
    return good;
}

bool
file_move(const char *path, const char *to, struct error *err)
{
    if (link(path, to) == 0 && unlink(path) == 0 && disk_sync_folder(to))
        return true;
    return error_say(err, "'%s' cannot be moved to '%s': %s", path, to, strerror(errno));
}

char *
file_temporary_folder(struct arena *arena, struct error *err)
{
    const char *under = getenv("TMPDIR");
    if (!under || under[0] != '/')
        under = "/tmp";
    char *path = arena_print(arena, "%s/%s", under, temporary_name);
    if (mkdtemp(path))
        return path;
    error_say(err, "no temporary folder can be made in '%s': %s; %s", under, strerror(errno),
              disk_advice(errno));
    return NULL;
}

void
file_folder_remove(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    size_t mark = strcspn(temporary_name, "X");
    if (strlen(name) != sizeof temporary_name - 1 || strncmp(name, temporary_name, mark) != 0)
        return;
    int folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    struct stat info;
    if (folder < 0)
        return;
    if (fstat(folder, &info) != 0 || info.st_uid != geteuid() || (info.st_mode & 0777) != 0700) {
        close(folder);
        return;
    }
    DIR *entries = fdopendir(folder);
    if (!entries) {
        close(folder);
        return;
    }
    for (struct dirent *entry; (entry = readdir(entries));)
        unlinkat(folder, entry->d_name, 0); /* fails on folders, "." and ".." among them */
    closedir(entries);
    rmdir(path);
}

bool
file_exists(const char *path)
{
    struct stat found;
    return lstat(path, &found) == 0;
}

const char *
file_exposure(const char *path)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return NULL;
    if (info.st_uid != geteuid() && info.st_uid != 0)
        return "belongs to another user";
    if (info.st_mode & S_IWOTH)
        return "can be changed by everyone on this machine";
    if (info.st_mode & S_IROTH)
        return "can be read by everyone on this machine";
    return info.st_mode & (S_IRGRP | S_IWGRP) ? "can be read by its whole group" : NULL;
}

char *
file_name_beside(const char *path, const char *what, stamp_t now_ms, struct arena *arena)
{
    char when[STAMP_TEXT_SIZE];
    char *name = arena_print(arena, "%s.%s-%s", path, what, stamp_print_amz(when, now_ms));
    const char *first = name;
    for (unsigned i = 2; file_exists(name); i++)
        name = arena_print(arena, "%s-%u", first, i);
    return name;
}

char *
file_real(const char *path, struct arena *arena)
{
    char real[PATH_MAX];
    if (realpath(path, real))
        return arena_copy(arena, real);
    const char *slash = strrchr(path, '/');
    const char *folder = slash ? arena_text(arena, path, (size_t)(slash - path) + 1) : ".";
    const char *name = slash ? slash + 1 : path;
    return realpath(folder, real) ? arena_print(arena, "%s/%s", real, name)
                                  : arena_copy(arena, path);
}
