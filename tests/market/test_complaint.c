/* Every way in which the service was seen, or is documented, to say something other than yes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "market/mturk/mturk.h"

#define TOKEN "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define CODE(code) ",\"TurkErrorCode\":\"AWS.MechanicalTurk." code "\"}"
#define REQUEST_ERROR(message) "{\"__type\":\"RequestError\",\"Message\":\"" message "\""
#define TYPED(type, message) "{\"__type\":\"" type "\",\"message\":\"" message "\"}"

static struct answer
answer_to(enum ask_kind kind, int status, const char *body, struct arena *arena)
{
    struct reply reply = {
        .sent = true, .whole = true, .status = status, .body = body, .body_size = strlen(body)};
    return mturk_market.answer(kind, &reply, kind == TELL_BONUS ? TOKEN : NULL, arena);
}

struct row {
    enum ask_kind kind;
    int status;
    const char *body;
    enum verdict verdict;
    const char *code;
    bool missing;
};

static void
check(const struct row *rows, size_t count)
{
    struct arena arena = {0};
    for (size_t i = 0; i < count; i++) {
        const struct row *row = &rows[i];
        struct answer answer = answer_to(row->kind, row->status, row->body, &arena);
        if (answer.verdict != row->verdict || answer.missing != row->missing ||
            !text_same(answer.code, row->code))
            fail_msg("row %zu: %d %s: %s %s%s", i, row->status, row->body,
                     verdict_name(answer.verdict), answer.code ? answer.code : "(no code)",
                     answer.missing ? ", missing" : "");
        assert_non_null(answer.text);
    }
    arena_close(&arena);
}

#define CHECK(rows) check(rows, sizeof rows / sizeof *rows)

static void
what_writes_were_seen_to_answer_has_its_verdict(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {TELL_APPROVE, 400,
         REQUEST_ERROR("This operation can be called with a status of: Submitted (1624047673908)")
             CODE("InvalidAssignmentState"),
         VERDICT_STATE, "AWS.MechanicalTurk.InvalidAssignmentState", false},
        {TELL_APPROVE, 400,
         REQUEST_ERROR("This operation can be called with a status of: null") "}", VERDICT_STATE,
         "RequestError", false},
        {TELL_QUALIFY, 400, REQUEST_ERROR("no") CODE("InvalidQualificationState"), VERDICT_STATE,
         "AWS.MechanicalTurk.InvalidQualificationState", false},
        {TELL_BONUS, 400,
         REQUEST_ERROR("Assignment 3X does not exist. (1698330947012 s)")
             CODE("AssignmentDoesNotExist"),
         VERDICT_REFUSED, "AWS.MechanicalTurk.AssignmentDoesNotExist", true},
        {TELL_BONUS, 400, REQUEST_ERROR("Assignment 3X does not exist. (1698330947012 s)") "}",
         VERDICT_REFUSED, "RequestError", true},
        {TELL_QUALIFY, 400, REQUEST_ERROR("no such type") CODE("QualificationTypeDoesNotExist"),
         VERDICT_REFUSED, "AWS.MechanicalTurk.QualificationTypeDoesNotExist", true},
        {TELL_BONUS, 400,
         REQUEST_ERROR("This Requester has insufficient funds in their account to complete this "
                       "transaction. Please visit https://requester.mturk.com/prepayments/new")
             CODE("InsufficientFunds"),
         VERDICT_FUNDS, "AWS.MechanicalTurk.InsufficientFunds", false},
        {TELL_APPROVE, 400,
         REQUEST_ERROR("This Requester has insufficient funds in their account to complete this "
                       "transaction. (1)") "}",
         VERDICT_FUNDS, "RequestError", false},
        {TELL_BONUS, 400,
         TYPED("ParameterValidationError",
               "The value \\\"A1\\\" is not valid for the parameter WorkerId."),
         VERDICT_REFUSED, "ParameterValidationError", false},
        {TELL_BONUS, 400,
         TYPED("ValidationException", "1 validation error detected: Value '0.9752' at "
                                      "'bonusAmount' failed to satisfy constraint"),
         VERDICT_REFUSED, "ValidationException", false},
        {TELL_NOTIFY, 400, REQUEST_ERROR("There was an error with this request.") "}",
         VERDICT_REFUSED, "RequestError", false},
        {TELL_BONUS, 400, TYPED("AccessDeniedException", "User: arn is not authorized to perform"),
         VERDICT_CREDENTIALS, "AccessDeniedException", false},
        {TELL_BONUS, 400,
         REQUEST_ERROR("To use the MTurk API, you will need an Amazon Web Services (AWS) Account. "
                       "Your AWS account must be linked") "}",
         VERDICT_CREDENTIALS, "RequestError", false},
        {TELL_BONUS, 400,
         "{\"__type\":\"ServiceFault\",\"Message\":\"Amazon Mechanical Turk is temporarily unable "
         "to process your request.\"}",
         VERDICT_UNKNOWN, "ServiceFault", false},
        {TELL_QUALIFY, 400, REQUEST_ERROR("x") CODE("SomethingNew"), VERDICT_REFUSED,
         "AWS.MechanicalTurk.SomethingNew", false},
    };
    CHECK(rows);
}

static void
what_is_perhaps_done_already_is_a_matter_of_state(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {TELL_REJECT, 400,
         REQUEST_ERROR("This operation can be called with a status of: Submitted (1624047673908)")
             CODE("InvalidAssignmentState"),
         VERDICT_STATE, "AWS.MechanicalTurk.InvalidAssignmentState", false},
        {TELL_CREATE, 400,
         REQUEST_ERROR("You have already created a QualificationType with this name. (1)")
             CODE("QualificationTypeAlreadyExists"),
         VERDICT_STATE, "AWS.MechanicalTurk.QualificationTypeAlreadyExists", false},
        {TELL_CREATE, 400, REQUEST_ERROR("taken") CODE("QualificationTypeAlreadyExists"),
         VERDICT_STATE, "AWS.MechanicalTurk.QualificationTypeAlreadyExists", false},
        {TELL_CREATE, 400,
         REQUEST_ERROR("You have already created a QualificationType with this name.") "}",
         VERDICT_STATE, "RequestError", false},
        {TELL_UNQUALIFY, 400,
         REQUEST_ERROR("You requested a Qualification that does not exist. (1631094715163)")
             CODE("QualificationDoesNotExist"),
         VERDICT_STATE, "AWS.MechanicalTurk.QualificationDoesNotExist", false},
        {TELL_UNQUALIFY, 400, REQUEST_ERROR("none") CODE("QualificationDoesNotExist"),
         VERDICT_STATE, "AWS.MechanicalTurk.QualificationDoesNotExist", false},
        {TELL_UNQUALIFY, 400,
         REQUEST_ERROR("You requested a Qualification that does not exist. (1)") "}", VERDICT_STATE,
         "RequestError", false},
        {TELL_UNQUALIFY, 400, REQUEST_ERROR("x") CODE("InvalidQualificationState"), VERDICT_STATE,
         "AWS.MechanicalTurk.InvalidQualificationState", false},
        {TELL_UNQUALIFY, 400,
         REQUEST_ERROR("This operation can be called with a status of: Granted (1)") "}",
         VERDICT_STATE, "RequestError", false},
    };
    CHECK(rows);
}

static void
the_same_words_to_another_question_are_a_refusal(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {TELL_UNQUALIFY, 400,
         REQUEST_ERROR("QualificationType 3Q does not exist.")
             CODE("QualificationTypeDoesNotExist"),
         VERDICT_REFUSED, "AWS.MechanicalTurk.QualificationTypeDoesNotExist", true},
        {TELL_UNQUALIFY, 400,
         REQUEST_ERROR("You requested a Qualification that does not exist.")
             CODE("QualificationTypeDoesNotExist"),
         VERDICT_REFUSED, "AWS.MechanicalTurk.QualificationTypeDoesNotExist", true},
        {TELL_UNQUALIFY, 400, REQUEST_ERROR("QualificationType 3Q does not exist. (1)") "}",
         VERDICT_REFUSED, "RequestError", true},
        {TELL_UNQUALIFY, 400,
         TYPED("ParameterValidationError", "The value \\\"A1\\\" is not valid for the parameter"),
         VERDICT_REFUSED, "ParameterValidationError", false},
        {TELL_UNQUALIFY, 500,
         REQUEST_ERROR("You requested a Qualification that does not exist.")
             CODE("QualificationDoesNotExist"),
         VERDICT_UNKNOWN, "AWS.MechanicalTurk.QualificationDoesNotExist", false},
        {TELL_QUALIFY, 400,
         REQUEST_ERROR("You requested a Qualification that does not exist.")
             CODE("QualificationDoesNotExist"),
         VERDICT_REFUSED, "AWS.MechanicalTurk.QualificationDoesNotExist", true},
        {TELL_QUALIFY, 400, REQUEST_ERROR("You requested a Qualification that does not exist.") "}",
         VERDICT_REFUSED, "RequestError", true},
        {TELL_QUALIFY, 400, REQUEST_ERROR("taken") CODE("QualificationTypeAlreadyExists"),
         VERDICT_REFUSED, "AWS.MechanicalTurk.QualificationTypeAlreadyExists", false},
        {TELL_CREATE, 400,
         TYPED("ValidationException",
               "You have already created a QualificationType with this name, said the text"),
         VERDICT_REFUSED, "ValidationException", false},
        {TELL_CREATE, 503, REQUEST_ERROR("taken") CODE("QualificationTypeAlreadyExists"),
         VERDICT_UNKNOWN, "AWS.MechanicalTurk.QualificationTypeAlreadyExists", false},
        {TELL_BLOCK, 400,
         TYPED("ParameterValidationError", "The value \\\"A1\\\" is not valid for the parameter"),
         VERDICT_REFUSED, "ParameterValidationError", false},
        {TELL_UNBLOCK, 400, REQUEST_ERROR("WorkerId is invalid.") "}", VERDICT_REFUSED,
         "RequestError", false},
    };
    CHECK(rows);
}

static void
a_used_token_is_a_duplicate_and_never_a_refusal(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {TELL_BONUS, 400,
         REQUEST_ERROR("The idempotency token \\\"" TOKEN
                       "\\\" has already been processed. (1626172412406)") "}",
         VERDICT_DUPLICATE, "RequestError", false},
        {TELL_BONUS, 400,
         REQUEST_ERROR("The idempotency token \\\"" TOKEN "\\\" has already been processed.")
             CODE("SomeCode"),
         VERDICT_DUPLICATE, "AWS.MechanicalTurk.SomeCode", false},
        {TELL_BONUS, 400,
         REQUEST_ERROR("The idempotency token \\\"cut\\\" has already been processed.")
             CODE("InsufficientFunds"),
         VERDICT_DUPLICATE, "AWS.MechanicalTurk.InsufficientFunds", false},
        {TELL_BONUS, 400, REQUEST_ERROR("Already granted by request " TOKEN ".") "}",
         VERDICT_DUPLICATE, "RequestError", false},
        /* Without our token in it, or under a type that only repeats what we wrote. */
        {TELL_BONUS, 400, REQUEST_ERROR("Already granted by request 77.") "}", VERDICT_REFUSED,
         "RequestError", false},
        {TELL_BONUS, 400,
         TYPED("ValidationException", "Value '" TOKEN "' at 'uniqueRequestToken' failed"),
         VERDICT_REFUSED, "ValidationException", false},
        {TELL_BONUS, 500,
         REQUEST_ERROR("The idempotency token \\\"" TOKEN "\\\" has already been processed.") "}",
         VERDICT_UNKNOWN, "RequestError", false},
    };
    CHECK(rows);
}

