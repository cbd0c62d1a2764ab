/* A service that takes no calls: how long it is waited for, and what a person is told meanwhile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "engine/inquiry.h"
#include "support/play.h"

static void
reply_always(struct play *play, const char *operation, struct reply reply, const char *retry_after)
{
    reply.retry_after = retry_after;
    script_add(&play->script, (struct scene){.operation = operation, .reply = reply});
}

/* The run gives up: in so many seconds, with everything pending and nothing in doubt. */
static void
expect_gives_up(struct play *play, size_t pending, int least_s, int most_s)
{
    stamp_t before_ms = clock_boot_ms();
    play_run(play);
    play_expect_worked(play);
    assert_int_equal(play->run.stop, STATUS_STOPPED);
    assert_in_range((clock_boot_ms() - before_ms) / STAMP_SECOND_MS, least_s, most_s);
    assert_int_equal(play->run.counts.pending, pending);
    assert_int_equal(play->run.counts.unknown, 0);
    holds(play->notice, "does not take calls");
}

/* The first answer asks for a second of rest: nothing goes out in it. */
static void
nothing_is_sent_while_the_service_wants_to_rest(void **state)
{
    struct play *play = *state;
    struct reply reply = reply_throttled();
    reply.retry_after = "1";
    script_add(&play->script, (struct scene){.operation = "SendBonus", .reply = reply, .times = 1});
    stage_bonus(&play->stage);
    play_people(play, 3);
    play->width = 1;
    stamp_t before_ms = clock_boot_ms();
    play_run(play);
    assert_in_range(clock_boot_ms() - before_ms, 1000, 2000);
    assert_null(play->notice);
    assert_int_equal(play->run.counts.done, 3);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 4);
}

static void
a_service_that_wants_to_rest_after_each_call_is_left_alone_a_quarter_of_an_hour(void **state)
{
    struct play *play = *state;
    reply_always(play, "SendBonus", reply_throttled(), "60");
    stage_bonus(&play->stage);
    play_people(play, 100);
    expect_gives_up(play, 100, 15 * 60, 17 * 60);
    assert_in_range(play->script.sent_count, 10, 50);
    assert_in_range(play->notices, 5, 8);
}

static void
one_rest_after_the_other_is_told_though_each_is_short(void **state)
{
    struct play *play = *state;
    struct reply reply = reply_throttled();
    reply.retry_after = "2";
    script_add(&play->script, (struct scene){.operation = "SendBonus", .reply = reply, .times = 9});
    stage_bonus(&play->stage);
    play_people(play, 1);
    play_run(play);
    assert_int_equal(play->run.counts.done, 1);
    assert_int_equal(play->notices, 3);
    holds(play->notice, "again, in all for 16 seconds");
}

static void
a_service_that_throttles_everything_is_given_up_in_a_minute(void **state)
{
    struct play *play = *state;
    reply_always(play, "SendBonus", reply_throttled(), NULL);
    stage_bonus(&play->stage);
    play_people(play, 100);
    expect_gives_up(play, 100, 20, 60);
}

static void
a_service_that_takes_no_connections_is_given_up_in_a_minute(void **state)
{
    struct play *play = *state;
    reply_always(play, "SendBonus", reply_unsent(), NULL);
    stage_bonus(&play->stage);
    play_people(play, 100);
    expect_gives_up(play, 100, 20, 60);
    assert_in_range(play->script.sent_count, 8, 60);
}

/* A machine that has no more handles, say. */
static void
calls_that_cannot_even_begin_are_given_up_in_a_minute(void **state)
{
    struct play *play = *state;
    script_add(&play->script, (struct scene){.operation = "SendBonus", .unsendable = true});
    stage_bonus(&play->stage);
    play_people(play, 3);
    expect_gives_up(play, 3, 20, 60);
}

