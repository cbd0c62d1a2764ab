/* Each decision with each reason: what a run would do with one action, given what the journal
 * knows and what the marketplace shows. */
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
    *state = &stage;
    return 0;
}

static void
what_was_never_done_is_done(void **state)
{
    struct stage *stage = *state;
    size_t approve = stage_approve(stage), qualify = stage_qualify(stage),
           bonus = stage_bonus(stage), notify = stage_notify(stage);
    stage_work(stage, "X1", "A1", WORK_SUBMITTED);
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, approve, "X1", DECISION_DO, WHY_NEVER_DONE);
    stage_expect(stage, plan, qualify, "A1", DECISION_DO, WHY_NEVER_DONE);
    stage_expect(stage, plan, bonus, "X1", DECISION_DO, WHY_NEVER_DONE);
    stage_expect(stage, plan, notify, "A1", DECISION_DO, WHY_NEVER_DONE);
    assert_int_equal(plan->action_count, 4);
    assert_int_equal(plan_status(plan), STATUS_DONE);
    assert_false(plan_is_empty(plan));
}

static void
what_was_done_is_skipped(void **state)
{
    struct stage *stage = *state;
    size_t steps[] = {stage_approve(stage), stage_qualify(stage), stage_bonus(stage),
                      stage_notify(stage)};
    static const char *const targets[] = {"X1", "A1", "X1", "A1"};
    stage_work(stage, "X1", "A1", WORK_SUBMITTED);
    for (size_t i = 0; i < 4; i++)
        stage_deed(stage, steps[i], "X1", ENTRY_DONE, STORY_MS + MINUTES(i + 1));
    struct plan *plan = stage_plan(stage);
    for (size_t i = 0; i < 4; i++)
        stage_expect(stage, plan, steps[i], targets[i], DECISION_SKIP, WHY_DONE_BEFORE);
    assert_true(plan_is_empty(plan));
    assert_int_equal(plan->totals.amount, 0);
}

static void
an_approval_found_or_too_late_is_skipped(void **state)
{
    struct stage *stage = *state;
    size_t approve = stage_approve(stage);
    stage->campaign.filter.status[WORK_REJECTED] = true;
    stage_work(stage, "X1", "A1", WORK_APPROVED);
    stage_work(stage, "X2", "A2", WORK_REJECTED);
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, approve, "X1", DECISION_SKIP, WHY_FOUND);
    stage_expect(stage, plan, approve, "X2", DECISION_SKIP, WHY_TOO_LATE);
    assert_true(plan_is_empty(plan));
}

static void
an_open_approval_is_decided_by_the_assignments_state(void **state)
{
    struct stage *stage = *state;
    size_t approve = stage_approve(stage);
    stage_work(stage, "X1", "A1", WORK_SUBMITTED);
    stage_work(stage, "X2", "A2", WORK_SUBMITTED);
    stage_work(stage, "X3", "A3", WORK_SUBMITTED);
    stage_deed(stage, approve, "X1", ENTRY_UNKNOWN, STORY_MS);
    stage_deed(stage, approve, "X2", ENTRY_UNKNOWN, STORY_MS);
    stage_intend(stage, approve, "X3", STORY_MS);
    stage->roster.assignments[1].status = WORK_APPROVED;
    stage->roster.assignments[2].status = WORK_REJECTED;
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, approve, "X1", DECISION_DO, WHY_RETRY);
    stage_expect(stage, plan, approve, "X2", DECISION_SKIP, WHY_FOUND);
    stage_expect(stage, plan, approve, "X3", DECISION_SKIP, WHY_TOO_LATE);
}

