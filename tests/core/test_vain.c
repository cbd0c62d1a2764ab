/* Bonuses that a step can never have paid: it waits for one that does nothing for the worker. */
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

/* The first step cannot have paid: it waits for one that does nothing for this worker. */
static void
a_payment_goes_to_the_step_that_can_have_paid_it(void **state)
{
    struct stage *stage = *state;
    size_t notify = stage_notify(stage);
    size_t first = stage_bonus(stage), second = stage_bonus(stage);
    stage->steps[notify].filter.written = true; /* and nobody is selected */
    stage->steps[second].id = "second";
    stage->steps[first].needs_written = true;
    stage->steps[first].needs = &notify;
    stage->steps[first].need_count = 1;
    stage->steps[second].needs_written = true;
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS - HOURS(1));
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, first, "X1", DECISION_HOLD, WHY_NEEDS);
    stage_expect(stage, plan, second, "X1", DECISION_SKIP, WHY_FOUND);
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS); /* whose can this be? */
    plan = stage_plan(stage);
    stage_expect(stage, plan, first, "X1", DECISION_UNKNOWN, WHY_PAID_ELSEWHERE);
    stage_expect(stage, plan, second, "X1", DECISION_SKIP, WHY_FOUND);
}

/* Nothing else explains it, so somebody ran this campaign in another form, and may have told. */
static void
a_payment_of_a_bonus_that_waits_in_vain_makes_it_unknown_who_was_told(void **state)
{
    struct stage *stage = *state;
    size_t approve = stage_approve(stage), bonus = stage_bonus(stage);
    size_t notify = stage_notify(stage);
    stage->steps[approve].filter.written = true; /* and nobody is selected */
    stage->steps[bonus].needs_written = true;
    stage->steps[bonus].needs = &approve;
    stage->steps[bonus].need_count = 1;
    stage->steps[notify].needs_written = true;
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS - HOURS(1));
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_UNKNOWN, WHY_PAID_ELSEWHERE);
    stage_expect(stage, plan, notify, "A2", DECISION_UNKNOWN, WHY_OUTCOME_UNKNOWN);
}

/* A step that is found to be done waits for nothing, and neither does what comes after it. */
static void
what_waits_in_vain_keeps_no_payment_from_later_steps(void **state)
{
    struct stage *stage = *state;
    size_t reject = stage_verb(stage, VERB_REJECT), taken = stage_verb(stage, VERB_UNQUALIFY);
    size_t bonus = stage_bonus(stage);
    stage->steps[reject].filter.written = true; /* and nobody is selected */
    stage->steps[taken].needs_written = true;
    stage->steps[taken].needs = &reject;
    stage->steps[taken].need_count = 1;
    stage->steps[taken].qualification = "Q1";
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS - HOURS(1));
    stage_expect(stage, stage_plan(stage), bonus, "X1", DECISION_UNKNOWN, WHY_PAID_ELSEWHERE);
    index_add(&stage->roster.holders_read, "Q1", 0, &stage->arena); /* nobody has it */
    stage_expect(stage, stage_plan(stage), bonus, "X1", DECISION_SKIP, WHY_FOUND);
}

/* Two bonuses that no list can tell apart: the one that is held back cannot be the one paid. */
static void
what_is_held_behind_a_step_in_vain_cannot_have_been_paid(void **state)
{
    struct stage *stage = *state;
    size_t approve = stage_approve(stage), block = stage_verb(stage, VERB_BLOCK);
    size_t first = stage_bonus(stage), second = stage_bonus(stage);
    stage->steps[approve].filter.written = true; /* and nobody is selected */
    stage->steps[block].needs_written = true;
    stage->steps[block].needs = &approve;
    stage->steps[block].need_count = 1;
    stage->steps[second].id = "second";
    stage->steps[second].needs_written = true;
    stage->roster.blocks_read = true;
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS - HOURS(1));
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, first, "X1", DECISION_HOLD, WHY_NEEDS);
    stage_expect(stage, plan, second, "X1", DECISION_SKIP, WHY_FOUND);
    index_add(&stage->roster.blocked, "A1", 0, &stage->arena);
    plan = stage_plan(stage);
    stage_expect(stage, plan, first, "X1", DECISION_SKIP, WHY_FOUND);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_payment_goes_to_the_step_that_can_have_paid_it, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(
            a_payment_of_a_bonus_that_waits_in_vain_makes_it_unknown_who_was_told, begin,
            stage_finish),
        cmocka_unit_test_setup_teardown(what_waits_in_vain_keeps_no_payment_from_later_steps, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(what_is_held_behind_a_step_in_vain_cannot_have_been_paid,
                                        begin, stage_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
