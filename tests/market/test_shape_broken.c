/* A yes that cannot be read, question by question: which words say so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "support/shapes.h"

static const struct {
    enum ask_kind kind;
    const char *body, *why;
} unreadable[] = {
    {ASK_BALANCE, "", "it is empty"},
    {ASK_BALANCE, "<html>", "it is not one JSON value"},
    {ASK_BALANCE, "[]", "'AvailableBalance' is missing"},
    {ASK_BALANCE, "{}", "'AvailableBalance' is missing"},
    {ASK_BALANCE, "{\"AvailableBalance\":null}", "'AvailableBalance' is missing"},
    {ASK_BALANCE, "{\"AvailableBalance\":12.5}", "'AvailableBalance' is not a text"},
    {ASK_BALANCE, "{\"AvailableBalance\":\"1,000\"}", "is not an amount of dollars"},
    {ASK_BALANCE, "{\"AvailableBalance\":\"-1\"}", "is not an amount of dollars"},
    {ASK_TASK, "{}", "'HIT' is missing"},
    {ASK_TASK, "{\"HIT\":[]}", "'HIT' is not an object"},
    {ASK_TASK, HIT_HEAD "\"MaxAssignments\":0}}", "'MaxAssignments' is not a whole number"},
    {ASK_TASK, HIT_HEAD "\"MaxAssignments\":9999999999}}",
     "'MaxAssignments' is not a whole number that fits"},
    {ASK_TASK, HIT_HEAD "\"Title\":\"x\"}}", "'MaxAssignments' is missing"},
    {ASK_TASK, "{\"HIT\":{\"HITId\":\"3HIT\",\"Reward\":\"1000000\",\"MaxAssignments\":1}}",
     "'Reward' is not an amount of dollars"},
    {ASK_TASK, "{\"HIT\":{\"HITId\":\"3HIT\",\"Reward\":\"-1.00\",\"MaxAssignments\":1}}",
     "'Reward' is not an amount of dollars"},
    {ASK_BALANCE, "{\"AvailableBalance\":1e400}", "it is not one JSON value"},
    {ASK_BALANCE, "{\"AvailableBalance\":\"1\",\"AvailableBalance\":\"2\"}",
     "it is not one JSON value"},
    {ASK_BALANCE, "{\"AvailableBalance\":\"1\"} {}", "it is not one JSON value"},
    {ASK_TASK, HIT_HEAD "\"Title\":\"\\ud800\",\"MaxAssignments\":1}}", "it is not one JSON value"},
    {ASK_TASK, HIT_HEAD "\"Title\":\"a\\u0000b\",\"MaxAssignments\":1}}",
     "it is not one JSON value"},
    {ASK_TASK, HIT_HEAD "\"Title\":\"\xc3\x28\",\"MaxAssignments\":1}}",
     "it is not one JSON value"},
    {ASK_ASSIGNMENTS, "{}", "'Assignments' is missing"},
    {ASK_ASSIGNMENTS, "{\"Assignments\":{}}", "'Assignments' is not a list"},
    {ASK_ASSIGNMENTS, "{\"Assignments\":[],\"NumResults\":2}", "'Assignments' has fewer rows"},
    {ASK_ASSIGNMENTS, "{\"Assignments\":[7]}", "row 1 of 'Assignments': 'AssignmentId'"},
    {ASK_ASSIGNMENTS,
     "{\"Assignments\":[" WORK("3A", "A1", "Submitted") "," WORK("3B", "a1", "Submitted") "]}",
     "row 2 of 'Assignments': 'WorkerId' is not a worker id"},
    {ASK_ASSIGNMENTS, "{\"Assignments\":[" WORK("3-A", "A1", "Submitted") "]}",
     "'AssignmentId' is not an id"},
    {ASK_ASSIGNMENTS, "{\"Assignments\":[" WORK("3A", "A1", "Lost") "]}",
     "'AssignmentStatus' is none of"},
    {ASK_ASSIGNMENTS, "{\"Assignments\":[],\"NextToken\":7}", "'NextToken' is not a text"},
    {ASK_PAYMENTS, "{}", "'BonusPayments' is missing"},
    {ASK_PAYMENTS, "{\"BonusPayments\":[" PAID("1.5", "1") "]}", "'BonusAmount' is not a text"},
    {ASK_PAYMENTS, "{\"BonusPayments\":[" PAID("\"1.505\"", "1") "]}",
     "'BonusAmount' is not an amount"},
    {ASK_PAYMENTS, "{\"BonusPayments\":[" PAID("\"1\"", "-1") "]}", "'GrantTime' is not a time"},
    {ASK_PAYMENTS, "{\"BonusPayments\":[" PAID("\"1\"", "1e300") "]}", "'GrantTime' is not a time"},
    {ASK_PAYMENTS, "{\"BonusPayments\":[" PAID("\"1\"", "9223372036854775807") "]}",
     "'GrantTime' is not a time"},
    {ASK_PAYMENTS, "{\"BonusPayments\":[" PAID("\"1\"", "\"noon\"") "]}",
     "'GrantTime' is not a time"},
    {ASK_PAYMENTS, "{\"BonusPayments\":[" PAID("\"1\"", "\"2026-11-23T14:00:00+99:00\"") "]}",
     "'GrantTime' is not a time"},
    {ASK_SCORE, "{}", "'Qualification' is missing"},
    {ASK_SCORE, "{\"Qualification\":{\"Status\":\"Granted\"}}", "'IntegerValue' is missing"},
    {ASK_SCORE, "{\"Qualification\":{\"IntegerValue\":1.5}}", "'IntegerValue' is not a whole"},
    {ASK_TYPES, "", "it is empty"},
    {ASK_TYPES, "{}", "'QualificationTypes' is missing"},
    {ASK_TYPES, "{\"NumResults\":1}", "'QualificationTypes' is missing"},
    {ASK_TYPES, "{\"QualificationTypes\":null}", "'QualificationTypes' is missing"},
    {ASK_TYPES, "{\"QualificationTypes\":[" TYPE("3-Q", "x") "]}",
     "row 1 of 'QualificationTypes': 'QualificationTypeId' is not an id"},
    {ASK_TYPES, "{\"QualificationTypes\":[" TYPE("3Q", "x") ",{\"QualificationTypeId\":\"3R\"}]}",
     "row 2 of 'QualificationTypes': 'Name' is missing"},
    {ASK_TYPES, "{\"QualificationTypes\":[],\"NumResults\":2}",
     "'QualificationTypes' has fewer rows"},
    {ASK_HOLDERS, "", "it is empty"},
    {ASK_HOLDERS, "{}", "'Qualifications' is missing"},
    {ASK_HOLDERS, "{\"Qualifications\":{}}", "'Qualifications' is not a list"},
    {ASK_HOLDERS, "{\"Qualifications\":[" HOLDS("A1", "1") "," HOLDS("b", "1") "]}",
     "row 2 of 'Qualifications': 'WorkerId' is not a worker id"},
    {ASK_HOLDERS, "{\"Qualifications\":[" HOLDS("A1", "1.5") "]}",
     "'IntegerValue' is not a whole number"},
    {ASK_HOLDERS, "{\"Qualifications\":[" HOLDS("A1", "2147483648") "]}",
     "'IntegerValue' is not a whole number"},
    {ASK_HOLDERS, "{\"Qualifications\":[{\"WorkerId\":\"A1\"}]}", "'IntegerValue' is missing"},
    {ASK_HOLDERS,
     "{\"Qualifications\":[{\"WorkerId\":\"A1\",\"IntegerValue\":1,\"Status\":\"Revoked\"}]}",
     "row 1 of 'Qualifications': 'Status' is not Granted"},
    {ASK_HOLDERS, "{\"Qualifications\":[" HOLDS("A1", "1") "],\"NumResults\":2}",
     "'Qualifications' has fewer rows"},
    {ASK_HOLDERS, "{\"Qualifications\":[],\"NextToken\":7}", "'NextToken' is not a text"},
    {ASK_BLOCKS, "", "it is empty"},
    {ASK_BLOCKS, "{}", "'WorkerBlocks' is missing"},
    {ASK_BLOCKS, "{\"WorkerBlocks\":\"\"}", "'WorkerBlocks' is not a list"},
    {ASK_BLOCKS, "{\"WorkerBlocks\":[\"A1\"]}", "row 1 of 'WorkerBlocks': 'WorkerId' is missing"},
    {ASK_BLOCKS, "{\"WorkerBlocks\":[],\"NumResults\":1}", "'WorkerBlocks' has fewer rows"},
    {TELL_NOTIFY, "{\"NotifyWorkersFailureStatuses\":7}", "is not a list"},
    {TELL_NOTIFY, "{\"NotifyWorkersFailureStatuses\":[{\"WorkerId\":\"x\"}]}",
     "'WorkerId' is not a worker id"},
    {TELL_CREATE, "", "it is empty"},
    {TELL_CREATE, "{}", "'QualificationType' is missing"},
    {TELL_CREATE, "null", "'QualificationType' is missing"},
    {TELL_CREATE, "{\"QualificationType\":\"3NEW\"}", "'QualificationType' is not an object"},
    {TELL_CREATE, "{\"QualificationType\":{\"Name\":\"x\"}}", "'QualificationTypeId' is missing"},
    {TELL_CREATE, "{\"QualificationType\":{\"QualificationTypeId\":\"3-N\"}}",
     "'QualificationTypeId' is not an id"},
};

static void
a_yes_that_cannot_be_read_is_unknown_and_says_why(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof unreadable / sizeof *unreadable; i++) {
        struct answer answer = answer_to(unreadable[i].kind, yes(unreadable[i].body), &arena);
        assert_int_equal(answer.verdict, VERDICT_UNKNOWN);
        assert_string_equal(answer.code, "not-understood");
        if (!strstr(answer.text, unreadable[i].why))
            fail_msg("%s: %s", unreadable[i].body, answer.text);
        assert_int_equal(answer.assignment_count + answer.payment_count + answer.unreached_count +
                             answer.type_count + answer.holder_count + answer.blocked_count,
                         0);
        assert_null(answer.qualification);
    }
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_yes_that_cannot_be_read_is_unknown_and_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
