/* Rows of a saved plan against the plan made anew: the same deed, one that was done since, or
 * another one. The stage's history holds one run before any that is told here. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/planned.h"
#include "support/stage.h"

enum { APPROVE, QUALIFY, BONUS, NOTIFY };

static int
begin(void **state)
{
    static struct stage stage;
    stage_open(&stage);
    stage_approve(&stage);
    stage_qualify(&stage);
    stage_bonus(&stage);
    stage_notify(&stage);
    stage_work(&stage, "X1", "A1", WORK_SUBMITTED);
    stage_work(&stage, "X2", "A2", WORK_SUBMITTED);
    *state = &stage;
    return 0;
}

/* What a plan of the stage as it stands says of one action. */
static struct planned
planned_now(struct stage *stage, size_t step, const char *target)
{
    const struct plan *plan = stage_plan(stage);
    const struct action *action = stage_action(stage, plan, step, target);
    bool named = action->names_assignment;
    return (struct planned){.key = action->key,
                            .step = stage->steps[step].id,
                            .verb = action->verb,
                            .worker = action->assignment->worker,
                            .assignment = named ? action->assignment->id : NULL,
                            .task = named ? "T1" : NULL,
                            .amount = action->terms->amount,
                            .fee = action->terms->fee,
                            .reward = action->terms->reward,
                            .reward_fee = action->terms->reward_fee,
                            .subject = action->terms->subject,
                            .message = action->terms->message,
                            .qualification = action->terms->qualification,
                            .has_value = action->terms->qualification != NULL,
                            .value = action->terms->value};
}

static const char *
differs_after(struct stage *stage, const struct planned *row, size_t runs_before)
{
    return planned_differs(row, stage_plan(stage), runs_before, &stage->arena);
}

static const char *
differs(struct stage *stage, const struct planned *row)
{
    return differs_after(stage, row, 0);
}

static void
what_would_be_done_again_the_same_is_fine(void **state)
{
    struct stage *stage = *state;
    const struct planned rows[] = {
        planned_now(stage, APPROVE, "X1"), planned_now(stage, QUALIFY, "A1"),
        planned_now(stage, BONUS, "X1"), planned_now(stage, NOTIFY, "A1")};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_null(differs(stage, &rows[i]));
}

static void
another_deed_is_not(void **state)
{
    struct stage *stage = *state;
    const struct planned approve = planned_now(stage, APPROVE, "X1"),
                         qualify = planned_now(stage, QUALIFY, "A1"),
                         bonus = planned_now(stage, BONUS, "X1"),
                         notify = planned_now(stage, NOTIFY, "A1");
    struct planned rows[] = {bonus,  bonus,   bonus,   bonus,   bonus,   bonus,
                             bonus,  bonus,   bonus,   approve, notify,  notify,
                             notify, qualify, qualify, qualify, approve, notify};
    const char *words[] = {"no such action",
                           "step is not",
                           "do is not",
                           "worker is not",
                           "assignment is not",
                           "task is not",
                           "says 0.99 for the amount",
                           "1.01 for the amount, and by the campaign it is 1.00",
                           "0.19 for the fee",
                           "for the reward",
                           "its subject",
                           "its words",
                           "its words",
                           "qualification is not",
                           "the plan gives 2 as the value",
                           "the plan gives no value",
                           "for the reward's fee",
                           "qualification is not"};
    rows[0].key = rows[1].step = "none";
    rows[2].verb = VERB_NOTIFY;
    rows[3].worker = "A2";
    rows[4].assignment = "X2";
    rows[5].task = NULL;
    rows[6].amount--;
    rows[7].amount++;
    rows[8].fee--;
    rows[9].reward++;
    rows[10].subject = NULL;
    rows[11].message = "We paid you!";
    rows[12].message = NULL;
    rows[13].qualification = "Q2";
    rows[14].value = 2;
    rows[15].has_value = false;
    rows[16].reward_fee++;
    rows[17].qualification = "Q1";
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        holds(differs(stage, &rows[i]), words[i]);
}

