/* A machine that sleeps in the middle of a run: what was seen before is no longer believed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/play.h"

static size_t sleeps_at; /* after so many calls */

static void
sleep_once(void *self, size_t sent_count)
{
    (void)self;
    if (sent_count == sleeps_at)
        clockwork_wait_ms(HOURS(26));
}

static int
begin(void **state)
{
    if (play_open(state) != 0)
        return -1;
    struct play *play = *state;
    play->width = 1;
    play->script.on_send = sleep_once;
    return 0;
}

static void
an_open_bonus_is_looked_for_again_before_it_is_sent_again(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    play_people(play, 2);
    play_crash(play, bonus, "X2", STORY_MS - MINUTES(1));
    script_add(&play->script, scene_listed(play, "X2", "A2", NULL));
    sleeps_at = 1; /* while X1 is paid */
    play_run(play);
    play_expect_worked(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 1);
    assert_int_equal(script_count(&play->script, "ListBonusPayments", "\"X2\""), 1);
    play_expect(play, bonus, "X1", STANDING_DONE);
    play_expect(play, bonus, "X2", STANDING_DONE);
}

static void
a_list_that_was_read_before_the_sleep_does_not_show_absence(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    play_people(play, 1);
    script_add(&play->script,
               (struct scene){.operation = "SendBonus", .reply = reply_lost(), .times = 1});
    script_add(&play->script,
               (struct scene){.operation = "ListBonusPayments",
                              .reply = reply_whole(200, "{\"NumResults\":0,\"BonusPayments\":[]}"),
                              .times = 1});
    script_add(&play->script, scene_listed(play, "X1", "A1", NULL));
    sleeps_at = 2; /* while the list's answer waits to be taken */
    play_run(play);
    play_expect_worked(play);
    assert_int_equal(script_count(&play->script, "ListBonusPayments", NULL), 2);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 1);
    play_expect(play, bonus, "X1", STANDING_DONE);
    assert_int_equal(play_records(play, "look"), 1);
}

/* Another run may have paid it meanwhile, and the token is forgotten. */
static void
a_bonus_that_was_never_sent_is_looked_for_after_a_sleep(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage), notify = stage_notify(&play->stage);
    play_people(play, 3);
    script_add(&play->script, scene_listed(play, "X2", "A2", NULL));
    sleeps_at = 1; /* while X1 is paid */
    play_run(play);
    play_expect_worked(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 2);
    assert_int_equal(script_count(&play->script, "SendBonus", "\"X2\""), 0);
    play_expect(play, bonus, "X2", STANDING_DONE);
    play_expect(play, bonus, "X3", STANDING_DONE);
    assert_true(deed_is_foreign(play_deed(play, bonus, "X2")));
    assert_int_equal(script_count(&play->script, "NotifyWorkers", NULL), 0);
    assert_int_equal(play->run.withheld, 3);
    (void)notify;
}

/* It was chosen, and its intent written, a moment before its time; then the machine slept. */
static void
a_bonus_that_was_chosen_before_a_sleep_is_looked_for_too(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    play_people(play, 3);
    script_add(&play->script, scene_listed(play, "X2", "A2", NULL));
    sleeps_at = 1; /* while X1 is paid */
    play->width = 4;
    play->rate_max = 60;
    play_run(play);
    play_expect_worked(play);
    assert_int_equal(script_count(&play->script, "SendBonus", "\"X2\""), 0);
    assert_int_equal(script_count(&play->script, "ListBonusPayments", "\"X2\""), 1);
    play_expect(play, bonus, "X3", STANDING_DONE);
}

static void
a_bonus_that_cannot_be_looked_for_after_a_sleep_stays_pending(void **state)
{
    struct play *play = *state;
    stage_bonus(&play->stage);
    play_people(play, 2);
    script_add(&play->script,
               (struct scene){.operation = "ListBonusPayments", .reply = reply_refused()});
    sleeps_at = 1;
    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 1);
    assert_int_equal(play->run.counts.pending, 1);
    assert_int_equal(play->run.stop, STATUS_STOPPED);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_open_bonus_is_looked_for_again_before_it_is_sent_again,
                                        begin, play_close),
        cmocka_unit_test_setup_teardown(a_list_that_was_read_before_the_sleep_does_not_show_absence,
                                        begin, play_close),
        cmocka_unit_test_setup_teardown(a_bonus_that_was_never_sent_is_looked_for_after_a_sleep,
                                        begin, play_close),
        cmocka_unit_test_setup_teardown(a_bonus_that_was_chosen_before_a_sleep_is_looked_for_too,
                                        begin, play_close),
        cmocka_unit_test_setup_teardown(
            a_bonus_that_cannot_be_looked_for_after_a_sleep_stays_pending, begin, play_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
