/* Whose keys they are: what STS answers, yes and no. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "market/mturk/mturk.h"

#define RESPONSE(inside) \
    "<GetCallerIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n" \
    "  <GetCallerIdentityResult>" inside "</GetCallerIdentityResult>\n" \
    "  <ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>\n" \
    "</GetCallerIdentityResponse>\n"
#define ACCOUNT(number) \
    RESPONSE("<Arn>arn:aws:iam::999999999999:user/ana</Arn><UserId>AIDA</UserId>" \
             "<Account>" number "</Account>")
#define ERROR(code, message) \
    "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">\n" \
    "  <Error><Type>Sender</Type><Code>" code "</Code><Message>" message "</Message></Error>\n" \
    "  <RequestId>r</RequestId>\n</ErrorResponse>\n"

static struct answer
answer_to(int status, const char *body, struct arena *arena)
{
    struct reply reply = {
        .sent = true, .whole = true, .status = status, .body = body, .body_size = strlen(body)};
    return mturk_market.answer(ASK_ACCOUNT, &reply, NULL, arena);
}

static void
the_account_is_told(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        ACCOUNT("123456789012"),
        ACCOUNT("\n    123456789012\n"),
        "<?xml version=\"1.0\"?>" RESPONSE("<Account>123456789012</Account>"),
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct answer answer = answer_to(200, bodies[i], &arena);
        assert_int_equal(answer.verdict, VERDICT_DONE);
        assert_string_equal(answer.account, "123456789012");
    }
    arena_close(&arena);
}

static void
a_yes_without_a_whole_number_is_unknown(void **state)
{
    (void)state;
    static const struct {
        const char *body, *why;
    } cases[] = {
        {"", "no element found"},
        {"{}", "not well-formed"},
        {RESPONSE(""), "'Account' is missing"},
        {RESPONSE("<Other><Account>123456789012</Account></Other>"), "'Account' is missing"},
        {RESPONSE("<Account><b>123456789012</b></Account>"), "'Account' is missing"},
        {"<Account>123456789012</Account>", "'Account' is missing"},
        {ERROR("InvalidClientTokenId", "no"), "'Account' is missing"},
        {ACCOUNT(""), "'Account' is not a number of 12 digits"},
        {ACCOUNT("12345678901"), "'Account' is not a number of 12 digits"},
        {ACCOUNT("1234567890123"), "'Account' is not a number of 12 digits"},
        {ACCOUNT("123456789012x"), "'Account' is not a number of 12 digits"},
        {ACCOUNT("12345678901x"), "'Account' is not a number of 12 digits"},
        {"<!DOCTYPE x>" ACCOUNT("123456789012"), "it has a document type"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct answer answer = answer_to(200, cases[i].body, &arena);
        assert_int_equal(answer.verdict, VERDICT_UNKNOWN);
        assert_string_equal(answer.code, "not-understood");
        assert_null(answer.account);
        if (!strstr(answer.text, cases[i].why))
            fail_msg("%s: %s", cases[i].body, answer.text);
    }
    arena_close(&arena);
}

static const struct {
    int status;
    const char *body;
    enum verdict verdict;
    const char *code, *text;
} complaints[] = {
    {403, ERROR("InvalidClientTokenId", "The security token included in the request is invalid."),
     VERDICT_CREDENTIALS, "InvalidClientTokenId",
     "The security token included in the request is invalid."},
    {403, ERROR("ExpiredToken", "It is expired"), VERDICT_CREDENTIALS, "ExpiredToken",
     "It is expired"},
    {403, ERROR("AccessDenied", "Not you"), VERDICT_CREDENTIALS, "AccessDenied", "Not you"},
    {403, ERROR("SignatureDoesNotMatch", "It does not match.\n\nThe Canonical String was: TOKEN"),
     VERDICT_CREDENTIALS, "SignatureDoesNotMatch", "It does not match."},
    {403,
     ERROR("SignatureDoesNotMatch",
           "Signature expired: 20261123T120000Z is now earlier than 20261123T121000Z"),
     VERDICT_CLOCK, "SignatureDoesNotMatch",
     "Signature expired: 20261123T120000Z is now earlier than 20261123T121000Z"},
    {400, ERROR("Throttling", "Rate exceeded"), VERDICT_THROTTLED, "Throttling", "Rate exceeded"},
    {503, ERROR("Throttling", "Rate exceeded"), VERDICT_THROTTLED, "Throttling", "Rate exceeded"},
    {429, "", VERDICT_THROTTLED, "HTTP 429",
     "the service answered HTTP 429 and nothing that can be read"},
    {400, ERROR("InvalidAction", "Unknown"), VERDICT_REFUSED, "InvalidAction", "Unknown"},
    {403, "<html>closed</html>", VERDICT_REFUSED, "HTTP 403",
     "the service answered HTTP 403 and gave no reason"},
    {400, ERROR("ExpiredToken", "cut") "<", VERDICT_REFUSED, "HTTP 400",
     "the service answered HTTP 400 and nothing that can be read"},
    {500, ERROR("InternalFailure", "Try again"), VERDICT_UNKNOWN, "InternalFailure", "Try again"},
    {302, "", VERDICT_UNKNOWN, "HTTP 302",
     "the service answered HTTP 302 and nothing that can be read"},
};

static void
errors_have_the_verdicts_that_they_have_elsewhere(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof complaints / sizeof *complaints; i++) {
        struct answer answer = answer_to(complaints[i].status, complaints[i].body, &arena);
        if (answer.verdict != complaints[i].verdict)
            fail_msg("%s: %s", complaints[i].body, verdict_name(answer.verdict));
        assert_string_equal(answer.code, complaints[i].code);
        assert_string_equal(answer.text, complaints[i].text);
    }
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_account_is_told),
        cmocka_unit_test(a_yes_without_a_whole_number_is_unknown),
        cmocka_unit_test(errors_have_the_verdicts_that_they_have_elsewhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
