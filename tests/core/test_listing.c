/* From people to actions: one row for each thing to be done, and exit 65 where a person's data does
 * not say what it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/stage_words.h"

/* A1 handed in X1 and X2, A2 handed in X3. */
static int
begin(void **state)
{
    static struct stage stage;
    stage_open(&stage);
    stage_work(&stage, "X1", "A1", WORK_APPROVED);
    stage_work(&stage, "X2", "A1", WORK_APPROVED);
    stage_work(&stage, "X3", "A2", WORK_APPROVED);
    *state = &stage;
    return 0;
}

/* The same people on an empty stage. */
static struct stage *
again(void **state)
{
    stage_finish(state);
    begin(state);
    return *state;
}

/* A bonus per worker whose amount is in a table that is matched by assignment. */
static size_t
bonus_by_table(struct stage *stage, const char *first, const char *second, const char *third)
{
    size_t bonus = stage_bonus(stage);
    struct dataset *table = stage_table(stage, "scores", MATCH_BY_ASSIGNMENT);
    const char *const cells[] = {first, second, third};
    const char *const keys[] = {"X1", "X2", "X3"};
    for (size_t i = 0; i < 3; i++)
        if (cells[i])
            stage_row(stage, table, keys[i], cells[i]);
    stage->steps[bonus].per = PER_WORKER;
    stage->steps[bonus].amount_from = stage_template(stage, "${{ scores.cell }}");
    return bonus;
}

static void
a_worker_is_paid_once_what_both_their_rows_say(void **state)
{
    struct stage *stage = *state;
    size_t bonus = bonus_by_table(stage, "1.50", "1.5", "2.00");
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan_status(plan), STATUS_DONE);
    assert_int_equal(plan->action_count, 2);
    assert_string_equal(stage_action(stage, plan, bonus, "A1")->assignment->id, "X2");
    assert_int_equal(stage_action(stage, plan, bonus, "A1")->terms->amount, 150);
    assert_int_equal(stage_action(stage, plan, bonus, "A1")->terms->fee, 30);
    assert_int_equal(plan->totals.amount, 350);
}

/* Also when somebody who is paid otherwise stands between them. */
static void
those_who_are_paid_the_same_share_their_terms(void **state)
{
    struct stage *stage = *state;
    size_t bonus = bonus_by_table(stage, "1.50", "2.00", "1.50");
    stage->steps[bonus].per = PER_ASSIGNMENT;
    struct plan *plan = stage_plan(stage);
    const struct terms *terms = stage_action(stage, plan, bonus, "X1")->terms;
    assert_int_equal(terms->amount, 150);
    assert_int_equal(stage_action(stage, plan, bonus, "X2")->terms->amount, 200);
    assert_ptr_equal(stage_action(stage, plan, bonus, "X3")->terms, terms);
}

/* Also where one of them is 0.00, whichever comes first. */
static void
amounts_that_differ_for_one_worker_are_a_problem_that_names_both_assignments(void **state)
{
    static const char *const rows[][2] = {{"1.50", "2.00"}, {"0.00", "2.00"}, {"2.00", "0.00"}};
    for (size_t i = 0; i < 3; i++) {
        struct stage *stage = again(state);
        bonus_by_table(stage, rows[i][0], rows[i][1], "1.00");
        struct plan *plan = stage_plan(stage);
        stage_refused(plan, STATUS_INVALID,
                      "step 'bonus' reaches worker A1 once, and the amount differs between their "
                      "assignments X1 and X2: look up what both have, or select one of them, or "
                      "write 'per: assignment'");
        assert_int_equal(plan->refusal_count, 1);
    }
}

