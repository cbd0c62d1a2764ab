/* Approving and rejecting: one work is decided once, by this campaign or by somebody else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/stage.h"

/* X1 is A1's work; there is an approve step (0) and a reject step (1). */
enum { APPROVE, REJECT };

static int
begin(void **state)
{
    static struct stage stage;
    stage_open(&stage);
    stage_approve(&stage);
    stage_verb(&stage, VERB_REJECT);
    stage.steps[REJECT].message = "The code is wrong.";
    stage_work(&stage, "X1", "A1", WORK_SUBMITTED);
    *state = &stage;
    return 0;
}

/* Only the step with this number is left in the file. */
static void
keep_only(struct stage *stage, size_t step)
{
    stage_only(stage, APPROVE, WORK_REJECTED);
    stage_only(stage, REJECT, WORK_REJECTED);
    stage->steps[step].filter = (struct filter){0};
}

static void
put_status(struct stage *stage, enum work_status status)
{
    stage->roster.assignments[0].status = status;
}

static void
work_that_is_approved_and_rejected_conflicts_in_both_steps(void **state)
{
    struct stage *stage = *state;
    stage_work(stage, "X2", "A2", WORK_APPROVED);
    stage_only(stage, REJECT, WORK_SUBMITTED);
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, APPROVE, "X1", DECISION_CONFLICT, WHY_OPPOSED);
    stage_expect(stage, plan, REJECT, "X1", DECISION_CONFLICT, WHY_OPPOSED);
    stage_expect(stage, plan, APPROVE, "X2", DECISION_SKIP, WHY_FOUND);
    assert_int_equal(plan_status(plan), STATUS_GUARDED);
    assert_int_equal(plan->refusal_count, 2);
    stage_refused(plan, STATUS_GUARDED,
                  "step 'approve' conflicts with what was done before for 1 "
                  "action (worker A1: the campaign approves this work and "
                  "rejects it too");
    assert_int_equal(plan->harm, 0);
    assert_int_equal(plan->totals.reward, 0);
}

static void
each_of_several_steps_that_decide_on_the_work_conflicts(void **state)
{
    struct stage *stage = *state;
    size_t again = stage_approve(stage);
    stage->steps[again].id = "again";
    struct plan *plan = stage_plan(stage);
    for (size_t step = APPROVE; step <= again; step++)
        stage_expect(stage, plan, step, "X1", DECISION_CONFLICT, WHY_OPPOSED);
    stage->campaign.step_count = 0;
    stage_approve(stage);
    stage_approve(stage);
    stage->steps[1].id = "again";
    assert_int_equal(plan_status(stage_plan(stage)), STATUS_DONE);
}

/* A part of the campaign does not make it one of one mind. */
static void
the_conflict_stays_when_only_one_of_the_steps_is_run(void **state)
{
    struct stage *stage = *state;
    stage->part.step = "approve";
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, APPROVE, "X1", DECISION_CONFLICT, WHY_OPPOSED);
    assert_int_equal(plan_status(plan), STATUS_GUARDED);
}

static void
what_this_campaign_decided_is_not_turned_round(void **state)
{
    static const struct {
        size_t before, now;
        enum work_status status;
        const char *words;
    } rows[] = {
        {APPROVE, REJECT, WORK_APPROVED,
         "this campaign approved it on 2026-11-23T14:00:00Z (step 'approve'): nothing is sent; "
         "leave it out with 'where'"},
        {REJECT, APPROVE, WORK_REJECTED,
         "this campaign rejected it on 2026-11-23T14:00:00Z (step 'reject'): nothing is sent; "
         "leave it out with 'where', or take the rejection back with 'override: true'"},
    };
    for (size_t i = 0; i < 2; i++) {
        stage_finish(state);
        begin(state);
        struct stage *stage = *state;
        stage_deed(stage, rows[i].before, "X1", ENTRY_DONE, STORY_MS);
        put_status(stage, rows[i].status);
        keep_only(stage, rows[i].now);
        struct plan *plan = stage_plan(stage);
        stage_expect(stage, plan, rows[i].now, "X1", DECISION_CONFLICT, WHY_OPPOSED);
        assert_string_equal(stage_action(stage, plan, rows[i].now, "X1")->words, rows[i].words);
        assert_int_equal(plan_status(plan), STATUS_GUARDED);
    }
}

