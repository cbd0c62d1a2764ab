#define _GNU_SOURCE

#include "io/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/digest.h"
#include "io/clock.h"

extern char **environ;

enum { END_CHECK_MS = 5 };

/* Starts argv[0] with its stdout into `output`. Gives 0 or an errno. */
static int
start(char *const argv[], int output, pid_t *child)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t ours, none;
    sigemptyset(&none);
    sigemptyset(&ours);
    /* What we ignore or catch, a program that knows nothing of us must not. */
    static const int signals[] = {SIGPIPE, SIGXFSZ, SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        sigaddset(&ours, signals[i]);
    int failed = posix_spawn_file_actions_init(&actions);
    if (failed)
        return failed;
    failed = posix_spawnattr_init(&attributes);
    if (failed) {
        posix_spawn_file_actions_destroy(&actions);
        return failed;
    }
    short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
    if ((failed = posix_spawnattr_setsigdefault(&attributes, &ours)) == 0 &&
        (failed = posix_spawnattr_setsigmask(&attributes, &none)) == 0 &&
        (failed = posix_spawnattr_setflags(&attributes, flags)) == 0 &&
        (failed = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)) == 0 &&
        (failed = posix_spawn_file_actions_adddup2(&actions, output, 1)) == 0 &&
        (failed = posix_spawn_file_actions_addclosefrom_np(&actions, 3)) == 0)
        failed = posix_spawnp(child, argv[0], &actions, &attributes, argv, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

static bool
say_too_slow(const char *program, int timeout_ms, struct error *err)
{
    return error_say(err, "'%s' did not end within %g s and was stopped", program,
                     (double)timeout_ms / 1000);
}

/* Reads until the other end is closed. */
static bool
read_all(int input, const char *program, stamp_t end_ms, int timeout_ms, size_t limit_bytes,
         struct buffer *out, struct error *err)
{
    char chunk[4096];
    size_t taken = 0;
    for (;;) {
        stamp_t left_ms = end_ms - clock_boot_ms();
        struct pollfd ready = {.fd = input, .events = POLLIN};
        if (left_ms <= 0)
            return say_too_slow(program, timeout_ms, err);
        if (poll(&ready, 1, (int)left_ms) <= 0)
            continue;
        ssize_t got = read(input, chunk, sizeof chunk);
        if (got == 0)
            return true;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return error_say(err, "what '%s' prints cannot be read: %s", program, strerror(errno));
        taken += (size_t)got;
        if (taken <= limit_bytes)
            buffer_add(out, chunk, (size_t)got);
        digest_wipe(chunk, (size_t)got);
        if (taken > limit_bytes)
            return error_say(err, "'%s' printed more than the %zu bytes expected of it", program,
                             limit_bytes);
    }
}

/* A program may close its stdout and go on. */
static bool
wait_end(pid_t child, stamp_t end_ms, int *status)
{
    for (;;) {
        pid_t ended = waitpid(child, status, WNOHANG);
        if (ended == child)
            return true;
        if ((ended < 0 && errno != EINTR) || clock_boot_ms() >= end_ms)
            return false;
        poll(NULL, 0, END_CHECK_MS);
    }
}

bool
spawn_read(char *const argv[], int timeout_ms, size_t limit_bytes, struct buffer *out,
           int *exit_code, struct error *err)
{
    int ends[2];
    pid_t child;
    stamp_t end_ms = clock_boot_ms() + timeout_ms;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return error_say(err, "'%s' cannot be started: %s", argv[0], strerror(errno));
    int failed = start(argv, ends[1], &child);
    close(ends[1]);
    if (failed) {
        close(ends[0]);
        return error_say(err, "'%s' cannot be started: %s; is it installed and in PATH?", argv[0],
                         strerror(failed));
    }
    int status = 0;
    bool good = read_all(ends[0], argv[0], end_ms, timeout_ms, limit_bytes, out, err);
    close(ends[0]);
    if (good && !wait_end(child, end_ms, &status))
        good = say_too_slow(argv[0], timeout_ms, err);
    if (!good) {
        kill(child, SIGKILL);
        while (waitpid(child, &status, 0) < 0 && errno == EINTR)
            continue;
        return false;
    }
    *exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return true;
}

/* Takes one word from *at into `word`. False when a quote is not closed or nothing follows a
 * backslash. */
static bool
take_word(const char **at, struct buffer *word)
{
    char quote = '\0';
    for (; **at && (quote || !strchr(" \t\n", **at)); ++*at) {
        char byte = **at;
        if (quote ? byte == quote : byte == '\'' || byte == '"') {
            quote = quote ? '\0' : byte;
            continue;
        }
        /* Between "…" a backslash hides only what would mean something there. */
        bool hides = byte == '\\' &&
                     (quote == '\0' || (quote == '"' && (*at)[1] && strchr("$`\"\\\n", (*at)[1])));
        if (hides) {
            ++*at;
            if (**at == '\0')
                return false;
            if (**at == '\n') /* a line that goes on: both bytes vanish */
                continue;
        }
        buffer_add(word, *at, 1);
    }
    return quote == '\0';
}

bool
spawn_split(const char *command, struct arena *arena, char ***argv, struct error *err)
{
    char **words = NULL;
    size_t count = 0, capacity = 0;
    bool good = true;
    for (const char *at = command + strspn(command, " \t\n"); good && *at;
         at += strspn(at, " \t\n")) {
        struct buffer word = {0};
        buffer_add(&word, "", 0);
        good = take_word(&at, &word);
        words = arena_push(arena, words, count, &capacity, sizeof *words);
        words[count++] = arena_text(arena, word.bytes, word.size);
        buffer_close(&word);
    }
    if (!good)
        return error_say(err, "the command ends within a quote or after a backslash: close it");
    if (count == 0)
        return error_say(err, "the command is empty; it takes a program and its arguments");
    words = arena_push(arena, words, count, &capacity, sizeof *words);
    words[count] = NULL;
    *argv = words;
    return true;
}
