/* Which step may reach which worker, given how their earlier actions stand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/needs.h"

static size_t first_only[] = {0};
static size_t both[] = {0, 1};

/* Steps 0 and 1 come before step 2; what step 2 says it needs. */
struct wish {
    bool written;
    size_t *needs;
    size_t count;
};
static const struct wish unwritten = {false, NULL, 0}, nothing = {true, NULL, 0},
                         first = {true, first_only, 1}, all = {true, both, 2};

static bool
reaches(const struct wish *wish, const enum need_state *one, size_t one_count,
        const enum need_state *other, size_t other_count, size_t *held_by)
{
    struct arena arena = {0};
    struct step steps[3] = {{.id = "one"}, {.id = "two"}, {.id = "three"}};
    steps[2].needs_written = wish->written;
    steps[2].needs = wish->needs;
    steps[2].need_count = wish->count;
    struct campaign campaign = {.steps = steps, .step_count = 3};
    struct needs needs;
    needs_init(&needs, &campaign, 2, &arena);
    for (size_t i = 0; i < one_count; i++)
        needs_add(&needs, "A1", 0, one[i], &arena);
    for (size_t i = 0; i < other_count; i++)
        needs_add(&needs, "A1", 1, other[i], &arena);
    needs_add(&needs, "A2", 0, NEED_TROUBLE, &arena); /* never of concern to A1 */
    bool allowed = needs_allow(&needs, "A1", 2, held_by);
    arena_close(&arena);
    return allowed;
}

static void
each_wish_with_each_past(void **state)
{
    (void)state;
    static const struct {
        enum need_state one[2];
        size_t one_count;
        enum need_state other[2];
        size_t other_count;
        bool unwritten, nothing, first, all;
    } rows[] = {
        {{0}, 0, {0}, 0, true, true, false, false},
        {{NEED_DONE}, 1, {0}, 0, true, true, true, false},
        {{NEED_DONE}, 1, {NEED_DONE}, 1, true, true, true, true},
        {{NEED_DONE, NEED_DONE}, 2, {NEED_DONE}, 1, true, true, true, true},
        {{NEED_DONE, NEED_TROUBLE}, 2, {NEED_DONE}, 1, false, true, false, false},
        {{NEED_TROUBLE}, 1, {NEED_DONE}, 1, false, true, false, false},
        {{NEED_DONE}, 1, {NEED_TROUBLE}, 1, false, true, true, false},
        {{NEED_NEUTRAL}, 1, {0}, 0, true, true, false, false},
        {{NEED_DONE, NEED_NEUTRAL}, 2, {NEED_DONE}, 1, true, true, false, false},
        {{0}, 0, {NEED_DONE}, 1, true, true, false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t by;
        const struct wish *wishes[] = {&unwritten, &nothing, &first, &all};
        bool expected[] = {rows[i].unwritten, rows[i].nothing, rows[i].first, rows[i].all};
        for (size_t j = 0; j < 4; j++)
            assert_int_equal(reaches(wishes[j], rows[i].one, rows[i].one_count, rows[i].other,
                                     rows[i].other_count, &by),
                             expected[j]);
    }
}

static void
the_step_that_holds_is_named(void **state)
{
    (void)state;
    static const enum need_state done[] = {NEED_DONE}, trouble[] = {NEED_TROUBLE};
    size_t by = 9;
    assert_false(reaches(&unwritten, done, 1, trouble, 1, &by));
    assert_int_equal(by, 1);
    assert_false(reaches(&all, trouble, 1, trouble, 1, &by));
    assert_int_equal(by, 0);
}

static void
trouble_ends_when_the_action_is_done(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct step steps[2] = {{.id = "one"}, {.id = "two"}};
    struct campaign campaign = {.steps = steps, .step_count = 2};
    struct needs needs;
    size_t by;
    needs_init(&needs, &campaign, 1, &arena);
    needs_add(&needs, "A1", 0, NEED_TROUBLE, &arena);
    needs_add(&needs, "A1", 0, NEED_TROUBLE, &arena);
    needs_done(&needs, "A1", 0);
    assert_false(needs_allow(&needs, "A1", 1, &by));
    needs_done(&needs, "A1", 0);
    assert_true(needs_allow(&needs, "A1", 1, &by));
    arena_close(&arena);
}

/* Whichever ends first, and wherever there is new trouble, the earliest that is left is named. */
static void
the_earliest_trouble_that_is_left_is_named(void **state)
{
    (void)state;
    enum { STEPS = 6 };
    static const size_t order[] = {2, 0, 4, 1, 3}, named[] = {0, 1, 1, 3, STEPS - 1};
    struct arena arena = {0};
    struct step steps[STEPS] = {{.id = "one"}};
    struct campaign campaign = {.steps = steps, .step_count = STEPS};
    struct needs needs;
    size_t by;
    needs_init(&needs, &campaign, 1, &arena);
    for (size_t step = STEPS - 1; step-- > 0;)
        needs_add(&needs, "A1", step, NEED_TROUBLE, &arena);
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        needs_done(&needs, "A1", order[i]);
        bool allowed = needs_allow(&needs, "A1", STEPS - 1, &by);
        assert_int_equal(allowed, named[i] == STEPS - 1);
        assert_true(allowed || by == named[i]);
    }
    needs_add(&needs, "A1", 1, NEED_TROUBLE, &arena);
    assert_true(needs_allow(&needs, "A1", 1, &by));
    assert_false(needs_allow(&needs, "A1", 2, &by));
    assert_int_equal(by, 1);
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_wish_with_each_past),
        cmocka_unit_test(the_step_that_holds_is_named),
        cmocka_unit_test(trouble_ends_when_the_action_is_done),
        cmocka_unit_test(the_earliest_trouble_that_is_left_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
