/* Signatures, and calls that reach no operation. */
#include "client.h"

#define TARGET "MTurkRequesterServiceV20170117.GetAccountBalance"
#define JSON_TYPE "application/x-amz-json-1.1"

static const struct sign_scope scope = {"us-east-1", "mturk-requester"};
static const struct sign_scope sts_scope = {"us-east-1", "sts"};

static const struct call plain = {
    .method = "POST", .path = "/", .query = "", .body = "{}", .body_size = 2};

static void
assert_type(const struct client *client, const char *type, const char *words)
{
    assert_string_equal(client_text(client, "__type"), type);
    const char *message = client_text(client, "message");
    if (!text_starts(message, words))
        assert_string_equal(message, words);
}

static void
a_call_without_a_signature_is_refused(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, client_world, NULL);
    struct header headers[] = {{"Content-Type", JSON_TYPE}, {"X-Amz-Target", TARGET}};
    struct call call = plain;
    call.headers = headers;
    call.header_count = 2;
    client_send(&client, &call);
    assert_type(&client, "MissingAuthenticationTokenException", "Missing Authentication Token");
    client_close(&client);
}

static void
changing_anything_signed_breaks_the_signature(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, client_world, NULL);
    struct header headers[CLIENT_HEADERS];
    struct call call = plain;
    client_sign(&client, &call, JSON_TYPE, TARGET, &scope, headers);
    client_send(&client, &call);
    assert_int_equal(client.response.status, 200);
    call.body = "{ }";
    call.body_size = 3;
    client_send(&client, &call);
    assert_type(&client, "InvalidSignatureException", "The request signature we calculated");
    call.body = "{}";
    call.body_size = 2;
    headers[1].value = "localhost";
    client_send(&client, &call);
    assert_type(&client, "InvalidSignatureException", "The request signature we calculated");
    client_close(&client);
}

static void
a_wrong_key_secret_or_scope_is_refused_in_its_own_words(void **state)
{
    (void)state;
    static const struct {
        struct credentials keys;
        struct sign_scope scope;
        const char *type, *words;
    } cases[] = {
        {{"AKNOBODY", "hush", NULL},
         {"us-east-1", "mturk-requester"},
         "UnrecognizedClientException",
         "The security token included in the request is invalid."},
        {{"AKEY", "wrong", NULL},
         {"us-east-1", "mturk-requester"},
         "InvalidSignatureException",
         "The request signature we calculated"},
        {{"AKEY", "hush", "UNASKED"},
         {"us-east-1", "mturk-requester"},
         "UnrecognizedClientException",
         "The security token included in the request is invalid."},
        {{"AKEY", "hush", NULL},
         {"eu-west-1", "mturk-requester"},
         "InvalidSignatureException",
         "Credential should be scoped to a valid region"},
        {{"AKEY", "hush", NULL},
         {"us-east-1", "sts"},
         "InvalidSignatureException",
         "Credential should be scoped to correct service"},
    };
    struct client client;
    client_open(&client, "credentials: { key_id: AKEY, secret: hush }\n", NULL);
    const struct credentials right = client.world.credentials;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct header headers[CLIENT_HEADERS];
        struct call call = plain;
        client.world.credentials = cases[i].keys;
        client_sign(&client, &call, JSON_TYPE, TARGET, &cases[i].scope, headers);
        client.world.credentials = right;
        client_send(&client, &call);
        assert_type(&client, cases[i].type, cases[i].words);
    }
    client_close(&client);
}

static void
a_session_token_must_be_there_and_be_signed(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, "credentials: { key_id: AKEY, secret: hush, session_token: TOK }\n", NULL);
    struct header headers[CLIENT_HEADERS + 1];
    struct call call = plain;
    client_sign(&client, &call, JSON_TYPE, TARGET, &scope, headers);
    client_send(&client, &call);
    assert_int_equal(client.response.status, 200);

    client.world.credentials.session_token = NULL;
    size_t count = client_sign(&client, &call, JSON_TYPE, TARGET, &scope, headers);
    client.world.credentials.session_token = "TOK";
    client_send(&client, &call);
    assert_type(&client, "UnrecognizedClientException", "The security token");

    headers[count] = (struct header){"X-Amz-Security-Token", "TOK"};
    call.header_count = count + 1;
    client_send(&client, &call);
    assert_type(&client, "InvalidSignatureException", "'Host' or ':authority' and every 'x-amz'");
    client_close(&client);
}

static void
a_signature_lasts_five_minutes_either_way(void **state)
{
    (void)state;
    static const struct {
        stamp_t shift_ms;
        const char *type, *words;
    } cases[] = {
        {-5 * STAMP_MINUTE_MS, "(none)", "(none)"},
        {5 * STAMP_MINUTE_MS, "(none)", "(none)"},
        {5 * STAMP_MINUTE_MS + 1000, "RequestExpired",
         "Signature expired: 20261123T140000Z is now earlier than 20261123T140001Z"},
        {-5 * STAMP_MINUTE_MS - 1000, "InvalidSignatureException", "Signature not yet current"},
    };
    struct client client;
    client_open(&client, client_world, NULL);
    struct header headers[CLIENT_HEADERS];
    struct call call = plain;
    client_sign(&client, &call, JSON_TYPE, TARGET, &scope, headers);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        client.now_ms = client.world.start_ms + cases[i].shift_ms;
        client_send(&client, &call);
        assert_type(&client, cases[i].type, cases[i].words);
    }
    client_close(&client);
}

