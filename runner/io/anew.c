#define _GNU_SOURCE

#include "io/anew.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/disk.h"

bool
anew_write(const char *path, const void *bytes, size_t size, struct error *err)
{
    char beside[PATH_MAX];
    int length = snprintf(beside, sizeof beside, "%s" ANEW_ENDING, path);
    if (length < 0 || (size_t)length >= sizeof beside)
        return error_say(err, "'%.80s…' is too long for a path", path);
    int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
    int descriptor = open(beside, flags, 0600);
    bool made = descriptor >= 0;
    struct stat found;
    bool own = made && fstat(descriptor, &found) == 0 && S_ISREG(found.st_mode) &&
               found.st_nlink <= 1 && found.st_uid == geteuid();
    bool good = own && disk_cut(descriptor, 0) && disk_put(descriptor, bytes, size, 0) &&
                disk_sync(descriptor);
    int why = made && !own ? EPERM : errno;
    if (made)
        close(descriptor);
    if (good && (rename(beside, path) != 0 || !disk_sync_folder(path))) {
        why = errno;
        good = false;
    }
    return good || error_say(err, "'%s' cannot be written anew: %s; %s", path, strerror(why),
                             disk_advice(why));
}

bool
anew_settle(const char *path, struct error *err)
{
    return disk_sync_folder(path) || error_say(err, "the folder of '%s' cannot be synced: %s; %s",
                                               path, strerror(errno), disk_advice(errno));
}

bool
anew_remove(const char *path, struct error *err)
{
    if (unlink(path) == 0 ? disk_sync_folder(path) : errno == ENOENT)
        return true;
    return error_say(err, "'%s' cannot be removed: %s; %s", path, strerror(errno),
                     disk_advice(errno));
}
