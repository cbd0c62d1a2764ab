/* Amazon's results of a batch and tables like it: the roster they become, and what is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"
#include "core/template.h"
#include "tables_desk.h"

/* As the requester website writes it; the columns are in the file's own order. */
static const char results[] =
    "\"HITId\",\"HITTypeId\",\"Title\",\"Description\",\"Keywords\",\"Reward\",\"CreationTime\","
    "\"MaxAssignments\",\"RequesterAnnotation\",\"AssignmentDurationInSeconds\","
    "\"AutoApprovalDelayInSeconds\",\"Expiration\",\"NumberOfSimilarHITs\",\"LifetimeInSeconds\","
    "\"AssignmentId\",\"WorkerId\",\"AssignmentStatus\",\"AcceptTime\",\"SubmitTime\","
    "\"AutoApprovalTime\",\"ApprovalTime\",\"RejectionTime\",\"RequesterFeedback\","
    "\"WorkTimeInSeconds\",\"LifetimeApprovalRate\",\"Last30DaysApprovalRate\","
    "\"Last7DaysApprovalRate\",\"Input.url\",\"Answer.code\",\"Answer.Q 2\",\"Approve\","
    "\"Reject\"\r\n"
    "\"3HIT1\",\"3TYPE\",\"Tell a joke\",\"d\",\"k\",\"$0.25\",\"Wed Nov 20 20:00:00 PST 2019\","
    "\"9\",\"BatchId:3843733;OriginalHitTemplateId:928390838;\",\"3600\",\"259200\","
    "\"Wed Nov 27 20:00:00 PST 2019\",\"\",\"\",\"3ASG1\",\"A1ANN\",\"Submitted\","
    "\"Wed Nov 20 21:00:00 PST 2019\",\"Wed Nov 20 21:03:26 PST 2019\","
    "\"Sat Nov 23 21:03:26 PST 2019\",\"\",\"\",\"\",\"206\",\"0% (0/0)\",\"0% (0/0)\","
    "\"0% (0/0)\",\"http://x\",\" 24bf \",\"say \"\"hi\"\",\r\nthen go\",\"x\",\"\"\r\n"
    "\"3HIT2\",\"3TYPE\",\"Tell two\",\"d\",\"k\",\"$1.00\",\"\",\"1\",\"\",\"\",\"\",\"\",\"\","
    "\"\",\"3ASG2\",\"A2BOB\",\"Approved\",\"\",\"Thu Jul 04 09:00:00 PDT 2019\",\"\",\"\",\"\","
    "\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"\"\r\n"
    "\"3HIT1\",\"3TYPE\",\"Tell a joke\",\"d\",\"k\",\"$0.25\",\"\",\"9\",\"\",\"\",\"\",\"\","
    "\"\",\"\",\"3ASG3\",\"A2BOB\",\"Rejected\",\"\",\"Wed Nov 20 22:00:00 PST 2019\",\"\",\"\","
    "\"\",\"\",\"\",\"\",\"\",\"\",\"\",\"zz\",\"\",\"\",\"\"\r\n";

/* The roster as text: a line for each task and each assignment, with its answers. */
static const char *
given_told(const struct desk *desk, struct arena *arena)
{
    const struct roster *given = &desk->campaign.given;
    const char *told = "";
    char money[MONEY_TEXT_SIZE], stamp[STAMP_TEXT_SIZE];
    for (size_t i = 0; i < given->task_count; i++) {
        const struct task *task = &given->tasks[i];
        told = arena_print(arena, "%s%s '%s' %s x%u %s\n", told, task->id, task->title,
                           money_print(money, task->reward), task->places, task->state);
    }
    for (size_t i = 0; i < given->assignment_count; i++) {
        const struct assignment *one = &given->assignments[i];
        told = arena_print(arena, "%s%s %s %s %s %s", told, one->id, one->worker,
                           given->tasks[one->task].id, work_status_name(one->status),
                           one->submitted_ms ? stamp_print(stamp, one->submitted_ms) : "-");
        assert_ptr_equal(roster_find(given, one->id), one);
        const struct filled *filled = assignment_filled(one);
        for (size_t j = 0; j < filled->field_count; j++)
            told = arena_print(arena, "%s %s=[%s]", told, filled->fields[j].name,
                               filled->fields[j].value);
        told = arena_print(arena, "%s\n", told);
    }
    return told;
}

static struct dataset by_code = {.name = "codes", .match_by = MATCH_BY_ANSWER, .field = "code"};

