/* The run over a marketplace of canned replies. In all of these the script itself makes sure that
 * every attempt is on the disk before it is sent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/play.h"

static void
every_step_is_carried_out_in_order_and_once(void **state)
{
    struct play *play = *state;
    size_t steps[] = {stage_approve(&play->stage), stage_qualify(&play->stage),
                      stage_bonus(&play->stage), stage_notify(&play->stage)};
    play_people(play, 3);
    play_run(play);
    play_expect_worked(play);
    static const char *const order[] = {"ApproveAssignment", "AssociateQualificationWithWorker",
                                        "SendBonus"};
    assert_int_equal(play->script.sent_count, 10);
    for (size_t i = 0; i < 9; i++)
        assert_string_equal(play->script.sent[i].operation, order[i / 3]);
    assert_string_equal(play->script.sent[9].operation, "NotifyWorkers");
    assert_true(play->script.sent[9].fresh);
    holds(play->script.sent[9].body, "\"WorkerIds\":[\"A1\",\"A2\",\"A3\"]");
    for (size_t i = 0; i < 4; i++)
        play_expect(play, steps[i], i % 2 ? "A2" : "X2", STANDING_DONE);
    assert_int_equal(play->run.counts.done, 12);
    assert_int_equal(play->run.counts.pending, 0);
    assert_int_equal(play->run.counts.amount, 3 * 150);
    assert_int_equal(play->run.counts.fee, 3 * 30);
    assert_int_equal(run_standing(&play->book->journal.ledger), STATUS_DONE);
    assert_int_equal(play_records(play, "end"), 1);
    assert_int_equal(play_records(play, "body"), 1);
}

static void
a_second_run_of_a_finished_campaign_has_nothing_to_do(void **state)
{
    struct play *play = *state;
    stage_bonus(&play->stage);
    stage_notify(&play->stage);
    play_people(play, 2);
    play_run(play);
    size_t sent = play->script.sent_count;
    play_run(play);
    assert_true(plan_is_empty(play->plan));
    assert_int_equal(play->script.sent_count, sent);
}

static void
the_body_that_is_sent_is_the_body_that_was_recorded(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    play->stage.steps[bonus].message = "Grüße, \"friend\"\n\ttwo lines";
    play_people(play, 1);
    play_run(play);
    assert_string_equal(play_deed(play, bonus, "X1")->body, play->script.sent[0].body);
    holds(play->script.sent[0].body, play_deed(play, bonus, "X1")->key);
}

static void
a_refusal_is_recorded_and_the_others_go_on(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    script_add(
        &play->script,
        (struct scene){.operation = "SendBonus", .holds = "\"A2\"", .reply = reply_refused()});
    play_people(play, 3);
    play_run(play);
    play_expect_worked(play);
    play_expect(play, bonus, "X1", STANDING_DONE);
    play_expect(play, bonus, "X2", STANDING_REFUSED);
    play_expect(play, bonus, "X3", STANDING_DONE);
    assert_string_equal(play_deed(play, bonus, "X2")->code, "AWS.MechanicalTurk.SomeRefusal");
    assert_string_equal(play_deed(play, bonus, "X2")->text, "No.");
    assert_int_equal(run_standing(&play->book->journal.ledger), STATUS_REFUSED);
    assert_int_equal(script_count(&play->script, "SendBonus", "\"A2\""), 1);
    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 3);
}

static void
who_was_not_paid_is_not_told_so(void **state)
{
    struct play *play = *state;
    stage_bonus(&play->stage);
    size_t notify = stage_notify(&play->stage);
    script_add(
        &play->script,
        (struct scene){.operation = "SendBonus", .holds = "\"A2\"", .reply = reply_refused()});
    play_people(play, 3);
    play_run(play);
    assert_int_equal(script_count(&play->script, "NotifyWorkers", NULL), 1);
    assert_int_equal(script_count(&play->script, "NotifyWorkers", "[\"A1\",\"A3\"]"), 1);
    play_expect(play, notify, "A1", STANDING_DONE);
    assert_null(ledger_find(&play->book->journal.ledger, stage_key(&play->stage, notify, "A2")));
    assert_int_equal(play->run.counts.pending, 1);
}

static void
a_step_that_needs_nothing_reaches_whom_a_payment_was_refused(void **state)
{
    struct play *play = *state;
    stage_bonus(&play->stage);
    size_t notify = stage_notify(&play->stage);
    play->stage.steps[notify].needs_written = true;
    script_add(&play->script, (struct scene){.operation = "SendBonus", .reply = reply_refused()});
    play_people(play, 2);
    play_run(play);
    play_expect(play, notify, "A1", STANDING_DONE);
    play_expect(play, notify, "A2", STANDING_DONE);
}

static void
workers_whom_a_message_did_not_reach_are_refused_one_by_one(void **state)
{
    struct play *play = *state;
    size_t notify = stage_notify(&play->stage);
    script_add(
        &play->script,
        (struct scene){.operation = "NotifyWorkers",
                       .reply = reply_whole(200, "{\"NotifyWorkersFailureStatuses\":[{"
                                                 "\"NotifyWorkersFailureCode\":\"HardFailure\","
                                                 "\"NotifyWorkersFailureMessage\":\"No work\","
                                                 "\"WorkerId\":\"A2\"}]}")});
    play_people(play, 3);
    play_run(play);
    play_expect(play, notify, "A1", STANDING_DONE);
    play_expect(play, notify, "A2", STANDING_REFUSED);
    play_expect(play, notify, "A3", STANDING_DONE);
    assert_string_equal(play_deed(play, notify, "A2")->code, "HardFailure");
    assert_int_equal(run_standing(&play->book->journal.ledger), STATUS_REFUSED);
}

static void
messages_go_out_to_a_hundred_at_a_time(void **state)
{
    struct play *play = *state;
    stage_notify(&play->stage);
    play_people(play, 201);
    play_run(play);
    assert_int_equal(script_count(&play->script, "NotifyWorkers", NULL), 3);
    assert_int_equal(play->run.counts.done, 201);
    assert_int_equal(play_records(play, "body"), 3);
}

static void
what_was_throttled_or_not_sent_is_sent_again_with_the_same_bytes(void **state)
{
    struct reply replies[] = {reply_throttled(), reply_unsent()};
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    for (size_t i = 0; i < 2; i++)
        script_add(&play->script,
                   (struct scene){.operation = "SendBonus", .reply = replies[i], .times = 1});
    play_people(play, 1);
    play_run(play);
    play_expect(play, bonus, "X1", STANDING_DONE);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 3);
    assert_int_equal(script_count(&play->script, "ListBonusPayments", NULL), 0);
    assert_string_equal(play->script.sent[0].body, play->script.sent[2].body);
    assert_int_equal(play_records(play, "intend"), 1);
    assert_int_equal(play_records(play, "resend"), 2);
    assert_int_equal(play_deed(play, bonus, "X1")->attempts, 3);
}

static void
a_message_that_was_not_sent_may_be_sent_again(void **state)
{
    struct play *play = *state;
    size_t notify = stage_notify(&play->stage);
    script_add(
        &play->script,
        (struct scene){.operation = "NotifyWorkers", .reply = reply_throttled(), .times = 1});
    script_add(&play->script,
               (struct scene){.operation = "NotifyWorkers", .unsendable = true, .times = 1});
    play_people(play, 2);
    play_run(play);
    play_expect(play, notify, "A2", STANDING_DONE);
    assert_int_equal(script_count(&play->script, "NotifyWorkers", NULL), 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_step_is_carried_out_in_order_and_once, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(a_second_run_of_a_finished_campaign_has_nothing_to_do,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(the_body_that_is_sent_is_the_body_that_was_recorded,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(a_refusal_is_recorded_and_the_others_go_on, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(who_was_not_paid_is_not_told_so, play_open, play_close),
        cmocka_unit_test_setup_teardown(
            a_step_that_needs_nothing_reaches_whom_a_payment_was_refused, play_open, play_close),
        cmocka_unit_test_setup_teardown(workers_whom_a_message_did_not_reach_are_refused_one_by_one,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(messages_go_out_to_a_hundred_at_a_time, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(
            what_was_throttled_or_not_sent_is_sent_again_with_the_same_bytes, play_open,
            play_close),
        cmocka_unit_test_setup_teardown(a_message_that_was_not_sent_may_be_sent_again, play_open,
                                        play_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
