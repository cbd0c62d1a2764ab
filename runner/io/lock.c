#define _GNU_SOURCE

#include "io/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/text.h"
#include "io/disk.h"

enum { HOLDER_SIZE_MAX = 400, TRIES = 10 };

static void
holder_read(int descriptor, struct buffer *holder)
{
    char line[HOLDER_SIZE_MAX + 1];
    ssize_t size = pread(descriptor, line, HOLDER_SIZE_MAX, 0);
    line[size > 0 ? size : 0] = '\0';
    line[strcspn(line, "\n")] = '\0';
    text_escape(holder, line[0] ? line : "another run", false);
}

static bool
say_held(int descriptor, const char *path, struct error *err)
{
    struct buffer holder = {0};
    holder_read(descriptor, &holder);
    error_end(err, STATUS_HELD, "'%s' is held by %s; wait until that run has ended", path,
              holder.bytes);
    buffer_close(&holder);
    return false;
}

/* Someone may have removed or replaced the file between our open and our lock; then we hold a
 * file that the next run will not find. */
static bool
is_still_there(int descriptor, const char *path)
{
    struct stat held, named;
    return fstat(descriptor, &held) == 0 && lstat(path, &named) == 0 &&
           held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

/* Why a file cannot be the lock; NULL when it can. We empty it, so it must not be known by another
 * name as well. */
static const char *
unfit(int descriptor)
{
    struct stat info;
    if (fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode))
        return "it is not a regular file";
    return info.st_nlink > 1 ? "it has a second name (a hard link)" : NULL;
}

/* The descriptor, or -1 with err. */
static int
file_open(const char *path, struct error *err)
{
    int descriptor = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);
    if (descriptor < 0) {
        error_end(err, STATUS_JOURNAL, "'%s' cannot be locked: %s; %s", path,
                  errno == ELOOP ? "it is a link" : strerror(errno), disk_advice(errno));
        return -1;
    }
    const char *why = unfit(descriptor);
    if (!why)
        return descriptor;
    error_end(err, STATUS_JOURNAL, "'%s' cannot be locked: %s; remove it and run again", path, why);
    close(descriptor);
    return -1;
}

/* Who only looks (`lock_look`) shares the lock for an instant, so one refusal does not mean that a
 * run goes on. */
static int
flock_try(int descriptor)
{
    enum { LOOKS = 10, LOOK_MS = 5 };
    int failed = -1;
    for (int tries = 0; failed && tries < LOOKS; tries++) {
        if (tries)
            poll(NULL, 0, LOOK_MS);
        do
            failed = flock(descriptor, LOCK_EX | LOCK_NB);
        while (failed && errno == EINTR);
        if (failed && errno != EWOULDBLOCK)
            return failed;
    }
    return failed;
}

/* The line is a courtesy: that it could not be written (a full disk) does not weaken the lock. */
static void
leave_word(int descriptor, const char *holder)
{
    struct buffer line = {0};
    buffer_print(&line, "%.*s\n", HOLDER_SIZE_MAX - 1, holder);
    if (disk_cut(descriptor, 0))
        disk_put(descriptor, line.bytes, line.size, 0);
    buffer_close(&line);
}

bool
lock_take(struct lock *lock, const char *path, const char *holder, struct error *err)
{
    lock->descriptor = -1;
    for (int tries = 0; tries < TRIES; tries++) {
        int descriptor = file_open(path, err);
        if (descriptor < 0)
            return false;
        int failed = flock_try(descriptor);
        if (!failed && is_still_there(descriptor, path)) {
            leave_word(descriptor, holder);
            lock->descriptor = descriptor;
            return true;
        }
        if (failed && errno == EWOULDBLOCK)
            say_held(descriptor, path, err);
        else if (failed)
            error_end(err, STATUS_JOURNAL, "'%s' cannot be locked: %s; keep it on a local disk",
                      path, strerror(errno));
        close(descriptor);
        if (failed)
            return false;
    }
    return error_end(err, STATUS_JOURNAL,
                     "'%s' cannot be locked: something keeps replacing it; find out what", path);
}

bool
lock_look(const char *path, struct buffer *holder)
{
    int descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0)
        return false;
    bool held = flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (held)
        holder_read(descriptor, holder);
    close(descriptor);
    return held;
}

void
lock_release(struct lock *lock)
{
    if (lock->descriptor >= 0)
        close(lock->descriptor);
    lock->descriptor = -1;
}
