/* What a person should look at in a plan, though it stops nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/stage_words.h"

/* A1 to A5 handed in X1 to X5. */
static int
begin(void **state)
{
    static const char *const people[][2] = {
        {"X1", "A1"}, {"X2", "A2"}, {"X3", "A3"}, {"X4", "A4"}, {"X5", "A5"}};
    static struct stage stage;
    stage_open(&stage);
    for (size_t i = 0; i < 5; i++)
        stage_work(&stage, people[i][0], people[i][1], WORK_APPROVED);
    *state = &stage;
    return 0;
}

static struct stage *
again(void **state)
{
    stage_finish(state);
    begin(state);
    return *state;
}

/* Bonuses from a table by worker: A1 has the first cell, and so on. */
static size_t
bonus_by_table(struct stage *stage, const char *const *cells)
{
    size_t bonus = stage_bonus(stage);
    struct dataset *table = stage_table(stage, "scores", MATCH_BY_WORKER);
    for (size_t i = 0; cells[i]; i++)
        stage_row(stage, table, arena_print(&stage->arena, "A%zu", i + 1), cells[i]);
    table->skips = true;
    stage->steps[bonus].amount_from = stage_template(stage, "${{ scores.cell }}");
    return bonus;
}

static void
bonuses_of_more_than_five_times_the_median_are_pointed_out(void **state)
{
    static const struct {
        const char *cells[6];
        const char *remark; /* NULL: none */
    } rows[] = {
        {{"1.00", "1.00", "1.00", "1.00", "5.00"}, NULL},
        {{"1.00", "1.00", "1.00", "1.00", "5.01"},
         "step 'bonus': 1 bonus is more than five times the median, which is 1.00; the highest is "
         "5.01 for worker A5"},
        {{"9.00", "1.00", "0.50", "1.00", "8.00"},
         "step 'bonus': 2 bonuses are more than five times the median, which is 1.00; the highest "
         "is 9.00 for worker A1"},
        {{"1.00", "50.00"}, NULL},
        {{"1.00", "1.00", "50.00"},
         "step 'bonus': 1 bonus is more than five times the median, which is 1.00; the highest is "
         "50.00 for worker A3"},
        {{"1.00", "2.00", "10.00", "50.00"},
         "step 'bonus': 1 bonus is more than five times the median, which is 6.00; the highest is "
         "50.00 for worker A4"},
        {{"0.00", "0.00", "0.00", "1.00", "50.00"}, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct stage *stage = again(state);
        bonus_by_table(stage, rows[i].cells);
        struct plan *plan = stage_plan(stage);
        assert_int_equal(plan->remark_count, rows[i].remark != NULL);
        if (rows[i].remark)
            stage_remarked(plan, rows[i].remark);
    }
}

/* What is paid already is no slip that could still be mended; it counts for the median. */
static void
only_bonuses_that_are_still_to_be_sent_are_pointed_out(void **state)
{
    static const char *const cells[] = {"1.00", "1.00", "90.00", NULL};
    struct stage *stage = *state;
    size_t bonus = bonus_by_table(stage, cells);
    struct template *amount = stage->steps[bonus].amount_from;
    stage->steps[bonus].amount_from = NULL;
    stage->steps[bonus].amount = 9000;
    stage_deed(stage, bonus, "X3", ENTRY_DONE, STORY_MS);
    stage->steps[bonus].amount_from = amount;
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X3", DECISION_SKIP, WHY_DONE_BEFORE);
    assert_int_equal(plan->remark_count, 0);
}

static void
rows_that_nobody_has_are_counted_with_the_first_ones_line(void **state)
{
    struct stage *stage = *state;
    struct dataset *table = stage_table(stage, "scores", MATCH_BY_WORKER);
    static const char *const keys[] = {"A1", "B7", "A2", "b7", ""};
    for (size_t i = 0; i < 5; i++)
        stage_row(stage, table, keys[i], "1");
    struct plan *plan = stage_plan(stage);
    stage_remarked(plan, "scores.csv: 3 of 5 rows match nobody (the first is in line 3)");
    assert_int_equal(plan->remark_count, 1);
}

/* Rows are held against all work, also that which `where` leaves out. */
static void
a_row_of_somebody_who_is_left_out_matches(void **state)
{
    struct stage *stage = *state;
    stage_row(stage, stage_table(stage, "scores", MATCH_BY_ASSIGNMENT), "X1", "1");
    stage->roster.assignments[0].status = WORK_REJECTED;
    assert_int_equal(stage_plan(stage)->remark_count, 0);
}

static void
a_row_that_several_workers_match_is_pointed_out(void **state)
{
    struct stage *stage = *state;
    struct dataset *table = stage_table(stage, "codes", MATCH_BY_ANSWER);
    table->field = "code";
    stage_row(stage, table, "abc", "1");
    stage_row(stage, table, "def", "1");
    stage_answer(stage, "X1", "code", "abc");
    stage_answer(stage, "X2", "code", "def");
    stage_answer(stage, "X4", "code", "def");
    struct plan *plan = stage_plan(stage);
    stage_remarked(plan, "codes.csv: 1 row matches more than one worker, as when a code is passed "
                         "on (the first is in line 3)");
    assert_int_equal(plan->remark_count, 1);
    stage_answer(stage, "X5", "code", "abc");
    stage_remarked(stage_plan(stage),
                   "codes.csv: 2 rows match more than one worker, as when a code "
                   "is passed on (the first is in line 2)");
}

/* Two works of one worker are no two workers. */
static void
a_row_of_one_worker_with_two_works_is_not(void **state)
{
    struct stage *stage = *state;
    stage_work(stage, "X6", "A1", WORK_APPROVED);
    stage_row(stage, stage_table(stage, "scores", MATCH_BY_WORKER), "A1", "1");
    assert_int_equal(stage_plan(stage)->remark_count, 0);
}

static void
an_answer_that_nobody_gave_is_named_with_those_that_there_are(void **state)
{
    struct stage *stage = *state;
    struct condition condition = {.kind = CONDITION_ANSWER, .field = "color"};
    condition_value_add(&condition, "red", &stage->arena);
    stage->campaign.filter.conditions = &condition;
    stage->campaign.filter.condition_count = 1;
    stage_remarked(stage_plan(stage), "no work has an answer 'color', nor any other");
    stage_answer(stage, "X2", "colour", "blue");
    stage_answer(stage, "X3", "age", "30");
    stage_remarked(stage_plan(stage), "no work has an answer 'color'; there are: colour, age");
    stage_answer(stage, "X4", "color", "red");
    assert_int_equal(stage_plan(stage)->remark_count, 0);
}

static void
answers_of_a_step_and_of_a_table_are_looked_at_too(void **state)
{
    struct stage *stage = *state;
    struct condition condition = {.kind = CONDITION_ANSWER, .field = "check", .has_min = true};
    size_t notify = stage_notify(stage);
    stage->steps[notify].filter = stage->campaign.filter;
    stage->steps[notify].filter.written = true;
    stage->steps[notify].filter.conditions = &condition;
    stage->steps[notify].filter.condition_count = 1;
    stage_table(stage, "codes", MATCH_BY_ANSWER)->field = "code";
    struct plan *plan = stage_plan(stage);
    stage_remarked(plan, "no work has an answer 'code', nor any other");
    stage_remarked(plan, "no work has an answer 'check', nor any other");
}

static void
work_whose_answers_cannot_be_read_is_named_where_answers_count(void **state)
{
    struct stage *stage = *state;
    struct condition condition = {.kind = CONDITION_ANSWER, .field = "age", .has_min = true};
    stage_answer(stage, "X5", "age", "30");
    const struct filled declares = {.unread_why = "it declares a document type"};
    const struct filled no_text = {.unread_why = "it is not a text"};
    stage->roster.assignments[0].filled = &declares;
    stage->roster.assignments[1].filled = &no_text;
    assert_int_equal(stage_plan(stage)->remark_count, 0);
    stage->campaign.filter.conditions = &condition;
    stage->campaign.filter.condition_count = 1;
    struct plan *plan = stage_plan(stage);
    stage_remarked(plan, "the answers of assignment X1 (worker A1) cannot be read: it declares a "
                         "document type. It is left out");
    stage_remarked(plan, "the answers of assignment X2 (worker A2) cannot be read: it is not a "
                         "text. It is left out");
    assert_int_equal(plan->left_out.unreadable, 2);
}

static void
only_the_first_five_unreadable_ones_are_named(void **state)
{
    struct stage *stage = *state;
    struct condition condition = {.kind = CONDITION_ANSWER, .field = "age", .has_min = true};
    stage_work(stage, "X6", "A6", WORK_APPROVED);
    stage_work(stage, "X7", "A7", WORK_APPROVED);
    stage_work(stage, "X8", "A8", WORK_APPROVED);
    stage_answer(stage, "X8", "age", "30");
    const struct filled unread = {.unread_why = "it is not a text"};
    for (size_t i = 0; i < 7; i++)
        stage->roster.assignments[i].filled = &unread;
    stage->campaign.filter.conditions = &condition;
    stage->campaign.filter.condition_count = 1;
    struct plan *plan = stage_plan(stage);
    stage_remarked(plan, "the answers of 2 more assignments cannot be read");
    assert_int_equal(plan->remark_count, 6);
}

/* The marketplace takes a rejection back for 30 days after the work was handed in. */
static void
an_override_that_comes_too_late_is_pointed_out(void **state)
{
    static const struct {
        stamp_t ago_ms;
        enum work_status status;
        size_t remarks;
    } rows[] = {
        {HOURS(30 * 24), WORK_REJECTED, 0},
        {HOURS(30 * 24) + 1, WORK_REJECTED, 1},
        {HOURS(40 * 24), WORK_SUBMITTED, 0},
    };
    struct stage *stage = *state;
    size_t approve = stage_approve(stage);
    stage->steps[approve].override = true;
    stage->campaign.filter.status[WORK_REJECTED] = true;
    for (size_t i = 0; i < 3; i++) {
        struct assignment *late = &stage->roster.assignments[0]; /* the first to be handed in */
        late->status = rows[i].status;
        late->submitted_ms = stage->now_ms - rows[i].ago_ms;
        struct plan *plan = stage_plan(stage);
        assert_int_equal(plan->remark_count, rows[i].remarks);
        if (rows[i].remarks)
            stage_remarked(plan, "step 'approve': 1 work was handed in more than 30 days ago; the "
                                 "marketplace no longer takes such a rejection back");
    }
}

/* What is no number is left out by any bounds, and a typing error looks the same. */
static void
values_that_are_no_numbers_are_named_where_bounds_are_asked_for(void **state)
{
    struct stage *stage = *state;
    struct condition condition = {
        .kind = CONDITION_ANSWER, .name = "answer.score", .field = "score", .has_min = true};
    stage->campaign.filter.conditions = &condition;
    stage->campaign.filter.condition_count = 1;
    stage_answer(stage, "X1", "score", "8");
    stage_answer(stage, "X2", "score", "1e1");
    stage_answer(stage, "X3", "score", "");
    stage_remarked(stage_plan(stage),
                   "'answer.score' is no number for 2 of the assignments, which are left out (the "
                   "first is X2: '1e1')");
}

static void
workers_who_are_named_and_are_not_there_are_remarked(void **state)
{
    struct stage *stage = *state;
    struct people people = {0};
    struct condition condition = {.kind = CONDITION_WORKERS, .name = "workers"};
    index_add(&people.listed, "A1", 0, &stage->arena);
    index_add(&people.listed, "A1TYPO", 1, &stage->arena);
    stage->campaign.people = &people;
    stage->campaign.people_count = 1;
    stage->campaign.filter.conditions = &condition;
    stage->campaign.filter.condition_count = 1;
    stage_remarked(stage_plan(stage),
                   "'workers' names 1 worker who is not among the people (such as A1TYPO)");
}

static void
words_around_nothing_are_remarked(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    struct dataset *table = stage_table(stage, "scores", MATCH_BY_WORKER);
    stage_row(stage, table, "A1", "");
    table->skips = true;
    stage->steps[bonus].message_from = stage_template(stage, "Thanks ${{ scores.cell }}!");
    stage_remarked(
        stage_plan(stage),
        "step 'bonus': what is looked up in its words is empty for 1 of the workers (the "
        "first is A1)");
}

static void
a_where_that_selects_nobody_is_remarked(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage->steps[bonus].filter.written = true;
    stage_remarked(stage_plan(stage), "the 'where' of step 'bonus' selects nobody");
    stage->campaign.filter = (struct filter){0};
    stage_remarked(stage_plan(stage), "the campaign's 'where' selects nobody");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            values_that_are_no_numbers_are_named_where_bounds_are_asked_for, begin, stage_finish),
        cmocka_unit_test_setup_teardown(workers_who_are_named_and_are_not_there_are_remarked, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(words_around_nothing_are_remarked, begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_where_that_selects_nobody_is_remarked, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(bonuses_of_more_than_five_times_the_median_are_pointed_out,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(only_bonuses_that_are_still_to_be_sent_are_pointed_out,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(rows_that_nobody_has_are_counted_with_the_first_ones_line,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_row_of_somebody_who_is_left_out_matches, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_row_that_several_workers_match_is_pointed_out, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_row_of_one_worker_with_two_works_is_not, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(
            an_answer_that_nobody_gave_is_named_with_those_that_there_are, begin, stage_finish),
        cmocka_unit_test_setup_teardown(answers_of_a_step_and_of_a_table_are_looked_at_too, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(
            work_whose_answers_cannot_be_read_is_named_where_answers_count, begin, stage_finish),
        cmocka_unit_test_setup_teardown(only_the_first_five_unreadable_ones_are_named, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(an_override_that_comes_too_late_is_pointed_out, begin,
                                        stage_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
