/* A run about a part of the campaign: what is left out stays pending, and holds back what depends
 * on it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/stage.h"

enum { BONUS, QUALIFY, NOTIFY };

/* A1 handed in first, on T2, then A2 and A3 on T1, and A1 once more there. All are paid, qualified
 * and told. */
static int
begin(void **state)
{
    static struct stage stage;
    stage_open(&stage);
    stage_task(&stage, "T2", 50);
    stage_work_on(&stage, 1, "X1", "A1", WORK_APPROVED);
    stage_work_on(&stage, 0, "X2", "A2", WORK_APPROVED);
    stage_work_on(&stage, 0, "X3", "A3", WORK_APPROVED);
    stage_work_on(&stage, 0, "X4", "A1", WORK_APPROVED);
    stage_bonus(&stage);
    stage_qualify(&stage);
    stage_notify(&stage);
    *state = &stage;
    return 0;
}

static void
expect_done(struct stage *stage, const struct plan *plan, size_t step, const char *target)
{
    stage_expect(stage, plan, step, target, DECISION_DO, WHY_NEVER_DONE);
}

static void
expect_left(struct stage *stage, const struct plan *plan, size_t step, const char *target)
{
    stage_expect(stage, plan, step, target, DECISION_HOLD, WHY_NOT_NOW);
}

static void
without_a_part_all_is_done(void **state)
{
    struct stage *stage = *state;
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan->totals.by_decision[DECISION_DO], 10);
    assert_int_equal(plan->not_now, 0);
}

static void
one_step_is_done_and_the_others_wait(void **state)
{
    struct stage *stage = *state;
    stage->part.step = "bonus";
    struct plan *plan = stage_plan(stage);
    expect_done(stage, plan, BONUS, "X1");
    expect_left(stage, plan, QUALIFY, "A1");
    expect_left(stage, plan, NOTIFY, "A3");
    assert_int_equal(plan->not_now, 6);
    assert_int_equal(plan->totals.amount, 400);
    assert_false(plan_is_empty(plan));
}

/* The bonus is not in this run, so nobody is told of it. */
static void
a_step_that_depends_on_what_is_left_out_is_held(void **state)
{
    struct stage *stage = *state;
    stage->part.step = "notify";
    struct plan *plan = stage_plan(stage);
    expect_left(stage, plan, BONUS, "X2");
    stage_expect(stage, plan, NOTIFY, "A2", DECISION_HOLD, WHY_NEEDS);
    holds(stage_action(stage, plan, NOTIFY, "A2")->words, "needs 'bonus'");
    assert_int_equal(plan->totals.by_decision[DECISION_DO], 0);
    assert_true(plan_is_empty(plan));
}

static void
a_step_goes_on_where_what_it_needs_was_done_before(void **state)
{
    struct stage *stage = *state;
    stage_deed(stage, BONUS, "X2", ENTRY_DONE, STORY_MS);
    stage_deed(stage, QUALIFY, "X2", ENTRY_DONE, STORY_MS);
    stage->part.step = "notify";
    struct plan *plan = stage_plan(stage);
    expect_done(stage, plan, NOTIFY, "A2");
    stage_expect(stage, plan, NOTIFY, "A3", DECISION_HOLD, WHY_NEEDS);
    stage_expect(stage, plan, BONUS, "X2", DECISION_SKIP, WHY_DONE_BEFORE);
}

static void
a_step_without_needs_depends_on_nothing_that_is_left_out(void **state)
{
    struct stage *stage = *state;
    stage->steps[NOTIFY].needs_written = true;
    stage->part.step = "notify";
    expect_done(stage, stage_plan(stage), NOTIFY, "A3");
}

static void
one_worker_has_all_their_steps_on_all_their_work(void **state)
{
    struct stage *stage = *state;
    stage->part.worker = "A1";
    struct plan *plan = stage_plan(stage);
    expect_done(stage, plan, BONUS, "X1");
    expect_done(stage, plan, BONUS, "X4");
    expect_done(stage, plan, NOTIFY, "A1");
    expect_left(stage, plan, BONUS, "X2");
    expect_left(stage, plan, NOTIFY, "A3");
    assert_int_equal(plan->not_now, 6);
}