static void
an_open_qualification_is_decided_by_the_score(void **state)
{
    struct stage *stage = *state;
    size_t qualify = stage_qualify(stage);
    static const struct score scores[] = {
        {"Q1", "A1", true, 1},  /* as wished */
        {"Q1", "A2", true, 2},  /* another */
        {"Q1", "A3", false, 1}, /* none */
        {"Q2", "A4", true, 1},  /* of another qualification */
        {"Q1", "A5", true, 1},
    };
    for (size_t i = 0; i < 5; i++) {
        const char *assignment = arena_print(&stage->arena, "X%zu", i + 1);
        stage_work(stage, assignment, scores[i].worker, WORK_SUBMITTED);
        if (i < 4)
            stage_intend(stage, qualify, assignment, STORY_MS);
        roster_score_add(&stage->roster, &scores[i], &stage->arena);
    }
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, qualify, "A1", DECISION_SKIP, WHY_FOUND);
    stage_expect(stage, plan, qualify, "A2", DECISION_DO, WHY_RETRY);
    stage_expect(stage, plan, qualify, "A3", DECISION_DO, WHY_RETRY);
    stage_expect(stage, plan, qualify, "A4", DECISION_DO, WHY_RETRY);
    stage_expect(stage, plan, qualify, "A5", DECISION_SKIP, WHY_FOUND);
}

static void
what_provably_did_nothing_is_tried_again(void **state)
{
    struct stage *stage = *state;
    size_t qualify = stage_qualify(stage), bonus = stage_bonus(stage), notify = stage_notify(stage);
    stage_work(stage, "X1", "A1", WORK_APPROVED);
    stage_deed(stage, qualify, "X1", ENTRY_RELEASED, STORY_MS);
    stage_deed(stage, bonus, "X1", ENTRY_RELEASED, STORY_MS);
    stage_deed(stage, notify, "X1", ENTRY_RELEASED, STORY_MS);
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, qualify, "A1", DECISION_DO, WHY_RETRY);
    stage_expect(stage, plan, bonus, "X1", DECISION_DO, WHY_RETRY);
    stage_expect(stage, plan, notify, "A1", DECISION_DO, WHY_RETRY);
}

static void
an_open_bonus_that_the_list_shows_is_found(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_work(stage, "X1", "A1", WORK_APPROVED);
    stage_deed(stage, bonus, "X1", ENTRY_UNKNOWN, STORY_MS);
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS);
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_SKIP, WHY_FOUND);
    assert_non_null(stage_action(stage, plan, bonus, "X1")->payment);
    assert_false(plan->foreign);
    assert_false(plan_is_empty(plan)); /* it is to be written down */
}

/* It is not taken for this one, and nothing is sent over it either, until a person has said that it
 * is something else. */
static void
an_open_bonus_is_not_found_in_a_payment_from_before_its_intent(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_work(stage, "X1", "A1", WORK_APPROVED);
    stage_deed(stage, bonus, "X1", ENTRY_UNKNOWN, STORY_MS);
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS - MINUTES(6));
    stage_expect(stage, stage_plan(stage), bonus, "X1", DECISION_UNKNOWN, WHY_PAID_ELSEWHERE);
    struct entry word = stage_entry(stage, ENTRY_RESOLVE, bonus, "X1", STORY_MS + MINUTES(1));
    word.decided = DECIDED_NOT_DONE;
    word.who = "ana";
    tell(&stage->history, word);
    stage_deed(stage, bonus, "X1", ENTRY_UNKNOWN, STORY_MS + MINUTES(2));
    stage_expect(stage, stage_plan(stage), bonus, "X1", DECISION_DO, WHY_RETRY);
}

static void
an_open_bonus_that_the_list_does_not_show_is_sent_again_or_waits(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_work(stage, "X1", "A1", WORK_APPROVED);
    stage_intend(stage, bonus, "X1", STORY_MS);
    stage->now_ms = STORY_MS + HOURS(20) - 1;
    stage_expect(stage, stage_plan(stage), bonus, "X1", DECISION_DO, WHY_RETRY);
    stage->now_ms = STORY_MS + HOURS(20);
    struct plan *plan = stage_plan(stage);
    const struct action *action = stage_action(stage, plan, bonus, "X1");
    stage_expect(stage, plan, bonus, "X1", DECISION_UNKNOWN, WHY_OUTCOME_UNKNOWN);
    assert_int_equal(action->come_back_ms, STORY_MS + HOURS(20) + MINUTES(5));
    holds(action->words, "run again at 2026-11-24T10:05:00Z");
    assert_false(plan_is_empty(plan)); /* the look is to be written down */
    tell_look(&stage->history, action->key, false, stage->now_ms);
    stage->now_ms = action->come_back_ms;
    stage_expect(stage, stage_plan(stage), bonus, "X1", DECISION_DO, WHY_RETRY);
}

