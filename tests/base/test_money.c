/* Money in whole cents: what is read, what is not, and how it is written and shared out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/money.h"

static void
dollars_with_at_most_two_decimals_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        cents_t cents;
    } rows[] = {
        {"0", 0},      {"1", 100},   {"1.5", 150},         {"1.05", 105},           {"0.01", 1},
        {"00.75", 75}, {"007", 700}, {"999999", 99999900}, {"999999.99", 99999999}, {"0.1", 10}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cents_t cents = -1;
        assert_true(money_read(rows[i].text, &cents));
        assert_int_equal(cents, rows[i].cents);
    }
}

static void
everything_else_is_not(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        " ",
        ".5",
        "5.",
        "0.755",
        "1,50",
        "1,000.00",
        "$1.00",
        "1.00 USD",
        "-1",
        "+1",
        "1e3",
        "0x10",
        "1_000",
        "1 ",
        " 1",
        "1.0a",
        "1..0",
        "1.0.0",
        "1000000",
        "12345678901234567890",
        "NaN",
        "inf",
        "½",
        "1.\xef\xbc\x91",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        cents_t cents = -7;
        if (money_read(texts[i], &cents))
            fail_msg("'%s' was read as %lld", texts[i], (long long)cents);
        assert_int_equal(cents, -7);
    }
}

static void
a_balance_may_be_larger(void **state)
{
    (void)state;
    cents_t cents;
    assert_true(money_read_balance("10000.00", &cents));
    assert_int_equal(cents, 1000000);
    assert_true(money_read_balance("999999999999999.99", &cents));
    assert_int_equal(cents, 99999999999999999);
    assert_false(money_read_balance("1000000000000000", &cents));
    assert_false(money_read_balance("1.001", &cents));
    assert_false(money_read_balance("-1", &cents));
}

static void
cents_are_written_with_two_decimals(void **state)
{
    (void)state;
    static const struct {
        cents_t cents;
        const char *text;
    } rows[] = {{0, "0.00"},
                {1, "0.01"},
                {-1, "-0.01"},
                {105, "1.05"},
                {-1205, "-12.05"},
                {99999999, "999999.99"},
                {INT64_MAX, "92233720368547758.07"},
                {INT64_MIN, "-92233720368547758.08"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[MONEY_TEXT_SIZE];
        assert_string_equal(money_print(text, rows[i].cents), rows[i].text);
    }
}

static void
what_is_written_is_read_again(void **state)
{
    (void)state;
    for (cents_t cents = 0; cents < 99999999; cents += 99991) {
        char text[MONEY_TEXT_SIZE];
        cents_t again;
        assert_true(money_read(money_print(text, cents), &again));
        assert_int_equal(again, cents);
    }
}

static void
half_a_cent_is_rounded_up(void **state)
{
    (void)state;
    static const struct {
        cents_t cents;
        unsigned percent;
        cents_t part;
    } rows[] = {{0, 20, 0},   {2, 20, 0}, {3, 20, 1},  {12, 20, 2},     {13, 20, 3},
                {50, 45, 23}, {1, 50, 1}, {100, 0, 0}, {100, 100, 100}, {10142, 20, 2028}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(money_percent(rows[i].cents, rows[i].percent), rows[i].part);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dollars_with_at_most_two_decimals_are_read),
        cmocka_unit_test(everything_else_is_not),
        cmocka_unit_test(a_balance_may_be_larger),
        cmocka_unit_test(cents_are_written_with_two_decimals),
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(half_a_cent_is_rounded_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