static void
an_authorization_that_cannot_be_read_is_refused(void **state)
{
    (void)state;
    static const char *const values[] = {
        "",
        "Basic YWJj",
        "AWS4-HMAC-SHA256 Credential=AKIDSIMULATOR0000001",
        "AWS4-HMAC-SHA256 Credential=A/B/C, SignedHeaders=host, Signature=00",
        "AWS4-HMAC-SHA256 Credential=A/B/C/D/E/F, SignedHeaders=host, Signature=00",
    };
    struct client client;
    client_open(&client, client_world, NULL);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct header headers[CLIENT_HEADERS];
        struct call call = plain;
        size_t count = client_sign(&client, &call, JSON_TYPE, TARGET, &scope, headers);
        headers[count - 1].value = values[i];
        client_send(&client, &call);
        assert_type(&client, "IncompleteSignatureException", "Authorization header requires");
    }
    client_close(&client);
}

static void
calls_that_name_no_operation_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *method, *path, *query, *type, *target;
    } cases[] = {
        {"POST", "/", "", JSON_TYPE, "MTurkRequesterServiceV20170117.GetEverything"},
        {"POST", "/", "", JSON_TYPE, "GetAccountBalance"},
        {"POST", "/", "", "application/json", TARGET},
        {"PUT", "/", "", JSON_TYPE, TARGET},
        {"POST", "/mturk", "", JSON_TYPE, TARGET},
        {"POST", "/", "a=b", JSON_TYPE, TARGET},
    };
    struct client client;
    client_open(&client, client_world, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct header headers[CLIENT_HEADERS];
        struct call call = plain;
        call.method = cases[i].method;
        call.path = cases[i].path;
        call.query = cases[i].query;
        client_sign(&client, &call, cases[i].type, cases[i].target, &scope, headers);
        client_send(&client, &call);
        assert_type(&client, "UnknownOperationException", "The requested operation is not known");
    }
    client_close(&client);
}

static void
every_answer_has_a_request_id_and_the_date_of_the_world(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, client_world, NULL);
    client_call(&client, "GetHIT", "{\"HITId\":\"3NONE\"}");
    const char *first = client.response.headers[0].value;
    assert_string_equal(client.response.headers[0].name, "x-amzn-RequestId");
    assert_string_equal(client.response.headers[2].name, "Date");
    assert_string_equal(client.response.headers[2].value, "Mon, 23 Nov 2026 14:00:00 GMT");
    client_call(&client, "GetAccountBalance", "{}");
    assert_string_not_equal(client.response.headers[0].value, first);
    client_close(&client);
}

static void
the_account_is_told_to_those_who_ask_with_a_form(void **state)
{
    (void)state;
    struct client client;
    client_open(&client, client_world, NULL);
    struct header headers[CLIENT_HEADERS];
    struct call call = plain;
    call.body = "Action=GetCallerIdentity&Version=2011-06-15";
    call.body_size = strlen(call.body);
    client_sign(&client, &call, "application/x-www-form-urlencoded; charset=utf-8", NULL,
                &sts_scope, headers);
    client_send(&client, &call);
    assert_int_equal(client.response.status, 200);
    assert_non_null(strstr(client.response.body, "<Account>123456789012</Account>"));
    client_sign(&client, &call, "application/x-www-form-urlencoded", NULL, &scope, headers);
    client_send(&client, &call);
    assert_int_equal(client.response.status, 403);
    assert_non_null(strstr(client.response.body, "<Code>SignatureDoesNotMatch</Code>"));
    call.body = "Action=AssumeRole&Version=2011-06-15";
    call.body_size = strlen(call.body);
    client_sign(&client, &call, "application/x-www-form-urlencoded", NULL, &sts_scope, headers);
    client_send(&client, &call);
    assert_non_null(strstr(client.response.body, "<Code>InvalidAction</Code>"));
    client_close(&client);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_call_without_a_signature_is_refused),
        cmocka_unit_test(changing_anything_signed_breaks_the_signature),
        cmocka_unit_test(a_wrong_key_secret_or_scope_is_refused_in_its_own_words),
        cmocka_unit_test(a_session_token_must_be_there_and_be_signed),
        cmocka_unit_test(a_signature_lasts_five_minutes_either_way),
        cmocka_unit_test(an_authorization_that_cannot_be_read_is_refused),
        cmocka_unit_test(calls_that_name_no_operation_are_refused),
        cmocka_unit_test(every_answer_has_a_request_id_and_the_date_of_the_world),
        cmocka_unit_test(the_account_is_told_to_those_who_ask_with_a_form),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