static void
words_and_values_that_differ_for_one_worker_are_a_problem_too(void **state)
{
    static const struct {
        struct step step;
        const char *words;
    } rows[] = {
        {{.id = "tell", .verb = VERB_NOTIFY, .subject = "S"},
         "step 'tell' reaches worker A1 once, and what the worker reads differs between their "
         "assignments X1 and X2: look up what both have, or select one of them"},
        {{.id = "mark", .verb = VERB_QUALIFY, .qualification = "Q1"},
         "step 'mark' reaches worker A1 once, and the value differs between their assignments X1 "
         "and X2"},
        {{.id = "stop", .verb = VERB_BLOCK},
         "step 'stop' reaches worker A1 once, and what the worker reads differs"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct stage *stage = again(state);
        struct dataset *table = stage_table(stage, "scores", MATCH_BY_ASSIGNMENT);
        stage_row(stage, table, "X1", "1");
        stage_row(stage, table, "X2", "2");
        stage_row(stage, table, "X3", "3");
        size_t step = stage_step(stage, rows[i].step);
        struct template *words = stage_template(stage, "${{ scores.cell }}");
        if (rows[i].step.verb == VERB_QUALIFY)
            stage->steps[step].value_from = words;
        else
            stage->steps[step].message_from = words;
        struct plan *plan = stage_plan(stage);
        stage_refused(plan, STATUS_INVALID, rows[i].words);
        assert_int_equal(plan->refusal_count, 1);
    }
}

static void
per_assignment_each_has_an_amount_and_words_of_its_own(void **state)
{
    struct stage *stage = *state;
    size_t bonus = bonus_by_table(stage, "1.50", "2.00", "0.00");
    stage->steps[bonus].per = PER_ASSIGNMENT;
    stage->steps[bonus].message_from = stage_template(stage, "For ${{ assignment }}");
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan_status(plan), STATUS_DONE);
    assert_int_equal(plan->action_count, 2);
    assert_int_equal(plan->totals.amount, 350);
    assert_string_equal(stage_action(stage, plan, bonus, "X2")->terms->message, "For X2");
    assert_int_equal(plan->steps[bonus].nothing_owed, 1);
}

static void
who_is_owed_nothing_has_no_action_unless_something_was_paid(void **state)
{
    struct stage *stage = *state;
    size_t bonus = bonus_by_table(stage, "0.00", "0", "1.00");
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan->action_count, 1);
    assert_int_equal(plan->steps[bonus].nothing_owed, 2);
    assert_int_equal(plan_status(plan), STATUS_DONE);
    struct template *amount = stage->steps[bonus].amount_from;
    stage->steps[bonus].amount_from = NULL;
    stage_deed(stage, bonus, "X1", ENTRY_DONE, STORY_MS);
    stage->steps[bonus].amount_from = amount;
    plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "A1", DECISION_CONFLICT, WHY_CHANGED_AFTER_DONE);
    holds(stage_action(stage, plan, bonus, "A1")->words, "the file now says 0.00");
    stage_refused(plan, STATUS_GUARDED, "what was paid cannot be taken back");
}

/* A refused bonus was not paid: nothing is owed, and nothing is left of it. */
static void
who_was_refused_and_is_owed_nothing_now_has_no_action(void **state)
{
    struct stage *stage = *state;
    size_t bonus = bonus_by_table(stage, "0.00", "0", "1.00");
    stage_deed(stage, bonus, "X1", ENTRY_REFUSED, STORY_MS);
    assert_int_equal(stage_plan(stage)->action_count, 1);
}

static void
who_has_no_row_is_named_with_the_table_and_how_to_go_on(void **state)
{
    struct stage *stage = *state;
    bonus_by_table(stage, "1.00", "1.00", NULL);
    struct plan *plan = stage_plan(stage);
    stage_refused(plan, STATUS_INVALID,
                  "scores.csv has no row for worker A2 (assignment X3), whom step 'bonus' selects: "
                  "add the row, leave the worker out with 'where', or write 'missing: skip'");
    assert_int_equal(plan->refusals[0].where.line, 4);
    assert_int_equal(plan_status(plan), STATUS_INVALID);
}

