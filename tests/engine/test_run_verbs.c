/* The verbs beside approve, bonus and notify: what is sent for each, what is written down, and what
 * decides when no answer comes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "engine/parcel.h"
#include "support/play_verbs.h"

static size_t
step_of(struct play *play, enum verb verb)
{
    size_t step = stage_verb(&play->stage, verb);
    bool about = verb == VERB_QUALIFY || verb == VERB_UNQUALIFY;
    play->stage.steps[step].qualification = about ? "Q1" : NULL;
    play->stage.steps[step].value = verb == VERB_QUALIFY ? 7 : 0;
    play->stage.steps[step].message = verb == VERB_QUALIFY ? NULL : "for a reason";
    return step;
}

static const char empty_blocks[] = "{\"NumResults\":0,\"WorkerBlocks\":[]}";
static const char not_granted[] =
    "{\"__type\":\"RequestError\",\"Message\":\"You requested a Qualification that does not exist. "
    "(1)\",\"TurkErrorCode\":\"AWS.MechanicalTurk.QualificationDoesNotExist\"}";

static void
each_verb_sends_its_bytes_once_and_records_them(void **state)
{
    static const struct {
        enum verb verb;
        const char *operation, *body, *target;
    } rows[] = {
        {VERB_REJECT, "RejectAssignment",
         "{\"AssignmentId\":\"X1\",\"RequesterFeedback\":\"for a reason\"}", "X1"},
        {VERB_QUALIFY, "AssociateQualificationWithWorker",
         "{\"QualificationTypeId\":\"Q1\",\"WorkerId\":\"A1\",\"IntegerValue\":7,"
         "\"SendNotification\":false}",
         "A1"},
        {VERB_UNQUALIFY, "DisassociateQualificationFromWorker",
         "{\"WorkerId\":\"A1\",\"QualificationTypeId\":\"Q1\",\"Reason\":\"for a reason\"}", "A1"},
        {VERB_BLOCK, "CreateWorkerBlock", "{\"WorkerId\":\"A1\",\"Reason\":\"for a reason\"}",
         "A1"},
        {VERB_UNBLOCK, "DeleteWorkerBlock", "{\"WorkerId\":\"A1\",\"Reason\":\"for a reason\"}",
         "A1"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct play *play = play_again(state);
        size_t step = step_of(play, rows[i].verb);
        play_people(play, 1);
        play_run(play);
        play_expect_worked(play);
        play_sent(play, (const char *const[]){rows[i].operation, NULL});
        assert_string_equal(play->script.sent[0].body, rows[i].body);
        assert_string_equal(play_deed(play, step, rows[i].target)->body, rows[i].body);
        play_expect(play, step, rows[i].target, STANDING_DONE);
        assert_int_equal(play_records(play, "intend"), 1);
        assert_int_equal(play_records(play, "done"), 1);
        assert_int_equal(play->run.counts.done, 1);
        assert_int_equal(play->run.counts.amount, 0);
        play_run(play);
        assert_true(plan_is_empty(play->plan));
    }
}

/* So that the work stays selected as what it was, the intent says what it was. */
static void
a_rejection_records_the_status_from_before(void **state)
{
    struct play *play = *state;
    size_t reject = step_of(play, VERB_REJECT);
    play_people(play, 1);
    play_run(play);
    const struct deed *deed = play_deed(play, reject, "X1");
    assert_true(deed->has_status_before);
    assert_int_equal(deed->status_before, WORK_SUBMITTED);
    assert_string_equal(deed->assignment, "X1");
    play->stage.roster.assignments[0].status = WORK_REJECTED;
    play_run(play);
    stage_expect(&play->stage, play->plan, reject, "X1", DECISION_SKIP, WHY_DONE_BEFORE);
}

static void
an_approval_that_overrides_says_so(void **state)
{
    struct play *play = *state;
    size_t approve = stage_approve(&play->stage);
    play->stage.steps[approve].override = true;
    play_people(play, 1);
    play_run(play);
    assert_string_equal(play->script.sent[0].body,
                        "{\"AssignmentId\":\"X1\",\"OverrideRejection\":true}");
}

/* The service repeats that the work cannot be rejected; its state says why. */
static void
a_lost_rejection_is_repeated_and_then_decided_by_the_works_state(void **state)
{
    static const struct {
        const char *status;
        enum standing standing;
        const char *kind;
    } rows[] = {{"Rejected", STANDING_DONE, "adopt"}, {"Approved", STANDING_REFUSED, "refused"}};
    for (size_t i = 0; i < 2; i++) {
        struct play *play = play_again(state);
        size_t reject = step_of(play, VERB_REJECT);
        play_lose(play, "RejectAssignment", 1);
        play_reply(play, "RejectAssignment", NULL,
                   play_complaint(play, "InvalidAssignmentState",
                                  "This operation can be called with a status of: Submitted"),
                   1);
        play_reply(play, "GetAssignment", "\"X1\"",
                   arena_print(&play->stage.arena,
                               "{\"Assignment\":{\"AssignmentId\":\"X1\",\"WorkerId\":\"A1\","
                               "\"AssignmentStatus\":\"%s\",\"SubmitTime\":1795442400}}",
                               rows[i].status),
                   0);
        play_people(play, 1);
        play_run(play);
        play_sent(play, (const char *const[]){"RejectAssignment", "RejectAssignment",
                                              "GetAssignment", NULL});
        play_expect(play, reject, "X1", rows[i].standing);
        assert_int_equal(play_records(play, rows[i].kind), 1);
    }
}

