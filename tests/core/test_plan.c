/* Who gets which action, once: selection, workers on several tasks, holds and needs, remarks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/stage.h"

static int
begin(void **state)
{
    static struct stage stage;
    stage_open(&stage);
    stage_task(&stage, "T2", 50);
    *state = &stage;
    return 0;
}

static void
a_worker_on_two_tasks_is_qualified_and_told_once_and_paid_per_assignment(void **state)
{
    struct stage *stage = *state;
    size_t qualify = stage_qualify(stage), bonus = stage_bonus(stage), notify = stage_notify(stage);
    stage_work_on(stage, 0, "X1", "A1", WORK_APPROVED);
    stage_work_on(stage, 1, "X2", "A1", WORK_APPROVED);
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan->action_count, 4);
    assert_false(stage_action(stage, plan, qualify, "A1")->names_assignment);
    assert_false(stage_action(stage, plan, notify, "A1")->names_assignment);
    assert_string_equal(stage_action(stage, plan, bonus, "X1")->assignment->id, "X1");
    assert_string_equal(stage_action(stage, plan, bonus, "X2")->assignment->id, "X2");
    assert_int_equal(plan->selected_assignments, 2);
    assert_int_equal(plan->selected_workers, 1);
}

/* Whoever looks at one step looks at its own actions only; what makes its qualification is one. */
static void
the_actions_of_a_step_stand_together(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage), qualify = stage_qualify(stage), notify = stage_notify(stage);
    stage->steps[qualify].qualification = NULL;
    stage->steps[qualify].qualification_name = "wave-1";
    stage->steps[qualify].description = "Took part";
    for (size_t i = 0; i < 3; i++)
        stage_work(stage, arena_print(&stage->arena, "X%zu", i),
                   arena_print(&stage->arena, "A%zu", i), WORK_APPROVED);
    struct plan *plan = stage_plan(stage);
    const size_t ends[] = {[0] = 3, [1] = 7, [2] = 10};
    assert_int_equal(plan->steps[bonus].first, 0);
    for (size_t step = bonus; step <= notify; step++) {
        assert_int_equal(plan->steps[step].end, ends[step]);
        for (size_t i = plan->steps[step].first; i < plan->steps[step].end; i++)
            assert_int_equal(plan->actions[i].step, step);
    }
    assert_int_equal(plan->actions[plan->steps[qualify].first].verb, VERB_CREATE);
}

/* The roster lists tasks in the file's order, so the latest work may stand first. */
static void
a_bonus_per_worker_is_carried_by_their_latest_assignment(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage->steps[bonus].per = PER_WORKER;
    stage_work_on(stage, 1, "X1", "A1", WORK_APPROVED);
    stage_work_on(stage, 1, "X2", "A2", WORK_APPROVED);
    stage_work_on(stage, 0, "X3", "A1", WORK_APPROVED);
    stage_work_on(stage, 0, "X4", "A2", WORK_APPROVED);
    stage->roster.assignments[3].submitted_ms = STORY_MS - HOURS(48);
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan->action_count, 2);
    assert_string_equal(stage_action(stage, plan, bonus, "A1")->assignment->id, "X3");
    assert_string_equal(stage_action(stage, plan, bonus, "A2")->assignment->id, "X2");
    assert_int_equal(plan->totals.amount, 200);
}

static void
an_open_bonus_per_worker_stays_on_the_assignment_it_was_sent_on(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage->steps[bonus].per = PER_WORKER;
    stage_work_on(stage, 0, "X1", "A1", WORK_APPROVED);
    stage_deed(stage, bonus, "X1", ENTRY_UNKNOWN, STORY_MS);
    stage_work_on(stage, 1, "X2", "A1", WORK_APPROVED);
    struct plan *plan = stage_plan(stage);
    assert_string_equal(stage_action(stage, plan, bonus, "A1")->assignment->id, "X1");
    stage_expect(stage, plan, bonus, "A1", DECISION_DO, WHY_RETRY);
}

