/* What keeps a run from starting: each refusal with its text, and that reruns count what was
 * spent before. */
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
    stage_work(&stage, "X1", "A1", WORK_SUBMITTED);
    stage_work(&stage, "X2", "A2", WORK_SUBMITTED);
    stage_work(&stage, "X3", "A2", WORK_SUBMITTED);
    *state = &stage;
    return 0;
}

static void
expect_refusal(struct stage *stage, const char *text)
{
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan->refusal_count, 1);
    assert_string_equal(plan->refusals[0].text, text);
    assert_int_equal(plan->refusals[0].status, STATUS_GUARDED);
    assert_int_equal(plan_status(plan), STATUS_GUARDED);
}

static void
expect_none(struct stage *stage)
{
    struct plan *plan = stage_plan(stage);
    if (plan->refusal_count)
        fail_msg("refused: %s", plan->refusals[0].text);
}

static void
limit_total(struct stage *stage, cents_t total)
{
    stage->campaign.limits.has_total = true;
    stage->campaign.limits.total = total;
}

/* Three bonuses of 1.00 with 0.20 each, three rewards of 0.50 with 0.10 each. */
static void
the_total_holds_bonuses_rewards_and_fees(void **state)
{
    struct stage *stage = *state;
    stage_approve(stage);
    stage_bonus(stage);
    limit_total(stage, 540);
    expect_none(stage);
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan->totals.amount, 300);
    assert_int_equal(plan->totals.fee, 60);
    assert_int_equal(plan->totals.reward, 150);
    assert_int_equal(plan->totals.reward_fee, 30);
    assert_int_equal(plan->totals.by_decision[DECISION_DO], 6);
    limit_total(stage, 539);
    expect_refusal(stage, "'limits.total' is 5.39; this campaign has spent 0.00 and would now "
                          "spend 5.40 more, fees included: raise the limit or select fewer");
}

static void
the_total_counts_what_earlier_runs_spent(void **state)
{
    struct stage *stage = *state;
    size_t approve = stage_approve(stage), bonus = stage_bonus(stage);
    stage_deed(stage, approve, "X1", ENTRY_DONE, STORY_MS);
    stage_deed(stage, bonus, "X1", ENTRY_DONE, STORY_MS);
    stage_deed(stage, bonus, "X2", ENTRY_UNKNOWN, STORY_MS);
    stage_deed(stage, bonus, "X3", ENTRY_RELEASED, STORY_MS);
    limit_total(stage, 540);
    expect_none(stage);
    assert_int_equal(stage_plan(stage)->totals.before, 60 + 120 + 120);
    limit_total(stage, 539);
    expect_refusal(stage, "'limits.total' is 5.39; this campaign has spent 3.00 and would now "
                          "spend 2.40 more, fees included: raise the limit or select fewer");
}

static void
a_refusal_by_the_marketplace_releases_its_money(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_deed(stage, bonus, "X1", ENTRY_REFUSED, STORY_MS);
    limit_total(stage, 240);
    expect_none(stage);
    stage->retry_refused = true;
    expect_refusal(stage, "'limits.total' is 2.40; this campaign has spent 0.00 and would now "
                          "spend 3.60 more, fees included: raise the limit or select fewer");
}

static void
what_was_found_at_the_marketplace_counts_too(void **state)
{
    struct stage *stage = *state;
    stage_bonus(stage);
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS);
    limit_total(stage, 359);
    expect_refusal(stage, "'limits.total' is 3.59; this campaign has spent 1.20 and would now "
                          "spend 2.40 more, fees included: raise the limit or select fewer");
}

static void
a_limit_below_what_was_spent_stops_nothing_when_nothing_is_left_to_do(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_deed(stage, bonus, "X1", ENTRY_DONE, STORY_MS);
    stage_deed(stage, bonus, "X2", ENTRY_DONE, STORY_MS);
    stage_deed(stage, bonus, "X3", ENTRY_DONE, STORY_MS);
    limit_total(stage, 100);
    stage->balance = 0;
    expect_none(stage);
}