/* Perhaps decided is as good as decided, provably not decided is not. */
static void
only_what_may_have_been_decided_stands_in_the_way(void **state)
{
    static const struct {
        enum entry_kind outcome;
        enum decision decision;
    } rows[] = {{ENTRY_UNKNOWN, DECISION_CONFLICT},
                {ENTRY_REFUSED, DECISION_DO},
                {ENTRY_RELEASED, DECISION_DO}};
    for (size_t i = 0; i < 3; i++) {
        stage_finish(state);
        begin(state);
        struct stage *stage = *state;
        stage_deed(stage, APPROVE, "X1", rows[i].outcome, STORY_MS);
        keep_only(stage, REJECT);
        const struct action *action = stage_action(stage, stage_plan(stage), REJECT, "X1");
        assert_int_equal(action->decision, rows[i].decision);
    }
}

static void
a_rejection_of_ours_is_taken_back_with_override_only(void **state)
{
    struct stage *stage = *state;
    stage_deed(stage, REJECT, "X1", ENTRY_DONE, STORY_MS);
    put_status(stage, WORK_REJECTED);
    keep_only(stage, APPROVE);
    stage->steps[APPROVE].override = true;
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, APPROVE, "X1", DECISION_DO, WHY_NEVER_DONE);
    assert_int_equal(plan->totals.reward, 50);
    stage_deed(stage, APPROVE, "X1", ENTRY_DONE, STORY_MS + MINUTES(5));
    put_status(stage, WORK_APPROVED);
    plan = stage_plan(stage);
    stage_expect(stage, plan, APPROVE, "X1", DECISION_SKIP, WHY_DONE_BEFORE);
    assert_true(plan_is_empty(plan));
}

/* What the marketplace, or somebody by hand, has decided already. */
static void
work_that_is_decided_is_found_or_too_late(void **state)
{
    static const struct {
        size_t step;
        bool override;
        enum work_status status;
        enum decision decision;
        enum why why;
    } rows[] = {
        {APPROVE, false, WORK_SUBMITTED, DECISION_DO, WHY_NEVER_DONE},
        {APPROVE, false, WORK_APPROVED, DECISION_SKIP, WHY_FOUND},
        {APPROVE, false, WORK_REJECTED, DECISION_SKIP, WHY_TOO_LATE},
        {APPROVE, true, WORK_SUBMITTED, DECISION_DO, WHY_NEVER_DONE},
        {APPROVE, true, WORK_APPROVED, DECISION_SKIP, WHY_FOUND},
        {APPROVE, true, WORK_REJECTED, DECISION_DO, WHY_NEVER_DONE},
        {REJECT, false, WORK_SUBMITTED, DECISION_DO, WHY_NEVER_DONE},
        {REJECT, false, WORK_APPROVED, DECISION_SKIP, WHY_TOO_LATE},
        {REJECT, false, WORK_REJECTED, DECISION_SKIP, WHY_FOUND},
    };
    struct stage *stage = *state;
    stage->campaign.filter.status[WORK_REJECTED] = true;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        stage->steps[APPROVE].override = rows[i].override;
        put_status(stage, rows[i].status);
        keep_only(stage, rows[i].step);
        stage->steps[1 - rows[i].step].filter = (struct filter){.written = true};
        struct plan *plan = stage_plan(stage);
        stage_expect(stage, plan, rows[i].step, "X1", rows[i].decision, rows[i].why);
        assert_int_equal(plan->harm, rows[i].step == REJECT && rows[i].decision == DECISION_DO);
    }
}

static void
an_open_rejection_is_decided_by_the_works_state(void **state)
{
    static const struct {
        enum work_status status;
        enum decision decision;
        enum why why;
    } rows[] = {{WORK_SUBMITTED, DECISION_DO, WHY_RETRY},
                {WORK_REJECTED, DECISION_SKIP, WHY_FOUND},
                {WORK_APPROVED, DECISION_SKIP, WHY_TOO_LATE}};
    struct stage *stage = *state;
    keep_only(stage, REJECT);
    stage_deed(stage, REJECT, "X1", ENTRY_UNKNOWN, STORY_MS);
    for (size_t i = 0; i < 3; i++) {
        put_status(stage, rows[i].status);
        struct plan *plan = stage_plan(stage);
        stage_expect(stage, plan, REJECT, "X1", rows[i].decision, rows[i].why);
        assert_false(plan_is_empty(plan));
    }
}

/* The default `where` has no rejected work, and whom we rejected is still judged as submitted. */
static void
our_own_rejections_do_not_change_who_is_selected(void **state)
{
    struct stage *stage = *state;
    size_t notify = stage_notify(stage);
    keep_only(stage, REJECT);
    stage_deed(stage, REJECT, "X1", ENTRY_DONE, STORY_MS);
    put_status(stage, WORK_REJECTED);
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, REJECT, "X1", DECISION_SKIP, WHY_DONE_BEFORE);
    stage_expect(stage, plan, notify, "A1", DECISION_DO, WHY_NEVER_DONE);
    assert_int_equal(plan->selected_workers, 1);
}