/* The task on which it was sent is not read any more, so no list can show it absent. */
static void
an_open_bonus_whose_task_left_the_file_is_not_sent_again(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage->steps[bonus].per = PER_WORKER;
    stage_work_on(stage, 0, "X1", "A1", WORK_APPROVED);
    struct entry sent = stage_entry(stage, ENTRY_INTEND, bonus, "X1", STORY_MS);
    sent.assignment = "X9";
    sent.task = "T9";
    tell(&stage->history, sent);
    const struct action *action = stage_action(stage, stage_plan(stage), bonus, "A1");
    assert_int_not_equal(action->decision, DECISION_DO);
    holds(action->words, "X9");
}

static void
a_bonus_done_per_worker_is_not_paid_again_on_later_work(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage->steps[bonus].per = PER_WORKER;
    stage_work_on(stage, 0, "X1", "A1", WORK_APPROVED);
    stage_deed(stage, bonus, "X1", ENTRY_DONE, STORY_MS);
    stage_work_on(stage, 1, "X2", "A1", WORK_APPROVED);
    stage_expect(stage, stage_plan(stage), bonus, "A1", DECISION_SKIP, WHY_DONE_BEFORE);
}

static void
our_own_approvals_do_not_change_who_is_selected(void **state)
{
    struct stage *stage = *state;
    size_t approve = stage_approve(stage), bonus = stage_bonus(stage);
    stage->campaign.filter.status[WORK_APPROVED] = false;
    stage->steps[bonus].filter.written = true;
    stage->steps[bonus].filter.status[WORK_SUBMITTED] = true;
    stage_work_on(stage, 0, "X1", "A1", WORK_SUBMITTED);
    stage_work_on(stage, 0, "X2", "A2", WORK_APPROVED);
    stage_deed(stage, approve, "X1", ENTRY_DONE, STORY_MS);
    stage->roster.assignments[0].status = WORK_APPROVED;
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_DO, WHY_NEVER_DONE);
    assert_int_equal(plan->selected_assignments, 1);
    assert_int_equal(plan->tasks[0].assignments, 2);
    assert_int_equal(plan->tasks[0].selected, 1);
    assert_int_equal(plan->left_out.by_status[WORK_APPROVED], 1);
}

static void
a_step_may_be_narrower_than_the_campaign(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage), notify = stage_notify(stage);
    stage->steps[bonus].filter.written = true;
    stage->steps[bonus].filter.status[WORK_APPROVED] = true;
    stage_work_on(stage, 0, "X1", "A1", WORK_SUBMITTED);
    stage_work_on(stage, 0, "X2", "A2", WORK_APPROVED);
    stage_work_on(stage, 0, "X3", "A3", WORK_REJECTED);
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan->action_count, 3);
    stage_expect(stage, plan, bonus, "X2", DECISION_DO, WHY_NEVER_DONE);
    stage_expect(stage, plan, notify, "A1", DECISION_DO, WHY_NEVER_DONE);
    assert_int_equal(plan->remark_count, 1);
    holds(plan->remarks[0], "step 'notify' reaches 1 worker whom no earlier bonus step pays");
}

static void
a_worker_in_trouble_is_held_back_and_the_others_are_not(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage), notify = stage_notify(stage);
    stage_work_on(stage, 0, "X1", "A1", WORK_APPROVED);
    stage_work_on(stage, 0, "X2", "A2", WORK_APPROVED);
    stage_work_on(stage, 1, "X3", "A2", WORK_APPROVED);
    stage_deed(stage, bonus, "X2", ENTRY_REFUSED, STORY_MS);
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, notify, "A1", DECISION_DO, WHY_NEVER_DONE);
    stage_expect(stage, plan, notify, "A2", DECISION_HOLD, WHY_NEEDS);
    assert_string_equal(stage_action(stage, plan, notify, "A2")->words, "needs 'bonus'");
    assert_int_equal(plan->totals.by_decision[DECISION_HOLD], 1);
}

