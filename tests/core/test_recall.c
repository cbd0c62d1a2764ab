/* People who were erased: what was done for them stays done, and counts for them as long as the
 * roster names their work. */
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
    stage_work(&stage, "X1", "A1", WORK_APPROVED);
    stage_work(&stage, "X2", "A2", WORK_APPROVED);
    *state = &stage;
    return 0;
}

/* As a journal tells it from which the person was taken out. */
static struct entry
faceless(struct entry entry)
{
    entry.worker = entry.assignment = entry.task = entry.body = NULL;
    entry.erased = true;
    return entry;
}

static void
erased_deed(struct stage *stage, size_t step, const char *assignment, enum entry_kind outcome)
{
    tell(&stage->history, faceless(stage_entry(stage, ENTRY_INTEND, step, assignment, STORY_MS)));
    tell(&stage->history, faceless(stage_entry(stage, outcome, step, assignment, STORY_MS)));
}

static void
what_was_done_for_an_erased_person_stays_done(void **state)
{
    struct stage *stage = *state;
    size_t steps[] = {stage_approve(stage), stage_qualify(stage), stage_bonus(stage),
                      stage_notify(stage)};
    for (size_t i = 0; i < 4; i++)
        erased_deed(stage, steps[i], "X1", ENTRY_DONE);
    struct plan *plan = stage_plan(stage);
    for (size_t i = 0; i < 4; i++) {
        bool per_work = i == 0 || i == 2;
        stage_expect(stage, plan, steps[i], per_work ? "X1" : "A1", DECISION_SKIP, WHY_DONE_BEFORE);
    }
    stage_expect(stage, plan, steps[2], "X2", DECISION_DO, WHY_NEVER_DONE);
    stage_expect(stage, plan, steps[3], "A2", DECISION_DO, WHY_NEVER_DONE);
    assert_int_equal(plan->totals.before, 120 + 60);
}

/* Refused, erased, and tried again: what the first intent names no more the second one does. */
static void
what_is_rejected_at_the_second_try_is_this_campaigns_decision(void **state)
{
    struct stage *stage = *state;
    size_t reject = stage_verb(stage, VERB_REJECT), bonus = stage_bonus(stage);
    struct entry intend = stage_entry(stage, ENTRY_INTEND, reject, "X1", STORY_MS);
    intend.has_status_before = true;
    intend.status_before = WORK_SUBMITTED;
    tell(&stage->history, faceless(intend));
    tell(&stage->history, faceless(stage_entry(stage, ENTRY_REFUSED, reject, "X1", STORY_MS)));
    tell(&stage->history, intend);
    tell(&stage->history, stage_entry(stage, ENTRY_DONE, reject, "X1", STORY_MS));
    stage->roster.assignments[0].status = WORK_REJECTED;
    stage_expect(stage, stage_plan(stage), bonus, "X1", DECISION_DO, WHY_NEVER_DONE);
}

static void
their_payment_in_the_list_is_nobody_elses(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_work(stage, "X3", "A1", WORK_APPROVED);
    erased_deed(stage, bonus, "X1", ENTRY_DONE);
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS);
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_SKIP, WHY_DONE_BEFORE);
    stage_expect(stage, plan, bonus, "X3", DECISION_DO, WHY_NEVER_DONE);
    assert_false(plan->foreign);
    assert_true(stage->roster.payments[0].matched);
}

static void
a_bonus_per_worker_accounts_for_a_payment_on_any_of_their_work(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage->steps[bonus].per = PER_WORKER;
    stage_work(stage, "X3", "A1", WORK_APPROVED);
    erased_deed(stage, bonus, "X1", ENTRY_DONE);
    stage_paid(stage, "X3", "A1", 100, "Well done", STORY_MS);
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "A1", DECISION_SKIP, WHY_DONE_BEFORE);
    assert_true(stage->roster.payments[0].matched);
    assert_false(plan->foreign);
}

static void
their_bonuses_count_against_the_limit_per_worker(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_work(stage, "X3", "A1", WORK_APPROVED);
    stage->campaign.limits.has_per_worker = true;
    stage->campaign.limits.per_worker = 150;
    erased_deed(stage, bonus, "X1", ENTRY_DONE);
    stage_refused(stage_plan(stage), STATUS_GUARDED, "the bonuses of worker A1 would come to 2.00");
}

static void
what_nobody_can_be_found_for_is_remarked_where_it_matters(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    struct entry gone = faceless(stage_entry(stage, ENTRY_INTEND, bonus, "X1", STORY_MS));
    gone.key = "a key of work that the file names no more";
    tell(&stage->history, gone);
    tell(&stage->history, entry_at(ENTRY_DONE, gone.key, STORY_MS));
    stage->campaign.limits.has_per_worker = true;
    stage->campaign.limits.per_worker = 500;
    struct plan *plan = stage_plan(stage);
    stage_remarked(plan, "'limits.per_worker' cannot count 1 bonus (1.00 in all) that went to "
                         "people who were erased, on work that this file does not name");
    assert_int_equal(plan->totals.before, 120);
}

