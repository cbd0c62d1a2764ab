/* The pace against services of many kinds, in virtual time: how much of what they allow is used,
 * and how many calls come too fast. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "support/service.h"

#define MS(n) ((int64_t)(n)*1000)

/* Parts in a thousand, for messages that a person can read. */
static void
expect(const struct service *service, unsigned wanted, int used_least, int throttled_most)
{
    struct visit visit = service_visit(service, wanted, 0);
    int used = (int)(visit_used(&visit) * 1000), throttled = (int)(visit_throttled(&visit) * 1000);
    if (used < used_least || throttled > throttled_most)
        fail_msg("%g a second then %g, burst %g, %d ms there: used %d, throttled %d of 1000",
                 service->rate, service->later, service->burst, (int)(service->way_us / 1000), used,
                 throttled);
}

static const double bursts[] = {2, 5, 10, 20, 50};
static const int64_t ways_us[] = {150, MS(5), MS(25), MS(50)};
enum { BURSTS = sizeof bursts / sizeof *bursts, WAYS = sizeof ways_us / sizeof *ways_us };

static void
a_rate_is_found_and_held_within_five_percent_with_three_throttled(void **state)
{
    (void)state;
    static const double rates[] = {20, 50, 100, 200, 500};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
        for (size_t b = 0; b < BURSTS; b++)
            for (size_t w = 0; w < WAYS; w++)
                expect(&(struct service){.rate = rates[i],
                                         .burst = bursts[b],
                                         .way_us = ways_us[w],
                                         .jitter_us = 150},
                       (unsigned)(rates[i] * 100), 950, 30);
}

/* What the first throttled calls cost weighs more where there are few. */
static void
a_slow_service_costs_a_handful_of_throttled_calls(void **state)
{
    (void)state;
    static const double rates[] = {2, 5, 10};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
        for (size_t b = 1; b < 3; b++)
            for (size_t w = 0; w < WAYS; w++) {
                struct service service = {
                    .rate = rates[i], .burst = bursts[b], .way_us = ways_us[w], .jitter_us = 150};
                expect(&service, 400, 950, 50);
            }
}

/* What is under way when the first throttled answer comes is throttled too. */
static void
a_short_run_costs_a_dozen_throttled_calls_at_most(void **state)
{
    (void)state;
    static const double rates[] = {2, 5, 10};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
        for (size_t b = 0; b < 3; b++)
            for (size_t w = 0; w < WAYS; w++) {
                struct service service = {
                    .rate = rates[i], .burst = bursts[b], .way_us = ways_us[w], .jitter_us = 150};
                assert_in_range(service_visit(&service, 60, 0).throttled, 1, 11);
            }
}

/* In such a bucket nothing gathers: every call that comes a moment late is lost to it for ever, and
 * one that comes a moment early is throttled. So less than elsewhere is asked for; and in a short
 * run, in which the search weighs more, still less. */
static void
a_bucket_of_one_call_is_nearly_used(void **state)
{
    (void)state;
    static const double rates[] = {5, 10, 20, 50, 100, 200};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
        for (size_t w = 0; w < WAYS; w++) {
            struct service service = {
                .rate = rates[i], .burst = 1, .way_us = ways_us[w], .jitter_us = 150};
            expect(&service, (unsigned)(rates[i] * 100), 925, 30);
            expect(&service, (unsigned)(rates[i] * 20), 870, rates[i] < 50 ? 70 : 30);
            expect(&service, (unsigned)(rates[i] * 10), 790, rates[i] < 50 ? 125 : 35);
        }
}

static void
a_rate_that_falls_is_followed(void **state)
{
    (void)state;
    static const struct {
        double from, to;
        int used_least, throttled_most;
    } falls[] = {{100, 50, 900, 35}, {300, 200, 900, 50}, {100, 10, 940, 35}, {500, 5, 800, 70}};
    for (size_t i = 0; i < sizeof falls / sizeof *falls; i++)
        for (size_t b = 0; b < BURSTS; b++)
            for (size_t w = 0; w < WAYS; w++)
                expect(&(struct service){.rate = falls[i].from,
                                         .later = falls[i].to,
                                         .burst = bursts[b],
                                         .way_us = ways_us[w],
                                         .jitter_us = 150},
                       3000, falls[i].used_least, falls[i].throttled_most);
}

static void
a_rate_that_rises_is_followed(void **state)
{
    (void)state;
    static const struct {
        double from, to;
        int used_least;
    } rises[] = {{50, 100, 950}, {200, 300, 950}, {20, 100, 850}};
    for (size_t i = 0; i < sizeof rises / sizeof *rises; i++)
        for (size_t b = 0; b < BURSTS; b++)
            for (size_t w = 0; w < WAYS; w++)
                expect(&(struct service){.rate = rises[i].from,
                                         .later = rises[i].to,
                                         .burst = bursts[b],
                                         .way_us = ways_us[w],
                                         .jitter_us = 150},
                       6000, rises[i].used_least, 35);
}

/* A rise is looked for every hundred calls or so, which is long where calls are few. */
static void
a_rise_in_a_short_run_is_followed_late(void **state)
{
    (void)state;
    for (size_t b = 0; b < BURSTS; b++)
        for (size_t w = 0; w < WAYS; w++)
            expect(&(struct service){.rate = 20,
                                     .later = 100,
                                     .burst = bursts[b],
                                     .way_us = ways_us[w],
                                     .jitter_us = 150},
                   600, 550, 100);
}

