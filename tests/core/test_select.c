/* Whom the campaign means: statuses as they were before our own approvals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/select.h"
#include "support/stage.h"

static int
begin(void **state)
{
    static struct stage stage;
    stage_open(&stage);
    stage_approve(&stage);
    stage_work(&stage, "X1", "A1", WORK_SUBMITTED);
    *state = &stage;
    return 0;
}

static enum work_status
status_of(struct stage *stage)
{
    return select_status(&stage->roster.assignments[0], &stage->history.ledger);
}

static void
without_a_deed_of_ours_the_status_is_the_marketplaces(void **state)
{
    struct stage *stage = *state;
    for (int status = 0; status < WORK_STATUS_COUNT; status++) {
        stage->roster.assignments[0].status = (enum work_status)status;
        assert_int_equal(status_of(stage), status);
    }
}

static void
what_we_approved_or_perhaps_approved_keeps_its_status_from_before(void **state)
{
    static const enum entry_kind outcomes[] = {ENTRY_UNKNOWN, ENTRY_RESEND, ENTRY_DONE};
    struct stage *stage = *state;
    stage_intend(stage, 0, "X1", STORY_MS);
    stage->roster.assignments[0].status = WORK_APPROVED;
    for (size_t i = 0; i < 3; i++) {
        tell(&stage->history, stage_entry(stage, outcomes[i], 0, "X1", STORY_MS));
        assert_int_equal(status_of(stage), WORK_SUBMITTED);
    }
}

static void
what_we_did_not_approve_after_all_has_its_status_of_now(void **state)
{
    struct stage *stage = *state;
    stage_deed(stage, 0, "X1", ENTRY_REFUSED, STORY_MS);
    stage->roster.assignments[0].status = WORK_REJECTED;
    assert_int_equal(status_of(stage), WORK_REJECTED);
}

static struct selection
selection_of(struct stage *stage)
{
    struct selection selection;
    selection_init(&selection, &stage->campaign, &stage->roster, &stage->history.ledger,
                   &stage->arena);
    return selection;
}

static void
campaign_and_step_filter_by_status(void **state)
{
    struct stage *stage = *state;
    struct step *step = &stage->steps[0];
    struct selection selection = selection_of(stage);
    for (int status = 0; status < WORK_STATUS_COUNT; status++) {
        stage->roster.assignments[0].status = (enum work_status)status;
        assert_int_equal(select_campaign(&selection, 0).fate,
                         status == WORK_REJECTED ? FATE_STATUS : FATE_SELECTED);
        step->filter = (struct filter){0};
        assert_int_equal(select_step(&selection, step, 0).fate, FATE_SELECTED);
        step->filter.written = true;
        assert_int_equal(select_step(&selection, step, 0).fate, FATE_STATUS);
        step->filter.status[status] = true;
        assert_int_equal(select_step(&selection, step, 0).fate, FATE_SELECTED);
    }
}

/* The campaign's filter has this one condition. */
static enum fate
fate_under(struct stage *stage, struct condition condition)
{
    stage->campaign.filter.conditions = &condition;
    stage->campaign.filter.condition_count = 1;
    struct selection selection = selection_of(stage);
    enum fate fate = select_campaign(&selection, 0).fate;
    stage->campaign.filter.condition_count = 0;
    return fate;
}

