/* What a plan costs for each of many people: counted at a number and at twice that, where arrays
 * and indexes are equally full. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/stage.h"

enum { PEOPLE = 8000 };

/* What stays in memory of a plan over so many people; the steps are those that `add` adds. */
static size_t
plan_size(size_t people, void (*add)(struct stage *stage), size_t *actions)
{
    struct stage stage;
    stage_open(&stage);
    stage.balance = 100 * 1000 * 1000;
    add(&stage);
    for (size_t i = 0; i < people; i++)
        stage_work(&stage, arena_print(&stage.arena, "X%zu", i),
                   arena_print(&stage.arena, "A%zu", i), WORK_SUBMITTED);
    size_t before = arena_size_bytes(&stage.arena);
    struct plan *plan = stage_plan(&stage);
    size_t size = arena_size_bytes(&stage.arena) - before;
    *actions = plan->action_count;
    assert_int_equal(plan->totals.by_decision[DECISION_DO], plan->action_count);
    stage_close(&stage);
    return size;
}

static size_t
bytes_each_action(void (*add)(struct stage *stage))
{
    size_t once, twice;
    size_t small = plan_size(PEOPLE, add, &once), large = plan_size(2 * PEOPLE, add, &twice);
    assert_int_equal(twice, 2 * once);
    return (large - small) / once;
}

static void
a_bonus(struct stage *stage)
{
    stage_bonus(stage);
}

static void
three_steps(struct stage *stage)
{
    stage_qualify(stage);
    stage_bonus(stage);
    stage_notify(stage);
}

/* Its row, in an array that may be half empty, and 65 bytes of key; what else was needed is gone
 * when the plan is made. */
static void
an_action_costs_its_row_and_its_key(void **state)
{
    (void)state;
    size_t row = 2 * sizeof(struct action) + KEY_TEXT_SIZE;
    assert_true(sizeof(struct action) <= 72);
    assert_in_range(bytes_each_action(a_bonus), KEY_TEXT_SIZE, row);
    assert_in_range(bytes_each_action(three_steps), KEY_TEXT_SIZE, row);
}

static void
those_who_are_told_the_same_share_their_terms(void **state)
{
    (void)state;
    struct stage stage;
    stage_open(&stage);
    size_t bonus = stage_bonus(&stage), notify = stage_notify(&stage);
    stage_work(&stage, "X1", "A1", WORK_APPROVED);
    stage_work(&stage, "X2", "A2", WORK_APPROVED);
    struct plan *plan = stage_plan(&stage);
    const struct terms *first = stage_action(&stage, plan, bonus, "X1")->terms;
    const struct terms *told = stage_action(&stage, plan, notify, "A1")->terms;
    assert_ptr_equal(stage_action(&stage, plan, bonus, "X2")->terms, first);
    assert_string_not_equal(told->content, first->content);
    stage_close(&stage);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_action_costs_its_row_and_its_key),
        cmocka_unit_test(those_who_are_told_the_same_share_their_terms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