static void
an_open_qualification_is_set_again_and_an_open_message_is_not_sent(void **state)
{
    struct stage *stage = *state;
    size_t qualify = stage_qualify(stage), notify = stage_notify(stage);
    stage->steps[notify].needs_written = true;
    stage_work(stage, "X1", "A1", WORK_APPROVED);
    stage_deed(stage, qualify, "X1", ENTRY_UNKNOWN, STORY_MS);
    stage_intend(stage, notify, "X1", STORY_MS);
    stage->retry_refused = true;
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, qualify, "A1", DECISION_DO, WHY_RETRY);
    stage_expect(stage, plan, notify, "A1", DECISION_UNKNOWN, WHY_OUTCOME_UNKNOWN);
    holds(stage_action(stage, plan, notify, "A1")->words, "no list of sent messages exists");
}

static void
what_was_refused_is_tried_again_only_when_asked(void **state)
{
    struct stage *stage = *state;
    size_t steps[] = {stage_qualify(stage), stage_bonus(stage), stage_notify(stage)};
    static const char *const targets[] = {"A1", "X1", "A1"};
    stage_work(stage, "X1", "A1", WORK_APPROVED);
    for (size_t i = 0; i < 3; i++)
        stage_deed(stage, steps[i], "X1", ENTRY_REFUSED, STORY_MS);
    struct plan *plan = stage_plan(stage);
    for (size_t i = 0; i < 3; i++) {
        stage_expect(stage, plan, steps[i], targets[i], DECISION_SKIP, WHY_REFUSED_BEFORE);
        assert_string_equal(stage_action(stage, plan, steps[i], targets[i])->words,
                            "SomeCode: some words");
    }
    stage->retry_refused = true;
    plan = stage_plan(stage);
    for (size_t i = 0; i < 3; i++)
        stage_expect(stage, plan, steps[i], targets[i], DECISION_DO, WHY_RETRY);
}

static void
a_refused_bonus_that_was_paid_since_is_found(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_work(stage, "X1", "A1", WORK_APPROVED);
    stage_deed(stage, bonus, "X1", ENTRY_REFUSED, STORY_MS);
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS + MINUTES(9));
    stage_expect(stage, stage_plan(stage), bonus, "X1", DECISION_SKIP, WHY_FOUND);
    stage->retry_refused = true;
    stage_expect(stage, stage_plan(stage), bonus, "X1", DECISION_SKIP, WHY_FOUND);
}

/* Refused, then paid by hand in other words: trying again would pay a second time. */
static void
a_refused_bonus_that_was_paid_by_hand_is_not_tried_again(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_work(stage, "X1", "A1", WORK_APPROVED);
    stage_deed(stage, bonus, "X1", ENTRY_REFUSED, STORY_MS);
    stage_paid(stage, "X1", "A1", 100, "Sorry for the trouble", STORY_MS + MINUTES(9));
    stage->retry_refused = true;
    stage_expect(stage, stage_plan(stage), bonus, "X1", DECISION_UNKNOWN, WHY_PAID_ELSEWHERE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_never_done_is_done, begin, stage_finish),
        cmocka_unit_test_setup_teardown(what_was_done_is_skipped, begin, stage_finish),
        cmocka_unit_test_setup_teardown(an_approval_found_or_too_late_is_skipped, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(an_open_approval_is_decided_by_the_assignments_state, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(an_open_qualification_is_decided_by_the_score, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(what_provably_did_nothing_is_tried_again, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(an_open_bonus_that_the_list_shows_is_found, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(
            an_open_bonus_is_not_found_in_a_payment_from_before_its_intent, begin, stage_finish),
        cmocka_unit_test_setup_teardown(
            an_open_bonus_that_the_list_does_not_show_is_sent_again_or_waits, begin, stage_finish),
        cmocka_unit_test_setup_teardown(
            an_open_qualification_is_set_again_and_an_open_message_is_not_sent, begin,
            stage_finish),
        cmocka_unit_test_setup_teardown(what_was_refused_is_tried_again_only_when_asked, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_refused_bonus_that_was_paid_since_is_found, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_refused_bonus_that_was_paid_by_hand_is_not_tried_again,
                                        begin, stage_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
