/* Answers that speak for one attempt only, and runs that take over from one that died. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/play.h"

static void
answer_bonus(struct play *play, struct reply reply, unsigned times)
{
    script_add(&play->script,
               (struct scene){.operation = "SendBonus", .reply = reply, .times = times});
}

static struct reply
reply_duplicate(struct play *play, const char *key)
{
    return reply_whole(400,
                       arena_print(&play->stage.arena,
                                   "{\"__type\":\"RequestError\",\"Message\":\"The idempotency "
                                   "token \\\"%s\\\" has already been processed.\"}",
                                   key));
}

static void
a_refusal_after_a_lost_attempt_stays_unknown(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    answer_bonus(play, reply_lost(), 1);
    answer_bonus(play, reply_refused(), 0);
    play_people(play, 1);
    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 2);
    assert_int_equal(script_count(&play->script, "ListBonusPayments", NULL), 2);
    play_expect(play, bonus, "X1", STANDING_UNKNOWN);
    assert_int_equal(run_standing(&play->book->journal.ledger), STATUS_UNKNOWN);
}

static void
a_refusal_is_believed_when_nothing_of_ours_can_be_under_way(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    answer_bonus(play, reply_refused(), 0);
    play_people(play, 1);
    play_crash(play, bonus, "X1", STORY_MS - MINUTES(16));
    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 1);
    assert_int_equal(script_count(&play->script, "ListBonusPayments", NULL), 1);
    play_expect(play, bonus, "X1", STANDING_REFUSED);
}

/* The run before died with the bonus under way a minute ago. */
static void
a_refusal_soon_after_a_crash_stays_unknown(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    answer_bonus(play, reply_refused(), 0);
    play_people(play, 1);
    play_crash(play, bonus, "X1", STORY_MS - MINUTES(1));
    play_run(play);
    play_expect(play, bonus, "X1", STANDING_UNKNOWN);
}

static void
what_a_dead_run_intended_is_sent_again_as_it_was_recorded(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    play_people(play, 1);
    const char *body = play_crash(play, bonus, "X1", STORY_MS - MINUTES(1));
    play_run(play);
    assert_int_equal(play->script.sent_count, 1);
    assert_string_equal(play->script.sent[0].body, body);
    assert_int_equal(play_records(play, "intend"), 1);
    assert_int_equal(play_records(play, "resend"), 1);
    assert_int_equal(play_records(play, "look"), 1);
    play_expect(play, bonus, "X1", STANDING_DONE);
}

static void
what_a_dead_run_paid_is_adopted_from_the_list(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    play_people(play, 1);
    play_crash(play, bonus, "X1", STORY_MS - MINUTES(1));
    stage_paid(&play->stage, "X1", "A1", 100, "Well done", STORY_MS - MINUTES(1));
    play_run(play);
    assert_int_equal(play->script.sent_count, 0);
    assert_int_equal(play_records(play, "adopt"), 1);
    play_expect(play, bonus, "X1", STANDING_DONE);
}

/* Without funds nothing is said about the attempt that the dead run made. */
static void
what_a_dead_run_intended_is_not_released_for_want_of_funds(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    answer_bonus(play, reply_funds(), 0);
    play_people(play, 2);
    play->width = 1;
    play_crash(play, bonus, "X1", STORY_MS - MINUTES(1));
    play_crash(play, bonus, "X2", STORY_MS - MINUTES(1));
    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 1);
    play_expect(play, bonus, "X1", STANDING_UNKNOWN);
    play_expect(play, bonus, "X2", STANDING_UNKNOWN);
}

static void
after_twenty_hours_an_absent_bonus_waits_for_a_second_look(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    play_people(play, 1);
    play_crash(play, bonus, "X1", STORY_MS - HOURS(21));
    play_run(play);
    assert_int_equal(play->script.sent_count, 0);
    play_expect(play, bonus, "X1", STANDING_UNKNOWN);
    play->stage.now_ms += MINUTES(4);
    play_run(play);
    assert_int_equal(play->script.sent_count, 0);
    play->stage.now_ms += MINUTES(2);
    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 1);
    play_expect(play, bonus, "X1", STANDING_DONE);
}

static void
after_twenty_hours_a_lost_resend_is_not_repeated_in_the_same_run(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    answer_bonus(play, reply_lost(), 0);
    play_people(play, 1);
    play_crash(play, bonus, "X1", STORY_MS - HOURS(21));
    play_run(play);
    play->stage.now_ms += MINUTES(6);
    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 1);
    assert_int_equal(script_count(&play->script, "ListBonusPayments", NULL), 1);
    play_expect(play, bonus, "X1", STANDING_UNKNOWN);
}

static void
already_processed_is_believed_when_the_list_shows_it(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    answer_bonus(play, reply_duplicate(play, stage_key(&play->stage, bonus, "X1")), 0);
    script_add(&play->script, scene_listed(play, "X1", "A1", NULL));
    play_people(play, 1);
    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 1);
    play_expect(play, bonus, "X1", STANDING_DONE);
    assert_int_equal(play_records(play, "adopt"), 1);
}

static void
already_processed_with_nothing_listed_is_unknown_after_three_looks(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    answer_bonus(play, reply_duplicate(play, stage_key(&play->stage, bonus, "X1")), 0);
    play_people(play, 1);
    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 1);
    assert_int_equal(script_count(&play->script, "ListBonusPayments", NULL), 3);
    play_expect(play, bonus, "X1", STANDING_UNKNOWN);
    assert_int_equal(play->run.counts.unknown, 1);
}

