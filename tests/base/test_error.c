/* Errors: said once, where most is known; and which of two endings a process takes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/error.h"
#include "base/text.h"

static void
the_worse_of_two_endings_wins(void **state)
{
    (void)state;
    static const enum status order[] = {STATUS_JOURNAL,     STATUS_UNKNOWN, STATUS_INTERRUPTED,
                                        STATUS_CREDENTIALS, STATUS_GUARDED, STATUS_STOPPED,
                                        STATUS_REFUSED,     STATUS_DONE};
    static const int codes[] = {74, 4, 130, 77, 5, 1, 3, 0};
    for (size_t i = 0; i < 8; i++) {
        assert_int_equal(order[i], codes[i]);
        for (size_t j = i; j < 8; j++) {
            assert_int_equal(status_worse(order[i], order[j]), order[i]);
            assert_int_equal(status_worse(order[j], order[i]), order[i]);
        }
    }
    assert_int_equal(status_worse(STATUS_DONE, STATUS_INVALID), 65);
    assert_int_equal(status_worse(STATUS_HELD, STATUS_DONE), 75);
}

static void
the_first_words_are_kept(void **state)
{
    (void)state;
    struct error err = {0};
    assert_false(error_end(&err, STATUS_GUARDED, "first %d", 1));
    assert_false(error_say(&err, "second"));
    assert_false(error_at(&err, (struct where){"a.yaml", 1, 2}, "third"));
    assert_string_equal(err.text, "first 1");
    assert_int_equal(error_status(&err), STATUS_GUARDED);
    assert_null(err.where.file);
}

static void
each_way_of_failing_has_its_status(void **state)
{
    (void)state;
    struct error said = {0}, placed = {0}, empty = {0};
    error_say(&said, "x");
    error_at(&placed, (struct where){"a.yaml", 3, 4}, "y");
    assert_int_equal(error_status(&said), STATUS_STOPPED);
    assert_int_equal(error_status(&placed), STATUS_INVALID);
    assert_int_equal(placed.where.line, 3);
    assert_int_equal(error_status(&empty), STATUS_STOPPED);
}

static void
context_is_put_in_front_and_the_end_is_cut(void **state)
{
    (void)state;
    struct error err = {0};
    error_end(&err, STATUS_JOURNAL, "%0900d", 7);
    assert_false(error_within(&err, "journal %s", "a"));
    assert_int_equal(strncmp(err.text, "journal a: 000", 14), 0);
    assert_int_equal(strlen(err.text), 911);
    error_within(&err, "%0300d", 1);
    assert_int_equal(strlen(err.text), sizeof err.text - 1);
    assert_int_equal(err.status, STATUS_JOURNAL);
}

static void
words_that_are_too_long_keep_their_beginning_and_their_end(void **state)
{
    (void)state;
    struct error err = {0};
    struct arena arena = {0};
    char *path = arena_alloc(&arena, 4001);
    memset(path, 'd', 4000);
    for (size_t at = 100; at < 3998; at += 2)
        memcpy(path + at, "\xc3\xa4", 2);
    error_end(&err, STATUS_JOURNAL, "'%s' cannot be locked: %s", path, "no space");
    assert_true(strlen(err.text) < sizeof err.text);
    assert_int_equal(strncmp(err.text, "'ddd", 4), 0);
    assert_true(text_ends(err.text, "' cannot be locked: no space"));
    assert_int_equal(text_utf8_bad(err.text, strlen(err.text)), strlen(err.text));
    arena_close(&arena);
}

static void
problems_are_sorted_by_place(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct problems problems = {.arena = &arena};
    problem_at(&problems, (struct where){"b", 1, 1}, "6");
    problem_at(&problems, (struct where){"a", 2, 1}, "4");
    problem_at(&problems, (struct where){"a", 1, 9}, "3");
    problem_at(&problems, (struct where){"a", 1, 2}, "2");
    problem_at(&problems, (struct where){"a", 2, 1}, "5");
    problem_at(&problems, (struct where){0}, "1");
    problems_sort(&problems);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(problems.items[i].text[0], '1' + (int)i);
    arena_close(&arena);
}

static void
two_hundred_problems_are_enough(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct problems problems = {.arena = &arena};
    for (int i = 0; i < 1000; i++)
        problem_at(&problems, (struct where){0}, "%d", i);
    assert_int_equal(problems.count, 200);
    struct problems none = {.arena = &arena};
    problems_sort(&none);
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_worse_of_two_endings_wins),
        cmocka_unit_test(the_first_words_are_kept),
        cmocka_unit_test(each_way_of_failing_has_its_status),
        cmocka_unit_test(context_is_put_in_front_and_the_end_is_cut),
        cmocka_unit_test(words_that_are_too_long_keep_their_beginning_and_their_end),
        cmocka_unit_test(problems_are_sorted_by_place),
        cmocka_unit_test(two_hundred_problems_are_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