static void
skip_leaves_the_worker_out_of_the_steps_that_read_the_table_and_counts_them(void **state)
{
    struct stage *stage = *state;
    size_t bonus = bonus_by_table(stage, "1.00", "1.00", NULL), qualify = stage_qualify(stage);
    struct condition condition = {
        .kind = CONDITION_CELL, .name = "scores.cell", .column = 1, .has_min = true};
    size_t notify = stage_notify(stage);
    stage->steps[notify].filter = stage->campaign.filter;
    stage->steps[notify].filter.written = true;
    stage->steps[notify].filter.conditions = &condition;
    stage->steps[notify].filter.condition_count = 1;
    stage->tables[0].skips = true;
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan_status(plan), STATUS_DONE);
    assert_int_equal(plan->action_count, 1 + 2 + 1);
    stage_expect(stage, plan, qualify, "A2", DECISION_DO, WHY_NEVER_DONE);
    assert_int_equal(plan->steps[bonus].no_row, 1);
    assert_int_equal(plan->steps[notify].no_row, 1);
    assert_int_equal(plan->steps[qualify].no_row, 0);
    stage->tables[0].skips = false;
    stage_refused(
        stage_plan(stage), STATUS_INVALID,
        "'scores.cell' reads a table that has no row for worker A2 (assignment X3): add "
        "the row to scores.csv, select with 'in: scores' first, or write 'missing: skip'");
}

/* The campaign's own filter, too. */
static void
skip_in_the_campaigns_filter_is_counted_once(void **state)
{
    struct stage *stage = *state;
    struct condition condition = {.kind = CONDITION_CELL, .column = 1, .has_min = true};
    stage_row(stage, stage_table(stage, "scores", MATCH_BY_WORKER), "A1", "3");
    stage->tables[0].skips = true;
    stage->campaign.filter.conditions = &condition;
    stage->campaign.filter.condition_count = 1;
    stage_notify(stage);
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan->no_row, 1);
    assert_int_equal(plan->selected_workers, 1);
    assert_int_equal(plan->action_count, 1);
}

/* Twenty are said; the rest is counted. */
static void
many_problems_are_not_all_said(void **state)
{
    struct stage *stage = *state;
    size_t bonus = bonus_by_table(stage, NULL, NULL, NULL);
    stage->steps[bonus].per = PER_ASSIGNMENT;
    for (size_t i = 0; i < 30; i++)
        stage_work(stage, arena_print(&stage->arena, "Y%zu", i),
                   arena_print(&stage->arena, "B%zu", i), WORK_APPROVED);
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan->problems, 33);
    assert_int_equal(plan->refusal_count, 20);
}

/* A list of workers has no tasks, and each worker stands as their own assignment. */
static void
a_list_of_workers_gives_a_row_a_worker(void **state)
{
    struct stage *stage = *state;
    stage->roster = (struct roster){0};
    stage->campaign.from = ROSTER_FROM_WORKERS;
    stage_work(stage, "A5", "A5", WORK_SUBMITTED);
    stage_work(stage, "A6", "A6", WORK_SUBMITTED);
    size_t steps[] = {stage_qualify(stage), stage_notify(stage), stage_verb(stage, VERB_BLOCK)};
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan->action_count, 6);
    assert_int_equal(plan->selected_workers, 2);
    for (size_t i = 0; i < 3; i++) {
        stage_expect(stage, plan, steps[i], "A6", DECISION_DO, WHY_NEVER_DONE);
        assert_false(stage_action(stage, plan, steps[i], "A6")->names_assignment);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_worker_is_paid_once_what_both_their_rows_say, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(those_who_are_paid_the_same_share_their_terms, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(
            amounts_that_differ_for_one_worker_are_a_problem_that_names_both_assignments, begin,
            stage_finish),
        cmocka_unit_test_setup_teardown(
            words_and_values_that_differ_for_one_worker_are_a_problem_too, begin, stage_finish),
        cmocka_unit_test_setup_teardown(per_assignment_each_has_an_amount_and_words_of_its_own,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(who_is_owed_nothing_has_no_action_unless_something_was_paid,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(who_was_refused_and_is_owed_nothing_now_has_no_action,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(who_has_no_row_is_named_with_the_table_and_how_to_go_on,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(
            skip_leaves_the_worker_out_of_the_steps_that_read_the_table_and_counts_them, begin,
            stage_finish),
        cmocka_unit_test_setup_teardown(skip_in_the_campaigns_filter_is_counted_once, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(many_problems_are_not_all_said, begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_list_of_workers_gives_a_row_a_worker, begin,
                                        stage_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
