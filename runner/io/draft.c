#define _GNU_SOURCE

#include "io/draft.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/disk.h"

/* Where a file named `path` really goes: the end of a link, else `path` itself. */
static bool
resolve(const char *path, char place[PATH_MAX], struct error *err)
{
    struct stat info;
    if (strlen(path) >= PATH_MAX - DRAFT_NAME_SIZE)
        return error_say(err, "'%.80s…' is too long for a path", path);
    strcpy(place, path);
    if (lstat(path, &info) != 0)
        return errno == ENOENT || error_say(err, "'%s' cannot be written: %s; %s", path,
                                            strerror(errno), disk_advice(errno));
    if (S_ISLNK(info.st_mode) && (!realpath(path, place) || stat(place, &info) != 0))
        return error_say(err, "'%s' is a link that leads nowhere: %s", path, strerror(errno));
    /* Renaming over a device, such as /dev/stdout, would replace it. */
    if (!S_ISREG(info.st_mode))
        return error_say(err,
                         "'%s' is not a regular file, so it is not replaced; choose another "
                         "name",
                         path);
    return true;
}

static bool
cannot(const struct draft *draft, struct error *err)
{
    return error_say(err, "'%s' cannot be written: %s; %s", draft->path, strerror(draft->why),
                     disk_advice(draft->why));
}

bool
draft_open(struct draft *draft, const char *path, unsigned mode, struct error *err)
{
    draft->path = path;
    draft->size_bytes = 0;
    draft->why = 0;
    if (!resolve(path, draft->place, err))
        return false;
    const char *slash = strrchr(draft->place, '/');
    int folder_size = slash ? (int)(slash + 1 - draft->place) : 0;
    snprintf(draft->beside, sizeof draft->beside, "%.*s.bursar-XXXXXX", folder_size, draft->place);
    draft->descriptor = mkostemp(draft->beside, O_CLOEXEC);
    if (draft->descriptor < 0) {
        draft->why = errno;
        return cannot(draft, err);
    }
    if (fchmod(draft->descriptor, (mode_t)mode) != 0)
        draft->why = errno;
    return true;
}

void
draft_add(struct draft *draft, const void *bytes, size_t size)
{
    if (draft->why)
        return;
    if (!disk_put(draft->descriptor, bytes, size, draft->size_bytes))
        draft->why = errno;
    draft->size_bytes += size;
}

bool
draft_close(struct draft *draft, struct error *err)
{
    if (!draft->why && fsync(draft->descriptor) != 0)
        draft->why = errno;
    if (close(draft->descriptor) != 0 && !draft->why)
        draft->why = errno;
    if (!draft->why &&
        (rename(draft->beside, draft->place) != 0 || !disk_sync_folder(draft->place)))
        draft->why = errno;
    if (!draft->why)
        return true;
    unlink(draft->beside);
    return cannot(draft, err);
}
