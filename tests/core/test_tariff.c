/* Fees by Amazon's price page of 2026-09-30: 20 % of rewards and bonuses, 20 % more on the reward
 * with ten or more places, 5 % with Masters, half up to the cent, a cent at least. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/tariff.h"

static const struct tariff tariff = {.bonus_percent = 20,
                                     .reward_percent = 20,
                                     .many_percent = 20,
                                     .many_places = 10,
                                     .masters_percent = 5,
                                     .least_fee = 1};

static void
bonus_fees_are_a_fifth_half_up_and_a_cent_at_least(void **state)
{
    (void)state;
    static const struct {
        cents_t amount, fee;
    } rows[] = {{1, 1},    {2, 1},     {4, 1},        {7, 1},        {8, 2},
                {12, 2},   {13, 3},    {100, 20},     {102, 20},     {103, 21},
                {250, 50}, {999, 200}, {10142, 2028}, {10000, 2000}, {99999999, 20000000}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(tariff_bonus_fee(&tariff, rows[i].amount), rows[i].fee);
}

static void
reward_fees_grow_with_places_and_masters(void **state)
{
    (void)state;
    static const struct {
        cents_t reward;
        unsigned places;
        bool masters;
        cents_t fee;
    } rows[] = {
        {50, 9, false, 10}, {50, 10, false, 20}, {50, 9, true, 13},   {50, 100, true, 23},
        {1, 1, false, 1},   {0, 1, false, 1},    {100, 10, true, 45}, {2, 10, false, 1},
        {4, 10, false, 2},  {100, 0, false, 20},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct task task = {
            .reward = rows[i].reward, .places = rows[i].places, .masters = rows[i].masters};
        assert_int_equal(tariff_reward_fee(&tariff, &task), rows[i].fee);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bonus_fees_are_a_fifth_half_up_and_a_cent_at_least),
        cmocka_unit_test(reward_fees_grow_with_places_and_masters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
