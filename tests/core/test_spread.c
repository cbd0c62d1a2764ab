/* Bounds, middle and ranges of amounts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/spread.h"

static void
no_amounts_have_no_ranges(void **state)
{
    (void)state;
    struct spread spread;
    spread_make(&spread, NULL, 0, 8);
    assert_int_equal(spread.bar_count, 0);
    assert_int_equal(spread.sum, 0);
}

static void
few_amounts_have_a_range_each(void **state)
{
    (void)state;
    cents_t amounts[] = {300, 100, 200, 100};
    struct spread spread;
    spread_make(&spread, amounts, 4, 8);
    assert_int_equal(spread.bar_count, 3);
    assert_int_equal(spread.bars[0].from, 100);
    assert_int_equal(spread.bars[0].to, 100);
    assert_int_equal(spread.bars[0].count, 2);
    assert_int_equal(spread.median, 150);
    assert_int_equal(spread.mean, 175);
    assert_int_equal(spread.least, 100);
    assert_int_equal(spread.most, 300);
}

static void
half_a_cent_goes_up(void **state)
{
    (void)state;
    cents_t amounts[] = {1, 2};
    struct spread spread;
    spread_make(&spread, amounts, 2, 8);
    assert_int_equal(spread.median, 2);
    assert_int_equal(spread.mean, 2);
}

static void
many_amounts_lie_in_ranges_that_hold_all_of_them(void **state)
{
    (void)state;
    enum { COUNT = 1000 };
    static cents_t amounts[COUNT];
    for (int i = 0; i < COUNT; i++)
        amounts[i] = 7 * (COUNT - i);
    struct spread spread;
    spread_make(&spread, amounts, COUNT, SPREAD_BARS_MOST);
    size_t held = 0;
    for (size_t i = 0; i < spread.bar_count; i++) {
        held += spread.bars[i].count;
        assert_int_equal(spread.bars[i].to - spread.bars[i].from, 499);
    }
    assert_int_equal(held, COUNT);
    assert_true(spread.bar_count <= SPREAD_BARS_MOST);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_amounts_have_no_ranges),
        cmocka_unit_test(few_amounts_have_a_range_each),
        cmocka_unit_test(half_a_cent_goes_up),
        cmocka_unit_test(many_amounts_lie_in_ranges_that_hold_all_of_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
