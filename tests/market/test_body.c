/* The JSON of every kind of ask, member by member, against the service's model. Expected bodies
 * are written in another order than ours on purpose: JSON equality is what counts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <string.h>

#include "market/mturk/mturk.h"

static const char token[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
static const char *const workers[] = {"A1WORKER", "A2WORKER"};

static const struct {
    struct ask ask;
    const char *body;
} cases[] = {
    {{.kind = ASK_BALANCE}, "{}"},
    {{.kind = ASK_TASK, .task = "3HIT"}, "{\"HITId\":\"3HIT\"}"},
    {{.kind = ASK_ASSIGNMENTS, .task = "3HIT"},
     "{\"MaxResults\":100,\"AssignmentStatuses\":[\"Submitted\",\"Approved\",\"Rejected\"],"
     "\"HITId\":\"3HIT\"}"},
    {{.kind = ASK_ASSIGNMENTS, .task = "3HIT", .page = "p2\"="},
     "{\"NextToken\":\"p2\\\"=\",\"MaxResults\":100,\"HITId\":\"3HIT\","
     "\"AssignmentStatuses\":[\"Submitted\",\"Approved\",\"Rejected\"]}"},
    {{.kind = ASK_ASSIGNMENTS_ANSWERED, .task = "3HIT"},
     "{\"MaxResults\":100,\"AssignmentStatuses\":[\"Submitted\",\"Approved\",\"Rejected\"],"
     "\"HITId\":\"3HIT\"}"},
    {{.kind = ASK_ASSIGNMENT, .assignment = "3ASG"}, "{\"AssignmentId\":\"3ASG\"}"},
    {{.kind = ASK_PAYMENTS, .task = "3HIT"}, "{\"MaxResults\":100,\"HITId\":\"3HIT\"}"},
    {{.kind = ASK_PAYMENTS, .task = "3HIT", .page = "p2"},
     "{\"NextToken\":\"p2\",\"MaxResults\":100,\"HITId\":\"3HIT\"}"},
    {{.kind = ASK_ASSIGNMENT_PAYMENTS, .assignment = "3ASG", .page = "p3"},
     "{\"NextToken\":\"p3\",\"MaxResults\":100,\"AssignmentId\":\"3ASG\"}"},
    {{.kind = ASK_SCORE, .qualification = "3QUAL", .worker = "A1WORKER"},
     "{\"WorkerId\":\"A1WORKER\",\"QualificationTypeId\":\"3QUAL\"}"},
    {{.kind = ASK_TYPES, .name = "memory \"wave\" 1"},
     "{\"MaxResults\":100,\"Query\":\"memory \\\"wave\\\" 1\",\"MustBeOwnedByCaller\":true,"
     "\"MustBeRequestable\":false}"},
    {{.kind = ASK_TYPES, .name = "wave", .page = "p2"},
     "{\"NextToken\":\"p2\",\"MaxResults\":100,\"Query\":\"wave\",\"MustBeOwnedByCaller\":true,"
     "\"MustBeRequestable\":false}"},
    {{.kind = ASK_HOLDERS, .qualification = "3QUAL"},
     "{\"MaxResults\":100,\"Status\":\"Granted\",\"QualificationTypeId\":\"3QUAL\"}"},
    {{.kind = ASK_HOLDERS, .qualification = "3QUAL", .page = "p2"},
     "{\"NextToken\":\"p2\",\"MaxResults\":100,\"Status\":\"Granted\","
     "\"QualificationTypeId\":\"3QUAL\"}"},
    {{.kind = ASK_BLOCKS}, "{\"MaxResults\":100}"},
    {{.kind = ASK_BLOCKS, .page = "p2"}, "{\"NextToken\":\"p2\",\"MaxResults\":100}"},
    {{.kind = TELL_APPROVE, .assignment = "3ASG"}, "{\"AssignmentId\":\"3ASG\"}"},
    {{.kind = TELL_APPROVE, .assignment = "3ASG", .words = ""}, "{\"AssignmentId\":\"3ASG\"}"},
    {{.kind = TELL_APPROVE, .assignment = "3ASG", .words = "Thank you."},
     "{\"RequesterFeedback\":\"Thank you.\",\"AssignmentId\":\"3ASG\"}"},
    {{.kind = TELL_APPROVE, .assignment = "3ASG", .override = true},
     "{\"OverrideRejection\":true,\"AssignmentId\":\"3ASG\"}"},
    {{.kind = TELL_APPROVE, .assignment = "3ASG", .words = "Our mistake.", .override = true},
     "{\"OverrideRejection\":true,\"RequesterFeedback\":\"Our mistake.\","
     "\"AssignmentId\":\"3ASG\"}"},
    {{.kind = TELL_REJECT, .assignment = "3ASG", .words = "No code."},
     "{\"RequesterFeedback\":\"No code.\",\"AssignmentId\":\"3ASG\"}"},
    {{.kind = TELL_QUALIFY, .qualification = "3QUAL", .worker = "A1WORKER", .value = 0},
     "{\"SendNotification\":false,\"IntegerValue\":0,\"WorkerId\":\"A1WORKER\","
     "\"QualificationTypeId\":\"3QUAL\"}"},
    {{.kind = TELL_QUALIFY, .qualification = "3QUAL", .worker = "A1WORKER", .value = -7},
     "{\"SendNotification\":false,\"IntegerValue\":-7,\"WorkerId\":\"A1WORKER\","
     "\"QualificationTypeId\":\"3QUAL\"}"},
    {{.kind = TELL_QUALIFY,
      .qualification = "3QUAL",
      .worker = "A1WORKER",
      .value = 1,
      .email = true},
     "{\"SendNotification\":true,\"IntegerValue\":1,\"WorkerId\":\"A1WORKER\","
     "\"QualificationTypeId\":\"3QUAL\"}"},
    {{.kind = TELL_UNQUALIFY, .qualification = "3QUAL", .worker = "A1WORKER"},
     "{\"QualificationTypeId\":\"3QUAL\",\"WorkerId\":\"A1WORKER\"}"},
    {{.kind = TELL_UNQUALIFY, .qualification = "3QUAL", .worker = "A1WORKER", .words = ""},
     "{\"QualificationTypeId\":\"3QUAL\",\"WorkerId\":\"A1WORKER\"}"},
    {{.kind = TELL_UNQUALIFY, .qualification = "3QUAL", .worker = "A1WORKER", .words = "The end"},
     "{\"Reason\":\"The end\",\"QualificationTypeId\":\"3QUAL\",\"WorkerId\":\"A1WORKER\"}"},
    {{.kind = TELL_BONUS,
      .worker = "A1WORKER",
      .assignment = "3ASG",
      .amount = 100,
      .words = "Your joke made us laugh: \"\xc3\xa4\"\n\x01",
      .token = token},
     "{\"UniqueRequestToken\":"
     "\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\","
     "\"Reason\":\"Your joke made us laugh: \\\"\\u00e4\\\"\\n\\u0001\","
     "\"AssignmentId\":\"3ASG\",\"BonusAmount\":\"1.00\",\"WorkerId\":\"A1WORKER\"}"},
    {{.kind = TELL_NOTIFY,
      .subject = "A bonus",
      .words = "We paid you.",
      .workers = workers,
      .worker_count = 2},
     "{\"WorkerIds\":[\"A1WORKER\",\"A2WORKER\"],\"MessageText\":\"We paid you.\","
     "\"Subject\":\"A bonus\"}"},
    {{.kind = TELL_BLOCK, .worker = "A1WORKER", .words = "Spam \xc3\xa4"},
     "{\"Reason\":\"Spam \\u00e4\",\"WorkerId\":\"A1WORKER\"}"},
    {{.kind = TELL_UNBLOCK, .worker = "A1WORKER"}, "{\"WorkerId\":\"A1WORKER\"}"},
    {{.kind = TELL_UNBLOCK, .worker = "A1WORKER", .words = "A mistake"},
     "{\"Reason\":\"A mistake\",\"WorkerId\":\"A1WORKER\"}"},
    {{.kind = TELL_CREATE, .name = "wave-1", .words = "Took part in memory study, wave 1"},
     "{\"QualificationTypeStatus\":\"Active\","
     "\"Description\":\"Took part in memory study, wave 1\",\"Name\":\"wave-1\"}"},
};
enum { CASE_COUNT = sizeof cases / sizeof *cases };

static void
every_ask_has_the_models_members(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < CASE_COUNT; i++) {
        const char *body = mturk_market.body(&cases[i].ask, &arena);
        json_t *made = json_loads(body, JSON_REJECT_DUPLICATES, NULL);
        json_t *wanted = json_loads(cases[i].body, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(made);
        assert_non_null(wanted);
        if (!json_equal(made, wanted))
            fail_msg("case %zu: %s", i, body);
        json_decref(made);
        json_decref(wanted);
    }
    arena_close(&arena);
}

static void
the_same_ask_gives_the_same_bytes(void **state)
{
    (void)state;
    struct arena one = {0}, other = {0};
    for (size_t i = 0; i < CASE_COUNT; i++)
        assert_string_equal(mturk_market.body(&cases[i].ask, &one),
                            mturk_market.body(&cases[i].ask, &other));
    arena_close(&one);
    arena_close(&other);
}

static void
an_amount_is_dollars_with_two_decimals(void **state)
{
    (void)state;
    static const struct {
        cents_t amount;
        const char *member;
    } amounts[] = {
        {1, "\"BonusAmount\":\"0.01\""},
        {7, "\"BonusAmount\":\"0.07\""},
        {150, "\"BonusAmount\":\"1.50\""},
        {99999999, "\"BonusAmount\":\"999999.99\""},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
        struct ask ask = {.kind = TELL_BONUS,
                          .worker = "A1",
                          .assignment = "3A",
                          .words = "w",
                          .token = token,
                          .amount = amounts[i].amount};
        assert_non_null(strstr(mturk_market.body(&ask, &arena), amounts[i].member));
    }
    arena_close(&arena);
}

static void
a_full_batch_of_a_hundred_workers_fits(void **state)
{
    (void)state;
    const char *hundred[100];
    for (size_t i = 0; i < 100; i++)
        hundred[i] = "A1WORKER";
    struct arena arena = {0};
    struct ask ask = {
        .kind = TELL_NOTIFY, .subject = "s", .words = "w", .workers = hundred, .worker_count = 100};
    json_t *body = json_loads(mturk_market.body(&ask, &arena), 0, NULL);
    assert_int_equal(json_array_size(json_object_get(body, "WorkerIds")), 100);
    json_decref(body);
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_ask_has_the_models_members),
        cmocka_unit_test(the_same_ask_gives_the_same_bytes),
        cmocka_unit_test(an_amount_is_dollars_with_two_decimals),
        cmocka_unit_test(a_full_batch_of_a_hundred_workers_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
