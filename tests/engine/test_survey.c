/* The lists that a campaign asks for: all pages of what it names and nothing else, and what is not
 * there said where the campaign names it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "engine/survey.h"
#include "support/play_verbs.h"

struct surveyed {
    bool worked;
    struct problems problems;
    struct error err;
};

static struct surveyed
survey(struct play *play)
{
    struct stage *stage = &play->stage;
    struct surveyed surveyed = {.problems = {.arena = &stage->arena}};
    play_line(play);
    surveyed.worked = survey_lists(&play->line, &stage->campaign, &stage->roster,
                                   &surveyed.problems, &stage->arena, &surveyed.err);
    line_close(&play->line);
    return surveyed;
}

static struct surveyed
survey_whole(struct play *play)
{
    struct surveyed surveyed = survey(play);
    if (!surveyed.worked || surveyed.problems.count)
        fail_msg("the survey did not work: %s", surveyed.err.text);
    return surveyed;
}

static struct people *
people_add(struct play *play, struct people people)
{
    struct campaign *campaign = &play->stage.campaign;
    campaign->people = arena_push(&play->stage.arena, campaign->people, campaign->people_count,
                                  &campaign->people_capacity, sizeof *campaign->people);
    campaign->people[campaign->people_count] = people;
    return &campaign->people[campaign->people_count++];
}

static size_t
unqualify_by_name(struct play *play, unsigned line)
{
    size_t step = stage_verb(&play->stage, VERB_UNQUALIFY);
    play->stage.steps[step].qualification_name = "wave-1";
    play->stage.steps[step].content = (struct where){"best-joke.yaml", line, 5};
    return step;
}

static const char *
holders(struct play *play, const char *worker, int value, const char *next)
{
    const char *page = next ? arena_print(&play->stage.arena, "\"NextToken\":\"%s\",", next) : "";
    return arena_print(&play->stage.arena,
                       "{%s\"NumResults\":1,\"Qualifications\":[{\"QualificationTypeId\":\"Q1\","
                       "\"WorkerId\":\"%s\",\"IntegerValue\":%d,\"Status\":\"Granted\"}]}",
                       page, worker, value);
}

static const char *
work(struct play *play, const char *id, const char *worker, const char *next)
{
    const char *page = next ? arena_print(&play->stage.arena, "\"NextToken\":\"%s\",", next) : "";
    return arena_print(&play->stage.arena,
                       "{%s\"NumResults\":1,\"Assignments\":[{\"AssignmentId\":\"%s\","
                       "\"WorkerId\":\"%s\",\"AssignmentStatus\":\"Approved\",\"SubmitTime\":"
                       "1795442400}]}",
                       page, id, worker);
}

static void
a_campaign_that_names_no_list_asks_nothing(void **state)
{
    struct play *play = *state;
    stage_approve(&play->stage);
    stage_qualify(&play->stage);
    stage_bonus(&play->stage);
    stage_notify(&play->stage);
    people_add(play, (struct people){0});
    survey_whole(play);
    assert_int_equal(play->script.sent_count, 0);
    assert_false(play->stage.roster.blocks_read);
}

static void
blocks_are_read_once_for_all_steps_and_to_the_last_page(void **state)
{
    struct play *play = *state;
    stage_verb(&play->stage, VERB_BLOCK);
    stage_verb(&play->stage, VERB_UNBLOCK);
    play_reply(play, "ListWorkerBlocks", "\"p2\"", play_blocks(play, "A2", NULL), 0);
    play_reply(play, "ListWorkerBlocks", NULL, play_blocks(play, "A1", "p2"), 0);
    survey_whole(play);
    assert_int_equal(play->script.sent_count, 2);
    const struct roster *roster = &play->stage.roster;
    assert_true(roster->blocks_read);
    assert_non_null(index_find(&roster->blocked, "A1"));
    assert_non_null(index_find(&roster->blocked, "A2"));
    assert_null(index_find(&roster->blocked, "A3"));
}

static void
holders_are_read_to_the_last_page_with_their_scores(void **state)
{
    struct play *play = *state;
    size_t step = stage_verb(&play->stage, VERB_UNQUALIFY);
    play->stage.steps[step].qualification = "Q1";
    people_add(play, (struct people){.qualification = "Q1"});
    play_reply(play, "ListWorkersWithQualificationType", "\"p2\"", holders(play, "A2", 9, NULL), 0);
    play_reply(play, "ListWorkersWithQualificationType", NULL, holders(play, "A1", 4, "p2"), 0);
    survey_whole(play);
    assert_int_equal(play->script.sent_count, 2);
    const struct roster *roster = &play->stage.roster;
    assert_non_null(index_find(&roster->holders_read, "Q1"));
    assert_int_equal(roster_score_find(roster, "Q1", "A1")->value, 4);
    assert_int_equal(roster_score_find(roster, "Q1", "A2")->value, 9);
    assert_true(roster_holds(roster, "Q1", "A2"));
    assert_false(roster_holds(roster, "Q1", "A3"));
}

static void
who_took_part_in_other_tasks_is_kept_apart_for_each_key_that_asks(void **state)
{
    static struct listed first[] = {{.id = "T8"}, {.id = "T9"}}, second[] = {{.id = "T8"}};
    struct play *play = *state;
    people_add(play, (struct people){.tasks = first, .task_count = 2});
    people_add(play, (struct people){.tasks = second, .task_count = 1});
    play_reply(play, "ListAssignmentsForHIT", "\"p2\"", work(play, "Y2", "A2", NULL), 0);
    play_reply(play, "ListAssignmentsForHIT", "\"T8\"", work(play, "Y1", "A1", "p2"), 0);
    play_reply(play, "ListAssignmentsForHIT", "\"T9\"", work(play, "Y3", "A3", NULL), 0);
    survey_whole(play);
    static const struct {
        size_t people;
        const char *worker;
        bool met;
    } rows[] = {{0, "A1", true}, {0, "A2", true}, {0, "A3", true}, {0, "A4", false},
                {1, "A1", true}, {1, "A2", true}, {1, "A3", false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_true((index_find(&play->stage.roster.met[rows[i].people], rows[i].worker) != NULL) ==
                    rows[i].met);
}

/* A search finds more than was meant. The holders can only be asked for when the id is known. */
static void
a_name_is_looked_up_before_its_holders_are(void **state)
{
    struct play *play = *state;
    unqualify_by_name(play, 7);
    play_reply(play, "ListQualificationTypes", NULL,
               "{\"QualificationTypes\":[{\"QualificationTypeId\":\"Q6\",\"Name\":\"Wave-1\"},"
               "{\"QualificationTypeId\":\"Q7\",\"Name\":\"wave-1\"},"
               "{\"QualificationTypeId\":\"Q8\",\"Name\":\"wave-11\"}]}",
               0);
    play_reply(play, "ListWorkersWithQualificationType", "\"Q7\"", holders(play, "A1", 4, NULL), 0);
    survey_whole(play);
    play_sent(play, (const char *const[]){"ListQualificationTypes",
                                          "ListWorkersWithQualificationType", NULL});
    assert_string_equal(roster_kind_find(&play->stage.roster, "wave-1"), "Q7");
    assert_true(roster_holds(&play->stage.roster, "Q7", "A1"));
}