/* Tasks as in the file, then the time of handing in: A2, A3, A1. */
static void
the_first_workers_are_counted_in_the_rosters_order(void **state)
{
    static const char *const order[] = {"A2", "A3", "A1"};
    struct stage *stage = *state;
    for (size_t first = 1; first <= 4; first++) {
        stage->part.first = first;
        struct plan *plan = stage_plan(stage);
        for (size_t i = 0; i < 3; i++)
            stage_expect(stage, plan, NOTIFY, order[i], i < first ? DECISION_DO : DECISION_HOLD,
                         i < first ? WHY_NEVER_DONE : WHY_NOT_NOW);
    }
}

static void
the_first_workers_are_those_whom_the_campaign_selects(void **state)
{
    struct stage *stage = *state;
    stage->campaign.filter.status[WORK_SUBMITTED] = false;
    stage->roster.assignments[1].status = WORK_SUBMITTED; /* X2 */
    stage->part.first = 1;
    struct plan *plan = stage_plan(stage);
    expect_done(stage, plan, NOTIFY, "A3");
    expect_left(stage, plan, NOTIFY, "A1");
}

/* Done or not: a canary that was run twice reaches nobody else. */
static void
the_first_workers_stay_the_first_when_they_are_done(void **state)
{
    struct stage *stage = *state;
    stage->part.first = 1;
    stage_deed(stage, BONUS, "X2", ENTRY_DONE, STORY_MS);
    stage_deed(stage, QUALIFY, "X2", ENTRY_DONE, STORY_MS);
    stage_deed(stage, NOTIFY, "X2", ENTRY_DONE, STORY_MS);
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan->totals.by_decision[DECISION_DO], 0);
    expect_left(stage, plan, BONUS, "X3");
    assert_true(plan_is_empty(plan));
}

/* Nor when this campaign itself decided on their work. */
static void
the_first_workers_stay_the_first_when_their_work_was_approved(void **state)
{
    struct stage *stage = *state;
    size_t approve = stage_approve(stage);
    for (size_t i = 0; i < 4; i++)
        stage->roster.assignments[i].status = WORK_SUBMITTED;
    stage->campaign.filter.status[WORK_APPROVED] = false;
    stage->part.first = 1;
    stage_deed(stage, approve, "X2", ENTRY_DONE, STORY_MS);
    stage->roster.assignments[1].status = WORK_APPROVED;
    struct plan *plan = stage_plan(stage);
    expect_done(stage, plan, BONUS, "X2");
    expect_left(stage, plan, BONUS, "X3");
}

static void
what_meets_all_of_the_parts_is_done(void **state)
{
    struct stage *stage = *state;
    stage->part = (struct part){.step = "bonus", .worker = "A3", .first = 1};
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan->totals.by_decision[DECISION_DO], 0);
    stage->part.first = 2;
    plan = stage_plan(stage);
    expect_done(stage, plan, BONUS, "X3");
    assert_int_equal(plan->totals.by_decision[DECISION_DO], 1);
}

/* As a saved plan names them. */
static void
only_the_keys_that_are_named_are_done(void **state)
{
    struct stage *stage = *state;
    struct index keys = {0};
    index_add(&keys, stage_key(stage, BONUS, "X3"), 0, &stage->arena);
    index_add(&keys, stage_key(stage, NOTIFY, "A3"), 0, &stage->arena);
    stage->part.keys = &keys;
    struct plan *plan = stage_plan(stage);
    expect_done(stage, plan, BONUS, "X3");
    expect_left(stage, plan, BONUS, "X2");
    expect_left(stage, plan, QUALIFY, "A3");
    stage_expect(stage, plan, NOTIFY, "A3", DECISION_HOLD, WHY_NEEDS);
    assert_int_equal(plan->totals.amount, 100);
}

