/* Pauses before repetitions: doubling, bounded, spread. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/pace.h"

static void
a_pause_is_between_half_and_all_of_its_doubling_step(void **state)
{
    (void)state;
    static const struct {
        unsigned attempt;
        stamp_t whole_ms;
    } rows[] = {{0, 250},  {1, 250},   {2, 500},   {3, 1000},  {4, 2000},   {5, 4000},
                {6, 8000}, {7, 16000}, {8, 20000}, {9, 20000}, {40, 20000}, {4000000000u, 20000}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (uint64_t seed = 0; seed < 1000; seed++) {
            uint64_t jitter = seed;
            stamp_t pause_ms = pace_pause_ms(rows[i].attempt, &jitter);
            assert_in_range(pause_ms, rows[i].whole_ms / 2, rows[i].whole_ms);
        }
}

static void
pauses_are_spread_over_their_range(void **state)
{
    (void)state;
    uint64_t jitter = 1;
    size_t quarters[4] = {0};
    for (int i = 0; i < 4000; i++)
        quarters[(pace_pause_ms(3, &jitter) - 500) * 4 / 501]++;
    for (size_t i = 0; i < 4; i++)
        assert_in_range(quarters[i], 800, 1200);
}

static void
the_same_seed_gives_the_same_pauses(void **state)
{
    (void)state;
    uint64_t one = 7, other = 7;
    for (unsigned i = 1; i < 20; i++)
        assert_int_equal(pace_pause_ms(i, &one), pace_pause_ms(i, &other));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pause_is_between_half_and_all_of_its_doubling_step),
        cmocka_unit_test(pauses_are_spread_over_their_range),
        cmocka_unit_test(the_same_seed_gives_the_same_pauses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
