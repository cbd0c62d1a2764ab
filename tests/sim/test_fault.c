/* Misbehaviour: which calls it strikes, and what is done all the same. */
#include "client.h"

static const char bonus[] =
    "{\"WorkerId\":\"AW1\",\"BonusAmount\":\"1.00\",\"AssignmentId\":\"3A1\","
    "\"Reason\":\"r\"}";

static void
each_fault_says_whether_the_deed_was_done(void **state)
{
    (void)state;
    static const struct {
        const char *faults;
        int status;
        size_t bonuses;
        bool hang_up, hang, cut;
        const char *type;
    } cases[] = {
        {"[{ fault: throttle }]", 400, 0, .type = "ThrottlingException"},
        {"[{ fault: server-error }]", 500, 0, .type = "ServiceFault"},
        {"[{ fault: server-error, status: 503 }]", 503, 0, .type = "ServiceFault"},
        {"[{ fault: server-error-after }]", 500, 1, .type = "ServiceFault"},
        {"[{ fault: refuse, message: no }]", 400, 0, .type = "RequestError"},
        {"[{ fault: hang-up-before }]", 200, 0, .hang_up = true, .type = "(none)"},
        {"[{ fault: hang-up-after }]", 200, 1, .hang_up = true, .type = "(none)"},
        {"[{ fault: half-answer }]", 200, 1, .cut = true, .type = "(none)"},
        {"[{ fault: garbage }]", 200, 1, .type = "(none)"},
        {"[{ fault: garbage, applied: false }]", 200, 0, .type = "(none)"},
        {"[{ fault: hang }]", 200, 1, .hang = true, .type = "(none)"},
        {"[{ fault: hang, applied: false }]", 200, 0, .hang = true, .type = "(none)"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct client client;
        client_open(&client, client_world, cases[i].faults);
        assert_int_equal(client_call(&client, "SendBonus", bonus), cases[i].status);
        assert_string_equal(client_text(&client, "__type"), cases[i].type);
        assert_int_equal(client.world.book.totals.bonus_count, cases[i].bonuses);
        assert_int_equal(client.world.book.totals.writes, 1);
        assert_int_equal(client.response.hang_up, cases[i].hang_up);
        assert_int_equal(client.response.hang, cases[i].hang);
        assert_int_equal(client.response.cut, cases[i].cut);
        client_close(&client);
    }
}

/* Who asked with a form is answered in XML, also when it goes wrong. */
static void
the_accounts_service_has_its_own_form_of_errors(void **state)
{
    (void)state;
    static const struct {
        const char *faults;
        int status;
        const char *error;
    } cases[] = {
        {"[{ fault: throttle }]", 400,
         "<Type>Sender</Type><Code>Throttling</Code><Message>Rate exceeded</Message>"},
        {"[{ fault: server-error, status: 503 }]", 503,
         "<Type>Receiver</Type><Code>ServiceFault</Code>"},
        {"[{ fault: refuse, code: AccessDenied, status: 403, message: <no> & n\u00f6 }]", 403,
         "<Code>AccessDenied</Code><Message>&lt;no&gt; &amp; n&#246;</Message>"},
    };
    static const struct sign_scope sts = {"us-east-1", "sts"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct client client;
        client_open(&client, client_world, cases[i].faults);
        struct header headers[CLIENT_HEADERS];
        struct call call = {.method = "POST",
                            .path = "/",
                            .query = "",
                            .body = "Action=GetCallerIdentity&Version=2011-06-15"};
        call.body_size = strlen(call.body);
        client_sign(&client, &call, "application/x-www-form-urlencoded", NULL, &sts, headers);
        client_send(&client, &call);
        assert_int_equal(client.response.status, cases[i].status);
        if (!strstr(client.response.body, cases[i].error))
            fail_msg("%s: %s", cases[i].faults, client.response.body);
        client_close(&client);
    }
}

static void
after_and_count_choose_the_calls(void **state)
{
    (void)state;
    static const int statuses[] = {200, 200, 400, 400, 200, 200};
    struct client client;
    client_open(&client, client_world, "[{ fault: throttle, after: 2, count: 2 }]");
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        assert_int_equal(client_call(&client, "GetAccountBalance", "{}"), statuses[i]);
    client_close(&client);
}

static void
rows_that_strike_once_happen_one_after_the_other(void **state)
{
    (void)state;
    static const int statuses[] = {400, 500, 200};
    struct client client;
    client_open(&client, client_world,
                "- { fault: throttle, count: 1 }\n- { fault: server-error, count: 1 }\n");
    for (size_t i = 0; i < sizeof statuses / sizeof *statuses; i++)
        assert_int_equal(client_call(&client, "GetAccountBalance", "{}"), statuses[i]);
    client_close(&client);
}

static void
a_row_strikes_only_its_operations_and_its_worker(void **state)
{
    (void)state;
    static const struct {
        const char *operation, *body;
        int status;
    } cases[] = {
        {"GetAccountBalance", "{}", 200},
        {"SendBonus", bonus, 400},
        {"NotifyWorkers", "{\"Subject\":\"s\",\"MessageText\":\"m\",\"WorkerIds\":[\"AW2\"]}", 200},
        {"NotifyWorkers",
         "{\"Subject\":\"s\",\"MessageText\":\"m\",\"WorkerIds\":[\"AW2\",\"AW1\"]}", 400},
    };
    struct client client;
    client_open(&client, client_world,
                "[{ fault: throttle, operation: [SendBonus, NotifyWorkers], worker: AW1 }]");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(client_call(&client, cases[i].operation, cases[i].body), cases[i].status);
    client_close(&client);
}

static size_t
throttled_of(struct client *client, size_t calls)
{
    size_t throttled = 0;
    for (size_t i = 0; i < calls; i++)
        throttled += client_call(client, "GetAccountBalance", "{}") == 400;
    return throttled;
}

static void
a_probability_strikes_that_share_and_the_same_calls_again(void **state)
{
    (void)state;
    struct client one, other;
    client_open(&one, client_world, "[{ fault: throttle, probability: 0.25 }]");
    client_open(&other, client_world, "[{ fault: throttle, probability: 0.25 }]");
    for (size_t i = 0; i < 400; i++)
        assert_int_equal(client_call(&one, "GetAccountBalance", "{}"),
                         client_call(&other, "GetAccountBalance", "{}"));
    size_t throttled = throttled_of(&one, 400);
    assert_in_range(throttled, 70, 130);
    client_close(&one);
    client_close(&other);
}

static void
a_rate_lets_a_burst_through_and_then_its_share_of_time(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, client_world, "[{ fault: rate, per_second: 10, burst: 3 }]");
    assert_int_equal(throttled_of(&client, 5), 2);
    client.now_ms += 99;
    assert_int_equal(throttled_of(&client, 1), 1);
    client.now_ms += 1;
    assert_int_equal(throttled_of(&client, 2), 1);
    client.now_ms += STAMP_MINUTE_MS;
    assert_int_equal(throttled_of(&client, 5), 2);
    client_close(&client);
}

