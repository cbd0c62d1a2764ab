/* Answers that do not come: the list decides, recorded bytes are resent, and what nobody can look
 * up is never sent again. */
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
expect_sent(const struct play *play, const char *const *operations, size_t count)
{
    assert_int_equal(play->script.sent_count, count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(play->script.sent[i].operation, operations[i]);
}

static void
a_lost_bonus_is_looked_for_before_the_same_bytes_are_sent_again(void **state)
{
    static const char *const order[] = {"SendBonus", "ListBonusPayments", "SendBonus"};
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    lose(play, "SendBonus", 1);
    play_people(play, 1);
    play_run(play);
    expect_sent(play, order, 3);
    assert_string_equal(play->script.sent[0].body, play->script.sent[2].body);
    holds(play->script.sent[1].body, "\"X1\"");
    play_expect(play, bonus, "X1", STANDING_DONE);
    assert_int_equal(play_deed(play, bonus, "X1")->attempts, 2);
    assert_int_equal(play_records(play, "unknown"), 1);
    assert_int_equal(play_records(play, "look"), 1);
    assert_int_equal(play->run.counts.done, 1);
    assert_int_equal(play->run.counts.unknown, 0);
}

/* Every 5xx, and every answer that cannot be understood, is as good as none. */
static void
only_a_whole_answer_that_is_understood_is_an_answer(void **state)
{
    static const char *const order[] = {
        "SendBonus", "ListBonusPayments", "SendBonus", "ListBonusPayments",
        "SendBonus", "ListBonusPayments", "SendBonus"};
    struct play *play = *state;
    stage_bonus(&play->stage);
    struct reply replies[] = {reply_whole(500, "{\"__type\":\"ServiceFault\"}"),
                              reply_whole(200, "<html>"), reply_whole(302, "")};
    for (size_t i = 0; i < 3; i++)
        script_add(&play->script,
                   (struct scene){.operation = "SendBonus", .reply = replies[i], .times = 1});
    play_people(play, 1);
    play_run(play);
    expect_sent(play, order, 7);
    assert_int_equal(play->run.counts.done, 1);
}

static void
a_lost_bonus_that_the_list_shows_is_adopted_and_not_resent(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    lose(play, "SendBonus", 0);
    script_add(&play->script, scene_listed(play, "X1", "A1", NULL));
    play_people(play, 1);
    play_run(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 1);
    play_expect(play, bonus, "X1", STANDING_DONE);
    assert_int_equal(play_records(play, "adopt"), 1);
    assert_int_equal(play->run.counts.done, 1);
    assert_int_equal(play->run.counts.amount, 100);
    assert_int_equal(run_standing(&play->book->journal.ledger), STATUS_DONE);
}

static void
a_bonus_is_tried_four_times_in_a_run_and_then_left_unknown(void **state)
{
    struct play *play = *state;
    size_t bonus = stage_bonus(&play->stage);
    lose(play, "SendBonus", 0);
    play_people(play, 1);
    play_run(play);
    play_expect_worked(play);
    assert_int_equal(script_count(&play->script, "SendBonus", NULL), 4);
    assert_int_equal(script_count(&play->script, "ListBonusPayments", NULL), 4);
    play_expect(play, bonus, "X1", STANDING_UNKNOWN);
    assert_int_equal(play->run.counts.unknown, 1);
    assert_int_equal(play->run.counts.pending, 0);
    assert_int_equal(run_standing(&play->book->journal.ledger), STATUS_UNKNOWN);
}

static void
a_qualification_is_tried_four_times_in_a_run(void **state)
{
    struct play *play = *state;
    size_t qualify = stage_qualify(&play->stage);
    lose(play, "AssociateQualificationWithWorker", 0);
    play_people(play, 1);
    play_run(play);
    assert_int_equal(play->script.sent_count, 4);
    play_expect(play, qualify, "A1", STANDING_UNKNOWN);
}

static void
a_message_without_an_answer_is_never_sent_again(void **state)
{
    struct play *play = *state;
    size_t notify = stage_notify(&play->stage);
    lose(play, "NotifyWorkers", 0);
    play_people(play, 2);
    for (int run = 0; run < 3; run++) {
        play_run(play);
        play_expect_worked(play);
        assert_int_equal(script_count(&play->script, "NotifyWorkers", NULL), 1);
        play_expect(play, notify, "A1", STANDING_UNKNOWN);
        play_expect(play, notify, "A2", STANDING_UNKNOWN);
        assert_int_equal(run_standing(&play->book->journal.ledger), STATUS_UNKNOWN);
    }
}

static void
a_qualification_without_an_answer_is_set_again(void **state)
{
    static const char *const order[] = {"AssociateQualificationWithWorker",
                                        "AssociateQualificationWithWorker"};
    struct play *play = *state;
    stage_qualify(&play->stage);
    lose(play, "AssociateQualificationWithWorker", 1);
    play_people(play, 1);
    play_run(play);
    expect_sent(play, order, 2);
    assert_int_equal(play->run.counts.done, 1);
}

static void
an_approval_that_its_state_refuses_is_decided_by_the_state(void **state)
{
    static const struct {
        const char *status;
        enum standing standing;
    } rows[] = {{"Approved", STANDING_DONE}, {"Rejected", STANDING_REFUSED}};
    struct play *play = *state;
    size_t approve = stage_approve(&play->stage);
    play_people(play, 2);
    lose(play, "ApproveAssignment", 2);
    script_add(&play->script,
               (struct scene){.operation = "ApproveAssignment",
                              .reply = reply_whole(
                                  400, "{\"__type\":\"RequestError\",\"Message\":\"This operation "
                                       "can be called with a status of: Submitted\",\"TurkErrorCode"
                                       "\":\"AWS.MechanicalTurk.InvalidAssignmentState\"}")});
    for (size_t i = 0; i < 2; i++)
        script_add(&play->script,
                   (struct scene){.operation = "GetAssignment",
                                  .holds = i ? "\"X2\"" : "\"X1\"",
                                  .reply = reply_whole(
                                      200, arena_print(&play->stage.arena,
                                                       "{\"Assignment\":{\"AssignmentId\":\"X%zu\","
                                                       "\"WorkerId\":\"A%zu\",\"AssignmentStatus\":"
                                                       "\"%s\",\"SubmitTime\":1795442400}}",
                                                       i + 1, i + 1, rows[i].status))});
    play_run(play);
    for (size_t i = 0; i < 2; i++)
        play_expect(play, approve, i ? "X2" : "X1", rows[i].standing);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_lost_bonus_is_looked_for_before_the_same_bytes_are_sent_again, play_open, play_close),
        cmocka_unit_test_setup_teardown(only_a_whole_answer_that_is_understood_is_an_answer,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(a_lost_bonus_that_the_list_shows_is_adopted_and_not_resent,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(a_bonus_is_tried_four_times_in_a_run_and_then_left_unknown,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(a_qualification_is_tried_four_times_in_a_run, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(a_message_without_an_answer_is_never_sent_again, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(a_qualification_without_an_answer_is_set_again, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(an_approval_that_its_state_refuses_is_decided_by_the_state,
                                        play_open, play_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