static void
a_name_that_is_not_there_has_no_holders(void **state)
{
    struct play *play = *state;
    unqualify_by_name(play, 7);
    play_reply(play, "ListQualificationTypes", NULL, "{\"NumResults\":0,\"QualificationTypes\":[]}",
               0);
    survey_whole(play);
    assert_int_equal(play->script.sent_count, 1);
    assert_null(roster_kind_find(&play->stage.roster, "wave-1"));
}

static void
a_refusal_is_a_problem_where_the_campaign_asks(void **state)
{
    static struct listed tasks[] = {{.id = "T9", .where = {"best-joke.yaml", 12, 9}}};
    struct play *play = *state;
    size_t block = stage_verb(&play->stage, VERB_BLOCK);
    play->stage.steps[block].content = (struct where){"best-joke.yaml", 20, 5};
    people_add(play, (struct people){.qualification = "Q1", .where = {"best-joke.yaml", 10, 9}});
    people_add(play, (struct people){.tasks = tasks, .task_count = 1});
    static const char *const operations[] = {"ListWorkersWithQualificationType",
                                             "ListAssignmentsForHIT", "ListWorkerBlocks"};
    for (size_t i = 0; i < 3; i++)
        play_reply(play, operations[i], NULL,
                   play_complaint(play, "SomeRefusal", "It does not exist."), 0);
    struct surveyed surveyed = survey(play);
    assert_true(surveyed.worked);
    static const struct {
        unsigned line;
        const char *words;
    } rows[] = {
        {10, "Amazon Mechanical Turk does not tell who holds qualification Q1: It does not exist."},
        {12, "Amazon Mechanical Turk does not tell who took part in task T9: It does not exist."},
        {20, "Amazon Mechanical Turk does not tell whom you have blocked: It does not exist."},
    };
    problems_sort(&surveyed.problems);
    assert_int_equal(surveyed.problems.count, 3);
    for (size_t i = 0; i < 3; i++) {
        const struct problem *problem = &surveyed.problems.items[i];
        assert_int_equal(problem->where.line, rows[i].line);
        holds(problem->text, rows[i].words);
        holds(problem->text, "(AWS.MechanicalTurk.SomeRefusal)");
    }
    assert_null(index_find(&play->stage.roster.holders_read, "Q1"));
    assert_false(play->stage.roster.blocks_read);
}

