/* What is read out of a yes, question by question. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "support/shapes.h"

static struct answer
read_yes(enum ask_kind kind, const char *body, struct arena *arena)
{
    struct answer answer = answer_to(kind, yes(body), arena);
    if (answer.verdict != VERDICT_DONE)
        fail_msg("%s: %s", body, answer.text);
    assert_null(answer.code);
    return answer;
}

static void
a_balance_is_read(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct answer answer = read_yes(
        ASK_BALANCE, "{\"AvailableBalance\":\"10000.00\",\"OnHoldBalance\":\"1.00\"}", &arena);
    assert_int_equal(answer.balance, 1000000);
    arena_close(&arena);
}

#define HIT_BODY HIT_HEAD "\"MaxAssignments\":5,"

static void
a_task_is_read(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct task task =
        read_yes(ASK_TASK,
                 HIT_BODY "\"Title\":\"Tell a joke\",\"HITStatus\":\"Reviewable\","
                          "\"RequesterAnnotation\":\"BatchId:1;OriginalHitTemplateId:2;\","
                          "\"NumberOfAssignmentsPending\":1,\"NumberOfAssignmentsAvailable\":2,"
                          "\"NumberOfAssignmentsCompleted\":2,\"QualificationRequirements\":[]}}",
                 &arena)
            .task;
    assert_string_equal(task.id, "3HIT");
    assert_string_equal(task.title, "Tell a joke");
    assert_string_equal(task.state, "Reviewable");
    assert_int_equal(task.reward, 20);
    assert_int_equal(task.places, 5);
    assert_int_equal(task.taken, 1);
    assert_int_equal(task.free, 2);
    assert_int_equal(task.created_ms, 1790000000500);
    assert_true(task.from_website);
    assert_false(task.masters);
    arena_close(&arena);
}

static void
a_task_for_masters_is_told_in_both_environments(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        HIT_BODY "\"QualificationRequirements\":[{\"QualificationTypeId\":\"3OTHER\"},"
                 "{\"QualificationTypeId\":\"2F1QJWKUDD8XADTFD2Q0G6UTO95ALH\"}]}}",
        HIT_BODY "\"QualificationRequirements\":"
                 "[{\"QualificationTypeId\":\"2ARFPLSP75KLA8M8DH1HTEQVJT3SY6\"}]}}",
    };
    struct arena arena = {0};
    for (size_t i = 0; i < 2; i++) {
        struct task task = read_yes(ASK_TASK, bodies[i], &arena).task;
        assert_true(task.masters);
        assert_false(task.from_website);
        assert_string_equal(task.title, "");
    }
    arena_close(&arena);
}

static void
a_page_of_assignments_is_read_with_its_token(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct answer answer =
        read_yes(ASK_ASSIGNMENTS,
                 "{\"NumResults\":3,\"NextToken\":\"p2\",\"Assignments\":["
                 "" WORK("3A", "A1", "Submitted") "," WORK("3B", "A2", "Approved") "," WORK(
                     "3C", "A3", "Rejected") "]}",
                 &arena);
    assert_int_equal(answer.assignment_count, 3);
    assert_string_equal(answer.next_page, "p2");
    assert_string_equal(answer.assignments[0].id, "3A");
    assert_string_equal(answer.assignments[1].worker, "A2");
    assert_int_equal(answer.assignments[0].status, WORK_SUBMITTED);
    assert_int_equal(answer.assignments[1].status, WORK_APPROVED);
    assert_int_equal(answer.assignments[2].status, WORK_REJECTED);
    assert_int_equal(answer.assignments[2].submitted_ms, 1790000000000);
    arena_close(&arena);
}

static void
a_page_without_rows_or_token_is_the_last(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        "{\"Assignments\":[]}",
        "{\"Assignments\":[],\"NextToken\":\"p2\",\"NumResults\":0}",
        "{\"Assignments\":[" WORK("3A", "A1", "Submitted") "]}",
        "{\"Assignments\":[" WORK("3A", "A1", "Submitted") "],\"NextToken\":\"\"}",
        "{\"Assignments\":[" WORK("3A", "A1", "Submitted") "],\"NextToken\":null}",
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
        assert_null(read_yes(ASK_ASSIGNMENTS, bodies[i], &arena).next_page);
    arena_close(&arena);
}

#define WITH_ANSWER(id, value) \
    "{\"AssignmentId\":\"" id "\",\"WorkerId\":\"A1\",\"AssignmentStatus\":\"Submitted\"," \
    "\"Answer\":" value "}"
#define ONE_FIELD \
    "\"<QuestionFormAnswers><Answer><QuestionIdentifier>code</QuestionIdentifier>" \
    "<FreeText>24</FreeText></Answer></QuestionFormAnswers>\""

static void
answers_are_kept_where_they_were_asked_for(void **state)
{
    (void)state;
    const char *body = "{\"Assignments\":[" WITH_ANSWER("3A", ONE_FIELD) "]}";
    struct arena arena = {0};
    struct answer answer = read_yes(ASK_ASSIGNMENTS_ANSWERED, body, &arena);
    const struct filled *filled = assignment_filled(&answer.assignments[0]);
    assert_int_equal(filled->field_count, 1);
    assert_string_equal(filled->fields[0].name, "code");
    assert_string_equal(filled->fields[0].value, "24");
    answer = read_yes(ASK_ASSIGNMENTS, body, &arena);
    assert_int_equal(answer.assignment_count, 1);
    assert_null(answer.assignments[0].filled);
    arena_close(&arena);
}

static void
answers_that_cannot_be_read_spoil_no_list(void **state)
{
    (void)state;
    static const struct {
        const char *body, *why;
    } cases[] = {
        {"{\"Assignments\":[" WITH_ANSWER("3A", "7") "," WITH_ANSWER("3B", ONE_FIELD) "]}",
         "it is not a text"},
        {"{\"Assignments\":[" WITH_ANSWER("3A", "\"<x>\"") "," WITH_ANSWER("3B", ONE_FIELD) "]}",
         "line 1: it holds 'x', not QuestionFormAnswers"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct answer answer = read_yes(ASK_ASSIGNMENTS_ANSWERED, cases[i].body, &arena);
        assert_int_equal(answer.assignment_count, 2);
        assert_string_equal(assignment_filled(&answer.assignments[0])->unread_why, cases[i].why);
        assert_null(assignment_filled(&answer.assignments[1])->unread_why);
        assert_int_equal(assignment_filled(&answer.assignments[1])->field_count, 1);
    }
    const char *absent = "{\"Assignments\":[" WITH_ANSWER("3A", "null") "]}";
    assert_null(read_yes(ASK_ASSIGNMENTS_ANSWERED, absent, &arena).assignments[0].filled);
    arena_close(&arena);
}

static void
one_assignment_is_read(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct answer answer = read_yes(
        ASK_ASSIGNMENT, "{\"Assignment\":" WORK("3A", "A1", "Approved") ",\"HIT\":{}}", &arena);
    assert_int_equal(answer.assignment_count, 1);
    assert_int_equal(answer.assignments[0].status, WORK_APPROVED);
    arena_close(&arena);
}

static void
payments_are_read_by_task_and_by_assignment(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *body = "{\"BonusPayments\":[" PAID("\"1.50\"", "1790000000") "]}";
    static const enum ask_kind kinds[] = {ASK_PAYMENTS, ASK_ASSIGNMENT_PAYMENTS};
    for (size_t i = 0; i < 2; i++) {
        struct answer answer = read_yes(kinds[i], body, &arena);
        assert_int_equal(answer.payment_count, 1);
        assert_string_equal(answer.payments[0].assignment, "3A");
        assert_string_equal(answer.payments[0].worker, "A1");
        assert_string_equal(answer.payments[0].words, "Thanks \xc3\xa4");
        assert_int_equal(answer.payments[0].amount, 150);
        assert_int_equal(answer.payments[0].at_ms, 1790000000000);
        assert_false(answer.payments[0].matched);
    }
    arena_close(&arena);
}

static void
a_time_may_come_in_each_form_the_sdk_reads(void **state)
{
    (void)state;
    static const struct {
        const char *time;
        stamp_t at_ms;
    } cases[] = {
        {"0", 0},
        {"1790000000", 1790000000000},
        {"1790000000.25", 1790000000250},
        {"1.79E9", 1790000000000},
        {"\"1790000000\"", 1790000000000},
        {"\"1790000000.123456\"", 1790000000123},
        {"\"2026-11-23T14:00:00Z\"", 1795442400000},
        {"\"2026-11-23T14:00:00.5Z\"", 1795442400500},
        {"\"2026-11-23T15:00:00+01:00\"", 1795442400000},
        {"\"2026-11-23T07:00:00.000-0700\"", 1795442400000},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *body =
            arena_print(&arena, "{\"BonusPayments\":[" PAID("\"1\"", "%s") "]}", cases[i].time);
        struct answer answer = read_yes(ASK_PAYMENTS, body, &arena);
        assert_int_equal(answer.payments[0].at_ms, cases[i].at_ms);
    }
    arena_close(&arena);
}

static void
a_score_is_read_and_a_revoked_one_is_none(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct answer answer = read_yes(
        ASK_SCORE, "{\"Qualification\":{\"IntegerValue\":-3,\"Status\":\"Granted\"}}", &arena);
    assert_true(answer.has_score);
    assert_int_equal(answer.score, -3);
    answer = read_yes(ASK_SCORE, "{\"Qualification\":{\"IntegerValue\":7}}", &arena);
    assert_true(answer.has_score);
    assert_int_equal(answer.score, 7);
    answer = read_yes(ASK_SCORE, "{\"Qualification\":{\"IntegerValue\":7,\"Status\":\"Revoked\"}}",
                      &arena);
    assert_false(answer.has_score);
    arena_close(&arena);
}

static void
qualifications_are_read_with_their_whole_names(void **state)
{
    (void)state;
    struct arena arena = {0};
    char name[1001];
    memset(name, 'n', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    const char *body = arena_print(&arena,
                                   "{\"NumResults\":2,\"NextToken\":\"p2\",\"QualificationTypes\":"
                                   "[" TYPE("3Q", "Wave 1 \\u00e4") "," TYPE("3R", "%s") "]}",
                                   name);
    struct answer answer = read_yes(ASK_TYPES, body, &arena);
    assert_int_equal(answer.type_count, 2);
    assert_string_equal(answer.types[0].id, "3Q");
    assert_string_equal(answer.types[0].name, "Wave 1 \xc3\xa4");
    assert_string_equal(answer.types[1].id, "3R");
    assert_string_equal(answer.types[1].name, name);
    assert_string_equal(answer.next_page, "p2");
    assert_int_equal(read_yes(ASK_TYPES, "{\"QualificationTypes\":[]}", &arena).type_count, 0);
    arena_close(&arena);
}

static void
holders_are_read_with_their_scores(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct answer answer = read_yes(
        ASK_HOLDERS,
        "{\"NumResults\":3,\"NextToken\":\"p2\",\"Qualifications\":[" HOLDS("A1", "0") "," HOLDS(
            "A2", "-2147483648") ",{\"WorkerId\":\"A3\",\"IntegerValue\":7}]}",
        &arena);
    assert_int_equal(answer.holder_count, 3);
    assert_string_equal(answer.holders[0].worker, "A1");
    assert_int_equal(answer.holders[0].value, 0);
    assert_string_equal(answer.holders[1].worker, "A2");
    assert_int_equal(answer.holders[1].value, INT32_MIN);
    assert_string_equal(answer.holders[2].worker, "A3");
    assert_int_equal(answer.holders[2].value, 7);
    assert_string_equal(answer.next_page, "p2");
    answer = read_yes(ASK_HOLDERS, "{\"NumResults\":0}", &arena);
    assert_int_equal(answer.holder_count, 0);
    assert_null(answer.next_page);
    arena_close(&arena);
}

static void
the_blocked_are_read(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct answer answer = read_yes(
        ASK_BLOCKS,
        "{\"WorkerBlocks\":[{\"WorkerId\":\"A1\",\"Reason\":\"spam\"},{\"WorkerId\":\"A2\"}],"
        "\"NumResults\":2,\"NextToken\":\"p2\"}",
        &arena);
    assert_int_equal(answer.blocked_count, 2);
    assert_string_equal(answer.blocked[0], "A1");
    assert_string_equal(answer.blocked[1], "A2");
    assert_string_equal(answer.next_page, "p2");
    assert_int_equal(read_yes(ASK_BLOCKS, "{\"WorkerBlocks\":[]}", &arena).blocked_count, 0);
    arena_close(&arena);
}

static void
those_whom_a_message_did_not_reach_are_named(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct answer answer =
        read_yes(TELL_NOTIFY,
                 "{\"NotifyWorkersFailureStatuses\":[{\"NotifyWorkersFailureCode\":\"HardFailure\","
                 "\"NotifyWorkersFailureMessage\":\"Cannot send. (1624047673908)\","
                 "\"WorkerId\":\"A7\"}]}",
                 &arena);
    assert_int_equal(answer.unreached_count, 1);
    assert_string_equal(answer.unreached[0].worker, "A7");
    assert_string_equal(answer.unreached[0].code, "HardFailure");
    assert_string_equal(answer.unreached[0].text, "Cannot send.");
    const char *reached = "{\"NotifyWorkersFailureStatuses\":[]}";
    assert_int_equal(read_yes(TELL_NOTIFY, reached, &arena).unreached_count, 0);
    assert_int_equal(read_yes(TELL_NOTIFY, "", &arena).unreached_count, 0);
    arena_close(&arena);
}

static void
what_was_made_is_named(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct answer answer = read_yes(TELL_CREATE,
                                    "{\"QualificationType\":{\"QualificationTypeId\":\"3NEW\","
                                    "\"CreationTime\":1790000000,\"Name\":\"wave-1\"}}",
                                    &arena);
    assert_string_equal(answer.qualification, "3NEW");
    arena_close(&arena);
}

/* What goes into a journal must not outgrow a record, or it could not be read again. */
static void
the_words_about_the_unreached_are_kept_short(void **state)
{
    (void)state;
    struct arena arena = {0};
    char *many = arena_alloc(&arena, 300001);
    memset(many, 'x', 300000);
    const char *body = arena_print(&arena,
                                   "{\"NotifyWorkersFailureStatuses\":[{\"WorkerId\":\"A1\","
                                   "\"NotifyWorkersFailureCode\":\"%s\","
                                   "\"NotifyWorkersFailureMessage\":\"%s\"}]}",
                                   many, many);
    struct answer answer = answer_to(TELL_NOTIFY, yes(body), &arena);
    assert_int_equal(answer.unreached_count, 1);
    assert_true(strlen(answer.unreached[0].code) < 120);
    assert_true(strlen(answer.unreached[0].text) < 520);
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_balance_is_read),
        cmocka_unit_test(a_task_is_read),
        cmocka_unit_test(a_task_for_masters_is_told_in_both_environments),
        cmocka_unit_test(a_page_of_assignments_is_read_with_its_token),
        cmocka_unit_test(a_page_without_rows_or_token_is_the_last),
        cmocka_unit_test(answers_are_kept_where_they_were_asked_for),
        cmocka_unit_test(answers_that_cannot_be_read_spoil_no_list),
        cmocka_unit_test(one_assignment_is_read),
        cmocka_unit_test(payments_are_read_by_task_and_by_assignment),
        cmocka_unit_test(a_time_may_come_in_each_form_the_sdk_reads),
        cmocka_unit_test(a_score_is_read_and_a_revoked_one_is_none),
        cmocka_unit_test(qualifications_are_read_with_their_whole_names),
        cmocka_unit_test(holders_are_read_with_their_scores),
        cmocka_unit_test(the_blocked_are_read),
        cmocka_unit_test(those_whom_a_message_did_not_reach_are_named),
        cmocka_unit_test(what_was_made_is_named),
        cmocka_unit_test(the_words_about_the_unreached_are_kept_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
