/* What a reply means before the table of complaints is asked: whether it was sent, is whole, says
 * yes, and whether the yes can be read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "market/mturk/mturk.h"

static struct reply
yes(const char *body)
{
    return (struct reply){
        .sent = true, .whole = true, .status = 200, .body = body, .body_size = strlen(body)};
}

static struct answer
answer_to(enum ask_kind kind, struct reply reply, struct arena *arena)
{
    return mturk_market.answer(kind, &reply, NULL, arena);
}

static void
what_never_left_was_not_sent_whatever_else_is_known(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct reply refused = {.trouble = "Connection refused"};
    struct answer answer = answer_to(TELL_BONUS, refused, &arena);
    assert_int_equal(answer.verdict, VERDICT_UNSENT);
    assert_string_equal(answer.text, "Connection refused");
    assert_string_equal(answer.code, "not-sent");
    struct reply from_a_proxy = {.whole = true, .status = 407};
    assert_int_equal(answer_to(TELL_NOTIFY, from_a_proxy, &arena).verdict, VERDICT_UNSENT);
    assert_int_equal(answer_to(ASK_BALANCE, refused, &arena).verdict, VERDICT_UNSENT);
    arena_close(&arena);
}

static void
what_is_not_whole_is_unknown_whatever_it_says(void **state)
{
    (void)state;
    static const struct reply replies[] = {
        {.sent = true, .trouble = "timeout"},
        {.sent = true, .status = 200},
        {.sent = true, .status = 200, .body = "{}", .body_size = 2},
        {.sent = true, .status = 429},
        {.sent = true, .status = 400, .body = "{\"__type\":\"RequestError\"}", .body_size = 25},
        {.sent = true, .whole = true},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof replies / sizeof *replies; i++) {
        struct answer answer = answer_to(TELL_BONUS, replies[i], &arena);
        assert_int_equal(answer.verdict, VERDICT_UNKNOWN);
        assert_non_null(answer.code);
        assert_non_null(answer.text);
        assert_int_equal(answer_to(ASK_BALANCE, replies[i], &arena).verdict, VERDICT_UNKNOWN);
    }
    arena_close(&arena);
}

static void
a_write_is_done_when_nothing_or_one_json_value_comes_back(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        enum verdict verdict;
    } cases[] = {
        {"", VERDICT_DONE},
        {"{}", VERDICT_DONE},
        {" {} \r\n", VERDICT_DONE},
        {"null", VERDICT_DONE},
        {"{\"Extra\":[1,2]}", VERDICT_DONE},
        {"<html>", VERDICT_UNKNOWN},
        {"{", VERDICT_UNKNOWN},
        {"{}{}", VERDICT_UNKNOWN},
        {"{} x", VERDICT_UNKNOWN},
        {"\n", VERDICT_UNKNOWN},
        {"{\"a\":1,\"a\":2}", VERDICT_UNKNOWN},
        {"{\"a\":\"\\u0000\"}", VERDICT_UNKNOWN},
        {"{\"a\":\"\xff\"}", VERDICT_UNKNOWN},
        {"{\"a\":\"\\ud800\"}", VERDICT_UNKNOWN},
        {"{\"a\":99999999999999999999}", VERDICT_UNKNOWN},
        {"{\"__type\":\"RequestError\"}", VERDICT_UNKNOWN},
        {"{\"TurkErrorCode\":\"AWS.MechanicalTurk.InsufficientFunds\"}", VERDICT_UNKNOWN},
    };
    static const enum ask_kind writes[] = {TELL_APPROVE, TELL_REJECT, TELL_QUALIFY, TELL_UNQUALIFY,
                                           TELL_BONUS,   TELL_NOTIFY, TELL_BLOCK,   TELL_UNBLOCK};
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (size_t j = 0; j < sizeof writes / sizeof *writes; j++)
            if (answer_to(writes[j], yes(cases[i].body), &arena).verdict != cases[i].verdict)
                fail_msg("'%s' to %d", cases[i].body, (int)writes[j]);
    struct reply with_nul = {
        .sent = true, .whole = true, .status = 200, .body = "{}\0{}", .body_size = 5};
    assert_int_equal(answer_to(TELL_BONUS, with_nul, &arena).verdict, VERDICT_UNKNOWN);
    struct reply without_body = {.sent = true, .whole = true, .status = 200};
    assert_int_equal(answer_to(TELL_BONUS, without_body, &arena).verdict, VERDICT_DONE);
    arena_close(&arena);
}

static void
json_that_is_too_deep_is_unknown_and_harmless(void **state)
{
    (void)state;
    enum { LEVELS = 100000 };
    struct arena arena = {0};
    char *deep = arena_alloc(&arena, LEVELS + 1);
    memset(deep, '[', LEVELS);
    assert_int_equal(answer_to(TELL_BONUS, yes(deep), &arena).verdict, VERDICT_UNKNOWN);
    arena_close(&arena);
}

static void
every_answer_carries_the_services_clock_and_name(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct reply reply = yes("");
    reply.date = "Mon, 23 Nov 2026 14:00:00 GMT";
    reply.request_id = "abc-1";
    struct answer answer = answer_to(TELL_BONUS, reply, &arena);
    assert_true(answer.has_date);
    char text[STAMP_TEXT_SIZE];
    assert_string_equal(stamp_print(text, answer.date_ms), "2026-11-23T14:00:00Z");
    assert_string_equal(answer.request_id, "abc-1");
    reply.status = 500;
    assert_true(answer_to(TELL_BONUS, reply, &arena).has_date);
    arena_close(&arena);
}

static void
a_date_that_cannot_be_is_none(void **state)
{
    (void)state;
    static const char *const dates[] = {
        "yesterday",
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Thu, 31 Dec 2009 23:59:59 GMT",
        "Fri, 01 Jan 2100 00:00:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Mon, 23 Nov 2026 14:00:00 GMT, Tue, 24 Nov 2026 14:00:00 GMT",
    };
    struct arena arena = {0};
    struct reply reply = yes("");
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        reply.date = dates[i];
        struct answer answer = answer_to(TELL_BONUS, reply, &arena);
        assert_false(answer.has_date);
        assert_int_equal(answer.date_ms, 0);
    }
    arena_close(&arena);
}

/* RFC 9110 10.2.3: seconds, or a date. */
static void
a_wish_for_rest_is_read_in_either_form(void **state)
{
    (void)state;
    static const struct {
        const char *retry_after, *date;
        stamp_t rest_ms;
    } rows[] = {
        {"0", NULL, 0},
        {"120", NULL, 120000},
        {"9999999", NULL, 9999999000},
        {"Mon, 23 Nov 2026 14:00:30 GMT", "Mon, 23 Nov 2026 14:00:00 GMT", 30000},
        {"Mon, 23 Nov 2026 13:59:30 GMT", "Mon, 23 Nov 2026 14:00:00 GMT", 0},
        {"Mon, 23 Nov 2026 14:00:30 GMT", NULL, 0},
        {"soon", NULL, 0},
        {"-1", NULL, 0},
        {"1.5", NULL, 0},
        {"99999999999999999999", NULL, 0},
        {"", NULL, 0},
        {NULL, NULL, 0},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct reply reply = {.sent = true,
                              .whole = true,
                              .status = 503,
                              .retry_after = rows[i].retry_after,
                              .date = rows[i].date};
        assert_int_equal(answer_to(TELL_BONUS, reply, &arena).rest_ms, rows[i].rest_ms);
    }
    arena_close(&arena);
}

static void
the_services_name_for_a_request_is_kept_short(void **state)
{
    (void)state;
    struct arena arena = {0};
    char long_name[5000];
    memset(long_name, 'x', sizeof long_name);
    long_name[sizeof long_name - 1] = '\0';
    struct reply reply = yes("");
    reply.request_id = long_name;
    assert_true(strlen(answer_to(TELL_BONUS, reply, &arena).request_id) < 120);
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_never_left_was_not_sent_whatever_else_is_known),
        cmocka_unit_test(what_is_not_whole_is_unknown_whatever_it_says),
        cmocka_unit_test(a_write_is_done_when_nothing_or_one_json_value_comes_back),
        cmocka_unit_test(json_that_is_too_deep_is_unknown_and_harmless),
        cmocka_unit_test(every_answer_carries_the_services_clock_and_name),
        cmocka_unit_test(a_date_that_cannot_be_is_none),
        cmocka_unit_test(a_wish_for_rest_is_read_in_either_form),
        cmocka_unit_test(the_services_name_for_a_request_is_kept_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