/* Limits and the balance are held against what this run would spend. */
static void
guards_count_only_the_part(void **state)
{
    struct stage *stage = *state;
    stage->balance = 120;
    assert_int_equal(plan_status(stage_plan(stage)), STATUS_GUARDED);
    stage->part.worker = "A2";
    assert_int_equal(plan_status(stage_plan(stage)), STATUS_DONE);
}

/* What is expected is the campaign's, whatever part is run. */
static void
expectations_count_the_whole_campaign(void **state)
{
    struct stage *stage = *state;
    stage->campaign.expect = (struct expectation){.has_workers = true, .workers = 3};
    stage->steps[NOTIFY].expect = (struct expectation){.has_workers = true, .workers = 3};
    stage->part.first = 1;
    assert_int_equal(plan_status(stage_plan(stage)), STATUS_DONE);
}

/* Open ends do not belong to a part: what is seen is noted all the same. */
static void
what_is_found_is_noted_also_where_it_is_left_out(void **state)
{
    struct stage *stage = *state;
    stage_deed(stage, BONUS, "X3", ENTRY_UNKNOWN, STORY_MS);
    stage_paid(stage, "X3", "A3", 100, "Well done", STORY_MS + MINUTES(1));
    stage->part.worker = "A2";
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, BONUS, "X3", DECISION_SKIP, WHY_FOUND);
}

static void
a_qualification_is_not_made_for_another_step(void **state)
{
    struct stage *stage = *state;
    stage->steps[QUALIFY].qualification = NULL;
    stage->steps[QUALIFY].qualification_name = "wave-1";
    stage->steps[QUALIFY].description = "Took part";
    stage->part.step = "bonus";
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan->actions[4].verb, VERB_CREATE);
    assert_int_equal(plan->actions[4].decision, DECISION_HOLD);
    assert_int_equal(plan->actions[4].why, WHY_NOT_NOW);
}

/* A qualification is nobody's: with a worker or a canary it is made, with another step it is not.
 */
static void
a_qualification_is_made_for_a_part_of_its_people(void **state)
{
    struct stage *stage = *state;
    stage->campaign.step_count = 0;
    size_t create = stage_create(stage);
    stage_notify(stage);
    static const struct {
        struct part part;
        size_t done; /* the creation among them */
    } rows[] = {{{.worker = "A2"}, 3},
                {{.first = 2}, 5},
                {{.step = "qualify"}, 4},
                {{.step = "notify"}, 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        stage->part = rows[i].part;
        struct plan *plan = stage_plan(stage);
        assert_int_equal(plan->totals.by_decision[DECISION_DO], rows[i].done);
        assert_int_equal(plan->actions[0].verb, VERB_CREATE);
        assert_int_equal(plan->actions[0].step, create);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(without_a_part_all_is_done, begin, stage_finish),
        cmocka_unit_test_setup_teardown(one_step_is_done_and_the_others_wait, begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_step_that_depends_on_what_is_left_out_is_held, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_step_goes_on_where_what_it_needs_was_done_before, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_step_without_needs_depends_on_nothing_that_is_left_out,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(one_worker_has_all_their_steps_on_all_their_work, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(the_first_workers_are_counted_in_the_rosters_order, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(the_first_workers_are_those_whom_the_campaign_selects,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(the_first_workers_stay_the_first_when_they_are_done, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(
            the_first_workers_stay_the_first_when_their_work_was_approved, begin, stage_finish),
        cmocka_unit_test_setup_teardown(what_meets_all_of_the_parts_is_done, begin, stage_finish),
        cmocka_unit_test_setup_teardown(only_the_keys_that_are_named_are_done, begin, stage_finish),
        cmocka_unit_test_setup_teardown(guards_count_only_the_part, begin, stage_finish),
        cmocka_unit_test_setup_teardown(expectations_count_the_whole_campaign, begin, stage_finish),
        cmocka_unit_test_setup_teardown(what_is_found_is_noted_also_where_it_is_left_out, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_qualification_is_not_made_for_another_step, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_qualification_is_made_for_a_part_of_its_people, begin,
                                        stage_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