static void
a_loop_that_is_held_up_by_its_disk_keeps_the_pace(void **state)
{
    (void)state;
    for (size_t b = 1; b < BURSTS; b++)
        expect(&(struct service){.rate = 200,
                                 .burst = bursts[b],
                                 .way_us = MS(5),
                                 .stall_us = MS(4),
                                 .jitter_us = 150},
               10000, 950, 30);
}

/* Chance is no sign of the rate, and there is no less of it when the rate is lower. */
static void
calls_that_are_throttled_by_chance_slow_it_down_a_little(void **state)
{
    (void)state;
    static const unsigned each[] = {100, 50, 33, 20};
    for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
        struct service service = {
            .rate = 200, .burst = 50, .way_us = MS(25), .jitter_us = 150, .throttle_each = each[i]};
        expect(&service, 1000, 680, 75);
        expect(&service, 6000, 900, 75);
    }
}

static void
a_throttled_call_now_and_then_does_not_make_it_slow(void **state)
{
    (void)state;
    struct service service = {
        .rate = 1000, .burst = 50, .way_us = MS(25), .jitter_us = 150, .throttle_each = 400};
    expect(&service, 20000, 900, 35);
}

/* Far away, much is still under way in the start when the call that ends it is heard of; the places
 * in which it is kept when earlier calls went out are then taken. */
static void
what_the_bucket_holds_is_learned_and_never_far_overrated(void **state)
{
    (void)state;
    static const double rates[] = {20, 50, 100, 200};
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
        for (size_t b = 0; b < BURSTS; b++)
            for (size_t w = 0; w <= WAYS; w++) {
                struct service service = {.rate = rates[i],
                                          .burst = bursts[b],
                                          .way_us = w < WAYS ? ways_us[w] : MS(100),
                                          .jitter_us = 150};
                struct visit visit = service_visit(&service, 4000, 0);
                double beyond = bursts[b] - 1;
                if (visit.pace.burst > beyond + 3 ||
                    (w < 2 && visit.pace.burst < beyond * 0.4 - 0.5))
                    fail_msg("%g a second, burst %g, place %u: learned %g", rates[i], bursts[b],
                             (unsigned)w, visit.pace.burst);
            }
}

static void
without_a_limit_the_width_is_used(void **state)
{
    (void)state;
    struct service service = {.rate = 1e6, .burst = 1e6, .way_us = MS(25)};
    struct visit visit = service_visit(&service, 10000, 0);
    assert_int_equal(visit.throttled, 0);
    assert_int_equal(visit.most, SERVICE_WIDTH);
    double seconds = (double)visit.now_us / 1e6, best = 10000 * 0.05 / SERVICE_WIDTH;
    assert_true(seconds < best * 1.2);
}

static void
a_ceiling_is_kept(void **state)
{
    (void)state;
    struct service service = {.rate = 1e6, .burst = 1e6, .way_us = MS(5)};
    struct visit visit = service_visit(&service, 1000, 50);
    assert_in_range(visit.now_us, 1000000 * 19, 1000000 * 21);
    struct service slow = {.rate = 20, .burst = 5, .way_us = MS(5)};
    visit = service_visit(&slow, 1000, 50);
    assert_true(visit_used(&visit) > 0.95);
}

/* Where the ceiling holds the calls back, no answer shows that the service would bear more. */
static void
below_a_ceiling_nothing_climbs_past_it(void **state)
{
    (void)state;
    struct service service = {.rate = 100, .burst = 13, .way_us = MS(25), .jitter_us = 150};
    struct visit visit = service_visit(&service, 1900, 5);
    assert_in_range(visit.pace.room, 1, 8);
    service.throttle_each = 1000;
    visit = service_visit(&service, 1900, 5);
    assert_true(visit.pace.rate <= 5 && visit.pace.rate > 4.9);
    assert_true(visit.pace.most <= 5 && visit.pace.beyond < 0.02);
    service.later = 3;
    visit = service_visit(&service, 3800, 5);
    assert_true(fabs(visit.pace.rate - 3) < 0.1);
    assert_in_range(visit.throttled, 1, 40); /* of which 28 or so look whether it rose */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rate_is_found_and_held_within_five_percent_with_three_throttled),
        cmocka_unit_test(a_slow_service_costs_a_handful_of_throttled_calls),
        cmocka_unit_test(a_short_run_costs_a_dozen_throttled_calls_at_most),
        cmocka_unit_test(a_bucket_of_one_call_is_nearly_used),
        cmocka_unit_test(a_rate_that_falls_is_followed),
        cmocka_unit_test(a_rate_that_rises_is_followed),
        cmocka_unit_test(a_rise_in_a_short_run_is_followed_late),
        cmocka_unit_test(a_loop_that_is_held_up_by_its_disk_keeps_the_pace),
        cmocka_unit_test(calls_that_are_throttled_by_chance_slow_it_down_a_little),
        cmocka_unit_test(a_throttled_call_now_and_then_does_not_make_it_slow),
        cmocka_unit_test(what_the_bucket_holds_is_learned_and_never_far_overrated),
        cmocka_unit_test(without_a_limit_the_width_is_used),
        cmocka_unit_test(a_ceiling_is_kept),
        cmocka_unit_test(below_a_ceiling_nothing_climbs_past_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