static void
results_of_a_batch_become_the_roster(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    desk_take(&desk, tables_assignments_decode, "Batch_1.csv", results);
    assert_string_equal(given_told(&desk, &desk.arena),
                        "3HIT1 'Tell a joke' 0.25 x9 from Batch_1.csv\n"
                        "3HIT2 'Tell two' 1.00 x1 from Batch_1.csv\n"
                        "3ASG1 A1ANN 3HIT1 Submitted 2019-11-21T05:03:26Z\n"
                        "3ASG2 A2BOB 3HIT2 Approved 2019-07-04T16:00:00Z\n"
                        "3ASG3 A2BOB 3HIT1 Rejected 2019-11-21T06:00:00Z\n");
    desk_close_having_said(&desk, "");
}

static void
answers_are_taken_where_the_campaign_reads_them(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    desk.campaign.datasets = &by_code;
    desk_take(&desk, tables_assignments_decode, "b.csv", results);
    const char *told = strstr(given_told(&desk, &desk.arena), "3ASG1");
    assert_string_equal(told, "3ASG1 A1ANN 3HIT1 Submitted 2019-11-21T05:03:26Z code=[24bf] "
                              "Q 2=[say \"hi\",\r\nthen go]\n"
                              "3ASG2 A2BOB 3HIT2 Approved 2019-07-04T16:00:00Z code=[] Q 2=[]\n"
                              "3ASG3 A2BOB 3HIT1 Rejected 2019-11-21T06:00:00Z code=[zz] Q 2=[]\n");
    desk_close_having_said(&desk, "");
}

static void
the_fields_of_a_crowd_form_are_found_by_path(void **state)
{
    (void)state;
    static const struct {
        const char *json, *fields;
    } samples[] = {
        {"[{\"\"country\"\":\"\" FR \"\",\"\"sentiment\"\":{\"\"label\"\":\"\"good\"\"}}]",
         " taskAnswers.country=[FR] taskAnswers.sentiment.label=[good]"},
        {"{\"\"agree\"\":{\"\"on\"\":true},\"\"n\"\":7,\"\"x\"\":0.1,\"\"none\"\":null}",
         " taskAnswers.agree.on=[true] taskAnswers.n=[7] taskAnswers.x=[0.1] taskAnswers.none=[]"},
        {"[{\"\"a\"\":1},{\"\"a\"\":false}]", " taskAnswers.0.a=[1] taskAnswers.1.a=[false]"},
        {"hello", ""},
        {"12", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct desk desk;
        desk_begin(&desk);
        desk.campaign.datasets = &by_code;
        desk_take(&desk, tables_assignments_decode, "b.csv",
                  arena_print(&desk.arena,
                              "HITId,AssignmentId,WorkerId,Answer.taskAnswers\n3H,3A,A1,\"%s\"\n",
                              samples[i].json));
        const char *told = strstr(given_told(&desk, &desk.arena), "taskAnswers=[");
        const char *end = strstr(told, "] taskAnswers.");
        assert_string_equal(end ? arena_print(&desk.arena, "%s", end + 1) : "\n",
                            arena_print(&desk.arena, "%s\n", samples[i].fields));
        desk_close_having_said(&desk, "");
    }
}

/* What was answered is then not known, and no filter may take it for "not answered". */
static void
a_crowd_form_that_cannot_be_read_to_its_end_makes_the_work_unreadable(void **state)
{
    (void)state;
    static const char *const damaged[] = {
        "[{\"\"a\"\":",
        "{\"\"a\"\":1} x",
        "[{\"\"a\"\":1,\"\"a\"\":2}]",
        "[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]",
    };
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        struct desk desk;
        desk_begin(&desk);
        desk.campaign.datasets = &by_code;
        desk_take(&desk, tables_assignments_decode, "b.csv",
                  arena_print(&desk.arena,
                              "HITId,AssignmentId,WorkerId,Answer.taskAnswers\n3H,3A,A1,\"%s\"\n",
                              damaged[i]));
        const struct assignment *one = &desk.campaign.given.assignments[0];
        assert_string_equal(assignment_filled(one)->unread_why,
                            "its crowd form (taskAnswers) is damaged JSON, or too large");
        desk_close_having_said(&desk, "");
    }
}

static void
a_field_with_a_column_of_its_own_is_not_taken_from_the_crowd_form_too(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    desk.campaign.datasets = &by_code;
    desk_take(&desk, tables_assignments_decode, "b.csv",
              "HITId,AssignmentId,WorkerId,Answer.taskAnswers.x,Answer.taskAnswers\n"
              "3H,3A,A1,column,\"{\"\"x\"\":1,\"\"y\"\":2}\"\n");
    const struct assignment *one = &desk.campaign.given.assignments[0];
    assert_int_equal(assignment_filled(one)->field_count, 3);
    assert_string_equal(assignment_field(one, "taskAnswers.x"), "column");
    assert_string_equal(assignment_field(one, "taskAnswers.y"), "2");
    desk_close_having_said(&desk, "");
}

