/* The pace call by call: how many may go out, when the next is due, and how long the pause is
 * before what failed is repeated. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/pace.h"

#define MS(n) ((int64_t)(n)*1000)

enum { WIDTH = 64 };

/* 1, 2, 4, and from six on slower: nobody is overrun by a first wave. */
static void
a_start_doubles_per_round_trip(void **state)
{
    (void)state;
    struct pace pace;
    pace_init(&pace, WIDTH, 0);
    int64_t now_us = 0;
    for (unsigned wave = 1; wave <= 6; wave = wave < 4 ? 2 * wave : wave + 2) {
        struct pace_call calls[6];
        for (unsigned i = 0; i < wave; i++) {
            int64_t due_us = pace_due_us(&pace, now_us);
            assert_true(due_us < now_us + MS(100));
            now_us = due_us;
            calls[i] = pace_start(&pace, now_us);
        }
        assert_true(pace_due_us(&pace, now_us) == INT64_MAX);
        now_us += MS(100);
        for (unsigned i = 0; i < wave; i++)
            pace_end(&pace, &calls[i], PACE_ADMITTED, now_us);
    }
}

/* What was never under way at once is no reason to send so much at once. */
static void
reading_page_after_page_opens_nothing(void **state)
{
    (void)state;
    struct pace pace;
    pace_init(&pace, WIDTH, 0);
    for (int64_t now_us = 0; now_us < MS(5000); now_us += MS(50)) {
        assert_true(pace_due_us(&pace, now_us) == now_us);
        struct pace_call call = pace_start(&pace, now_us);
        pace_end(&pace, &call, PACE_ADMITTED, now_us + MS(50));
    }
    assert_in_range(pace.room, 1, 3);
}

static void
nothing_is_due_while_the_service_wants_to_rest(void **state)
{
    (void)state;
    struct pace pace;
    pace_init(&pace, WIDTH, 0);
    struct pace_call call = pace_start(&pace, 0);
    pace_end(&pace, &call, PACE_THROTTLED, MS(10));
    pace_hold(&pace, MS(30000));
    pace_hold(&pace, MS(20000)); /* the longer one counts */
    assert_int_equal(pace_due_us(&pace, MS(11)), MS(30000));
    assert_int_equal(pace_soon(&pace, MS(11), MS(20), 10), 0);
    assert_int_equal(pace_soon(&pace, MS(29990), MS(20), 10), 1);
}

/* A call that hangs for a minute takes one place and no more. */
static void
a_call_without_an_answer_holds_up_nobody(void **state)
{
    (void)state;
    struct pace pace;
    pace_init(&pace, WIDTH, 0);
    int64_t now_us = 0;
    struct pace_call call = pace_start(&pace, now_us);
    pace_end(&pace, &call, PACE_ADMITTED, now_us += MS(10));
    pace_start(&pace, now_us); /* hangs */
    for (unsigned i = 0; i < 1000; i++) {
        int64_t due_us = pace_due_us(&pace, now_us);
        assert_true(due_us < now_us + MS(100));
        call = pace_start(&pace, now_us = due_us > now_us ? due_us : now_us);
        enum pace_heard heard = i == 500 ? PACE_THROTTLED : PACE_ADMITTED;
        pace_end(&pace, &call, heard, now_us += MS(10));
    }
    assert_int_equal(pace.under_way, 1);
}

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
        cmocka_unit_test(a_start_doubles_per_round_trip),
        cmocka_unit_test(reading_page_after_page_opens_nothing),
        cmocka_unit_test(nothing_is_due_while_the_service_wants_to_rest),
        cmocka_unit_test(a_call_without_an_answer_holds_up_nobody),
        cmocka_unit_test(a_pause_is_between_half_and_all_of_its_doubling_step),
        cmocka_unit_test(pauses_are_spread_over_their_range),
        cmocka_unit_test(the_same_seed_gives_the_same_pauses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
