/* A file that was edited after its actions were carried out: what is money is a conflict, what is
 * words is a remark, and a new value of a qualification is set. */
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
    *state = &stage;
    return 0;
}

static void
expect_conflict(struct stage *stage, size_t step, const char *target, const char *words)
{
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, step, target, DECISION_CONFLICT, WHY_CHANGED_AFTER_DONE);
    holds(stage_action(stage, plan, step, target)->words, words);
    assert_int_equal(plan_status(plan), STATUS_GUARDED);
    holds(plan->refusals[0].text, "conflicts with what was done before for 1 action");
}

static void
a_larger_bonus_after_the_deed_is_a_conflict(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_deed(stage, bonus, "X1", ENTRY_DONE, STORY_MS);
    stage->steps[bonus].amount = 150;
    expect_conflict(stage, bonus, "X1",
                    "paid 1.00 on 2026-11-23T14:00:00Z; the file now says 1.50: nothing is sent; "
                    "to add 0.50");
}

static void
a_smaller_bonus_after_the_deed_is_a_conflict(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_deed(stage, bonus, "X1", ENTRY_DONE, STORY_MS);
    stage->steps[bonus].amount = 50;
    expect_conflict(stage, bonus, "X1", "cannot be taken back");
}

static void
other_words_after_the_deed_are_one_remark(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_work(stage, "X2", "A2", WORK_APPROVED);
    stage_deed(stage, bonus, "X1", ENTRY_DONE, STORY_MS);
    stage_deed(stage, bonus, "X2", ENTRY_DONE, STORY_MS);
    stage->steps[bonus].message = "Very well done";
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_SKIP, WHY_DONE_BEFORE);
    stage_expect(stage, plan, bonus, "X2", DECISION_SKIP, WHY_DONE_BEFORE);
    assert_int_equal(plan->remark_count, 1);
    holds(plan->remarks[0], "the words were changed after some were sent");
    assert_int_equal(plan_status(plan), STATUS_DONE);
}

static void
other_white_space_is_no_change_at_all(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_deed(stage, bonus, "X1", ENTRY_DONE, STORY_MS);
    stage->steps[bonus].message = " Well\n  done ";
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_SKIP, WHY_DONE_BEFORE);
    assert_int_equal(plan->remark_count, 0);
}

static void
another_value_of_a_qualification_is_set(void **state)
{
    struct stage *stage = *state;
    size_t qualify = stage_qualify(stage);
    stage_deed(stage, qualify, "X1", ENTRY_DONE, STORY_MS);
    stage->steps[qualify].value = 2;
    stage_expect(stage, stage_plan(stage), qualify, "A1", DECISION_DO, WHY_CHANGED);
}

static void
another_qualification_is_a_conflict(void **state)
{
    struct stage *stage = *state;
    size_t qualify = stage_qualify(stage);
    stage_deed(stage, qualify, "X1", ENTRY_DONE, STORY_MS);
    stage->steps[qualify].qualification = "Q2";
    expect_conflict(stage, qualify, "A1", "qualification Q1 was given; the file now says Q2");
}

static void
a_bonus_paid_per_assignment_and_now_per_worker_is_a_conflict(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_work(stage, "X2", "A1", WORK_APPROVED);
    stage_deed(stage, bonus, "X1", ENTRY_DONE, STORY_MS);
    stage->steps[bonus].per = PER_WORKER;
    expect_conflict(stage, bonus, "A1", "A1 was paid per assignment, and this would be per worker");
}

static void
a_bonus_perhaps_paid_per_worker_and_now_per_assignment_is_a_conflict(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage->steps[bonus].per = PER_WORKER;
    stage_deed(stage, bonus, "X1", ENTRY_UNKNOWN, STORY_MS);
    stage->steps[bonus].per = PER_ASSIGNMENT;
    expect_conflict(stage, bonus, "X1", "A1 was paid per worker, and this would be per assignment");
}

static void
a_refused_bonus_may_change_its_per(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_deed(stage, bonus, "X1", ENTRY_REFUSED, STORY_MS);
    stage->steps[bonus].per = PER_WORKER;
    stage_expect(stage, stage_plan(stage), bonus, "A1", DECISION_DO, WHY_NEVER_DONE);
}

static void
any_change_while_the_outcome_is_unknown_is_a_conflict(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage), qualify = stage_qualify(stage);
    stage->steps[qualify].needs_written = true;
    stage_deed(stage, bonus, "X1", ENTRY_UNKNOWN, STORY_MS);
    stage_deed(stage, qualify, "X1", ENTRY_UNKNOWN, STORY_MS);
    stage->steps[bonus].message = "Very well done";
    stage->steps[qualify].value = 2;
    expect_conflict(stage, bonus, "X1", "the file was changed while it is not known");
    expect_conflict(stage, qualify, "A1", "the file was changed while it is not known");
}

/* What was refused or provably did nothing carries no promise: the new content is sent. */
static void
a_change_after_a_refusal_is_simply_sent(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_deed(stage, bonus, "X1", ENTRY_REFUSED, STORY_MS);
    stage->steps[bonus].amount = 50;
    stage->retry_refused = true;
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_DO, WHY_RETRY);
    assert_int_equal(plan->totals.amount, 50);
}

/* Its description is another one now; it was sent, and it is there. */
static void
an_open_making_of_a_qualification_that_is_there_is_found(void **state)
{
    struct stage *stage = *state;
    stage_create(stage);
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan->actions[0].verb, VERB_CREATE);
    tell(&stage->history, (struct entry){.kind = ENTRY_INTEND,
                                         .at_ms = STORY_MS,
                                         .key = plan->actions[0].key,
                                         .step = "qualify",
                                         .verb = VERB_CREATE,
                                         .has_verb = true,
                                         .content = "as it was described then",
                                         .qualification = "wave-1",
                                         .body = "{}"});
    roster_kind_add(&stage->roster, "wave-1", "3WAVE", &stage->arena);
    plan = stage_plan(stage);
    assert_int_equal(plan->actions[0].decision, DECISION_SKIP);
    assert_int_equal(plan->actions[0].why, WHY_FOUND);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_open_making_of_a_qualification_that_is_there_is_found,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_larger_bonus_after_the_deed_is_a_conflict, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_smaller_bonus_after_the_deed_is_a_conflict, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(other_words_after_the_deed_are_one_remark, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(other_white_space_is_no_change_at_all, begin, stage_finish),
        cmocka_unit_test_setup_teardown(another_value_of_a_qualification_is_set, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(another_qualification_is_a_conflict, begin, stage_finish),
        cmocka_unit_test_setup_teardown(
            a_bonus_paid_per_assignment_and_now_per_worker_is_a_conflict, begin, stage_finish),
        cmocka_unit_test_setup_teardown(
            a_bonus_perhaps_paid_per_worker_and_now_per_assignment_is_a_conflict, begin,
            stage_finish),
        cmocka_unit_test_setup_teardown(a_refused_bonus_may_change_its_per, begin, stage_finish),
        cmocka_unit_test_setup_teardown(any_change_while_the_outcome_is_unknown_is_a_conflict,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_change_after_a_refusal_is_simply_sent, begin,
                                        stage_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
