/* Signals, answers and the terminal, each in a process of its own. */
#define _XOPEN_SOURCE 700
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/person.h"

/* Runs `part` in a child and gives the child's exit code: the number of the statement that did
 * not hold, or 0. */
static int
exit_of(int (*part)(void))
{
    int status;
    pid_t child = fork();
    if (child == 0)
        _exit(part());
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int
first_signal(void)
{
    int wake;
    char byte;
    struct error err = {0};
    if (!person_catch_signals(&wake, &err) || person_interrupts() != 0)
        return 1;
    if (read(wake, &byte, 1) != -1)
        return 2; /* must not be readable yet, nor block */
    raise(SIGINT);
    if (person_interrupts() != 1 || read(wake, &byte, 1) != 1)
        return 3;
    raise(SIGHUP); /* a closing terminal, not a second wish */
    raise(SIGHUP);
    return person_interrupts() == 1 ? 0 : 4;
}

static int
second_signal(void)
{
    int wake;
    struct error err = {0};
    person_catch_signals(&wake, &err);
    raise(SIGTERM);
    raise(SIGINT);
    return 1;
}

static int
ignored_hangup(void)
{
    int wake;
    struct error err = {0};
    signal(SIGHUP, SIG_IGN);
    person_catch_signals(&wake, &err);
    raise(SIGHUP);
    return person_interrupts() == 0 ? 0 : 1;
}

static void
the_first_signal_is_noted_and_wakes(void **state)
{
    (void)state;
    assert_int_equal(exit_of(first_signal), 0);
}

static void
the_second_signal_leaves_at_once(void **state)
{
    (void)state;
    assert_int_equal(exit_of(second_signal), 130);
}

static void
a_signal_ignored_by_nohup_stays_ignored(void **state)
{
    (void)state;
    assert_int_equal(exit_of(ignored_hangup), 0);
}

/* Makes stdin read `text`, and then end. */
static void
give_input(const char *text)
{
    int ends[2];
    if (pipe(ends) != 0 || write(ends[1], text, strlen(text)) < 0)
        _exit(99);
    dup2(ends[0], 0);
    close(ends[0]);
    close(ends[1]);
}

static int
two_lines(void)
{
    struct buffer line = {0};
    char rest[10] = "";
    give_input("6.00\n\nlast");
    if (!person_line(&line) || strcmp(line.bytes, "6.00") != 0)
        return 1;
    buffer_clear(&line);
    if (!person_line(&line) || line.size != 0)
        return 2;
    if (read(0, rest, 1) != 1 || rest[0] != 'l')
        return 3; /* it read past its line */
    if (!person_line(&line) || strcmp(line.bytes, "ast") != 0)
        return 4;
    bool ended = !person_line(&line);
    buffer_close(&line);
    return ended ? 0 : 5;
}

static int
interrupted_question(void)
{
    int wake, ends[2];
    struct error err = {0};
    struct buffer line = {0};
    if (pipe(ends) != 0 || dup2(ends[0], 0) != 0) /* nothing ever comes */
        return 1;
    person_catch_signals(&wake, &err);
    raise(SIGINT); /* before the wait begins */
    return person_line(&line) ? 2 : 0;
}

static void
one_line_is_read_and_no_more(void **state)
{
    (void)state;
    assert_int_equal(exit_of(two_lines), 0);
}

static void
a_signal_ends_a_question(void **state)
{
    (void)state;
    assert_int_equal(exit_of(interrupted_question), 0);
}

static int
bare_process(void)
{
    struct rlimit cores;
    for (int descriptor = 0; descriptor <= 2; descriptor++)
        close(descriptor);
    person_prepare();
    for (int descriptor = 0; descriptor <= 2; descriptor++)
        if (fcntl(descriptor, F_GETFD) == -1)
            return 1;
    if (umask(0) != 077)
        return 2;
    if (getrlimit(RLIMIT_CORE, &cores) != 0 || cores.rlim_cur != 0 || cores.rlim_max != 0)
        return 3;
    raise(SIGXFSZ);
    return 0;
}

static void
preparing_makes_the_process_private(void **state)
{
    (void)state;
    assert_int_equal(exit_of(bare_process), 0);
}

static int
terminal(void)
{
    struct winsize size = {.ws_row = 24, .ws_col = 133};
    int pipes[2];
    if (pipe(pipes) != 0 || dup2(pipes[1], 1) != 1 || dup2(pipes[1], 2) != 2)
        return 1;
    if (person_is_terminal(1) || person_width() != 80)
        return 2;
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 || grantpt(master) != 0 || unlockpt(master) != 0)
        return 77; /* no terminals here */
    int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
    if (slave < 0 || ioctl(slave, TIOCSWINSZ, &size) != 0)
        return 77;
    dup2(slave, 2); /* stdout is piped on, stderr is still the person's */
    return person_is_terminal(2) && person_width() == 133 ? 0 : 3;
}

static void
the_width_is_the_terminals_or_80(void **state)
{
    (void)state;
    int code = exit_of(terminal);
    if (code == 77)
        skip();
    assert_int_equal(code, 0);
}

static void
the_person_has_a_name_and_a_host(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *name = person_name(&arena);
    const char *at = strchr(name, '@');
    assert_non_null(at);
    assert_true(at > name && at[1]);
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_signal_is_noted_and_wakes),
        cmocka_unit_test(the_second_signal_leaves_at_once),
        cmocka_unit_test(a_signal_ignored_by_nohup_stays_ignored),
        cmocka_unit_test(one_line_is_read_and_no_more),
        cmocka_unit_test(a_signal_ends_a_question),
        cmocka_unit_test(preparing_makes_the_process_private),
        cmocka_unit_test(the_width_is_the_terminals_or_80),
        cmocka_unit_test(the_person_has_a_name_and_a_host),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