static void
a_lost_removal_is_repeated_and_then_decided_by_the_score(void **state)
{
    static const struct {
        const char *score; /* NULL: the worker has none */
        enum standing standing;
    } rows[] = {{NULL, STANDING_DONE}, {"has", STANDING_UNKNOWN}};
    for (size_t i = 0; i < 2; i++) {
        struct play *play = play_again(state);
        size_t unqualify = step_of(play, VERB_UNQUALIFY);
        play_lose(play, "DisassociateQualificationFromWorker", 1);
        play_reply(play, "DisassociateQualificationFromWorker", NULL, not_granted, 1);
        play_reply(play, "GetQualificationScore", "\"A1\"",
                   rows[i].score ? play_score(play, 1) : not_granted, 0);
        play_people(play, 1);
        play_run(play);
        play_sent(play, (const char *const[]){"DisassociateQualificationFromWorker",
                                              "DisassociateQualificationFromWorker",
                                              "GetQualificationScore", NULL});
        play_expect(play, unqualify, "A1", rows[i].standing);
    }
}

static void
a_lost_block_is_looked_for_on_all_pages_before_the_same_bytes_go_out_again(void **state)
{
    struct play *play = *state;
    size_t block = step_of(play, VERB_BLOCK);
    play_lose(play, "CreateWorkerBlock", 1);
    play_reply(play, "ListWorkerBlocks", "\"p2\"", play_blocks(play, "A8", NULL), 0);
    play_reply(play, "ListWorkerBlocks", NULL, play_blocks(play, "A9", "p2"), 0);
    play_people(play, 1);
    play_run(play);
    play_sent(play, (const char *const[]){"CreateWorkerBlock", "ListWorkerBlocks",
                                          "ListWorkerBlocks", "CreateWorkerBlock", NULL});
    assert_string_equal(play->script.sent[0].body, play->script.sent[3].body);
    assert_true(play->script.sent[0].fresh && play->script.sent[3].fresh);
    play_expect(play, block, "A1", STANDING_DONE);
    assert_int_equal(play_records(play, "resend"), 1);
}

static void
a_lost_block_that_the_second_page_shows_is_done(void **state)
{
    struct play *play = *state;
    size_t block = step_of(play, VERB_BLOCK);
    play_lose(play, "CreateWorkerBlock", 0);
    play_reply(play, "ListWorkerBlocks", "\"p2\"", play_blocks(play, "A1", NULL), 0);
    play_reply(play, "ListWorkerBlocks", NULL, play_blocks(play, "A9", "p2"), 0);
    play_people(play, 1);
    play_run(play);
    assert_int_equal(script_count(&play->script, "CreateWorkerBlock", NULL), 1);
    play_expect(play, block, "A1", STANDING_DONE);
    assert_int_equal(play_records(play, "adopt"), 1);
    assert_int_equal(play->run.counts.done, 1);
}

static void
a_block_is_tried_four_times_in_a_run_and_then_left_unknown(void **state)
{
    struct play *play = *state;
    size_t block = step_of(play, VERB_BLOCK);
    play_lose(play, "CreateWorkerBlock", 0);
    play_reply(play, "ListWorkerBlocks", NULL, empty_blocks, 0);
    play_people(play, 1);
    play_run(play);
    play_expect_worked(play);
    assert_int_equal(script_count(&play->script, "CreateWorkerBlock", NULL), PARCEL_TRIES_MAX);
    assert_int_equal(script_count(&play->script, "ListWorkerBlocks", NULL), PARCEL_TRIES_MAX);
    play_expect(play, block, "A1", STANDING_UNKNOWN);
    assert_int_equal(play->run.counts.unknown, 1);
    assert_int_equal(run_standing(&play->book->journal.ledger), STATUS_UNKNOWN);
}

static void
a_lost_unblock_is_done_when_the_list_does_not_show_the_worker(void **state)
{
    struct play *play = *state;
    size_t unblock = step_of(play, VERB_UNBLOCK);
    play_lose(play, "DeleteWorkerBlock", 0);
    play_reply(play, "ListWorkerBlocks", NULL, play_blocks(play, "A1", NULL), 1);
    play_reply(play, "ListWorkerBlocks", NULL, empty_blocks, 0);
    play_people(play, 1);
    play_run(play);
    assert_int_equal(script_count(&play->script, "DeleteWorkerBlock", NULL), 2);
    play_expect(play, unblock, "A1", STANDING_DONE);
}