static void
too_fast_is_believed_whatever_the_status(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {TELL_BONUS, 400, TYPED("ThrottlingException", "Rate exceeded"), VERDICT_THROTTLED,
         "ThrottlingException", false},
        {TELL_BONUS, 503, TYPED("ThrottlingException", "Rate exceeded"), VERDICT_THROTTLED,
         "ThrottlingException", false},
        {ASK_BALANCE, 500, TYPED("ThrottlingException", "Rate exceeded"), VERDICT_THROTTLED,
         "ThrottlingException", false},
        {TELL_BONUS, 429, "<html>", VERDICT_THROTTLED, "HTTP 429", false},
        {TELL_NOTIFY, 429, "", VERDICT_THROTTLED, "HTTP 429", false},
        {TELL_BONUS, 400, TYPED("Throttling", ""), VERDICT_THROTTLED, "Throttling", false},
        {TELL_BONUS, 400, TYPED("ThrottledException", ""), VERDICT_THROTTLED, "ThrottledException",
         false},
        {TELL_BONUS, 400, TYPED("RequestThrottledException", ""), VERDICT_THROTTLED,
         "RequestThrottledException", false},
        {TELL_BONUS, 400, TYPED("TooManyRequestsException", ""), VERDICT_THROTTLED,
         "TooManyRequestsException", false},
        {TELL_BONUS, 400, TYPED("RequestLimitExceeded", ""), VERDICT_THROTTLED,
         "RequestLimitExceeded", false},
        {TELL_BONUS, 503, TYPED("SlowDown", ""), VERDICT_THROTTLED, "SlowDown", false},
        {TELL_BONUS, 400, TYPED("PriorRequestNotComplete", ""), VERDICT_THROTTLED,
         "PriorRequestNotComplete", false},
    };
    CHECK(rows);
}

