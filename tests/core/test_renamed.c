/* A step under another id: the journal knows its deeds under the old one. */
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

/* A step under another id would do everything once more. */
static void
a_step_that_was_renamed_is_not_carried_out_again(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_deed(stage, bonus, "X1", ENTRY_DONE, STORY_MS);
    stage_deed(stage, bonus, "X2", ENTRY_UNKNOWN, STORY_MS);
    stage_deed(stage, bonus, "X3", ENTRY_REFUSED, STORY_MS);
    stage->steps[bonus].id = "reward";
    expect_refusal(stage, "step 'reward' looks like 'bonus' renamed: 2 of its targets had that one "
                          "before. Write 'was: bonus' into it to keep what was done, or bring "
                          "'bonus' back beside it");
    stage->steps[bonus].was = "bonus";
    expect_none(stage);
    stage_expect(stage, stage_plan(stage), bonus, "X1", DECISION_SKIP, WHY_DONE_BEFORE);
}

/* What was done under a step that said what it was called before has that name's identity. */
static void
a_step_whose_was_is_taken_out_is_not_carried_out_again(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage->steps[bonus].was = "extra";
    stage_deed(stage, bonus, "X1", ENTRY_DONE, STORY_MS);
    stage->steps[bonus].was = NULL;
    expect_refusal(stage, "step 'bonus' looks like 'extra' renamed: 1 of its targets had that one "
                          "before. Write 'was: extra' into it to keep what was done, or bring "
                          "'extra' back beside it");
    stage->steps[bonus].was = "extra";
    expect_none(stage);
    stage_expect(stage, stage_plan(stage), bonus, "X1", DECISION_SKIP, WHY_DONE_BEFORE);
}

static void
a_was_that_was_never_a_name_is_not_believed(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_deed(stage, bonus, "X1", ENTRY_DONE, STORY_MS);
    stage->steps[bonus].was = "extra";
    expect_refusal(stage, "step 'bonus' has a 'was' now: 1 of its targets had it before without. "
                          "Take it out to keep what was done");
}

/* The first of the names is the one that counts, however often the step was renamed. */
static void
a_step_renamed_twice_is_told_its_first_name(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage->steps[bonus].was = "extra";
    stage_deed(stage, bonus, "X1", ENTRY_DONE, STORY_MS);
    stage->steps[bonus].id = "reward";
    const char *advice = "step 'reward' looks like 'extra' renamed: 1 of its targets had that one "
                         "before. Write 'was: extra' into it to keep what was done, or bring "
                         "'extra' back beside it";
    stage->steps[bonus].was = "bonus";
    expect_refusal(stage, advice);
    stage->steps[bonus].was = NULL;
    expect_refusal(stage, advice);
    stage->steps[bonus].was = "extra";
    expect_none(stage);
}

static void
a_new_step_beside_the_old_one_is_no_renaming(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage), more = stage_bonus(stage);
    stage_deed(stage, bonus, "X1", ENTRY_DONE, STORY_MS);
    stage->steps[more].id = "more";
    expect_none(stage);
}

static void
a_renamed_step_of_another_verb_or_other_people_is_none(void **state)
{
    struct stage *stage = *state;
    size_t first = stage_bonus(stage);
    stage_deed(stage, first, "X1", ENTRY_DONE, STORY_MS);
    stage->campaign.step_count = 0;
    stage_approve(stage);
    expect_none(stage);
    stage->campaign.step_count = 0;
    size_t bonus = stage_bonus(stage);
    stage->steps[bonus].id = "reward";
    stage->roster.assignments[0].status = WORK_REJECTED;
    expect_none(stage);
}

/* X2 and X3 are the same worker's: paid on the one, they look for another name on the other. */
static void
a_renamed_step_that_pays_per_worker_is_found_whichever_work_carried_it(void **state)
{
    static const enum per ways[][2] = {
        {PER_WORKER, PER_WORKER}, {PER_ASSIGNMENT, PER_WORKER}, {PER_WORKER, PER_ASSIGNMENT}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        stage_finish(state);
        begin(state);
        struct stage *stage = *state;
        size_t bonus = stage_bonus(stage);
        stage->steps[bonus].per = ways[i][0];
        stage_deed(stage, bonus, "X2", ENTRY_DONE, STORY_MS);
        stage->steps[bonus].id = "reward";
        stage->steps[bonus].per = ways[i][1];
        struct plan *plan = stage_plan(stage);
        assert_true(plan->refusal_count > 0);
        assert_non_null(strstr(plan->refusals[0].text, "looks like 'bonus' renamed"));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_step_that_was_renamed_is_not_carried_out_again, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_step_whose_was_is_taken_out_is_not_carried_out_again,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_was_that_was_never_a_name_is_not_believed, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_step_renamed_twice_is_told_its_first_name, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_new_step_beside_the_old_one_is_no_renaming, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_renamed_step_of_another_verb_or_other_people_is_none,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(
            a_renamed_step_that_pays_per_worker_is_found_whichever_work_carried_it, begin,
            stage_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
