/* What stops a step, the money, or the run, and what is left pending then. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <sys/resource.h>

#include "support/play.h"

static void
without_funds_payments_stop_and_the_paid_are_still_told(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage), notify = stage_notify(&play->stage);
    script_add(&play->script, (struct scene){.operation = "SendBonus",
                                             .holds = "\"A2\"",
                                             .reply = reply_funds(),
                                             .times = 1});
    play->width = 1;
    play_people(play, 4);
    play_run(play);
    play_expect_worked(play);
    assert_true(play->run.funds_gone);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 2);
    assert_int_equal(script_count(&play->script, "NotifyWorkers", "[\"A1\"]"), 1);
    assert_int_equal(script_count(&play->script, "NotifyWorkers", NULL), 1);
    play_expect(play, bonus, "X1", STANDING_DONE);
    play_expect(play, bonus, "X2", STANDING_RELEASED);
    assert_int_equal(play->run.counts.pending, 6);
    assert_int_equal(play->run.counts.unknown, 0);
    assert_int_equal(run_standing(&play->book->journal.ledger), STATUS_DONE);

    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 5);
    for (size_t i = 1; i <= 4; i++) {
        const char *id = arena_print(&play->stage.arena, "X%zu", i);
        play_expect(play, bonus, id, STANDING_DONE);
        play_expect(play, notify, stage_assignment(&play->stage, id)->worker, STANDING_DONE);
    }
}

static void
without_funds_approvals_stop_and_qualifications_go_on(void **state)
{
    struct play *play = *state;
    size_t qualify = stage_qualify(&play->stage);
    stage_bonus(&play->stage);
    stage_approve(&play->stage);
    size_t later = stage_qualify(&play->stage);
    play->stage.steps[later].id = "later";
    play->stage.steps[later].needs_written = true;
    script_add(&play->script, (struct scene){.operation = "SendBonus", .reply = reply_funds()});
    play->stage.steps[2].needs_written = true;
    play_people(play, 2);
    play_run(play);
    assert_int_equal(script_count(&play->script, "ApproveAssignment", NULL), 0);
    play_expect(play, qualify, "A2", STANDING_DONE);
    play_expect(play, later, "A2", STANDING_DONE);
}

static void
ten_refusals_in_a_row_stop_the_step_and_not_the_next_one(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage), notify = stage_notify(&play->stage);
    play->stage.steps[notify].needs_written = true;
    script_add(&play->script, (struct scene){.operation = "SendBonus", .reply = reply_refused()});
    play->width = 1;
    play_people(play, 15);
    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 10);
    assert_int_equal(play->run.counts.refused, 10);
    assert_int_equal(play->run.counts.pending, 5);
    assert_int_equal(play->run.counts.done, 15);
    play_expect(play, bonus, "X10", STANDING_REFUSED);
    assert_null(ledger_find(&play->book->journal.ledger, stage_key(&play->stage, bonus, "X11")));
    holds(play->notice, "step 'bonus' is stopped: 10 refusals in a row with "
                        "AWS.MechanicalTurk.SomeRefusal");
}

static void
refusals_with_a_success_between_them_stop_nothing(void **state)
{
    struct play *play = *state;
    stage_bonus(&play->stage);
    script_add(&play->script, (struct scene){.operation = "SendBonus",
                                             .holds = "\"A10\"",
                                             .reply = reply_whole(200, "{}")});
    script_add(&play->script, (struct scene){.operation = "SendBonus", .reply = reply_refused()});
    play->width = 1;
    play_people(play, 19);
    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 19);
    assert_null(play->notice);
}

static void
refused_credentials_stop_the_run(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage), notify = stage_notify(&play->stage);
    play->stage.steps[notify].needs_written = true;
    script_add(&play->script,
               (struct scene){.operation = "SendBonus",
                              .reply = reply_whole(400, "{\"__type\":\"ExpiredTokenException\","
                                                        "\"message\":\"The token has expired\"}")});
    play->width = 1;
    play_people(play, 3);
    play_run(play);
    play_expect_worked(play);
    assert_int_equal(play->run.stop, STATUS_CREDENTIALS);
    assert_int_equal(play->script.sent_count, 1);
    play_expect(play, bonus, "X1", STANDING_RELEASED);
    assert_int_equal(play->run.counts.pending, 6);
    assert_int_equal(play_records(play, "end"), 1);
}

/* From the given send on, the journal cannot be written any more. */
struct breakage {
    struct play *play;
    size_t at_send;
    bool close_it; /* else the disk is full, so to speak */
};

