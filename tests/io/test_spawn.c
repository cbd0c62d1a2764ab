/* Commands: split as a shell would, run without one, read within bounds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "io/spawn.h"

static struct arena arena;

static int
close_arena(void **state)
{
    (void)state;
    arena_close(&arena);
    return 0;
}

static void
a_command_is_split_as_a_shell_would(void **state)
{
    (void)state;
    static const struct {
        const char *command;
        const char *words[5];
    } cases[] = {
        {"keys", {"keys"}},
        {"  keys\t--for \n lab  ", {"keys", "--for", "lab"}},
        {"'my keys' \"for lab\"", {"my keys", "for lab"}},
        {"a'b c'd\"e f\"g", {"ab cde fg"}},
        {"a '' \"\" b", {"a", "", "", "b"}},
        {"a\\ b \\'c \\\\", {"a b", "'c", "\\"}},
        {"'a\\b' \"a\\b\" \"\\\"\\\\\\$\\`\"", {"a\\b", "a\\b", "\"\\$`"}},
        {"\"it's\" 'say \"x\"'", {"it's", "say \"x\""}},
        {"a\\\nb \"c\\\nd\"", {"ab", "cd"}},
        {"$HOME `id` *.c ~ a|b;c #d", {"$HOME", "`id`", "*.c", "~", "a|b;c"}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error err = {0};
        char **argv = NULL;
        assert_true(spawn_split(cases[i].command, &arena, &argv, &err));
        for (size_t k = 0; k < 5 && cases[i].words[k]; k++)
            assert_string_equal(argv[k], cases[i].words[k]);
    }
}

static void
the_last_word_is_followed_by_null(void **state)
{
    (void)state;
    struct error err = {0};
    char **argv = NULL;
    assert_true(spawn_split("a b c d e f g h", &arena, &argv, &err)); /* as many as fit at first */
    assert_string_equal(argv[7], "h");
    assert_null(argv[8]);
}

static void
a_command_that_does_not_end_is_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "  \t", "a 'b", "a \"b", "a b\\", "\"a\\\""};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct error err = {0};
        char **argv = NULL;
        assert_false(spawn_split(bad[i], &arena, &argv, &err));
        assert_non_null(strstr(err.text, "the command"));
    }
}

struct outcome {
    bool good;
    int exit_code;
    char out[5000];
    struct error err;
};

static struct outcome
run(const char *script, int timeout_ms, size_t limit_bytes)
{
    char *const argv[] = {(char[]){"sh"}, (char[]){"-c"}, arena_copy(&arena, script), NULL};
    struct outcome outcome = {.exit_code = -1};
    struct buffer out = {0};
    outcome.good =
        spawn_read(argv, timeout_ms, limit_bytes, &out, &outcome.exit_code, &outcome.err);
    snprintf(outcome.out, sizeof outcome.out, "%s", out.bytes ? out.bytes : "");
    buffer_close(&out);
    return outcome;
}

static void
what_a_program_prints_and_how_it_ends_is_told(void **state)
{
    (void)state;
    struct outcome outcome = run("echo one; echo two; exit 3", 20000, 100);
    assert_true(outcome.good);
    assert_string_equal(outcome.out, "one\ntwo\n");
    assert_int_equal(outcome.exit_code, 3);
    outcome = run("kill -TERM $$", 20000, 100);
    assert_true(outcome.good);
    assert_int_equal(outcome.exit_code, 128 + SIGTERM);
    outcome = run("exec >&-; sleep 0.05; exit 4", 20000, 100);
    assert_int_equal(outcome.exit_code, 4);
}

static void
a_program_gets_no_input_and_none_of_our_files(void **state)
{
    (void)state;
    int leaked = dup(1); /* without FD_CLOEXEC, as a library might leave it */
    signal(SIGPIPE, SIG_IGN);
    struct outcome outcome = run(
        "cat; ls /proc/self/fd | wc -l; trap '' USR1; grep SigIgn /proc/self/status", 20000, 200);
    close(leaked);
    signal(SIGPIPE, SIG_DFL);
    assert_true(outcome.good);
    /* 0, 1, 2 and the one that ls itself opens */
    unsigned count = 0;
    unsigned long long ignored = 0;
    assert_int_equal(sscanf(outcome.out, "%u SigIgn: %llx", &count, &ignored), 2);
    assert_int_equal(count, 4);
    assert_int_equal(ignored & (1ULL << (SIGPIPE - 1)), 0);
}

static void
a_program_that_cannot_be_found_is_named(void **state)
{
    (void)state;
    char *const argv[] = {(char[]){"no-such-program-here"}, NULL};
    struct buffer out = {0};
    struct error err = {0};
    int exit_code;
    assert_false(spawn_read(argv, 20000, 100, &out, &exit_code, &err));
    assert_non_null(strstr(err.text, "'no-such-program-here' cannot be started"));
    buffer_close(&out);
}

static void
a_program_that_goes_on_and_on_is_stopped(void **state)
{
    (void)state;
    struct outcome outcome = run("exec sleep 600", 100, 100);
    assert_false(outcome.good);
    assert_non_null(strstr(outcome.err.text, "'sh' did not end within 0.1 s"));
    outcome = run("exec >&-; exec sleep 600", 100, 100);
    assert_false(outcome.good);
    assert_non_null(strstr(outcome.err.text, "'sh' did not end within 0.1 s"));
    outcome = run("exec yes", 20000, 4000);
    assert_false(outcome.good);
    assert_non_null(strstr(outcome.err.text, "more than the 4000 bytes"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_command_is_split_as_a_shell_would),
        cmocka_unit_test(the_last_word_is_followed_by_null),
        cmocka_unit_test(a_command_that_does_not_end_is_refused),
        cmocka_unit_test(what_a_program_prints_and_how_it_ends_is_told),
        cmocka_unit_test(a_program_gets_no_input_and_none_of_our_files),
        cmocka_unit_test(a_program_that_cannot_be_found_is_named),
        cmocka_unit_test(a_program_that_goes_on_and_on_is_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, close_arena);
}
