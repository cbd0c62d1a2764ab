/* HITs and assignments: read, approved, rejected, expired. */
#include "client.h"

static void
a_hit_is_given_with_its_numbers(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, client_world, NULL);
    assert_done(&client, "GetHIT", "{\"HITId\":\"3H\"}");
    assert_string_equal(client_text(&client, "HIT.Title"), "Tell a joke");
    assert_string_equal(client_text(&client, "HIT.Reward"), "0.20");
    assert_string_equal(client_text(&client, "HIT.HITStatus"), "Reviewable");
    assert_int_equal(json_integer_value(client_find(&client, "HIT.MaxAssignments")), 5);
    assert_int_equal(json_integer_value(client_find(&client, "HIT.NumberOfAssignmentsCompleted")),
                     3);
    assert_int_equal(json_integer_value(client_find(&client, "HIT.NumberOfAssignmentsPending")), 1);
    assert_true(json_is_number(client_find(&client, "HIT.CreationTime")));
    client_close(&client);
}

static void
answers_come_as_xml_that_is_ascii(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, client_world, NULL);
    assert_done(&client, "GetAssignment", "{\"AssignmentId\":\"3A1\"}");
    const char *answer = client_text(&client, "Assignment.Answer");
    assert_non_null(strstr(answer, "<?xml version=\"1.0\" encoding=\"ASCII\"?>"));
    assert_non_null(strstr(answer, "<QuestionIdentifier>joke</QuestionIdentifier>\n"
                                   "<FreeText>&lt;&#233; &amp; x&gt;</FreeText>"));
    assert_string_equal(client_text(&client, "HIT.HITId"), "3H");
    client_close(&client);
}

/* What would break out of its element, or be no ASCII, is a reference, in names too. */
static void
awkward_answers_stay_in_their_elements(void **state)
{
    (void)state;
    static const char world[] =
        "hits:\n  - id: 3H\n    title: x\n    reward: 0.20\n    assignments:\n"
        "      - id: 3A1\n        worker: AW1\n        answers:\n"
        "          'gr\u00f6\u00dfe <&>': \"</FreeText> \\\"'\\n\\t\\r\\U0001f600 ]]>\"\n"
        "          choice: [a&b, c]\n"
        "          taskAnswers: '[{\"sentiment\": {\"label\": \"<good>\"}}]'\n";
    struct client client;
    client_open(&client, world, NULL);
    assert_done(&client, "GetAssignment", "{\"AssignmentId\":\"3A1\"}");
    const char *answer = client_text(&client, "Assignment.Answer");
    static const char *const parts[] = {
        "<QuestionIdentifier>gr&#246;&#223;e &lt;&amp;&gt;</QuestionIdentifier>\n"
        "<FreeText>&lt;/FreeText&gt; \"'\n\t&#13;&#128512; ]]&gt;</FreeText>",
        "<SelectionIdentifier>a&amp;b</SelectionIdentifier>\n"
        "<SelectionIdentifier>c</SelectionIdentifier>",
        "<FreeText>[{\"sentiment\": {\"label\": \"&lt;good&gt;\"}}]</FreeText>",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!strstr(answer, parts[i]))
            fail_msg("%s is not in %s", parts[i], answer);
    for (const char *at = answer; *at; at++)
        assert_true((unsigned char)*at < 0x7f);
    client_close(&client);
}

static void
only_work_that_was_handed_in_is_listed_and_by_status(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        int count;
    } cases[] = {
        {"{\"HITId\":\"3H\"}", 4},
        {"{\"HITId\":\"3H\",\"AssignmentStatuses\":[]}", 4},
        {"{\"HITId\":\"3H\",\"AssignmentStatuses\":[\"Submitted\"]}", 1},
        {"{\"HITId\":\"3H\",\"AssignmentStatuses\":[\"Submitted\",\"Rejected\"]}", 3},
    };
    struct client client;
    client_open(&client, client_world, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_done(&client, "ListAssignmentsForHIT", cases[i].body);
        assert_int_equal(json_integer_value(client_find(&client, "NumResults")), cases[i].count);
    }
    client_close(&client);
}

static void
approving_pays_the_reward_and_its_fee_once(void **state)
{
    (void)state;
    static const struct refusal again = {
        "ApproveAssignment", "{\"AssignmentId\":\"3A1\"}", "RequestError", "InvalidAssignmentState",
        "This operation can be called with a status of: Submitted"};
    struct client client;
    client_open(&client, client_world, NULL);
    assert_done(&client, "ApproveAssignment",
                "{\"AssignmentId\":\"3A1\",\"RequesterFeedback\":\"Well done\"}");
    assert_int_equal(client_balance(&client), 10000 - 24);
    assert_refused(&client, &again);
    assert_done(&client, "GetAssignment", "{\"AssignmentId\":\"3A1\"}");
    assert_string_equal(client_text(&client, "Assignment.AssignmentStatus"), "Approved");
    assert_string_equal(client_text(&client, "Assignment.RequesterFeedback"), "Well done");
    assert_true(json_is_number(client_find(&client, "Assignment.ApprovalTime")));
    assert_null(client_find(&client, "Assignment.RejectionTime"));
    client_close(&client);
}

static void
a_rejection_can_be_taken_back_for_thirty_days(void **state)
{
    (void)state;
    static const struct refusal refusals[] = {
        {"ApproveAssignment", "{\"AssignmentId\":\"3A3\"}", "RequestError",
         "InvalidAssignmentState", "This operation can be called with a status of: Submitted"},
        {"ApproveAssignment", "{\"AssignmentId\":\"3A5\",\"OverrideRejection\":true}",
         "RequestError", "InvalidAssignmentState",
         "This operation can be called with a status of: Submitted"},
    };
    struct client client;
    client_open(&client, client_world, NULL);
    assert_all_refused(&client, refusals, 2);
    assert_done(&client, "ApproveAssignment",
                "{\"AssignmentId\":\"3A3\",\"OverrideRejection\":true}");
    assert_int_equal(client.world.book.totals.rewards, 20);
    client_close(&client);
}