/* Nobody's deed: the marketplace's word counts. */
static void
rejections_by_hand_do(void **state)
{
    struct stage *stage = *state;
    stage_notify(stage);
    put_status(stage, WORK_REJECTED);
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan->action_count, 0);
    assert_int_equal(plan->left_out.by_status[WORK_REJECTED], 1);
}

/* An earlier run may have rejected X1, and not have told A1. */
static void
rejected_work_is_not_left_out_in_silence_while_history_is_lost(void **state)
{
    struct stage *stage = *state;
    stage->campaign.step_count = 0;
    size_t reject = stage_verb(stage, VERB_REJECT);
    stage_only(stage, reject, WORK_SUBMITTED);
    stage_bonus(stage);
    put_status(stage, WORK_REJECTED);
    assert_int_equal(plan_status(stage_plan(stage)), STATUS_DONE);
    stage->history_lost = true;
    struct plan *plan = stage_plan(stage);
    stage_refused(plan, STATUS_GUARDED,
                  "the journal is not the whole story, and Rejected work is left out (1 of the "
                  "assignments): an earlier run may have rejected it, and not have gone on. Bring "
                  "the journal back, or let 'where' select Rejected work too");
    assert_int_equal(plan->lost_sight, 1);
    stage->campaign.filter.status[WORK_REJECTED] = true;
    assert_int_equal(stage_plan(stage)->lost_sight, 0);
}

static void
approved_and_rejected_work_left_out_together_is_called_decided(void **state)
{
    struct stage *stage = *state;
    stage->campaign.filter.status[WORK_APPROVED] = false;
    stage_bonus(stage);
    put_status(stage, WORK_REJECTED);
    stage_work(stage, "X2", "A2", WORK_APPROVED);
    stage->history_lost = true;
    stage_refused(stage_plan(stage), STATUS_GUARDED,
                  "and decided work is left out (2 of the assignments): an earlier run may have "
                  "decided on it");
}

static void
two_steps_that_approve_the_same_work_do_it_once(void **state)
{
    struct stage *stage = *state;
    stage_work(stage, "X2", "A2", WORK_SUBMITTED);
    stage->campaign.step_count = 0;
    size_t first = stage_approve(stage), second = stage_approve(stage);
    stage->steps[second].id = "the-rest";
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, first, "X1", DECISION_DO, WHY_NEVER_DONE);
    stage_expect(stage, plan, second, "X1", DECISION_SKIP, WHY_TWIN);
    stage_expect(stage, plan, first, "X2", DECISION_DO, WHY_NEVER_DONE);
    stage_expect(stage, plan, second, "X2", DECISION_SKIP, WHY_TWIN);
    assert_int_equal(plan->totals.by_decision[DECISION_DO], 2);
    assert_false(action_is_to_note(stage_action(stage, plan, second, "X2")));
    /* What stands behind the second by name waits until the first has done it. */
    size_t bonus = stage_bonus(stage);
    stage->steps[bonus].needs_written = true;
    static size_t needs[1];
    needs[0] = second;
    stage->steps[bonus].needs = needs;
    stage->steps[bonus].need_count = 1;
    stage_expect(stage, stage_plan(stage), bonus, "X2", DECISION_HOLD, WHY_NEEDS);
    /* The first does not do it: the second does. */
    stage->part.step = "the-rest";
    stage->steps[second].needs_written = true;
    plan = stage_plan(stage);
    stage_expect(stage, plan, second, "X2", DECISION_DO, WHY_NEVER_DONE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(work_that_is_approved_and_rejected_conflicts_in_both_steps,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(each_of_several_steps_that_decide_on_the_work_conflicts,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(the_conflict_stays_when_only_one_of_the_steps_is_run, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(what_this_campaign_decided_is_not_turned_round, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(only_what_may_have_been_decided_stands_in_the_way, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_rejection_of_ours_is_taken_back_with_override_only, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(work_that_is_decided_is_found_or_too_late, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(an_open_rejection_is_decided_by_the_works_state, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(our_own_rejections_do_not_change_who_is_selected, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(rejections_by_hand_do, begin, stage_finish),
        cmocka_unit_test_setup_teardown(two_steps_that_approve_the_same_work_do_it_once, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(
            rejected_work_is_not_left_out_in_silence_while_history_is_lost, begin, stage_finish),
        cmocka_unit_test_setup_teardown(
            approved_and_rejected_work_left_out_together_is_called_decided, begin, stage_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
