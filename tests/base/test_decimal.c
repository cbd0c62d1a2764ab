/* Numbers with a point: exact, bounded, and nothing that only looks like one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/decimal.h"

static void
a_decimal_is_read_exactly(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        decimal_t value;
    } rows[] = {
        {"0", 0},
        {"8", 8000000},
        {"08", 8000000},
        {"+8", 8000000},
        {"-3", -3000000},
        {"-0", 0},
        {"0.5", 500000},
        {".5", 500000},
        {"-.5", -500000},
        {"12.", 12000000},
        {"0.000001", 1},
        {"-0.000001", -1},
        {"1.10", 1100000},
        {"1.1000000000", 1100000},
        {"0.1234560000", 123456},
        {"999999999999.999999", 999999999999999999},
        {"-999999999999.999999", -999999999999999999},
        {"0000000000000000000000007", 7000000},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        decimal_t value = 77;
        if (!decimal_read(rows[i].text, &value) || value != rows[i].value)
            fail_msg("'%s' is read as %lld millionths", rows[i].text, (long long)value);
    }
}

static void
what_is_no_decimal_is_not_read_and_changes_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",    ".",     "-",     "+",     "-.",   "+-5",       "--5",           "5-",  "1e5",
        "1,5", "1.5.2", "1..5",  "1 000", " 5",   "5 ",        "0x10",          "inf", "nan",
        "NaN", "eight", "8/10",  "50%",   "$5",   "0.0000001", "1000000000000", "٣",   "1_000",
        "1.a", "a1",    "1.5e0", "12.3.", "5\n8",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        decimal_t value = 77;
        if (decimal_read(texts[i], &value) || value != 77)
            fail_msg("'%s' is read as %lld millionths", texts[i], (long long)value);
    }
}

static void
a_decimal_is_written_as_it_is_read(void **state)
{
    static const struct {
        decimal_t value;
        const char *text;
    } rows[] = {
        {0, "0.000000"},
        {8000000, "8.000000"},
        {-500000, "-0.500000"},
        {19500001, "19.500001"},
        {-999999999999999999, "-999999999999.999999"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char text[DECIMAL_TEXT_SIZE];
        decimal_t value;
        assert_string_equal(decimal_print(text, rows[i].value), rows[i].text);
        assert_true(decimal_read(text, &value));
        assert_int_equal(value, rows[i].value);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_decimal_is_read_exactly),
        cmocka_unit_test(what_is_no_decimal_is_not_read_and_changes_nothing),
        cmocka_unit_test(a_decimal_is_written_as_it_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