static void
clock_and_credentials_are_told_apart(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {TELL_BONUS, 400, TYPED("RequestExpired", ""), VERDICT_CLOCK, "RequestExpired", false},
        {TELL_BONUS, 403, TYPED("RequestTimeTooSkewed", ""), VERDICT_CLOCK, "RequestTimeTooSkewed",
         false},
        {TELL_BONUS, 400, TYPED("RequestInTheFuture", ""), VERDICT_CLOCK, "RequestInTheFuture",
         false},
        {ASK_BALANCE, 403,
         TYPED("InvalidSignatureException",
               "Signature expired: 20261123T120000Z is now earlier than 20261123T121000Z"),
         VERDICT_CLOCK, "InvalidSignatureException", false},
        {ASK_BALANCE, 403,
         TYPED("InvalidSignatureException", "Signature not yet current: 20261123T130000Z is"),
         VERDICT_CLOCK, "InvalidSignatureException", false},
        {TELL_BONUS, 403,
         TYPED("InvalidSignatureException", "The request signature we calculated does not match"),
         VERDICT_CREDENTIALS, "InvalidSignatureException", false},
        {ASK_BALANCE, 400,
         TYPED("com.amazon.coral.service#UnrecognizedClientException",
               "The security token included in the request is invalid."),
         VERDICT_CREDENTIALS, "UnrecognizedClientException", false},
        {ASK_BALANCE, 400, TYPED("ExpiredTokenException", ""), VERDICT_CREDENTIALS,
         "ExpiredTokenException", false},
        {ASK_BALANCE, 403, TYPED("ExpiredToken", ""), VERDICT_CREDENTIALS, "ExpiredToken", false},
        {ASK_BALANCE, 403, TYPED("MissingAuthenticationTokenException:http://x", ""),
         VERDICT_CREDENTIALS, "MissingAuthenticationTokenException", false},
        {ASK_BALANCE, 403, TYPED("InvalidClientTokenId", ""), VERDICT_CREDENTIALS,
         "InvalidClientTokenId", false},
        {TELL_BONUS, 400, REQUEST_ERROR("no") ",\"TurkErrorCode\":\"AWS.NotAuthorized\"}",
         VERDICT_CREDENTIALS, "AWS.NotAuthorized", false},
        {TELL_BONUS, 500, TYPED("RequestExpired", ""), VERDICT_UNKNOWN, "RequestExpired", false},
    };
    CHECK(rows);
}

