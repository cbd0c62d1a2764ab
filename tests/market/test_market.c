/* The row that a marketplace is: names, hosts, prices, and what is said about its end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "market/market.h"

static void
a_marketplace_is_found_by_its_name(void **state)
{
    (void)state;
    assert_non_null(market_find("mturk"));
    assert_null(market_find("MTurk"));
    assert_null(market_find(""));
}

static void
a_host_is_known_in_every_spelling(void **state)
{
    (void)state;
    static const struct {
        const char *host, *environment;
    } cases[] = {
        {"mturk-requester.us-east-1.amazonaws.com", "production"},
        {"MTurk-Requester.US-East-1.amazonaws.com", "production"},
        {"mturk-requester.us-east-1.amazonaws.com.", "production"},
        {"mturk-requester-fips.us-east-1.amazonaws.com", "production"},
        {"mturk-requester.us-east-1.api.aws", "production"},
        {"mturk-requester-sandbox.us-east-1.amazonaws.com", "sandbox"},
        {"mturk-requester.us-east-1.amazonaws.com.example", NULL},
        {"mturk-requester", NULL},
        {"127.0.0.1", NULL},
        {"", NULL},
    };
    const struct market *market = market_find("mturk");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct market_environment *known = market_host_find(market, cases[i].host);
        if (!text_same(known ? known->name : NULL, cases[i].environment))
            fail_msg("%s", cases[i].host);
    }
}

static void
each_environment_lives_at_a_host_of_its_own(void **state)
{
    (void)state;
    const struct market *market = market_find("mturk");
    assert_int_equal(market->environment_count, 2);
    for (size_t i = 0; i < market->environment_count; i++) {
        const struct market_environment *environment = &market->environments[i];
        assert_ptr_equal(market_environment_find(market, environment->name), environment);
        assert_true(text_starts(environment->endpoint, "https://"));
        const char *host = environment->endpoint + strlen("https://");
        assert_ptr_equal(market_host_find(market, host), environment);
    }
    assert_null(market_environment_find(market, "simulator"));
}

static void
fees_are_amazons(void **state)
{
    (void)state;
    static const struct {
        cents_t amount, fee;
    } bonuses[] = {{1, 1}, {2, 1}, {7, 1}, {8, 2}, {100, 20}, {10142, 2028}};
    const struct tariff *tariff = &market_find("mturk")->tariff;
    for (size_t i = 0; i < sizeof bonuses / sizeof *bonuses; i++)
        assert_int_equal(tariff_bonus_fee(tariff, bonuses[i].amount), bonuses[i].fee);
    static const struct {
        struct task task;
        cents_t fee;
    } rewards[] = {
        {{.reward = 50, .places = 9}, 10},
        {{.reward = 50, .places = 10}, 20},
        {{.reward = 50, .places = 100, .masters = true}, 23},
        {{.reward = 1, .places = 1}, 1},
    };
    for (size_t i = 0; i < sizeof rewards / sizeof *rewards; i++)
        assert_int_equal(tariff_reward_fee(tariff, &rewards[i].task), rewards[i].fee);
}

static void
the_end_of_the_service_is_said_with_its_dates(void **state)
{
    (void)state;
    static const char *const said[] = {"2026-09-30", "2026-10-30", "2027-01-28", "rehearse"};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        assert_non_null(strstr(market_find("mturk")->closed_words, said[i]));
}

static void
questions_come_before_deeds(void **state)
{
    (void)state;
    for (int kind = ASK_ACCOUNT; kind < ASK_KIND_COUNT; kind++)
        assert_int_equal(ask_is_question((enum ask_kind)kind), kind <= ASK_BLOCKS);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_marketplace_is_found_by_its_name),
        cmocka_unit_test(a_host_is_known_in_every_spelling),
        cmocka_unit_test(each_environment_lives_at_a_host_of_its_own),
        cmocka_unit_test(fees_are_amazons),
        cmocka_unit_test(the_end_of_the_service_is_said_with_its_dates),
        cmocka_unit_test(questions_come_before_deeds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