static void
a_workers_bonuses_are_summed_over_steps_and_runs_without_fees(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_deed(stage, bonus, "X2", ENTRY_DONE, STORY_MS);
    stage->campaign.limits.has_per_worker = true;
    stage->campaign.limits.per_worker = 200;
    expect_none(stage);
    size_t second = stage_bonus(stage);
    stage->steps[second].id = "second";
    stage->steps[second].amount = 1;
    expect_refusal(stage, "'limits.per_worker' is 2.00; the bonuses of worker A2 would come to "
                          "2.02: raise the limit or lower the bonus");
}

static void
workers_over_the_limit_are_one_refusal_that_counts_them(void **state)
{
    struct stage *stage = *state;
    stage_bonus(stage);
    stage->campaign.limits.has_per_worker = true;
    stage->campaign.limits.per_worker = 50;
    expect_refusal(stage, "'limits.per_worker' is 0.50; the bonuses of worker A1 would come to "
                          "1.00, and those of 1 more worker are above it too: raise the limit or "
                          "lower the bonus");
}

static void
rewards_do_not_count_as_bonuses_of_a_worker(void **state)
{
    struct stage *stage = *state;
    stage_approve(stage);
    stage->campaign.limits.has_per_worker = true;
    stage->campaign.limits.per_worker = 1;
    expect_none(stage);
}

static void
one_bonus_has_a_limit_of_its_own(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage->steps[bonus].amount = 100 * 100;
    expect_none(stage);
    stage->steps[bonus].amount = 100 * 100 + 1;
    expect_refusal(stage, "a bonus of 100.01 is above 'limits.per_bonus', which is 100.00: lower "
                          "it, or write 'limits: { per_bonus: … }'");
}

static void
expected_numbers_are_those_the_campaign_selects(void **state)
{
    struct stage *stage = *state;
    stage_bonus(stage);
    stage_work(stage, "X4", "A4", WORK_REJECTED);
    stage->campaign.expect = (struct expectation){
        .has_workers = true, .workers = 2, .has_assignments = true, .assignments = 3};
    expect_none(stage);
    stage->campaign.expect.workers = 3;
    expect_refusal(stage, "'expect.workers' is 3; the campaign selects 2: look with 'bursar "
                          "workers', then correct the number or the selection");
    stage->campaign.expect.workers = 2;
    stage->campaign.expect.assignments = 4;
    expect_refusal(stage, "'expect.assignments' is 4; the campaign selects 3: look with 'bursar "
                          "workers', then correct the number or the selection");
}

static void
the_balance_must_hold_all_bonuses_with_their_fees(void **state)
{
    struct stage *stage = *state;
    stage_approve(stage); /* its reward may be held already */
    stage_bonus(stage);
    stage->balance = 360;
    expect_none(stage);
    stage->balance = 359;
    expect_refusal(stage, "the bonuses and their fees come to 3.60 and the account has 3.59: add "
                          "at least 0.01, or select fewer; nothing is sent until all of it can be "
                          "paid");
}

static void
held_actions_cost_nothing(void **state)
{
    struct stage *stage = *state;
    size_t qualify = stage_qualify(stage);
    stage_bonus(stage);
    stage_deed(stage, qualify, "X2", ENTRY_REFUSED, STORY_MS);
    stage->balance = 120;
    expect_none(stage);
    assert_int_equal(stage_plan(stage)->totals.amount, 100);
}

/* It was counted when it was intended. */
static void
an_open_bonus_that_is_sent_again_is_not_counted_twice(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_deed(stage, bonus, "X1", ENTRY_UNKNOWN, STORY_MS);
    stage->campaign.limits.has_per_worker = true;
    stage->campaign.limits.per_worker = 200;
    limit_total(stage, 360);
    expect_none(stage);
}

/* What a step has is what its own `where` leaves of the campaign's people, done or not. */
static void
expected_numbers_may_stand_on_a_step(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage->roster.assignments[0].status = WORK_APPROVED;
    stage->steps[bonus].filter.written = true;
    stage->steps[bonus].filter.status[WORK_SUBMITTED] = true;
    stage->steps[bonus].expect = (struct expectation){
        .has_workers = true, .workers = 1, .has_assignments = true, .assignments = 2};
    expect_none(stage);
    stage_deed(stage, bonus, "X2", ENTRY_DONE, STORY_MS);
    expect_none(stage);
    stage->steps[bonus].expect.workers = 3;
    expect_refusal(stage, "'expect.workers' is 3; step 'bonus' has 1: look with 'bursar workers', "
                          "then correct the number or the selection");
    stage->steps[bonus].expect = (struct expectation){.has_assignments = true, .assignments = 3};
    expect_refusal(stage, "'expect.assignments' is 3; step 'bonus' has 2: look with 'bursar "
                          "workers', then correct the number or the selection");
}

