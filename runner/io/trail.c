#include "io/trail.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool
trail_open(struct trail *trail, const char *path, uint64_t keep_bytes, struct error *err)
{
    /* Without O_NONBLOCK, opening a pipe that lies at the path would wait for its other end. */
    int flags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
    trail->descriptor = open(path, flags, 0600);
    struct stat found;
    bool open = trail->descriptor >= 0 && fstat(trail->descriptor, &found) == 0;
    bool own = open && S_ISREG(found.st_mode) && found.st_nlink == 1 && found.st_uid == geteuid();
    if (own && ((uint64_t)found.st_size <= keep_bytes ||
                ftruncate(trail->descriptor, (off_t)keep_bytes) == 0))
        return true;
    error_say(err, "%s cannot be opened: %s", path,
              open && !own ? "it is not a regular file of yours alone" : strerror(errno));
    trail_close(trail);
    return false;
}

bool
trail_add(struct trail *trail, const void *bytes, size_t size, struct error *err)
{
    const char *at = bytes;
    while (size) {
        ssize_t written = write(trail->descriptor, at, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return error_say(err, "cannot be written: %s", strerror(errno));
        at += written;
        size -= (size_t)written;
    }
    return true;
}

void
trail_close(struct trail *trail)
{
    if (trail->descriptor >= 0)
        close(trail->descriptor);
    trail->descriptor = -1;
}
