/* The signed POST around a body: address, headers, and a signature that three independent signers
 * (botocore, libcurl and a hand calculation) computed too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/sign.h"
#include "base/text.h"
#include "market/mturk/mturk.h"

static const char sandbox[] = "https://mturk-requester-sandbox.us-east-1.amazonaws.com";
static const struct credentials keys = {
    .key_id = "AKIDEXAMPLE",
    .secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
};
static const struct credentials keys_with_token = {
    .key_id = "AKIDEXAMPLE",
    .secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    .session_token = "TOKENEXAMPLE",
};

static stamp_t
noon(void)
{
    stamp_t at_ms = 0;
    assert_true(stamp_read_amz("20261123T120000Z", &at_ms));
    return at_ms;
}

static const char *
header_value(const struct request *request, const char *name)
{
    for (size_t i = 0; i < request->header_count; i++)
        if (text_same(request->headers[i].name, name))
            return request->headers[i].value;
    return NULL;
}

static void
a_request_carries_the_vectors_signature(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct request request =
        mturk_market.request(ASK_BALANCE, "{}", sandbox, &keys, noon(), &arena);
    assert_string_equal(request.url, "https://mturk-requester-sandbox.us-east-1.amazonaws.com/");
    assert_string_equal(request.body, "{}");
    assert_int_equal(request.body_size, 2);
    assert_string_equal(header_value(&request, "Content-Type"), "application/x-amz-json-1.1");
    assert_string_equal(header_value(&request, "X-Amz-Target"),
                        "MTurkRequesterServiceV20170117.GetAccountBalance");
    assert_string_equal(header_value(&request, "X-Amz-Date"), "20261123T120000Z");
    assert_null(header_value(&request, "X-Amz-Security-Token"));
    assert_string_equal(
        header_value(&request, "Authorization"),
        "AWS4-HMAC-SHA256 "
        "Credential=AKIDEXAMPLE/20261123/us-east-1/mturk-requester/aws4_request, "
        "SignedHeaders=content-type;host;x-amz-date;x-amz-target, "
        "Signature=740e3e96abe9c7f22bbc2fcd70bacbe5b367d9d09c2f4a51b52dd26a61b6c44c");
    assert_int_equal(request.header_count, 4);
    arena_close(&arena);
}

static void
a_session_token_is_sent_and_signed(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct request request =
        mturk_market.request(ASK_BALANCE, "{}", sandbox, &keys_with_token, noon(), &arena);
    assert_string_equal(header_value(&request, "X-Amz-Security-Token"), "TOKENEXAMPLE");
    assert_string_equal(
        header_value(&request, "Authorization"),
        "AWS4-HMAC-SHA256 "
        "Credential=AKIDEXAMPLE/20261123/us-east-1/mturk-requester/aws4_request, "
        "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target, "
        "Signature=e70e5e4f29b694dd7294416b013c8b894b152f63ef7c5f56378347f2dea42048");
    arena_close(&arena);
}

/* The account is asked of another service: its form, its scope and no target. The signatures are
 * botocore's. */