/* An earlier run may have approved X1, and have paid nobody. */
static void
approved_work_is_not_left_out_in_silence_while_history_is_lost(void **state)
{
    struct stage *stage = *state;
    size_t approve = stage_approve(stage);
    stage_bonus(stage);
    stage->roster.assignments[0].status = WORK_APPROVED;
    stage->campaign.filter.status[WORK_APPROVED] = false;
    expect_none(stage);
    stage->history_lost = true;
    expect_refusal(stage, "the journal is not the whole story, and Approved work is left out (1 of "
                          "the assignments): an earlier run may have approved it, and not have "
                          "gone on. Bring the journal back, or let 'where' select Approved work "
                          "too");
    stage->campaign.filter.status[WORK_APPROVED] = true;
    expect_none(stage);
    stage->campaign.filter.status[WORK_APPROVED] = false;
    stage->steps[approve].verb = VERB_QUALIFY; /* then somebody else has approved it */
    expect_none(stage);
}

/* What the journal still has says that X1 was approved by this campaign: it stays selected. */
static void
approved_work_that_the_journal_knows_is_not_left_out(void **state)
{
    struct stage *stage = *state;
    size_t approve = stage_approve(stage);
    stage_bonus(stage);
    stage_deed(stage, approve, "X1", ENTRY_DONE, STORY_MS);
    stage->roster.assignments[0].status = WORK_APPROVED;
    stage->campaign.filter.status[WORK_APPROVED] = false;
    stage->history_lost = true;
    expect_none(stage);
}

/* The same where only a step's own filter leaves it out. */
static void
approved_work_that_a_step_leaves_out_counts_too(void **state)
{
    struct stage *stage = *state;
    stage_approve(stage);
    size_t bonus = stage_bonus(stage);
    stage->roster.assignments[0].status = WORK_APPROVED;
    stage->steps[bonus].filter.written = true;
    stage->steps[bonus].filter.status[WORK_SUBMITTED] = true;
    stage->history_lost = true;
    assert_int_equal(stage_plan(stage)->refusal_count, 1);
    stage->steps[bonus].filter.status[WORK_APPROVED] = true;
    expect_none(stage);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_total_holds_bonuses_rewards_and_fees, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(the_total_counts_what_earlier_runs_spent, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_refusal_by_the_marketplace_releases_its_money, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(what_was_found_at_the_marketplace_counts_too, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(
            a_limit_below_what_was_spent_stops_nothing_when_nothing_is_left_to_do, begin,
            stage_finish),
        cmocka_unit_test_setup_teardown(
            a_workers_bonuses_are_summed_over_steps_and_runs_without_fees, begin, stage_finish),
        cmocka_unit_test_setup_teardown(workers_over_the_limit_are_one_refusal_that_counts_them,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(rewards_do_not_count_as_bonuses_of_a_worker, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(one_bonus_has_a_limit_of_its_own, begin, stage_finish),
        cmocka_unit_test_setup_teardown(expected_numbers_are_those_the_campaign_selects, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(the_balance_must_hold_all_bonuses_with_their_fees, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(held_actions_cost_nothing, begin, stage_finish),
        cmocka_unit_test_setup_teardown(an_open_bonus_that_is_sent_again_is_not_counted_twice,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(expected_numbers_may_stand_on_a_step, begin, stage_finish),
        cmocka_unit_test_setup_teardown(
            approved_work_is_not_left_out_in_silence_while_history_is_lost, begin, stage_finish),
        cmocka_unit_test_setup_teardown(approved_work_that_the_journal_knows_is_not_left_out, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(approved_work_that_a_step_leaves_out_counts_too, begin,
                                        stage_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