static void
what_is_not_known_for_certain_is_unknown_for_a_write(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {TELL_BONUS, 500, "", VERDICT_UNKNOWN, "HTTP 500", false},
        {TELL_BONUS, 502, "<html>", VERDICT_UNKNOWN, "HTTP 502", false},
        {TELL_BONUS, 503, "{}", VERDICT_UNKNOWN, "HTTP 503", false},
        {TELL_BONUS, 504, "{}", VERDICT_UNKNOWN, "HTTP 504", false},
        {TELL_BONUS, 500, REQUEST_ERROR("no") CODE("InsufficientFunds"), VERDICT_UNKNOWN,
         "AWS.MechanicalTurk.InsufficientFunds", false},
        {TELL_BONUS, 500, TYPED("ServiceFault", ""), VERDICT_UNKNOWN, "ServiceFault", false},
        {TELL_BONUS, 301, "", VERDICT_UNKNOWN, "HTTP 301", false},
        {TELL_BONUS, 307, "{}", VERDICT_UNKNOWN, "HTTP 307", false},
        {TELL_BONUS, 204, "", VERDICT_UNKNOWN, "HTTP 204", false},
        {TELL_BONUS, 202, "{}", VERDICT_UNKNOWN, "HTTP 202", false},
        {TELL_BONUS, 400, TYPED("BrandNewException", "?"), VERDICT_UNKNOWN, "BrandNewException",
         false},
        {TELL_BONUS, 403, "<html>", VERDICT_UNKNOWN, "HTTP 403", false},
        {TELL_BONUS, 400, "", VERDICT_UNKNOWN, "HTTP 400", false},
        {TELL_BONUS, 400, "{\"Message\":\"no\"}", VERDICT_UNKNOWN, "HTTP 400", false},
        {TELL_BONUS, 400, "{\"__type\":7,\"Message\":[]}", VERDICT_UNKNOWN, "HTTP 400", false},
        {TELL_BONUS, 400, REQUEST_ERROR("no") "}{", VERDICT_UNKNOWN, "HTTP 400", false},
        {TELL_BONUS, 400, "{\"__type\":\"RequestError\",\"__type\":\"RequestError\"}",
         VERDICT_UNKNOWN, "HTTP 400", false},
        {TELL_BONUS, 400, "[\"RequestError\"]", VERDICT_UNKNOWN, "HTTP 400", false},
    };
    CHECK(rows);
}

