/* How the list of bonuses is read after an answer that did not come. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/play.h"

static void
lose(struct play *play, const char *operation, unsigned times)
{
    script_add(&play->script,
               (struct scene){.operation = operation, .reply = reply_lost(), .times = times});
}

static void
all_pages_of_the_list_are_read(void **state)
{
    struct play *play = *state;
    stage_bonus(&play->stage);
    lose(play, "SendBonus", 0);
    struct scene second = scene_listed(play, "X1", "A1", NULL),
                 first = scene_listed(play, "X1", "A9", "page-2");
    second.holds = "\"page-2\"";
    script_add(&play->script, second);
    script_add(&play->script, first);
    play_people(play, 1);
    play_run(play);
    assert_int_equal(script_count(&play->script, "ListBonusPayments", NULL), 2);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 1);
    assert_int_equal(play->run.counts.done, 1);
    holds(play->book->bytes.bytes, "\"verdict\":\"found\",\"pages\":2");
}

static void
a_lost_bonus_per_worker_is_looked_for_on_all_their_work(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    play->stage.steps[bonus].per = PER_WORKER;
    lose(play, "SendBonus", 0);
    script_add(&play->script, scene_listed(play, "X2", "A1", NULL));
    stage_work(&play->stage, "X1", "A1", WORK_SUBMITTED);
    stage_work(&play->stage, "X2", "A1", WORK_SUBMITTED);
    stage_work(&play->stage, "X3", "A1", WORK_SUBMITTED);
    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", "\"X3\""), 1);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 1);
    assert_int_equal(script_count(&play->script, "ListBonusPayments", NULL), 3);
    play_expect(play, bonus, "A1", STANDING_DONE);
}

/* Two equal bonuses of one worker: the one that is listed is the first step's. */
static void
a_payment_that_is_accounted_for_is_not_taken_for_a_lost_one(void **state)
{
    struct play *play = *state;
    stage_bonus(&play->stage);
    size_t second = stage_bonus(&play->stage);
    play->stage.steps[second].id = "second";
    script_add(&play->script, (struct scene){.operation = "SendBonus",
                                             .holds = stage_key(&play->stage, second, "X1"),
                                             .reply = reply_lost(),
                                             .times = 1});
    script_add(&play->script, scene_listed(play, "X1", "A1", NULL));
    play_people(play, 1);
    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 3);
    play_expect(play, second, "X1", STANDING_DONE);
}

/* Two equal bonuses, both without an answer: the one payment that appears at last is the first's,
 * so the second is sent once more. */
static void
a_payment_that_an_open_bonus_may_claim_is_not_taken_by_a_later_one(void **state)
{
    struct play *play = *state;
    size_t first = stage_bonus(&play->stage), second = stage_bonus(&play->stage);
    play->stage.steps[second].id = "second";
    play->stage.steps[second].needs_written = true;
    script_add(&play->script, (struct scene){.operation = "SendBonus",
                                             .holds = stage_key(&play->stage, first, "X1"),
                                             .reply = reply_lost()});
    script_add(&play->script, (struct scene){.operation = "SendBonus",
                                             .holds = stage_key(&play->stage, second, "X1"),
                                             .reply = reply_lost(),
                                             .times = 1});
    script_add(&play->script, (struct scene){.operation = "ListBonusPayments",
                                             .reply = reply_whole(200, "{\"BonusPayments\":[]}"),
                                             .times = 4});
    script_add(&play->script, scene_listed(play, "X1", "A1", NULL));
    play_people(play, 1);
    play_run(play);
    play_expect(play, first, "X1", STANDING_UNKNOWN);
    play_expect(play, second, "X1", STANDING_DONE);
    assert_int_equal(
        script_count(&play->script, "SendBonus", stage_key(&play->stage, second, "X1")), 2);
}

static void
a_list_that_does_not_end_is_not_read_for_ever(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    lose(play, "SendBonus", 0);
    script_add(&play->script, scene_listed(play, "X1", "A9", "again"));
    play_people(play, 1);
    play_run(play);
    assert_int_equal(script_count(&play->script, "ListBonusPayments", NULL), 2);
    play_expect(play, bonus, "X1", STANDING_UNKNOWN);
}

static void
a_lost_bonus_that_cannot_be_looked_for_is_not_resent(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    lose(play, "SendBonus", 1);
    script_add(&play->script,
               (struct scene){.operation = "ListBonusPayments", .reply = reply_refused()});
    play_people(play, 1);
    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 1);
    play_expect(play, bonus, "X1", STANDING_UNKNOWN);
}

static void
a_bonus_whose_last_try_got_through_is_found(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    lose(play, "SendBonus", 0);
    script_add(&play->script, (struct scene){.operation = "ListBonusPayments",
                                             .reply = reply_whole(200, "{\"BonusPayments\":[]}"),
                                             .times = 3});
    script_add(&play->script, scene_listed(play, "X1", "A1", NULL));
    play_people(play, 1);
    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 4);
    play_expect(play, bonus, "X1", STANDING_DONE);
}

/* The file says 1.50 now; 1.00 was sent, and no answer came. */
static void
what_was_sent_is_looked_for_as_it_was_sent_when_the_file_was_changed(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    play_people(play, 1);
    play_crash(play, bonus, "X1", STORY_MS - HOURS(1));
    stage_paid(&play->stage, "X1", "A1", 100, "Well done", STORY_MS - MINUTES(59));
    play->stage.steps[bonus].amount = 150;
    play->only_look = true;
    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 0);
    play_expect(play, bonus, "X1", STANDING_DONE);
    assert_int_equal(play_deed(play, bonus, "X1")->amount, 100);
}

static void
what_was_sent_and_is_absent_twice_may_be_sent_as_the_file_says_now(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    play_people(play, 1);
    play_crash(play, bonus, "X1", STORY_MS - HOURS(1));
    play->stage.steps[bonus].amount = 150;
    play->only_look = true;
    play_run(play);
    play_expect(play, bonus, "X1", STANDING_UNKNOWN);
    play->stage.now_ms += MINUTES(4);
    play_run(play);
    play_expect(play, bonus, "X1", STANDING_UNKNOWN);
    play->stage.now_ms += MINUTES(2);
    play_run(play);
    play_expect(play, bonus, "X1", STANDING_RELEASED);
    play->only_look = false;
    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", "1.50"), 1);
    assert_int_equal(play_deed(play, bonus, "X1")->amount, 150);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_pages_of_the_list_are_read, play_open, play_close),
        cmocka_unit_test_setup_teardown(a_lost_bonus_per_worker_is_looked_for_on_all_their_work,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(a_payment_that_is_accounted_for_is_not_taken_for_a_lost_one,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(
            a_payment_that_an_open_bonus_may_claim_is_not_taken_by_a_later_one, play_open,
            play_close),
        cmocka_unit_test_setup_teardown(a_bonus_whose_last_try_got_through_is_found, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(a_list_that_does_not_end_is_not_read_for_ever, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(a_lost_bonus_that_cannot_be_looked_for_is_not_resent,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(
            what_was_sent_is_looked_for_as_it_was_sent_when_the_file_was_changed, play_open,
            play_close),
        cmocka_unit_test_setup_teardown(
            what_was_sent_and_is_absent_twice_may_be_sent_as_the_file_says_now, play_open,
            play_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