/* No attempt of ours can have been processed, so another run of this campaign was: it may have told
 * the worker, too. */
static void
already_processed_at_the_first_attempt_withholds_messages(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage), notify = stage_notify(&play->stage);
    answer_bonus(play, reply_duplicate(play, stage_key(&play->stage, bonus, "X1")), 0);
    script_add(&play->script, scene_listed(play, "X1", "A1", NULL));
    play_people(play, 1);
    play_run(play);
    assert_int_equal(script_count(&play->script, "NotifyWorkers", NULL), 0);
    assert_int_equal(play->run.withheld, 1);
    holds(play->book->bytes.bytes, "\"foreign\":true");
    holds(play->book->bytes.bytes, "\"elsewhere\":1");
    assert_true(deed_is_foreign(play_deed(play, bonus, "X1")));
    assert_int_equal(run_standing(&play->book->journal.ledger), STATUS_UNKNOWN);
    (void)notify;
}

/* Here it may have been our own attempt, whose answer was lost. */
static void
already_processed_after_a_lost_answer_withholds_nothing(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    stage_notify(&play->stage);
    answer_bonus(play, reply_lost(), 1);
    answer_bonus(play, reply_duplicate(play, stage_key(&play->stage, bonus, "X1")), 0);
    script_add(&play->script, (struct scene){.operation = "ListBonusPayments",
                                             .reply = reply_whole(200, "{\"BonusPayments\":[]}"),
                                             .times = 1});
    script_add(&play->script, scene_listed(play, "X1", "A1", NULL));
    play_people(play, 1);
    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 2);
    assert_int_equal(script_count(&play->script, "NotifyWorkers", NULL), 1);
    assert_false(deed_is_foreign(play_deed(play, bonus, "X1")));
}

/* The attempt of a run that died, and in the list a payment `before_ms` older than it. */
static void
expect_foreign(struct play *play, stamp_t before_ms, bool foreign)
{
    size_t bonus = stage_bonus(&play->stage);
    stage_notify(&play->stage);
    play_people(play, 1);
    play_crash(play, bonus, "X1", STORY_MS - MINUTES(10));
    stage_paid(&play->stage, "X1", "A1", 100, "Well done", STORY_MS - MINUTES(10) - before_ms);
    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 0);
    assert_int_equal(script_count(&play->script, "NotifyWorkers", NULL), foreign ? 0 : 1);
    play_expect(play, bonus, "X1", STANDING_DONE);
    assert_int_equal(deed_is_foreign(play_deed(play, bonus, "X1")), foreign);
}

static void
a_payment_from_before_the_intent_is_another_run_s(void **state)
{
    expect_foreign(*state, 6000, true);
}

static void
a_payment_as_old_as_clocks_may_differ_is_our_own(void **state)
{
    expect_foreign(*state, 4000, false);
}

/* The same in one run: our attempt had no answer, and what is listed is older than it. */
static void
a_lost_attempt_that_finds_an_older_payment_withholds_messages(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    stage_notify(&play->stage);
    play->stage.now_ms += MINUTES(1); /* the payment is listed as of the story's first seconds */
    answer_bonus(play, reply_lost(), 1);
    script_add(&play->script, scene_listed(play, "X1", "A1", NULL));
    play_people(play, 1);
    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 1);
    assert_int_equal(script_count(&play->script, "NotifyWorkers", NULL), 0);
    assert_true(deed_is_foreign(play_deed(play, bonus, "X1")));
}

static void
a_message_that_a_dead_run_intended_is_not_sent(void **state)
{
    struct play *play = *state;
    size_t notify = stage_notify(&play->stage);
    play_people(play, 1);
    play_crash(play, notify, "X1", STORY_MS - MINUTES(1));
    play_run(play);
    assert_int_equal(play->script.sent_count, 0);
    play_expect(play, notify, "A1", STANDING_UNKNOWN);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_refusal_after_a_lost_attempt_stays_unknown, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(a_refusal_is_believed_when_nothing_of_ours_can_be_under_way,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(a_refusal_soon_after_a_crash_stays_unknown, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(a_payment_from_before_the_intent_is_another_run_s,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(a_payment_as_old_as_clocks_may_differ_is_our_own, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(
            a_lost_attempt_that_finds_an_older_payment_withholds_messages, play_open, play_close),
        cmocka_unit_test_setup_teardown(what_a_dead_run_intended_is_sent_again_as_it_was_recorded,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(what_a_dead_run_paid_is_adopted_from_the_list, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(what_a_dead_run_intended_is_not_released_for_want_of_funds,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(after_twenty_hours_an_absent_bonus_waits_for_a_second_look,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(
            after_twenty_hours_a_lost_resend_is_not_repeated_in_the_same_run, play_open,
            play_close),
        cmocka_unit_test_setup_teardown(already_processed_at_the_first_attempt_withholds_messages,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(already_processed_after_a_lost_answer_withholds_nothing,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(already_processed_is_believed_when_the_list_shows_it,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(
            already_processed_with_nothing_listed_is_unknown_after_three_looks, play_open,
            play_close),
        cmocka_unit_test_setup_teardown(a_message_that_a_dead_run_intended_is_not_sent, play_open,
                                        play_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