/* They were selected as Submitted; what this campaign did removes nobody. */
static void
whom_it_approved_is_selected_as_before(void **state)
{
    struct stage *stage = *state;
    size_t approve = stage_approve(stage), bonus = stage_bonus(stage);
    stage->campaign.filter.status[WORK_APPROVED] = false;
    struct entry intend = stage_entry(stage, ENTRY_INTEND, approve, "X1", STORY_MS);
    intend.status_before = WORK_SUBMITTED;
    tell(&stage->history, faceless(intend));
    tell(&stage->history, entry_at(ENTRY_DONE, intend.key, STORY_MS));
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, approve, "X1", DECISION_SKIP, WHY_DONE_BEFORE);
    stage_expect(stage, plan, bonus, "X1", DECISION_DO, WHY_NEVER_DONE);
    assert_int_equal(plan->selected_assignments, 1);
}

static void
a_step_that_was_renamed_is_still_noticed(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    erased_deed(stage, bonus, "X1", ENTRY_DONE);
    stage->steps[bonus].id = "reward";
    stage_refused(stage_plan(stage), STATUS_GUARDED, "looks like 'bonus' renamed");
}

static void
a_changed_amount_is_a_conflict_still(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    erased_deed(stage, bonus, "X1", ENTRY_DONE);
    stage->steps[bonus].amount = 150;
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_CONFLICT, WHY_CHANGED_AFTER_DONE);
}

static void
a_record_of_an_erasure_marks_whom_it_means(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_deed(stage, bonus, "X1", ENTRY_DONE, STORY_MS + MINUTES(1));
    stage_deed(stage, bonus, "X2", ENTRY_DONE, STORY_MS + MINUTES(9));
    const struct ledger *ledger = stage->ledger;
    const char *keys[] = {stage_key(stage, bonus, "X2")};
    struct entry erased = {.kind = ENTRY_ERASED, .at_ms = STORY_MS + HOURS(1)};
    erased.before_ms = STORY_MS + MINUTES(5);
    tell(&stage->history, erased);
    assert_true(ledger_find(ledger, stage_key(stage, bonus, "X1"))->lingers);
    assert_int_equal(ledger_lingering(ledger), 1);
    erased.before_ms = 0;
    erased.keys = keys;
    erased.key_count = 1;
    tell(&stage->history, erased);
    assert_int_equal(ledger_lingering(ledger), 2);
}

static void
an_erasure_before_a_moment_leaves_what_is_open(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_intend(stage, bonus, "X1", STORY_MS);
    tell(&stage->history, (struct entry){.kind = ENTRY_ERASED,
                                         .at_ms = STORY_MS + HOURS(2),
                                         .before_ms = STORY_MS + HOURS(1)});
    assert_int_equal(ledger_lingering(stage->ledger), 0);
}

static void
who_comes_back_after_an_erasure_does_not_linger(void **state)
{
    struct stage *stage = *state;
    size_t qualify = stage_qualify(stage);
    stage_deed(stage, qualify, "X1", ENTRY_DONE, STORY_MS);
    const char *keys[] = {stage_key(stage, qualify, "A1")};
    tell(&stage->history,
         (struct entry){
             .kind = ENTRY_ERASED, .at_ms = STORY_MS + HOURS(1), .keys = keys, .key_count = 1});
    assert_int_equal(ledger_lingering(stage->ledger), 1);
    stage_intend(stage, qualify, "X1", STORY_MS + HOURS(2));
    assert_int_equal(ledger_lingering(stage->ledger), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            what_is_rejected_at_the_second_try_is_this_campaigns_decision, begin, stage_finish),
        cmocka_unit_test_setup_teardown(what_was_done_for_an_erased_person_stays_done, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(their_payment_in_the_list_is_nobody_elses, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(
            a_bonus_per_worker_accounts_for_a_payment_on_any_of_their_work, begin, stage_finish),
        cmocka_unit_test_setup_teardown(their_bonuses_count_against_the_limit_per_worker, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(what_nobody_can_be_found_for_is_remarked_where_it_matters,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(whom_it_approved_is_selected_as_before, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_step_that_was_renamed_is_still_noticed, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_changed_amount_is_a_conflict_still, begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_record_of_an_erasure_marks_whom_it_means, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(an_erasure_before_a_moment_leaves_what_is_open, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(who_comes_back_after_an_erasure_does_not_linger, begin,
                                        stage_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
