/* How many calls are begun at once, and so how many a crash can leave in doubt. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/play.h"

struct crowd {
    const struct script *script;
    size_t most; /* under way at once */
};

static void
crowd_count(void *self, size_t sent_count)
{
    struct crowd *crowd = self;
    size_t under_way = 0;
    for (size_t i = 0; i < sent_count; i++)
        under_way += !crowd->script->sent[i].answered;
    crowd->most = under_way > crowd->most ? under_way : crowd->most;
}

/* What nobody can look up afterwards: a crash leaves one call in doubt, not many. */
static void
messages_go_out_one_call_at_a_time_and_bonuses_together(void **state)
{
    struct play *play = *state;
    struct crowd crowd = {.script = &play->script};
    play->script.on_send = crowd_count;
    play->script.on_send_self = &crowd;
    play_people(play, 150);
    stage_notify(&play->stage);
    play_run(play);
    assert_int_equal(crowd.most, 1);
    play->stage.campaign.step_count = 0;
    stage_bonus(&play->stage);
    play_run(play);
    assert_int_equal(crowd.most, play->width);
}

struct doubt {
    struct play *play;
    size_t most; /* intents on the disk without an outcome on the disk */
};

static size_t
kinds_count(const struct buffer *journal, const char *kind)
{
    size_t count = 0;
    for (const char *at = journal->bytes; (at = strstr(at, kind)); at++)
        count++;
    return count;
}

static void
doubt_count(void *self, size_t sent_count)
{
    (void)sent_count;
    struct doubt *doubt = self;
    struct buffer journal = {0};
    struct error err = {0};
    bool exists;
    assert_true(file_read(doubt->play->script.journal, 1 << 20, &journal, &exists, &err) && exists);
    size_t open =
        kinds_count(&journal, "\"kind\":\"intend\"") - kinds_count(&journal, "\"kind\":\"done\"");
    doubt->most = open > doubt->most ? open : doubt->most;
    buffer_close(&journal);
}

/* What is sent again waits for it: throttled, refused a connection, or looked for. */
static void
a_crash_leaves_no_more_in_doubt_than_the_window(void **state)
{
    static const unsigned widths[] = {1, 2, 8};
    const struct reply replies[] = {reply_whole(200, "{}"), reply_throttled(), reply_unsent(),
                                    reply_lost()};
    for (size_t i = 0; i < sizeof replies / sizeof *replies; i++) {
        for (size_t j = 0; j < sizeof widths / sizeof *widths; j++) {
            void *fresh = NULL;
            assert_int_equal(play_open(&fresh), 0);
            struct play *play = fresh;
            struct doubt doubt = {.play = play};
            play->script.on_send = doubt_count;
            play->script.on_send_self = &doubt;
            script_add(&play->script,
                       (struct scene){.operation = "SendBonus", .reply = replies[i], .times = 3});
            play->width = widths[j];
            play_people(play, 60);
            stage_bonus(&play->stage);
            play_run(play);
            assert_int_equal(play->run.counts.done, 60);
            assert_int_equal(doubt.most, play->width);
            play_close(&fresh);
        }
    }
    (void)state;
}

static void
where_the_marketplace_is_serial_payments_go_out_one_at_a_time(void **state)
{
    struct play *play = *state;
    struct crowd crowd = {.script = &play->script};
    struct market serial = mturk_market;
    serial.serial_money = true;
    play->market = &serial;
    play->script.on_send = crowd_count;
    play->script.on_send_self = &crowd;
    play_people(play, 12);
    stage_bonus(&play->stage);
    play_run(play);
    assert_int_equal(crowd.most, 1);
    assert_int_equal(play->run.counts.done, 12);
    play->stage.campaign.step_count = 0;
    stage_qualify(&play->stage);
    play_run(play);
    assert_int_equal(crowd.most, play->width);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_crash_leaves_no_more_in_doubt_than_the_window),
        cmocka_unit_test_setup_teardown(messages_go_out_one_call_at_a_time_and_bonuses_together,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(
            where_the_marketplace_is_serial_payments_go_out_one_at_a_time, play_open, play_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
