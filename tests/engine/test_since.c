/* What a journal's records behind a plan's head say: runs of that plan, or something else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "engine/since.h"

static const struct entry ours = {.kind = ENTRY_RUN, .plan = "ours"};
static const struct entry theirs = {.kind = ENTRY_RUN, .plan = "theirs", .who = "ben"};
static const struct entry done = {.kind = ENTRY_DONE};

/* Each record a group of its own; the sum of the first is "1". */
static struct since
read_all(const char *head, const struct entry *const *entries)
{
    static const char *const sums[] = {"1", "2", "3", "4", "5"};
    struct since since;
    since_init(&since, head, "ours");
    for (size_t i = 0; entries[i]; i++)
        since_apply(&since, entries[i], 1, sums[i]);
    return since;
}

static void
what_stood_before_the_head_may_be_anything(void **state)
{
    (void)state;
    const struct entry *const entries[] = {&theirs, &done, &theirs, NULL};
    struct since since = read_all("3", entries);
    assert_true(since.there);
    assert_false(since.moved);
    assert_int_equal(since.runs, 2);
}

static void
runs_of_the_plan_may_follow_the_head(void **state)
{
    (void)state;
    static const struct entry recovered = {.kind = ENTRY_RECOVERED}, end = {.kind = ENTRY_END};
    const struct entry *const entries[] = {&theirs, &recovered, &ours, &done, &end, NULL};
    struct since since = read_all("1", entries);
    assert_true(since.there);
    assert_false(since.moved);
    assert_int_equal(since.runs, 1);
}

static void
anything_else_moves_the_journal_on(void **state)
{
    (void)state;
    static const struct entry others[] = {{.kind = ENTRY_RUN, .plan = "theirs", .who = "ben"},
                                          {.kind = ENTRY_RUN, .who = "ben"},
                                          {.kind = ENTRY_RESOLVE, .who = "ben"},
                                          {.kind = ENTRY_MERGE, .who = "ben"},
                                          {.kind = ENTRY_ERASED, .who = "ben"}};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        const struct entry *const entries[] = {&ours, &done, &others[i], &theirs, NULL};
        struct since since = read_all("1", entries);
        assert_true(since.moved);
        assert_int_equal(since.by.kind, others[i].kind); /* the first one is told of */
        assert_string_equal(since.by.who, "ben");
    }
}

static void
a_head_within_a_group_is_no_head(void **state)
{
    (void)state;
    const struct entry group[] = {ours, done};
    struct since since;
    since_init(&since, "1", "ours");
    since_apply(&since, group, 2, "2");
    assert_false(since.there);
}

static void
a_plan_of_no_journal_knows_no_other_run(void **state)
{
    (void)state;
    static const struct entry genesis = {.kind = ENTRY_GENESIS};
    const struct entry *const fine[] = {&genesis, &ours, &done, NULL};
    const struct entry *const moved[] = {&genesis, &theirs, NULL};
    assert_false(read_all(NULL, fine).moved);
    assert_true(read_all(NULL, fine).there);
    assert_true(read_all(NULL, moved).moved);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stood_before_the_head_may_be_anything),
        cmocka_unit_test(runs_of_the_plan_may_follow_the_head),
        cmocka_unit_test(anything_else_moves_the_journal_on),
        cmocka_unit_test(a_head_within_a_group_is_no_head),
        cmocka_unit_test(a_plan_of_no_journal_knows_no_other_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