static void
work_that_cannot_be_decided_is_refused(void **state)
{
    (void)state;
    static const struct refusal refusals[] = {
        {"ApproveAssignment", "{\"AssignmentId\":\"3NONE\"}", "RequestError",
         "AssignmentDoesNotExist", "Assignment 3NONE does not exist."},
        {"ApproveAssignment", "{\"AssignmentId\":\"3A4\"}", "RequestError",
         "InvalidAssignmentState", "This operation can be called with a status of: null"},
        {"RejectAssignment", "{\"AssignmentId\":\"3A2\",\"RequesterFeedback\":\"no\"}",
         "RequestError", "InvalidAssignmentState",
         "This operation can be called with a status of: Submitted"},
        {"RejectAssignment", "{\"AssignmentId\":\"3A1\",\"RequesterFeedback\":\"a\\u0007b\"}",
         "RequestError", "InvalidParameterValue", "The value for the parameter RequesterFeedback"},
        {"RejectAssignment", "{\"AssignmentId\":\"3A1\"}", "ValidationException", "",
         "1 validation error detected: Value null at 'requesterFeedback' failed"},
        {"GetAssignment", "{\"AssignmentId\":\"3A4\"}", "RequestError", "InvalidAssignmentState",
         "This operation can be called with a status of: Reviewable,Approved,Rejected"},
        {"GetHIT", "{\"HITId\":\"3NONE\"}", "RequestError", "HITDoesNotExist",
         "Hit 3NONE does not exist."},
    };
    struct client client;
    client_open(&client, client_world, NULL);
    assert_all_refused(&client, refusals, sizeof refusals / sizeof *refusals);
    client_close(&client);
}

static const char *
rejection_with(struct client *client, int characters)
{
    return arena_print(&client->arena, "{\"AssignmentId\":\"3A1\",\"RequesterFeedback\":\"%0*d\"}",
                       characters, 0);
}

static void
feedback_may_have_1024_characters(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, client_world, NULL);
    client_call(&client, "RejectAssignment", rejection_with(&client, 1025));
    assert_string_equal(client_text(&client, "TurkErrorCode"),
                        "AWS.MechanicalTurk.InvalidParameterValue");
    assert_done(&client, "RejectAssignment", rejection_with(&client, 1024));
    assert_int_equal(client_balance(&client), 10000);
    client_close(&client);
}

static void
approving_without_funds_changes_nothing(void **state)
{
    (void)state;
    static const struct refusal poor = {"ApproveAssignment", "{\"AssignmentId\":\"3A\"}",
                                        "RequestError", "InsufficientFunds",
                                        "This Requester has insufficient funds"};
    struct client client;
    client_open(&client,
                "balance: 1.19\n"
                "hits: [{ id: 3H, reward: 1.00, assignments: [{ id: 3A, worker: AW }] }]\n",
                NULL);
    assert_refused(&client, &poor);
    assert_int_equal(client.world.assignments[0].status, ASSIGNMENT_SUBMITTED);
    client_close(&client);
}

static void
expiring_a_hit_twice_at_one_time_is_refused_like_a_token(void **state)
{
    (void)state;
    static const struct refusal again = {
        "UpdateExpirationForHIT", "{\"HITId\":\"3H\",\"ExpireAt\":1626294366}", "RequestError", "",
        "The idempotency token \"3HWed Jul 14 20:26:06 UTC 2021\" has already been processed."};
    struct client client;
    client_open(
        &client,
        "now: 2026-11-23T14:00:00Z\nhits: [{ id: 3H, status: Assignable, max_assignments: 3 }]\n",
        NULL);
    assert_done(&client, again.operation, again.body);
    assert_refused(&client, &again);
    assert_done(&client, "GetHIT", "{\"HITId\":\"3H\"}");
    assert_string_equal(client_text(&client, "HIT.HITStatus"), "Reviewable");
    assert_true(json_number_value(client_find(&client, "HIT.Expiration")) == 1626294366.0);
    client_close(&client);
}

static void
an_answer_without_output_is_empty_or_an_empty_object_by_turns(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, client_world, NULL);
    assert_done(&client, "CreateWorkerBlock", "{\"WorkerId\":\"AW1\",\"Reason\":\"r\"}");
    assert_string_equal(client.response.body, "");
    assert_done(&client, "CreateWorkerBlock", "{\"WorkerId\":\"AW1\",\"Reason\":\"r\"}");
    assert_string_equal(client.response.body, "{}");
    client_close(&client);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hit_is_given_with_its_numbers),
        cmocka_unit_test(answers_come_as_xml_that_is_ascii),
        cmocka_unit_test(awkward_answers_stay_in_their_elements),
        cmocka_unit_test(only_work_that_was_handed_in_is_listed_and_by_status),
        cmocka_unit_test(approving_pays_the_reward_and_its_fee_once),
        cmocka_unit_test(a_rejection_can_be_taken_back_for_thirty_days),
        cmocka_unit_test(work_that_cannot_be_decided_is_refused),
        cmocka_unit_test(feedback_may_have_1024_characters),
        cmocka_unit_test(approving_without_funds_changes_nothing),
        cmocka_unit_test(expiring_a_hit_twice_at_one_time_is_refused_like_a_token),
        cmocka_unit_test(an_answer_without_output_is_empty_or_an_empty_object_by_turns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