static void
latencies_add_up_and_strike_beside_other_faults(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, client_world,
                "- { fault: latency, ms: 50 }\n- { fault: throttle }\n"
                "- { fault: latency, ms: 10, jitter_ms: 5 }\n");
    assert_int_equal(client_call(&client, "GetAccountBalance", "{}"), 400);
    assert_in_range(client.response.delay_ms, 60, 65);
    client_close(&client);
}

static void
a_half_answer_is_cut_where_the_row_says(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, client_world,
                "- { fault: half-answer, count: 1, at_byte: 17 }\n"
                "- { fault: half-answer, count: 1 }\n"
                "- { fault: half-answer, at_byte: 100000 }\n");
    struct buffer whole = {0};
    client_call(&client, "GetAccountBalance", "{}");
    assert_int_equal(client.response.cut_at_byte, 17);
    client_call(&client, "GetAccountBalance", "{}");
    response_print(&client.response, &whole);
    assert_int_equal(client.response.cut_at_byte, whole.size / 2);
    buffer_clear(&whole);
    client_call(&client, "GetAccountBalance", "{}");
    response_print(&client.response, &whole);
    assert_int_equal(client.response.cut_at_byte, whole.size - 1);
    buffer_close(&whole);
    client_close(&client);
}

static void
mistakes_in_a_faults_file_are_told_with_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *words;
    } cases[] = {
        {"fault: throttle\n", "'a faults file' takes a list; it has a map"},
        {"- { operation: SendBonus }\n", "a fault needs 'fault'"},
        {"- { fault: trottle }\n", "'fault' takes throttle | rate | latency |"},
        {"- { fault: throttle, operation: SendBonsu }\n",
         "unknown operation 'SendBonsu', did you mean 'SendBonus'?"},
        {"- { fault: throttle, probability: 1.5 }\n", "'probability' takes a probability from 0"},
        {"- { fault: throttle, ms: 5 }\n", "the fault 'throttle' does not take 'ms'"},
        {"- { fault: latency }\n", "the fault 'latency' needs 'ms'"},
        {"- { fault: rate }\n", "the fault 'rate' needs 'per_second'"},
        {"- { fault: refuse }\n", "the fault 'refuse' needs 'message'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena arena = {0};
        struct problems problems = {.arena = &arena};
        struct faults faults;
        assert_false(faults_open(&faults, "faults.yaml", cases[i].text, strlen(cases[i].text), 1,
                                 &problems));
        assert_int_equal(problems.count, 1);
        assert_int_equal(problems.items[0].where.line, 1);
        if (!text_starts(problems.items[0].text, cases[i].words))
            assert_string_equal(problems.items[0].text, cases[i].words);
        arena_close(&arena);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_fault_says_whether_the_deed_was_done),
        cmocka_unit_test(the_accounts_service_has_its_own_form_of_errors),
        cmocka_unit_test(after_and_count_choose_the_calls),
        cmocka_unit_test(rows_that_strike_once_happen_one_after_the_other),
        cmocka_unit_test(a_row_strikes_only_its_operations_and_its_worker),
        cmocka_unit_test(a_probability_strikes_that_share_and_the_same_calls_again),
        cmocka_unit_test(a_rate_lets_a_burst_through_and_then_its_share_of_time),
        cmocka_unit_test(latencies_add_up_and_strike_beside_other_faults),
        cmocka_unit_test(a_half_answer_is_cut_where_the_row_says),
        cmocka_unit_test(mistakes_in_a_faults_file_are_told_with_their_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