/* A plan that gives qualifications asks once whether each is there, and reads no second page. */
static void
what_the_plan_would_give_is_asked_for_once(void **state)
{
    struct play *play = *state;
    struct stage *stage = &play->stage;
    unsigned there = (unsigned)stage_qualify(stage), gone = (unsigned)stage_qualify(stage);
    stage->steps[there].qualification = "Q1";
    stage->steps[gone].qualification = "Q2";
    stage->steps[gone].content = (struct where){"best-joke.yaml", 30, 5};
    struct action actions[] = {
        {.step = there, .verb = VERB_QUALIFY, .decision = DECISION_DO},
        {.step = there, .verb = VERB_QUALIFY, .decision = DECISION_DO},
        {.step = gone, .verb = VERB_QUALIFY, .decision = DECISION_SKIP},
        {.step = gone, .verb = VERB_QUALIFY, .decision = DECISION_DO},
    };
    struct plan plan = {.actions = actions, .action_count = 3};
    struct problems problems = {.arena = &stage->arena};
    struct error err = {0};
    play_reply(play, "ListWorkersWithQualificationType", "\"Q1\"", holders(play, "A1", 4, "p2"), 0);
    play_reply(play, "ListWorkersWithQualificationType", "\"Q2\"",
               play_complaint(play, "QualificationTypeDoesNotExist", "It does not exist."), 0);
    play_line(play);
    assert_true(survey_given(&play->line, &stage->campaign, &plan, &problems, &stage->arena, &err));
    assert_int_equal(play->script.sent_count, 1);
    assert_int_equal(problems.count, 0);
    plan.action_count = 4;
    assert_true(survey_given(&play->line, &stage->campaign, &plan, &problems, &stage->arena, &err));
    line_close(&play->line);
    assert_int_equal(play->script.sent_count, 3);
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.items[0].where.line, 30);
    holds(problems.items[0].text, "other qualifications in the sandbox");
    assert_false(roster_holds(&stage->roster, "Q1", "A1"));
}

/* What has no end was not read: whom it does not show may be on it. */
static void
a_list_that_does_not_end_stops_the_survey(void **state)
{
    struct play *play = *state;
    stage_verb(&play->stage, VERB_UNBLOCK);
    play_reply(play, "ListWorkerBlocks", NULL, play_blocks(play, "A9", "p2"), 0);
    struct surveyed surveyed = survey(play);
    assert_false(surveyed.worked);
    holds(surveyed.err.text, "a list of Amazon Mechanical Turk does not end");
    holds(surveyed.err.text, "Nothing was sent");
    assert_int_equal(play->script.sent_count, 2);
    assert_false(play->stage.roster.blocks_read);
}

static void
a_list_that_cannot_be_read_stops_the_survey(void **state)
{
    struct play *play = *state;
    stage_verb(&play->stage, VERB_UNBLOCK);
    play_reply(play, "ListWorkerBlocks", NULL, "{\"__type\":\"UnrecognizedClientException\"}", 0);
    struct surveyed surveyed = survey(play);
    assert_false(surveyed.worked);
    assert_int_equal(surveyed.err.status, STATUS_CREDENTIALS);
}

static void
a_question_without_an_answer_is_asked_again(void **state)
{
    struct play *play = *state;
    stage_verb(&play->stage, VERB_BLOCK);
    play_lose(play, "ListWorkerBlocks", 1);
    play_reply(play, "ListWorkerBlocks", NULL, play_blocks(play, "A1", NULL), 0);
    survey_whole(play);
    assert_int_equal(play->script.sent_count, 2);
    assert_non_null(index_find(&play->stage.roster.blocked, "A1"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_campaign_that_names_no_list_asks_nothing, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(blocks_are_read_once_for_all_steps_and_to_the_last_page,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(holders_are_read_to_the_last_page_with_their_scores,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(
            who_took_part_in_other_tasks_is_kept_apart_for_each_key_that_asks, play_open,
            play_close),
        cmocka_unit_test_setup_teardown(a_name_is_looked_up_before_its_holders_are, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(a_name_that_is_not_there_has_no_holders, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(a_refusal_is_a_problem_where_the_campaign_asks, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(what_the_plan_would_give_is_asked_for_once, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(a_list_that_does_not_end_stops_the_survey, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(a_list_that_cannot_be_read_stops_the_survey, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(a_question_without_an_answer_is_asked_again, play_open,
                                        play_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