/* What the list would have shown further on is not known, so nothing follows from it. */
static void
a_list_that_does_not_end_decides_nothing(void **state)
{
    static const enum verb verbs[] = {VERB_BLOCK, VERB_UNBLOCK};
    for (size_t i = 0; i < 2; i++) {
        struct play *play = play_again(state);
        size_t step = step_of(play, verbs[i]);
        play_lose(play, i ? "DeleteWorkerBlock" : "CreateWorkerBlock", 0);
        play_reply(play, "ListWorkerBlocks", NULL, play_blocks(play, "A9", "p2"), 0);
        play_people(play, 1);
        play_run(play);
        play_expect_worked(play);
        assert_int_equal(script_count(&play->script, "ListWorkerBlocks", NULL), 2);
        assert_int_equal(play->script.sent_count, 3);
        play_expect(play, step, "A1", STANDING_UNKNOWN);
    }
}

/* Each repetition would write to the worker once more: while the first may still arrive there is
 * none, in this run or in the next. */
static void
a_lost_qualification_with_mail_is_given_again_only_when_it_cannot_arrive_any_more(void **state)
{
    static const struct {
        int score; /* 0: none */
        enum standing then;
        size_t sends_at_last;
    } rows[] = {{7, STANDING_DONE, 1}, {3, STANDING_UNKNOWN, 2}, {0, STANDING_UNKNOWN, 2}};
    for (size_t i = 0; i < 3; i++) {
        struct play *play = play_again(state);
        size_t qualify = step_of(play, VERB_QUALIFY);
        play->stage.steps[qualify].email = true;
        play_lose(play, "AssociateQualificationWithWorker", 1);
        play_reply(play, "GetQualificationScore", "\"A1\"",
                   rows[i].score ? play_score(play, rows[i].score) : not_granted, 0);
        play_people(play, 1);
        play_run(play);
        assert_true(play->script.sent[0].fresh);
        play_expect(play, qualify, "A1", rows[i].then);
        play->stage.now_ms += MINUTES(1);
        play_run(play);
        assert_int_equal(script_count(&play->script, "AssociateQualificationWithWorker", NULL), 1);
        play->stage.now_ms += MINUTES(60);
        play_run(play);
        assert_int_equal(script_count(&play->script, "AssociateQualificationWithWorker",
                                      "\"SendNotification\":true"),
                         rows[i].sends_at_last);
        play_expect(play, qualify, "A1", STANDING_DONE);
    }
}

/* A run that died in between: the plan saw no block, and the recorded bytes go out once more. */
static void
what_was_under_way_when_a_run_died_goes_out_as_it_was_recorded(void **state)
{
    struct play *play = *state;
    size_t block = step_of(play, VERB_BLOCK);
    play_people(play, 1);
    struct entry intend = stage_entry(&play->stage, ENTRY_INTEND, block, "X1", STORY_MS);
    intend.body = "{\"WorkerId\":\"A1\",\"Reason\":\"as recorded\"}";
    book_write(play->book);
    book_add_genesis(play->book, STORY_MS);
    book_add(play->book, intend);
    book_commit(play->book);
    journal_close(&play->book->journal);
    play->stage.roster.blocks_read = true;
    play_run(play);
    play_sent(play, (const char *const[]){"CreateWorkerBlock", NULL});
    assert_string_equal(play->script.sent[0].body, intend.body);
    assert_int_equal(play_deed(play, block, "A1")->attempts, 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_verb_sends_its_bytes_once_and_records_them, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(a_rejection_records_the_status_from_before, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(an_approval_that_overrides_says_so, play_open, play_close),
        cmocka_unit_test_setup_teardown(
            a_lost_rejection_is_repeated_and_then_decided_by_the_works_state, play_open,
            play_close),
        cmocka_unit_test_setup_teardown(a_lost_removal_is_repeated_and_then_decided_by_the_score,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(
            a_lost_block_is_looked_for_on_all_pages_before_the_same_bytes_go_out_again, play_open,
            play_close),
        cmocka_unit_test_setup_teardown(a_lost_block_that_the_second_page_shows_is_done, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(a_block_is_tried_four_times_in_a_run_and_then_left_unknown,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(
            a_lost_unblock_is_done_when_the_list_does_not_show_the_worker, play_open, play_close),
        cmocka_unit_test_setup_teardown(a_list_that_does_not_end_decides_nothing, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(
            a_lost_qualification_with_mail_is_given_again_only_when_it_cannot_arrive_any_more,
            play_open, play_close),
        cmocka_unit_test_setup_teardown(
            what_was_under_way_when_a_run_died_goes_out_as_it_was_recorded, play_open, play_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
