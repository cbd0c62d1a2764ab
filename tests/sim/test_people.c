/* Messages and blocks. */
#include "client.h"

#define NOTIFY(workers) "{\"Subject\":\"s\",\"MessageText\":\"m\",\"WorkerIds\":[" workers "]}"

static void
a_message_reaches_those_whose_work_was_decided(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, client_world, NULL);
    assert_done(&client, "NotifyWorkers", NOTIFY("\"AW2\",\"AW3\",\"AKNOWN\""));
    assert_int_equal(json_array_size(client_find(&client, "NotifyWorkersFailureStatuses")), 0);
    assert_int_equal(client.world.book.totals.messages, 3);
    client_close(&client);
}

static void
those_who_cannot_be_reached_are_in_the_answer(void **state)
{
    (void)state;
    static const struct {
        const char *worker, *body, *code, *words;
    } cases[] = {
        {"AW1", NOTIFY("\"AW2\",\"AW1\""), "HardFailure",
         "Cannot send a notification to a worker who has not done any work for you"},
        {"ANOBODY", NOTIFY("\"AW2\",\"ANOBODY\""), "HardFailure",
         "Cannot send a notification to a worker who has not done any work for you"},
        {"AGONE", NOTIFY("\"AW2\",\"AGONE\""), "HardFailure", "The worker cannot be reached"},
        {"ALATER", NOTIFY("\"AW2\",\"ALATER\""), "SoftFailure",
         "The worker cannot be reached at the moment"},
    };
    struct client client;
    client_open(&client, client_world, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_done(&client, "NotifyWorkers", cases[i].body);
        assert_int_equal(json_array_size(client_find(&client, "NotifyWorkersFailureStatuses")), 1);
        assert_string_equal(client_text(&client, "NotifyWorkersFailureStatuses.0.WorkerId"),
                            cases[i].worker);
        assert_string_equal(
            client_text(&client, "NotifyWorkersFailureStatuses.0.NotifyWorkersFailureCode"),
            cases[i].code);
        assert_string_equal(
            client_text(&client, "NotifyWorkersFailureStatuses.0.NotifyWorkersFailureMessage"),
            cases[i].words);
        assert_int_equal(client.world.book.totals.messages, i + 1);
    }
    client_close(&client);
}

static void
an_approval_makes_its_worker_reachable(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, client_world, NULL);
    assert_done(&client, "ApproveAssignment", "{\"AssignmentId\":\"3A1\"}");
    assert_done(&client, "NotifyWorkers", NOTIFY("\"AW1\""));
    assert_int_equal(client.world.book.totals.messages, 1);
    client_close(&client);
}

static void
one_malformed_id_fails_the_whole_message(void **state)
{
    (void)state;
    static const struct refusal malformed = {
        "NotifyWorkers", NOTIFY("\"AW2\",\"bob\""), "ValidationException", "",
        "1 validation error detected: Value 'bob' at 'workerIds.2.member' failed"};
    struct client client;
    client_open(&client, client_world, NULL);
    assert_refused(&client, &malformed);
    client_close(&client);
}

/* A message with so many characters, to so many workers. */
static const char *
message_of(struct client *client, size_t subject, size_t text, size_t workers)
{
    struct buffer body = {0};
    buffer_text(&body, "{\"Subject\":\"");
    for (size_t i = 0; i < subject; i++)
        buffer_text(&body, "\xc3\xa9");
    buffer_text(&body, "\",\"MessageText\":\"");
    for (size_t i = 0; i < text; i++)
        buffer_text(&body, "\xc3\xa9");
    buffer_text(&body, "\",\"WorkerIds\":[\"AW2\"");
    for (size_t i = 1; i < workers; i++)
        buffer_text(&body, ",\"AKNOWN\"");
    buffer_text(&body, "]}");
    const char *copy = arena_text(&client->arena, body.bytes, body.size);
    buffer_close(&body);
    return copy;
}

static void
a_message_has_at_most_200_and_4096_characters_and_100_workers(void **state)
{
    (void)state;
    static const struct {
        size_t subject, text, workers;
        const char *words;
    } cases[] = {
        {201, 4096, 100, "is not valid for the parameter Subject."},
        {200, 4097, 100, "is not valid for the parameter MessageText."},
        {200, 4096, 101, "The value \"101 workers\" is not valid for the parameter WorkerIds."},
    };
    struct client client;
    client_open(&client, client_world, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        client_call(&client, "NotifyWorkers",
                    message_of(&client, cases[i].subject, cases[i].text, cases[i].workers));
        assert_string_equal(client_text(&client, "__type"), "ParameterValidationError");
        assert_non_null(strstr(client_text(&client, "message"), cases[i].words));
    }
    assert_done(&client, "NotifyWorkers", message_of(&client, 200, 4096, 100));
    assert_int_equal(client.world.book.totals.messages, 100);
    client_close(&client);
}

static void
blocks_are_made_listed_and_taken_back(void **state)
{
    (void)state;
    static const struct refusal unknown[] = {
        {"CreateWorkerBlock", "{\"WorkerId\":\"ANOBODY\",\"Reason\":\"r\"}",
         "ParameterValidationError", "", "The value \"ANOBODY\" is not valid for"},
        {"DeleteWorkerBlock", "{\"WorkerId\":\"ANOBODY\"}", "ParameterValidationError", "",
         "The value \"ANOBODY\" is not valid for"},
    };
    struct client client;
    client_open(&client, client_world, NULL);
    assert_done(&client, "CreateWorkerBlock", "{\"WorkerId\":\"AW1\",\"Reason\":\"spam\"}");
    assert_done(&client, "DeleteWorkerBlock", "{\"WorkerId\":\"ABAD\"}");
    assert_done(&client, "DeleteWorkerBlock", "{\"WorkerId\":\"ABAD\"}");
    assert_done(&client, "ListWorkerBlocks", "{}");
    assert_int_equal(json_integer_value(client_find(&client, "NumResults")), 1);
    assert_string_equal(client_text(&client, "WorkerBlocks.0.WorkerId"), "AW1");
    assert_string_equal(client_text(&client, "WorkerBlocks.0.Reason"), "spam");
    assert_all_refused(&client, unknown, 2);
    client_close(&client);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_message_reaches_those_whose_work_was_decided),
        cmocka_unit_test(those_who_cannot_be_reached_are_in_the_answer),
        cmocka_unit_test(an_approval_makes_its_worker_reachable),
        cmocka_unit_test(one_malformed_id_fails_the_whole_message),
        cmocka_unit_test(a_message_has_at_most_200_and_4096_characters_and_100_workers),
        cmocka_unit_test(blocks_are_made_listed_and_taken_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