static void
the_account_is_asked_of_sts(void **state)
{
    (void)state;
    static const char form[] = "Action=GetCallerIdentity&Version=2011-06-15";
    struct arena arena = {0};
    const char *body = mturk_market.body(&(struct ask){.kind = ASK_ACCOUNT}, &arena);
    assert_string_equal(body, form);
    struct request request =
        mturk_market.request(ASK_ACCOUNT, body, sandbox, &keys, noon(), &arena);
    assert_string_equal(request.url, "https://sts.us-east-1.amazonaws.com/");
    assert_string_equal(request.body, form);
    assert_int_equal(request.body_size, strlen(form));
    assert_string_equal(header_value(&request, "Content-Type"),
                        "application/x-www-form-urlencoded; charset=utf-8");
    assert_string_equal(header_value(&request, "X-Amz-Date"), "20261123T120000Z");
    assert_string_equal(
        header_value(&request, "Authorization"),
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/us-east-1/sts/aws4_request, "
        "SignedHeaders=content-type;host;x-amz-date, "
        "Signature=ad7686d110d625b1ff6d05b32e60a94b2ce775c708fa978aa04f289dc2d28ed5");
    assert_int_equal(request.header_count, 3);
    request = mturk_market.request(ASK_ACCOUNT, body, sandbox, &keys_with_token, noon(), &arena);
    assert_string_equal(header_value(&request, "X-Amz-Security-Token"), "TOKENEXAMPLE");
    assert_string_equal(
        header_value(&request, "Authorization"),
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20261123/us-east-1/sts/aws4_request, "
        "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token, "
        "Signature=b5f8121ed822bb08aeed0e32384f60de817be2874143b1d97c0a416a92ef45cc");
    assert_int_equal(request.header_count, 4);
    arena_close(&arena);
}