static void
a_refused_question_is_a_plain_no(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {ASK_TASK, 400,
         REQUEST_ERROR("Hit 3PR3LX does not exist. (1624047673969)") CODE("HITDoesNotExist"),
         VERDICT_REFUSED, "AWS.MechanicalTurk.HITDoesNotExist", true},
        {ASK_ASSIGNMENT, 400,
         REQUEST_ERROR("This operation can be called with a status of: "
                       "Reviewable,Approved,Rejected") CODE("InvalidAssignmentState"),
         VERDICT_REFUSED, "AWS.MechanicalTurk.InvalidAssignmentState", false},
        {ASK_BALANCE, 403, "<html>closed</html>", VERDICT_REFUSED, "HTTP 403", false},
        {ASK_BALANCE, 410, "", VERDICT_REFUSED, "HTTP 410", false},
        {ASK_BALANCE, 404, TYPED("UnknownOperationException", ""), VERDICT_REFUSED,
         "UnknownOperationException", false},
        {ASK_BALANCE, 408, "", VERDICT_UNKNOWN, "HTTP 408", false},
        {ASK_BALANCE, 400, TYPED("ServiceFault", "try again"), VERDICT_UNKNOWN, "ServiceFault",
         false},
        {ASK_BALANCE, 500, "", VERDICT_UNKNOWN, "HTTP 500", false},
        {ASK_BALANCE, 302, "", VERDICT_UNKNOWN, "HTTP 302", false},
        {ASK_SCORE, 400, REQUEST_ERROR("no") CODE("QualificationTypeDoesNotExist"), VERDICT_REFUSED,
         "AWS.MechanicalTurk.QualificationTypeDoesNotExist", true},
        {ASK_HOLDERS, 400,
         REQUEST_ERROR("QualificationType 3Q does not exist.")
             CODE("QualificationTypeDoesNotExist"),
         VERDICT_REFUSED, "AWS.MechanicalTurk.QualificationTypeDoesNotExist", true},
        /* Only about one worker's score does this say "none": a list that is refused is not read
         * as empty. */
        {ASK_HOLDERS, 400,
         REQUEST_ERROR("You requested a Qualification that does not exist.")
             CODE("QualificationDoesNotExist"),
         VERDICT_REFUSED, "AWS.MechanicalTurk.QualificationDoesNotExist", true},
        {ASK_TYPES, 400, TYPED("AccessDeniedException", "User: arn is not authorized"),
         VERDICT_CREDENTIALS, "AccessDeniedException", false},
        {ASK_BLOCKS, 503, "{}", VERDICT_UNKNOWN, "HTTP 503", false},
        {ASK_SCORE, 400,
         TYPED("ValidationException", "Value 'a' at 'workerId' failed to satisfy constraint"),
         VERDICT_REFUSED, "ValidationException", false},
    };
    CHECK(rows);
}

static void
what_a_requester_wrote_cannot_speak_for_the_service(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {TELL_BONUS, 400,
         TYPED("ValidationException", "This Requester has insufficient funds, said the reason"),
         VERDICT_REFUSED, "ValidationException", false},
        {TELL_BONUS, 400,
         REQUEST_ERROR("Reason 'Signature expired' is not allowed") CODE("InvalidParameterValue"),
         VERDICT_REFUSED, "AWS.MechanicalTurk.InvalidParameterValue", false},
        {TELL_BONUS, 400,
         REQUEST_ERROR("Reason 'This operation can be called with a status of' is bad") "}",
         VERDICT_REFUSED, "RequestError", false},
    };
    CHECK(rows);
}

