#define _GNU_SOURCE

#include "io/person.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

/* LeakSanitizer reads its own process by ptrace, which a process that is not dumpable forbids. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define UNDER_SANITIZER 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define UNDER_SANITIZER 1
#endif

enum { LINE_SIZE_MAX = 64 * 1024, WIDTH_UNKNOWN = 80 };

static volatile sig_atomic_t interrupts;
static volatile sig_atomic_t wake_end = -1; /* the pipe's end that the handler writes to */
static int wake_begin = -1;                 /* and the one that becomes readable */

void
person_no_cores(void)
{
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
#ifndef UNDER_SANITIZER
    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

void
person_prepare(void)
{
    /* open() gives the lowest free number, so this fills 0, 1 and 2 in turn. */
    int descriptor;
    do
        descriptor = open("/dev/null", O_RDWR);
    while (descriptor >= 0 && descriptor <= 2);
    if (descriptor > 2)
        close(descriptor);
    umask(077);
    person_no_cores();
    signal(SIGXFSZ, SIG_IGN);
}

bool
person_is_terminal(int descriptor)
{
    return isatty(descriptor) == 1;
}

unsigned
person_width(void)
{
    for (int descriptor = 1; descriptor <= 2; descriptor++) {
        struct winsize size;
        if (ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
            return size.ws_col;
    }
    return WIDTH_UNKNOWN;
}

bool
person_line(struct buffer *line)
{
    size_t taken = 0;
    while (taken < LINE_SIZE_MAX) {
        /* Both are watched, so that a signal just before we begin to wait is not missed. */
        struct pollfd ready[] = {{.fd = 0, .events = POLLIN}, {.fd = wake_begin, .events = POLLIN}};
        int stirred = poll(ready, 2, -1);
        if (interrupts)
            return false;
        if (stirred < 0 && errno == EINTR)
            continue;
        char byte;
        ssize_t got = read(0, &byte, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 || (got == 0 && taken == 0))
            return false;
        if (got == 0 || byte == '\n')
            return true;
        buffer_add(line, &byte, 1);
        taken++;
    }
    return false;
}

static void
on_signal(int number)
{
    if (interrupts > 0) {
        if (number == SIGHUP)
            return;
        static const char words[] =
            "\nbursar: left at once; run again: what was in flight is asked about first\n";
        ssize_t said = write(STDERR_FILENO, words, sizeof words - 1);
        (void)said;
        _exit(130);
    }
    interrupts++;
    int kept = errno;
    /* A full pipe is readable already. */
    ssize_t written = write(wake_end, "", 1);
    (void)written;
    errno = kept;
}

bool
person_catch_signals(int *wake_descriptor, struct error *err)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return error_say(err, "signals cannot be caught: %s", strerror(errno));
    wake_end = ends[1];
    wake_begin = ends[0];
    *wake_descriptor = ends[0];
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction before, action = {.sa_handler = on_signal};
        sigemptyset(&action.sa_mask);
        /* One handler at a time; and no SA_RESTART, so that a question stops waiting. */
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
            sigaddset(&action.sa_mask, numbers[k]);
        if (sigaction(numbers[i], NULL, &before) != 0 ||
            (before.sa_handler != SIG_IGN && sigaction(numbers[i], &action, NULL) != 0))
            return error_say(err, "signals cannot be caught: %s", strerror(errno));
    }
    return true;
}

unsigned
person_interrupts(void)
{
    return (unsigned)interrupts;
}

const char *
person_name(struct arena *arena)
{
    char host[256] = "";
    const struct passwd *user = getpwuid(geteuid());
    if (gethostname(host, sizeof host - 1) != 0 || !host[0])
        strcpy(host, "unknown");
    if (user && user->pw_name[0])
        return arena_print(arena, "%s@%s", user->pw_name, host);
    return arena_print(arena, "uid%u@%s", (unsigned)geteuid(), host);
}
