/* Signature Version 4 against vectors computed by three independent signers (botocore, libcurl
 * and a hand calculation), for the marketplace's own headers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/sign.h"

static const struct sign_scope scope = {"us-east-1", "mturk-requester"};
static const char secret[] = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
static const char target[] = "MTurkRequesterServiceV20170117.GetAccountBalance";
static const char sandbox[] = "mturk-requester-sandbox.us-east-1.amazonaws.com";

static struct header plain[] = {
    {"content-type", "application/x-amz-json-1.1"},
    {"host", sandbox},
    {"x-amz-date", "20261123T120000Z"},
    {"x-amz-target", target},
};
static struct header with_token[] = {
    {"content-type", "application/x-amz-json-1.1"},
    {"host", sandbox},
    {"x-amz-date", "20261123T120000Z"},
    {"x-amz-security-token", "TOKENEXAMPLE"},
    {"x-amz-target", target},
};

static struct sign_input
input_of(const struct header *headers, size_t count)
{
    return (struct sign_input){.method = "POST",
                               .path = "/",
                               .query = "",
                               .headers = headers,
                               .header_count = count,
                               .body = "{}",
                               .body_size = 2,
                               .amz_date = "20261123T120000Z"};
}

static void
the_canonical_request_and_key_are_the_vectors(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct sign_input input = input_of(plain, 4);
    char hash[DIGEST_TEXT_SIZE];
    sign_canonical_hash(&input, hash, &arena);
    assert_string_equal(hash, "0ce1f004f90e53e458c39c6519dc663c3ffd3b14342683d8430869a2171e10fc");
    unsigned char key[DIGEST_SIZE];
    sign_key_derive(secret, input.amz_date, &scope, key);
    digest_print(key, sizeof key, hash);
    assert_string_equal(hash, "f7dade2ae8038e7d8c1aec196d6ebb6542ff76bfdbdc0cb24f66d2bf0e209a2d");
    arena_close(&arena);
}

static void
the_signature_is_the_vector(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct sign_input input = input_of(plain, 4);
    char signature[DIGEST_TEXT_SIZE];
    sign_make(&input, &scope, secret, NULL, signature, &arena);
    assert_string_equal(signature,
                        "740e3e96abe9c7f22bbc2fcd70bacbe5b367d9d09c2f4a51b52dd26a61b6c44c");
    arena_close(&arena);
}

static void
a_session_token_is_signed_too(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct sign_input input = input_of(with_token, 5);
    char signature[DIGEST_TEXT_SIZE];
    sign_make(&input, &scope, secret, NULL, signature, &arena);
    assert_string_equal(signature,
                        "e70e5e4f29b694dd7294416b013c8b894b152f63ef7c5f56378347f2dea42048");
    arena_close(&arena);
}

/* Another day and another service have keys of their own, whatever was kept. */
static void
what_is_kept_between_requests_changes_no_signature(void **state)
{
    (void)state;
    static const struct sign_scope other = {.region = "us-east-1", .service = "sts"};
    static const char *const dates[] = {"20261123T235959Z", "20261124T000000Z", "20261124T000001Z",
                                        "20261123T000000Z"};
    struct arena arena = {0};
    struct sign_memory memory = {0};
    for (size_t i = 0; i < 2 * sizeof dates / sizeof *dates; i++) {
        struct sign_input input = input_of(plain, 4);
        input.amz_date = dates[i / 2];
        const struct sign_scope *one = i % 2 ? &other : &scope;
        char kept[DIGEST_TEXT_SIZE], anew[DIGEST_TEXT_SIZE];
        sign_make(&input, one, secret, &memory, kept, &arena);
        sign_make(&input, one, secret, &memory, kept, &arena);
        sign_make(&input, one, secret, NULL, anew, &arena);
        assert_string_equal(kept, anew);
    }
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_canonical_request_and_key_are_the_vectors),
        cmocka_unit_test(the_signature_is_the_vector),
        cmocka_unit_test(a_session_token_is_signed_too),
        cmocka_unit_test(what_is_kept_between_requests_changes_no_signature),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