static void
a_qualification_that_was_never_granted_or_revoked_is_no_score(void **state)
{
    (void)state;
    static const char *const bodies[] = {
        REQUEST_ERROR("You requested a Qualification that does not exist. (1631094715163)")
            CODE("QualificationDoesNotExist"),
        REQUEST_ERROR("You requested a Qualification that does not exist. (1631094715163)") "}",
        REQUEST_ERROR("This operation can be called with a status of: Granted (1)") "}",
        REQUEST_ERROR("x") CODE("InvalidQualificationState"),
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        struct answer answer = answer_to(ASK_SCORE, 400, bodies[i], &arena);
        assert_int_equal(answer.verdict, VERDICT_DONE);
        assert_false(answer.has_score);
        assert_false(answer.missing);
    }
    assert_int_equal(answer_to(ASK_SCORE, 500, bodies[0], &arena).verdict, VERDICT_UNKNOWN);
    arena_close(&arena);
}

static void
the_services_words_lose_their_time_stamp(void **state)
{
    (void)state;
    static const struct {
        const char *body, *text;
    } cases[] = {
        {REQUEST_ERROR("Hit 3P does not exist. (1624047673969)") "}", "Hit 3P does not exist."},
        {REQUEST_ERROR("Hit 3P does not exist. (1698330947012 s)") "}", "Hit 3P does not exist."},
        {REQUEST_ERROR("No (not 12) here (12 seconds)") "}", "No (not 12) here (12 seconds)"},
        {REQUEST_ERROR("Half a stamp (12") "}", "Half a stamp (12"},
        {REQUEST_ERROR("Empty ()") "}", "Empty ()"},
        {TYPED("RequestError", "lower case key (1)"), "lower case key"},
        /* The canonical request behind the blank line may hold the session token. */
        {TYPED("InvalidSignatureException",
               "No match.\\n\\nThe Canonical String: token:SECRET (1)"),
         "No match."},
        {TYPED("IncompleteSignatureException",
               "Signature is missing. Authorization=AWS4-HMAC-SHA256 Credential=SECRET"),
         "Signature is missing."},
        {TYPED("RequestError", "Bad header AWS4-HMAC-SHA256 Signature=SECRET (1)"), "Bad header"},
        {TYPED("RequestError", "Bad x-amz-security-token: SECRET"), "Bad"},
        {"{\"__type\":\"RequestError\"}", "the service answered HTTP 400 and gave no reason"},
        {"<html>", "the service answered HTTP 400 and nothing that can be read"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(answer_to(TELL_APPROVE, 400, cases[i].body, &arena).text,
                            cases[i].text);
    arena_close(&arena);
}

static void
very_long_words_are_cut_between_characters(void **state)
{
    (void)state;
    struct arena arena = {0};
    char body[3000] = REQUEST_ERROR("x");
    char *at = body + strlen(body) - 1;
    for (int i = 0; i < 1000; i++, at += 2)
        memcpy(at, "\xc3\xa4", 2);
    memcpy(at, "\"}", 3);
    struct answer answer = answer_to(TELL_BONUS, 400, body, &arena);
    assert_int_equal(answer.verdict, VERDICT_REFUSED);
    assert_true(strlen(answer.text) < 520);
    assert_int_equal(text_utf8_bad(answer.text, strlen(answer.text)), strlen(answer.text));
    assert_true(text_ends(answer.text, "…"));
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_writes_were_seen_to_answer_has_its_verdict),
        cmocka_unit_test(what_is_perhaps_done_already_is_a_matter_of_state),
        cmocka_unit_test(the_same_words_to_another_question_are_a_refusal),
        cmocka_unit_test(a_used_token_is_a_duplicate_and_never_a_refusal),
        cmocka_unit_test(too_fast_is_believed_whatever_the_status),
        cmocka_unit_test(clock_and_credentials_are_told_apart),
        cmocka_unit_test(what_is_not_known_for_certain_is_unknown_for_a_write),
        cmocka_unit_test(a_refused_question_is_a_plain_no),
        cmocka_unit_test(what_a_requester_wrote_cannot_speak_for_the_service),
        cmocka_unit_test(a_qualification_that_was_never_granted_or_revoked_is_no_score),
        cmocka_unit_test(the_services_words_lose_their_time_stamp),
        cmocka_unit_test(very_long_words_are_cut_between_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