static void
only_on_this_machine_the_account_is_asked_of_the_endpoint_itself(void **state)
{
    (void)state;
    static const char sts[] = "https://sts.us-east-1.amazonaws.com/";
    static const struct {
        const char *endpoint, *url;
    } cases[] = {
        {"https://mturk-requester.us-east-1.amazonaws.com", sts},
        {"https://mturk-requester-sandbox.us-east-1.amazonaws.com", sts},
        {"https://mturk.example.org:8443", sts},
        {"https://127.0.0.1.example.org", sts},
        {"https://localhost.example.org", sts},
        {"https://[::1.example.org", sts},
        {"https://12.7.0.1", sts},
        {"http://127.0.0.1:8080", "http://127.0.0.1:8080/"},
        {"http://127.9.9.9", "http://127.9.9.9/"},
        {"https://localhost", "https://localhost/"},
        {"http://localhost:1", "http://localhost:1/"},
        {"http://[::1]:8080", "http://[::1]:8080/"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct request request =
            mturk_market.request(ASK_ACCOUNT, "x", cases[i].endpoint, &keys, noon(), &arena);
        assert_string_equal(request.url, cases[i].url);
    }
    arena_close(&arena);
}

static void
every_kind_names_its_operation(void **state)
{
    (void)state;
    static const char *const operations[ASK_KIND_COUNT] = {
        [ASK_BALANCE] = "GetAccountBalance",
        [ASK_TASK] = "GetHIT",
        [ASK_ASSIGNMENTS] = "ListAssignmentsForHIT",
        [ASK_ASSIGNMENTS_ANSWERED] = "ListAssignmentsForHIT",
        [ASK_ASSIGNMENT] = "GetAssignment",
        [ASK_PAYMENTS] = "ListBonusPayments",
        [ASK_ASSIGNMENT_PAYMENTS] = "ListBonusPayments",
        [ASK_SCORE] = "GetQualificationScore",
        [ASK_TYPES] = "ListQualificationTypes",
        [ASK_HOLDERS] = "ListWorkersWithQualificationType",
        [ASK_BLOCKS] = "ListWorkerBlocks",
        [TELL_APPROVE] = "ApproveAssignment",
        [TELL_REJECT] = "RejectAssignment",
        [TELL_QUALIFY] = "AssociateQualificationWithWorker",
        [TELL_BONUS] = "SendBonus",
        [TELL_NOTIFY] = "NotifyWorkers",
        [TELL_UNQUALIFY] = "DisassociateQualificationFromWorker",
        [TELL_BLOCK] = "CreateWorkerBlock",
        [TELL_UNBLOCK] = "DeleteWorkerBlock",
        [TELL_CREATE] = "CreateQualificationType",
    };
    struct arena arena = {0};
    for (size_t kind = ASK_BALANCE; kind < ASK_KIND_COUNT; kind++) {
        struct request request =
            mturk_market.request((enum ask_kind)kind, "{}", sandbox, &keys, noon(), &arena);
        const char *target = header_value(&request, "X-Amz-Target");
        assert_true(text_starts(target, "MTurkRequesterServiceV20170117."));
        assert_string_equal(strchr(target, '.') + 1, operations[kind]);
    }
    arena_close(&arena);
}

static void
only_a_message_and_a_block_need_a_connection_of_their_own(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (int kind = ASK_ACCOUNT; kind < ASK_KIND_COUNT; kind++) {
        struct request request =
            mturk_market.request((enum ask_kind)kind, "{}", sandbox, &keys, noon(), &arena);
        assert_int_equal(request.fresh_connection, kind == TELL_NOTIFY || kind == TELL_BLOCK);
    }
    arena_close(&arena);
}

/* The bytes are all that a resend has. */
static void
a_qualification_needs_one_when_the_worker_is_mailed(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (int email = 0; email <= 1; email++) {
        struct ask ask = {.kind = TELL_QUALIFY,
                          .qualification = "3QUAL",
                          .worker = "A1WORKER",
                          .value = 1,
                          .email = email};
        struct request request = mturk_market.request(ask.kind, mturk_market.body(&ask, &arena),
                                                      sandbox, &keys, noon(), &arena);
        assert_int_equal(request.fresh_connection, email);
    }
    arena_close(&arena);
}

/* The Host header is not among ours, so its signed value shows only in the signature. */
static const char *
signature_for_host(const char *host, struct arena *arena)
{
    const struct header headers[] = {
        {"content-type", "application/x-amz-json-1.1"},
        {"host", host},
        {"x-amz-date", "20261123T120000Z"},
        {"x-amz-target", "MTurkRequesterServiceV20170117.SendBonus"},
    };
    struct sign_input input = {.method = "POST",
                               .path = "/",
                               .query = "",
                               .headers = headers,
                               .header_count = 4,
                               .body = "{\"a\":1}",
                               .body_size = 7,
                               .amz_date = "20261123T120000Z"};
    static const struct sign_scope scope = {"us-east-1", "mturk-requester"};
    char signature[DIGEST_TEXT_SIZE];
    sign_make(&input, &scope, keys.secret, NULL, signature, arena);
    return arena_copy(arena, signature);
}

static void
the_signed_host_is_the_one_a_client_sends(void **state)
{
    (void)state;
    static const struct {
        const char *endpoint, *host, *url;
    } cases[] = {
        {"http://127.0.0.1:8080", "127.0.0.1:8080", "http://127.0.0.1:8080/"},
        {"http://127.0.0.1:8080/", "127.0.0.1:8080", "http://127.0.0.1:8080/"},
        {"http://[::1]:8080", "[::1]:8080", "http://[::1]:8080/"},
        {"http://localhost:80", "localhost", "http://localhost:80/"},
        {"http://localhost:443", "localhost:443", "http://localhost:443/"},
        {"https://example.com:443", "example.com", "https://example.com:443/"},
        {"https://example.com:80", "example.com:80", "https://example.com:80/"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct request request =
            mturk_market.request(TELL_BONUS, "{\"a\":1}", cases[i].endpoint, &keys, noon(), &arena);
        assert_string_equal(request.url, cases[i].url);
        assert_true(text_ends(header_value(&request, "Authorization"),
                              signature_for_host(cases[i].host, &arena)));
    }
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_carries_the_vectors_signature),
        cmocka_unit_test(a_session_token_is_sent_and_signed),
        cmocka_unit_test(the_account_is_asked_of_sts),
        cmocka_unit_test(only_on_this_machine_the_account_is_asked_of_the_endpoint_itself),
        cmocka_unit_test(every_kind_names_its_operation),
        cmocka_unit_test(only_a_message_and_a_block_need_a_connection_of_their_own),
        cmocka_unit_test(a_qualification_needs_one_when_the_worker_is_mailed),
        cmocka_unit_test(the_signed_host_is_the_one_a_client_sends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