static void
what_a_run_of_the_plan_settled_is_fine(void **state)
{
    struct stage *stage = *state;
    const struct planned bonus = planned_now(stage, BONUS, "X1"),
                         refused = planned_now(stage, BONUS, "X2"),
                         held = planned_now(stage, NOTIFY, "A2");
    tell(&stage->history, run_at(STORY_MS));
    stage_deed(stage, BONUS, "X1", ENTRY_DONE, STORY_MS);
    stage_deed(stage, BONUS, "X2", ENTRY_REFUSED, STORY_MS);
    assert_null(differs_after(stage, &bonus, 1));
    assert_null(differs_after(stage, &refused, 1));
    stage_expect(stage, stage_plan(stage), NOTIFY, "A2", DECISION_HOLD, WHY_NEEDS);
    assert_null(differs_after(stage, &held, 1));
    assert_false(planned_is_refused(&bonus, stage->ledger, 1));
    assert_true(planned_is_refused(&refused, stage->ledger, 1));
}

static void
what_an_earlier_run_settled_was_never_to_be_done(void **state)
{
    struct stage *stage = *state;
    const struct planned bonus = planned_now(stage, BONUS, "X1"),
                         refused = planned_now(stage, BONUS, "X2");
    tell(&stage->history, run_at(STORY_MS));
    stage_deed(stage, BONUS, "X1", ENTRY_DONE, STORY_MS);
    stage_deed(stage, BONUS, "X2", ENTRY_REFUSED, STORY_MS);
    holds(differs_after(stage, &bonus, 2), "was done already when the plan was made");
    holds(differs_after(stage, &refused, 2), "had been refused when the plan was made");
    assert_false(planned_is_refused(&refused, stage->ledger, 2));
    stage->retry_refused = true; /* as the plan says */
    assert_null(differs_after(stage, &refused, 2));
}

static void
what_somebody_else_paid_since_is_left_out(void **state)
{
    struct stage *stage = *state;
    const struct planned bonus = planned_now(stage, BONUS, "X1");
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS);
    stage_expect(stage, stage_plan(stage), BONUS, "X1", DECISION_SKIP, WHY_FOUND);
    assert_null(differs(stage, &bonus));
}

static void
a_conflict_is_no_longer_the_plan(void **state)
{
    struct stage *stage = *state;
    struct planned bonus = planned_now(stage, BONUS, "X1");
    tell(&stage->history, run_at(STORY_MS));
    stage_deed(stage, BONUS, "X1", ENTRY_DONE, STORY_MS);
    stage->steps[BONUS].amount = 150;
    holds(differs(stage, &bonus), "it is in conflict now: paid 1.00");
}

static void
a_qualification_has_a_name_before_it_has_an_id(void **state)
{
    struct stage *stage = *state;
    stage->steps[QUALIFY].qualification = NULL;
    stage->steps[QUALIFY].qualification_name = "wave-1";
    stage->steps[QUALIFY].description = "Took part";
    struct planned row = planned_now(stage, QUALIFY, "A1");
    assert_null(row.qualification);
    row.qualification = "wave-1"; /* as it is written */
    row.has_value = true;
    assert_null(differs(stage, &row));
    roster_kind_add(&stage->roster, "wave-1", "Q7", &stage->arena);
    assert_null(differs(stage, &row));
    row.qualification = "Q8";
    holds(differs(stage, &row), "qualification is not");
    row.qualification = NULL;
    holds(differs(stage, &row), "qualification is not");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_would_be_done_again_the_same_is_fine, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(another_deed_is_not, begin, stage_finish),
        cmocka_unit_test_setup_teardown(what_a_run_of_the_plan_settled_is_fine, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(what_an_earlier_run_settled_was_never_to_be_done, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(what_somebody_else_paid_since_is_left_out, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_conflict_is_no_longer_the_plan, begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_qualification_has_a_name_before_it_has_an_id, begin,
                                        stage_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
