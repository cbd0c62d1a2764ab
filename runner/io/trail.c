#include "io/trail.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool
trail_open(struct trail *trail, const char *path, uint64_t keep_bytes, struct error *err)
{
    trail->descriptor = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    struct stat found;
    if (trail->descriptor >= 0 && fstat(trail->descriptor, &found) == 0 && S_ISREG(found.st_mode) &&
        ((uint64_t)found.st_size <= keep_bytes ||
         ftruncate(trail->descriptor, (off_t)keep_bytes) == 0))
        return true;
    error_say(err, "%s cannot be opened: %s", path, strerror(errno));
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