/* Its clock is set by each answer, and each says that it is wrong. */
static void
a_service_that_never_likes_the_clock_is_given_up_in_a_minute(void **state)
{
    struct play *play = *state;
    struct reply reply = reply_whole(400, "{\"__type\":\"RequestExpired\",\"message\":\"old\"}");
    reply_always(play, "SendBonus", reply, NULL);
    stage_bonus(&play->stage);
    play_people(play, 100);
    expect_gives_up(play, 100, 20, 60);
    assert_in_range(play->script.sent_count, 8, 80);
}

/* Each call is throttled many times, and yet the service takes one now and then. */
static void
a_service_that_takes_a_call_now_and_then_is_not_given_up(void **state)
{
    struct play *play = *state;
    play_people(play, 20);
    for (size_t i = 1; i <= 20; i++)
        script_add(&play->script,
                   (struct scene){.operation = "SendBonus",
                                  .holds = arena_print(&play->stage.arena, "\"A%zu\"", i),
                                  .reply = reply_throttled(),
                                  .times = 8});
    play->width = 1;
    stage_bonus(&play->stage);
    play_run(play);
    assert_int_equal(play->run.counts.done, 20);
    assert_int_equal(play->run.stop, STATUS_DONE);
}

static void
a_thousand_questions_do_not_make_the_wait_for_a_shut_service_longer(void **state)
{
    struct play *play = *state;
    struct arena arena = {0};
    struct inquiry inquiry;
    struct question question;
    struct answer answer;
    struct error err = {0};
    reply_always(play, "ListBonusPayments", reply_throttled(), NULL);
    play_line(play);
    inquiry_init(&inquiry, &play->line, &arena);
    for (size_t i = 0; i < 1000; i++)
        inquiry_add(&inquiry, &(struct ask){.kind = ASK_ASSIGNMENT_PAYMENTS, .assignment = "X1"},
                    i);
    stamp_t before_ms = clock_boot_ms();
    assert_false(inquiry_next(&inquiry, &question, &answer, &err));
    assert_in_range((clock_boot_ms() - before_ms) / STAMP_SECOND_MS, 20, 60);
    holds(err.text, "cannot be read");
    line_close(&play->line);
    arena_close(&arena);
}

/* Three hundred bonuses of a run that died, a list for each, one call a second: what a list showed
 * is used before it is too old. */
static void
what_was_looked_up_goes_before_what_is_to_be(void **state)
{
    enum { OPEN = 300 };
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    play_people(play, OPEN);
    for (size_t i = 1; i <= OPEN; i++)
        play_crash(play, bonus, arena_print(&play->stage.arena, "X%zu", i), STORY_MS - MINUTES(90));
    play->width = 64;
    play->rate_max = 1;
    play->looked_ago_ms = MINUTES(30);
    play_run(play);
    assert_int_equal(play->run.counts.done, OPEN);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), OPEN);
    assert_int_equal(script_count(&play->script, "ListBonusPayments", NULL), OPEN);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_is_sent_while_the_service_wants_to_rest, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(
            a_service_that_wants_to_rest_after_each_call_is_left_alone_a_quarter_of_an_hour,
            play_open, play_close),
        cmocka_unit_test_setup_teardown(one_rest_after_the_other_is_told_though_each_is_short,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(a_service_that_throttles_everything_is_given_up_in_a_minute,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(a_service_that_takes_no_connections_is_given_up_in_a_minute,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(calls_that_cannot_even_begin_are_given_up_in_a_minute,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(
            a_service_that_never_likes_the_clock_is_given_up_in_a_minute, play_open, play_close),
        cmocka_unit_test_setup_teardown(a_service_that_takes_a_call_now_and_then_is_not_given_up,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(
            a_thousand_questions_do_not_make_the_wait_for_a_shut_service_longer, play_open,
            play_close),
        cmocka_unit_test_setup_teardown(what_was_looked_up_goes_before_what_is_to_be, play_open,
                                        play_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