static void
tables_of_other_tools_are_read_as_they_are(void **state)
{
    (void)state;
    static const char *const samples[] = {
        "WorkerId,AssignmentId,HITId\nA1,3A,3H\n",
        "workerid,assignmentid,hitid\nA1,3A,3H\n",
        "\"\",\"HITId\",\"AssignmentId\",\"WorkerId\"\n\"1\",\"3H\",\"3A\",\"A1\"\n",
        "assignment_id,hit_id,worker_id,bonus\n3A,3H,A1,0.50\n",
        "workerId,assignmentId,HITID,reason\nA1,3A,3H,thanks\n",
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct desk desk;
        desk_begin(&desk);
        desk_take(&desk, tables_assignments_decode, "t.csv", samples[i]);
        assert_string_equal(given_told(&desk, &desk.arena),
                            "3H '' 0.00 x0 from t.csv\n3A A1 3H Submitted -\n");
        desk_close_having_said(&desk, "");
    }
}

#define NEEDS "a table of assignments has the columns HITId, AssignmentId and WorkerId; "

static void
what_is_wrong_with_the_columns_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
    } samples[] = {
        {"HITId,AssignmentId,Worker\n3H,3A,A1\n",
         "b.csv:1: " NEEDS "'WorkerId' is not there: did you mean 'Worker'?\n"},
        {"id,n\n3A,1\n", "b.csv:1: " NEEDS "'AssignmentId' is not there: its columns are 'id' and "
                         "'n'\n"
                         "b.csv:1: " NEEDS "'HITId' is not there: its columns are 'id' and 'n'\n"
                         "b.csv:1: " NEEDS "'WorkerId' is not there: its columns are 'id' and "
                         "'n'\n"},
        {"HITId,AssignmentId,worker_id,WorkerID\n3H,3A,A1,A1\n",
         "b.csv:1: 2 columns could be meant by 'WorkerId', 'worker_id' the first of them: take out "
         "those that are not\n"},
        {",HITId,AssignmentId\n1,3H,3A\n",
         "b.csv:1: " NEEDS "'WorkerId' is not there: its columns are 'HITId' and 'AssignmentId'\n"},
        {"HITId,AssignmentId,WorkerId\n", "b.csv:1: no assignment stands below the header\n"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct desk desk;
        desk_begin(&desk);
        desk_take(&desk, tables_assignments_decode, "b.csv", samples[i].text);
        assert_string_equal(given_told(&desk, &desk.arena), "");
        desk_close_having_said(&desk, samples[i].said);
    }
}

static void
what_is_wrong_in_a_row_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *rows, *said;
    } samples[] = {
        {"3H,3A,A1,Pending,$1,9", "b.csv:2: 'AssignmentStatus' takes Submitted, Approved or "
                                  "Rejected; it has 'Pending'\n"},
        {"3H,3A,A1,,$1,9", "b.csv:2: 'AssignmentStatus' takes Submitted, Approved or Rejected; it "
                           "is empty\n"},
        {"3H,3A,A1,Submitted,1 USD,9",
         "b.csv:2: 'Reward' takes dollars with at most two decimals, such as $0.75; it has "
         "'1 USD': write it without the currency\n"},
        {"3H,3A,A1,Submitted,$1,many",
         "b.csv:2: 'MaxAssignments' takes a whole number, such as 9; it has 'many'\n"},
        {"3h,3A,A1,Submitted,$1,9",
         "b.csv:2: 'HITId' takes a HIT ID, such as 3PR3LXCWSF67WOX6Y5S8EXAMPLE1; it has '3h': IDs "
         "have no small letters; copy it again\n"},
        {"3H,3.1E+26,3A,Submitted,$1,9",
         "b.csv:2: 'AssignmentId' takes an assignment ID, such as 3EXAMPLE4ASSIGNMENT5; it has "
         "'3.1E+26': a spreadsheet made a number of it; make the column text there and copy it "
         "again\n"
         "b.csv:2: 'WorkerId' takes a worker ID, such as A1EXAMPLE2WORKER; it has '3A': workers' "
         "IDs begin with A; is this an assignment's or a HIT's?\n"},
        {"3H,3A,A1,Submitted,,\n3H,3A,A1,Submitted,,",
         "b.csv:3: the assignment 3A stands in line 2 already: keep one of the two\n"},
        {"3H,3A,A1,Submitted,,\n3H,3A,A2,Submitted,,",
         "b.csv:3: the assignment 3A is worker A2's here, and A1's in line 2: one of the two is "
         "wrong\n"},
        {"3H,3A,A1,Submitted,,\n3K,3A,A1,Submitted,,",
         "b.csv:3: the assignment 3A is of the HIT 3K here, and of 3H in line 2: one of the two is "
         "wrong\n"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct desk desk;
        desk_begin(&desk);
        desk_take(&desk, tables_assignments_decode, "b.csv",
                  arena_print(&desk.arena,
                              "HITId,AssignmentId,WorkerId,AssignmentStatus,Reward,"
                              "MaxAssignments\n%s\n",
                              samples[i].rows));
        desk_close_having_said(&desk, samples[i].said);
    }
}