static void
a_held_action_holds_what_comes_after_it(void **state)
{
    struct stage *stage = *state;
    size_t qualify = stage_qualify(stage), bonus = stage_bonus(stage), notify = stage_notify(stage);
    stage->steps[notify].needs_written = true;
    stage->steps[notify].needs = &bonus;
    stage->steps[notify].need_count = 1;
    stage_work_on(stage, 0, "X1", "A1", WORK_APPROVED);
    stage_deed(stage, qualify, "X1", ENTRY_REFUSED, STORY_MS);
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_HOLD, WHY_NEEDS);
    stage_expect(stage, plan, notify, "A1", DECISION_HOLD, WHY_NEEDS);
    assert_string_equal(stage_action(stage, plan, notify, "A1")->words, "needs 'bonus'");
}

static void
a_step_that_needs_nothing_is_never_held(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage), notify = stage_notify(stage);
    stage->steps[notify].needs_written = true;
    stage_work_on(stage, 0, "X1", "A1", WORK_APPROVED);
    stage_deed(stage, bonus, "X1", ENTRY_REFUSED, STORY_MS);
    stage_expect(stage, stage_plan(stage), notify, "A1", DECISION_DO, WHY_NEVER_DONE);
}

static void
a_step_that_needs_a_payment_does_not_reach_those_without_one(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage), notify = stage_notify(stage);
    stage->steps[bonus].filter.written = true;
    stage->steps[bonus].filter.status[WORK_APPROVED] = true;
    stage->steps[notify].needs_written = true;
    stage->steps[notify].needs = &bonus;
    stage->steps[notify].need_count = 1;
    stage_work_on(stage, 0, "X1", "A1", WORK_APPROVED);
    stage_work_on(stage, 0, "X2", "A2", WORK_SUBMITTED);
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, notify, "A1", DECISION_DO, WHY_NEVER_DONE);
    stage_expect(stage, plan, notify, "A2", DECISION_HOLD, WHY_NEEDS);
}

/* Written needs are about workers; a qualification is made for all of them. */
static void
a_qualification_is_made_whatever_the_step_needs(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage), qualify = stage_qualify(stage);
    stage->steps[qualify].qualification = NULL;
    stage->steps[qualify].qualification_name = "jokers";
    stage->steps[qualify].description = "Told a joke";
    stage->steps[qualify].needs_written = true;
    stage->steps[qualify].needs = &bonus;
    stage->steps[qualify].need_count = 1;
    stage_work_on(stage, 0, "X1", "A1", WORK_APPROVED);
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan->action_count, 3);
    assert_int_equal(plan->actions[1].verb, VERB_CREATE);
    assert_int_equal(plan->actions[1].decision, DECISION_DO);
    assert_int_equal(plan->actions[2].decision, DECISION_DO);
}

static void
work_from_the_website_is_remarked(void **state)
{
    struct stage *stage = *state;
    stage_bonus(stage);
    stage->tasks[1].from_website = true;
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan->remark_count, 1);
    holds(plan->remarks[0], "task T2 was made on the requester website");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_worker_on_two_tasks_is_qualified_and_told_once_and_paid_per_assignment, begin,
            stage_finish),
        cmocka_unit_test_setup_teardown(the_actions_of_a_step_stand_together, begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_bonus_per_worker_is_carried_by_their_latest_assignment,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(
            an_open_bonus_per_worker_stays_on_the_assignment_it_was_sent_on, begin, stage_finish),
        cmocka_unit_test_setup_teardown(an_open_bonus_whose_task_left_the_file_is_not_sent_again,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_bonus_done_per_worker_is_not_paid_again_on_later_work,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(our_own_approvals_do_not_change_who_is_selected, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_step_may_be_narrower_than_the_campaign, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_worker_in_trouble_is_held_back_and_the_others_are_not,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_held_action_holds_what_comes_after_it, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_step_that_needs_nothing_is_never_held, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(
            a_step_that_needs_a_payment_does_not_reach_those_without_one, begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_qualification_is_made_whatever_the_step_needs, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(work_from_the_website_is_remarked, begin, stage_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