static void
break_journal(void *self, size_t sent_count)
{
    const struct breakage *breakage = self;
    struct store *store = &breakage->play->book->journal.store;
    struct rlimit limit = {.rlim_cur = sent_count < breakage->at_send ? RLIM_INFINITY : store->size,
                           .rlim_max = RLIM_INFINITY};
    if (!breakage->close_it)
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    else if (sent_count == breakage->at_send)
        close(store->descriptor);
}

static void
mend_journal(void)
{
    struct rlimit limit = {.rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY};
    setrlimit(RLIMIT_FSIZE, &limit);
}

static void
expect_stopped_by_the_journal(struct play *play, size_t sends)
{
    mend_journal();
    assert_false(play->worked);
    assert_int_equal(play->err.status, STATUS_JOURNAL);
    assert_int_equal(play->script.sent_count, sends);
}

static void
when_an_outcome_cannot_be_written_nothing_more_is_sent_and_all_are_told(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    stage_notify(&play->stage);
    play_people(play, 9);
    signal(SIGXFSZ, SIG_IGN);
    struct breakage breakage = {.play = play, .at_send = 4};
    play->script.on_send = break_journal;
    play->script.on_send_self = &breakage;
    play_run(play);
    expect_stopped_by_the_journal(play, 4);
    assert_int_equal(play->unrecorded, 4);
    assert_string_equal(play->unrecorded_key, stage_key(&play->stage, bonus, "X4"));
    assert_string_equal(play->unrecorded_what, "done");
    play_expect(play, bonus, "X1", STANDING_INTENDED);
    play_expect(play, bonus, "X4", STANDING_INTENDED);
    assert_int_equal(play_records(play, "done"), 0);
}

static void
when_the_descriptor_is_gone_nothing_more_is_sent(void **state)
{
    struct play *play = *state;
    stage_bonus(&play->stage);
    play_people(play, 9);
    struct breakage breakage = {.play = play, .at_send = 2, .close_it = true};
    play->script.on_send = break_journal;
    play->script.on_send_self = &breakage;
    play->width = 2;
    play_run(play);
    expect_stopped_by_the_journal(play, 2);
    assert_int_equal(play->unrecorded, 2);
}

static void
when_an_intent_cannot_be_written_it_is_not_sent(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    play_people(play, 3);
    play_crash(play, bonus, "X1", STORY_MS - MINUTES(1));
    signal(SIGXFSZ, SIG_IGN);
    struct rlimit limit = {.rlim_cur = play->book->journal.store.size, .rlim_max = RLIM_INFINITY};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    play_run(play);
    expect_stopped_by_the_journal(play, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(without_funds_payments_stop_and_the_paid_are_still_told,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(without_funds_approvals_stop_and_qualifications_go_on,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(ten_refusals_in_a_row_stop_the_step_and_not_the_next_one,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(refusals_with_a_success_between_them_stop_nothing,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(refused_credentials_stop_the_run, play_open, play_close),
        cmocka_unit_test_setup_teardown(
            when_an_outcome_cannot_be_written_nothing_more_is_sent_and_all_are_told, play_open,
            play_close),
        cmocka_unit_test_setup_teardown(when_the_descriptor_is_gone_nothing_more_is_sent, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(when_an_intent_cannot_be_written_it_is_not_sent, play_open,
                                        play_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