static void
work_is_selected_by_when_it_was_handed_in(void **state)
{
    struct stage *stage = *state;
    stamp_t at_ms = stage->roster.assignments[0].submitted_ms;
    static const struct {
        enum condition_kind kind;
        stamp_t apart_ms;
        enum fate fate;
    } rows[] = {
        {CONDITION_AFTER, 0, FATE_SELECTED},  {CONDITION_AFTER, 1, FATE_CONDITION},
        {CONDITION_AFTER, -1, FATE_SELECTED}, {CONDITION_BEFORE, 0, FATE_CONDITION},
        {CONDITION_BEFORE, 1, FATE_SELECTED}, {CONDITION_BEFORE, -1, FATE_CONDITION},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(
            fate_under(stage, (struct condition){.kind = rows[i].kind,
                                                 .moment_ms = at_ms + rows[i].apart_ms}),
            rows[i].fate);
}

/* What X1 answered to "score" or "code", and what is asked of it. */
static void
work_is_selected_by_its_answers(void **state)
{
    struct stage *stage = *state;
    struct condition blue = {0}, both = {0};
    condition_value_add(&blue, "blue", &stage->arena);
    condition_value_add(&both, "blue", &stage->arena);
    condition_value_add(&both, "Blue", &stage->arena);
    const struct {
        const char *answer;
        struct condition condition;
        enum fate fate;
    } rows[] = {
        {"blue", blue, FATE_SELECTED},
        {"Blue", blue, FATE_CONDITION},
        {"Blue", both, FATE_SELECTED},
        {NULL, both, FATE_CONDITION},
        {"8", {.has_min = true, .min = 8000000}, FATE_SELECTED},
        {"8.0", {.has_min = true, .min = 8000000}, FATE_SELECTED},
        {"7.999999", {.has_min = true, .min = 8000000}, FATE_CONDITION},
        {"9", {.has_min = true, .min = 8000000, .has_max = true, .max = 9000000}, FATE_SELECTED},
        {"9.1", {.has_max = true, .max = 9000000}, FATE_CONDITION},
        {"-3", {.has_max = true, .max = 9000000}, FATE_SELECTED},
        {"nine", {.has_min = true, .min = 8000000}, FATE_CONDITION},
        {"", {.has_min = true, .min = 0}, FATE_CONDITION},
        {"1e9", {.has_min = true, .min = 0}, FATE_CONDITION},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct reply_field field = {"score", rows[i].answer};
        struct condition condition = rows[i].condition;
        condition.kind = CONDITION_ANSWER;
        condition.field = "score";
        stage->roster.assignments[0].filled =
            filled_make(&field, rows[i].answer != NULL, NULL, &stage->arena);
        assert_int_equal(fate_under(stage, condition), rows[i].fate);
    }
}

static void
work_whose_answers_cannot_be_read_is_never_selected_where_answers_count(void **state)
{
    struct stage *stage = *state;
    struct condition condition = {.kind = CONDITION_ANSWER, .field = "score", .has_min = true};
    const struct filled unread = {.unread_why = "it is not a text"};
    stage->roster.assignments[0].filled = &unread;
    assert_int_equal(fate_under(stage, condition), FATE_UNREADABLE);
    assert_int_equal(
        fate_under(stage, (struct condition){.kind = CONDITION_BEFORE, .moment_ms = INT64_MAX}),
        FATE_SELECTED);
}

static void
a_value_stands_in_a_condition_once(void **state)
{
    struct stage *stage = *state;
    struct condition condition = {0};
    assert_true(condition_value_add(&condition, "blue", &stage->arena));
    assert_false(condition_value_add(&condition, "blue", &stage->arena));
    assert_int_equal(condition.value_count, 1);
    assert_non_null(index_find(&condition.among, "blue"));
}

/* A table with rows for A1 (score 9) and A7. */
static void
table_add(struct stage *stage)
{
    static struct dataset dataset;
    dataset = (struct dataset){.name = "scores", .path = "scores.csv"};
    size_t twin, score;
    dataset.key = dataset_column_use(&dataset, "worker_id", (struct where){0}, &stage->arena);
    score = dataset_column_use(&dataset, "score", (struct where){0}, &stage->arena);
    assert_int_equal(score, 1);
    assert_true(
        dataset_row_add(&dataset, (const char *const[]){"A1", "9"}, 2, &twin, &stage->arena));
    assert_true(
        dataset_row_add(&dataset, (const char *const[]){"A7", "3"}, 3, &twin, &stage->arena));
    assert_false(
        dataset_row_add(&dataset, (const char *const[]){"A1", "4"}, 4, &twin, &stage->arena));
    assert_int_equal(twin, 0);
    stage->campaign.datasets = &dataset;
    stage->campaign.dataset_count = 1;
}

static void
work_is_selected_by_a_table(void **state)
{
    struct stage *stage = *state;
    static const struct {
        const char *worker;
        struct condition condition;
        enum fate fate;
    } rows[] = {
        {"A1", {.kind = CONDITION_IN}, FATE_SELECTED},
        {"A2", {.kind = CONDITION_IN}, FATE_CONDITION},
        {"A1", {.kind = CONDITION_NOT_IN}, FATE_CONDITION},
        {"A2", {.kind = CONDITION_NOT_IN}, FATE_SELECTED},
        {"A1",
         {.kind = CONDITION_CELL, .column = 1, .has_min = true, .min = 9000000},
         FATE_SELECTED},
        {"A7",
         {.kind = CONDITION_CELL, .column = 1, .has_min = true, .min = 9000000},
         FATE_CONDITION},
        {"A2", {.kind = CONDITION_CELL, .column = 1, .has_min = true, .min = 9000000}, FATE_NO_ROW},
        {"a1", {.kind = CONDITION_IN}, FATE_CONDITION},
    };
    table_add(stage);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        stage->roster.assignments[0].worker = rows[i].worker;
        assert_int_equal(fate_under(stage, rows[i].condition), rows[i].fate);
    }
    stage->campaign.datasets[0].folds = true; /* keys are added folded; these were not */
    stage->roster.assignments[0].worker = "A1";
    assert_int_equal(fate_under(stage, rows[0].condition), FATE_CONDITION);
}