static void
a_time_matters_where_the_campaign_asks_for_it(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
    } samples[] = {
        {"HITId,AssignmentId,WorkerId\n3H,3A,A1\n",
         "joke.yaml:6: b.csv has no column 'SubmitTime', which 'submitted_after' is held against: "
         "take the key out, or have the file written with that column\n"},
        {"HITId,AssignmentId,WorkerId,SubmitTime\n3H,3A,A1,20.11.2019 21:03\n3H,3B,A2,\n",
         "b.csv:2: 'SubmitTime' takes a time such as 'Wed Nov 20 21:03:26 PST 2019' or "
         "2019-11-21T05:03:26Z; it has '20.11.2019 21:03'\n"
         "b.csv:3: 'SubmitTime' takes a time such as 'Wed Nov 20 21:03:26 PST 2019' or "
         "2019-11-21T05:03:26Z; it is empty\n"},
    };
    struct condition after = {
        .kind = CONDITION_AFTER, .name = "submitted_after", .where = {"joke.yaml", 6, 3}};
    struct step step = {.verb = VERB_BONUS, .filter = {.conditions = &after, .condition_count = 1}};
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct desk desk;
        desk_begin(&desk);
        desk_take(&desk, tables_assignments_decode, "b.csv", samples[i].text);
        assert_int_equal(desk.campaign.given.assignments[0].submitted_ms, 0);
        desk_close_having_said(&desk, "");
        desk_begin(&desk);
        desk.campaign.steps = &step;
        desk.campaign.step_count = 1;
        desk_take(&desk, tables_assignments_decode, "b.csv", samples[i].text);
        assert_int_equal(desk.campaign.given.assignment_count, 0);
        desk_close_having_said(&desk, samples[i].said);
    }
}

/* Without it an approval would count as free. */
static void
what_an_approval_costs_must_stand_in_the_file(void **state)
{
    (void)state;
    static const struct {
        const char *text, *said;
    } samples[] = {
        {"HITId,AssignmentId,WorkerId\nH1,X1,A1\n",
         "b.csv:1: there is no column 'MaxAssignments', and without it nobody knows what the step "
         "'approve' costs: have the file written with that column\n"
         "b.csv:1: there is no column 'Reward', and without it nobody knows what the step "
         "'approve' "
         "costs: have the file written with that column\n"},
        {"HITId,AssignmentId,WorkerId,Reward,MaxAssignments\nH1,X1,A1,,9\nH1,X2,A2,0.50,9\n",
         "b.csv:2: 'Reward' takes dollars with at most two decimals, such as $0.75; it is empty: "
         "without it nobody knows what an approval costs\n"},
        {"HITId,AssignmentId,WorkerId,Reward,MaxAssignments\nH1,X1,A1,$0.50,\n",
         "b.csv:2: 'MaxAssignments' takes a whole number, such as 9; it is empty: without it "
         "nobody "
         "knows what an approval costs\n"},
        {"HITId,AssignmentId,WorkerId,Reward,MaxAssignments\nH1,X1,A1,$0.00,9\n", ""},
    };
    struct step step = {.id = "approve", .verb = VERB_APPROVE};
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct desk desk;
        desk_begin(&desk);
        desk.campaign.steps = &step;
        desk.campaign.step_count = 1;
        desk_take(&desk, tables_assignments_decode, "b.csv", samples[i].text);
        desk_close_having_said(&desk, samples[i].said);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(results_of_a_batch_become_the_roster),
        cmocka_unit_test(answers_are_taken_where_the_campaign_reads_them),
        cmocka_unit_test(the_fields_of_a_crowd_form_are_found_by_path),
        cmocka_unit_test(a_crowd_form_that_cannot_be_read_to_its_end_makes_the_work_unreadable),
        cmocka_unit_test(a_field_with_a_column_of_its_own_is_not_taken_from_the_crowd_form_too),
        cmocka_unit_test(tables_of_other_tools_are_read_as_they_are),
        cmocka_unit_test(what_is_wrong_with_the_columns_is_said),
        cmocka_unit_test(what_is_wrong_in_a_row_is_said),
        cmocka_unit_test(a_time_matters_where_the_campaign_asks_for_it),
        cmocka_unit_test(what_an_approval_costs_must_stand_in_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