/* Who is left out anyway needs no row. */
static void
a_missing_row_counts_only_where_nothing_else_leaves_the_work_out(void **state)
{
    struct stage *stage = *state;
    struct condition both[] = {{.kind = CONDITION_CELL, .column = 1, .has_min = true},
                               {.kind = CONDITION_IN}};
    table_add(stage);
    stage->roster.assignments[0].worker = "A2";
    stage->campaign.filter.conditions = both;
    stage->campaign.filter.condition_count = 2;
    struct selection selection = selection_of(stage);
    assert_int_equal(select_campaign(&selection, 0).fate, FATE_CONDITION);
    stage->campaign.filter.condition_count = 0;
}

/* People of three kinds: listed, those who took part in another task, who hold Q1. */
static struct people *
people_add(struct stage *stage, const char *listed, const char *met, const char *holder)
{
    static struct people people;
    static struct listed task;
    static struct index taken_part;
    struct score score = {.qualification = "Q1", .worker = holder, .granted = true, .value = 1};
    people = (struct people){.tasks = &task, .task_count = 1, .qualification = "Q1"};
    taken_part = (struct index){0};
    index_add(&people.listed, listed, 0, &stage->arena);
    index_add(&taken_part, met, 0, &stage->arena);
    roster_score_add(&stage->roster, &score, &stage->arena);
    stage->roster.met = &taken_part;
    stage->campaign.people = &people;
    stage->campaign.people_count = 1;
    return &people;
}

static void
workers_are_selected_and_excepted_however_they_are_named(void **state)
{
    struct stage *stage = *state;
    static const struct {
        const char *worker;
        bool among;
    } rows[] = {{"A1", true}, {"A2", true}, {"A3", true}, {"A4", false}};
    people_add(stage, "A1", "A2", "A3");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        stage->roster.assignments[0].worker = rows[i].worker;
        assert_int_equal(fate_under(stage, (struct condition){.kind = CONDITION_WORKERS}),
                         rows[i].among ? FATE_SELECTED : FATE_CONDITION);
        assert_int_equal(fate_under(stage, (struct condition){.kind = CONDITION_EXCEPT}),
                         rows[i].among ? FATE_CONDITION : FATE_SELECTED);
    }
}

/* What this campaign itself gave removes nobody from its next run. */
static void
a_qualification_that_we_gave_ourselves_excepts_nobody(void **state)
{
    struct stage *stage = *state;
    size_t qualify = stage_qualify(stage);
    people_add(stage, "A8", "A9", "A1");
    assert_int_equal(fate_under(stage, (struct condition){.kind = CONDITION_EXCEPT}),
                     FATE_CONDITION);
    stage_deed(stage, qualify, "X1", ENTRY_DONE, STORY_MS);
    assert_int_equal(fate_under(stage, (struct condition){.kind = CONDITION_EXCEPT}),
                     FATE_SELECTED);
}

/* An earlier run of this campaign may have given it to A1, who is then left out for ever. */
static void
while_history_is_lost_our_own_gifts_leave_nobody_out_in_silence(void **state)
{
    struct stage *stage = *state;
    struct condition condition = {.kind = CONDITION_EXCEPT, .name = "except"};
    stage->campaign.step_count = 0;
    size_t qualify = stage_qualify(stage);
    people_add(stage, "A8", "A9", "A1");
    stage->campaign.filter.conditions = &condition;
    stage->campaign.filter.condition_count = 1;
    assert_int_equal(plan_status(stage_plan(stage)), STATUS_DONE);
    stage->history_lost = true;
    assert_int_equal(plan_status(stage_plan(stage)), STATUS_GUARDED);
    stage->steps[qualify].qualification = "Q2"; /* then somebody else has given Q1 */
    assert_int_equal(plan_status(stage_plan(stage)), STATUS_DONE);
    stage->campaign.filter.condition_count = 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            while_history_is_lost_our_own_gifts_leave_nobody_out_in_silence, begin, stage_finish),
        cmocka_unit_test_setup_teardown(without_a_deed_of_ours_the_status_is_the_marketplaces,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(
            what_we_approved_or_perhaps_approved_keeps_its_status_from_before, begin, stage_finish),
        cmocka_unit_test_setup_teardown(what_we_did_not_approve_after_all_has_its_status_of_now,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(campaign_and_step_filter_by_status, begin, stage_finish),
        cmocka_unit_test_setup_teardown(work_is_selected_by_when_it_was_handed_in, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(work_is_selected_by_its_answers, begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_value_stands_in_a_condition_once, begin, stage_finish),
        cmocka_unit_test_setup_teardown(
            work_whose_answers_cannot_be_read_is_never_selected_where_answers_count, begin,
            stage_finish),
        cmocka_unit_test_setup_teardown(work_is_selected_by_a_table, begin, stage_finish),
        cmocka_unit_test_setup_teardown(
            a_missing_row_counts_only_where_nothing_else_leaves_the_work_out, begin, stage_finish),
        cmocka_unit_test_setup_teardown(workers_are_selected_and_excepted_however_they_are_named,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_qualification_that_we_gave_ourselves_excepts_nobody,
                                        begin, stage_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
