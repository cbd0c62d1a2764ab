/* A qualification that is made on the way, and given by the id that it got. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/play_verbs.h"

static const char made[] =
    "{\"QualificationType\":{\"QualificationTypeId\":\"Q9\",\"Name\":\"wave-1\"}}";
static const char no_types[] = "{\"NumResults\":0,\"QualificationTypes\":[]}";

static const char *
already_exists(struct play *play)
{
    return play_complaint(play, "QualificationTypeAlreadyExists",
                          "You have already created a QualificationType with this name.");
}

static const struct deed *
creation_of(const struct play *play)
{
    const struct ledger *ledger = &play->book->journal.ledger;
    for (size_t i = 0; i < ledger->deed_count; i++)
        if (ledger->deeds[i]->verb == VERB_CREATE)
            return ledger->deeds[i];
    fail_msg("the journal holds no creation");
    return NULL;
}

static void
a_qualification_is_made_and_given_by_its_id_in_one_run(void **state)
{
    struct play *play = *state;
    size_t qualify = stage_create(&play->stage);
    play_reply(play, "CreateQualificationType", NULL, made, 0);
    play_people(play, 2);
    play_run(play);
    play_expect_worked(play);
    play_sent(play,
              (const char *const[]){"CreateQualificationType", "AssociateQualificationWithWorker",
                                    "AssociateQualificationWithWorker", NULL});
    assert_string_equal(play->script.sent[0].body,
                        "{\"Name\":\"wave-1\",\"Description\":\"Took part\","
                        "\"QualificationTypeStatus\":\"Active\"}");
    assert_string_equal(play->script.sent[1].body,
                        "{\"QualificationTypeId\":\"Q9\",\"WorkerId\":\"A1\",\"IntegerValue\":1,"
                        "\"SendNotification\":false}");
    assert_int_equal(play->run.counts.done, 3);
    assert_string_equal(creation_of(play)->qualification, "Q9");
    assert_null(creation_of(play)->worker);
    assert_string_equal(play_deed(play, qualify, "A2")->qualification, "Q9");
}

/* The service's list lags: only the journal knows what was made. */
static void
a_rerun_gives_what_the_journal_says_was_made(void **state)
{
    struct play *play = *state;
    size_t qualify = stage_create(&play->stage);
    play_reply(play, "CreateQualificationType", NULL, made, 1);
    play_people(play, 1);
    play_run(play);
    play->stage.roster.kind_count = 0;
    stage_work(&play->stage, "X2", "A2", WORK_SUBMITTED);
    play_run(play);
    assert_int_equal(script_count(&play->script, "CreateQualificationType", NULL), 1);
    assert_int_equal(script_count(&play->script, "AssociateQualificationWithWorker", NULL), 2);
    assert_string_equal(play_deed(play, qualify, "A2")->qualification, "Q9");
    play->stage.roster.kind_count = 0;
    play_run(play);
    assert_true(plan_is_empty(play->plan));
}

static void
a_lost_creation_is_repeated_and_found_by_its_name(void **state)
{
    struct play *play = *state;
    size_t qualify = stage_create(&play->stage);
    play_lose(play, "CreateQualificationType", 1);
    play_reply(play, "CreateQualificationType", NULL, already_exists(play), 1);
    play_reply(play, "ListQualificationTypes", "\"wave-1\"", play_types(play, "wave-1", "Q7"), 0);
    play_people(play, 1);
    play_run(play);
    play_sent(play, (const char *const[]){"CreateQualificationType", "CreateQualificationType",
                                          "ListQualificationTypes",
                                          "AssociateQualificationWithWorker", NULL});
    assert_string_equal(play->script.sent[0].body, play->script.sent[1].body);
    assert_int_equal(creation_of(play)->standing, STANDING_DONE);
    assert_string_equal(creation_of(play)->qualification, "Q7");
    assert_int_equal(play_records(play, "adopt"), 1);
    assert_string_equal(play_deed(play, qualify, "A1")->qualification, "Q7");
    play_expect(play, qualify, "A1", STANDING_DONE);
}

/* The search shows what has the name in it, on another page what has that name. */
static void
only_a_qualification_of_that_very_name_is_taken(void **state)
{
    struct play *play = *state;
    size_t qualify = stage_create(&play->stage);
    play_reply(play, "CreateQualificationType", NULL, already_exists(play), 1);
    play_reply(play, "ListQualificationTypes", "\"p2\"", play_types(play, "wave-1", "Q7"), 0);
    play_reply(play, "ListQualificationTypes", NULL,
               "{\"NextToken\":\"p2\",\"QualificationTypes\":[{\"QualificationTypeId\":\"Q6\","
               "\"Name\":\"wave-12\"}]}",
               0);
    play_people(play, 1);
    play_run(play);
    assert_int_equal(script_count(&play->script, "ListQualificationTypes", NULL), 2);
    assert_string_equal(play_deed(play, qualify, "A1")->qualification, "Q7");
}

static void
a_creation_that_is_refused_leaves_its_people_pending(void **state)
{
    struct play *play = *state;
    size_t qualify = stage_create(&play->stage), notify = stage_notify(&play->stage);
    play_reply(play, "CreateQualificationType", NULL, play_complaint(play, "SomeRefusal", "No."),
               0);
    play_people(play, 2);
    for (int run = 0; run < 2; run++) {
        play_run(play);
        play_expect_worked(play);
        play_sent(play, (const char *const[]){"CreateQualificationType", NULL});
        assert_int_equal(creation_of(play)->standing, STANDING_REFUSED);
        assert_int_equal(run_standing(&play->book->journal.ledger), STATUS_REFUSED);
        assert_null(
            ledger_find(&play->book->journal.ledger, stage_key(&play->stage, qualify, "A1")));
        assert_null(
            ledger_find(&play->book->journal.ledger, stage_key(&play->stage, notify, "A1")));
        assert_int_equal(play->run.counts.pending, run ? 0 : 4);
    }
    assert_true(plan_is_empty(play->plan));
}

/* Its name is taken, and the list does not show by what: nobody is given anything. */
static void
a_creation_whose_name_is_taken_by_what_no_list_shows_is_refused(void **state)
{
    struct play *play = *state;
    stage_create(&play->stage);
    play_reply(play, "CreateQualificationType", NULL, already_exists(play), 0);
    play_reply(play, "ListQualificationTypes", NULL, no_types, 0);
    play_people(play, 1);
    play_run(play);
    play_sent(play,
              (const char *const[]){"CreateQualificationType", "ListQualificationTypes", NULL});
    assert_int_equal(creation_of(play)->standing, STANDING_REFUSED);
    assert_int_equal(play->run.counts.pending, 1);
}

/* … or, when it may have been our own attempt that took it, unknown. */
static void
a_lost_creation_that_no_list_shows_stays_unknown(void **state)
{
    struct play *play = *state;
    stage_create(&play->stage);
    play_lose(play, "CreateQualificationType", 1);
    play_reply(play, "CreateQualificationType", NULL, already_exists(play), 0);
    play_reply(play, "ListQualificationTypes", NULL, no_types, 0);
    play_people(play, 1);
    play_run(play);
    assert_int_equal(creation_of(play)->standing, STANDING_UNKNOWN);
    assert_int_equal(run_standing(&play->book->journal.ledger), STATUS_UNKNOWN);
    assert_int_equal(script_count(&play->script, "AssociateQualificationWithWorker", NULL), 0);
}

static void
a_creation_that_gets_no_answer_is_tried_four_times(void **state)
{
    struct play *play = *state;
    stage_create(&play->stage);
    play_lose(play, "CreateQualificationType", 0);
    play_people(play, 1);
    play_run(play);
    assert_int_equal(play->script.sent_count, 4);
    assert_int_equal(creation_of(play)->standing, STANDING_UNKNOWN);
    assert_int_equal(play->run.counts.pending, 1);
}

/* Without its id, a yes says too little. */
static void
a_yes_without_an_id_is_no_answer(void **state)
{
    struct play *play = *state;
    size_t qualify = stage_create(&play->stage);
    play_reply(play, "CreateQualificationType", NULL, "{}", 1);
    play_reply(play, "CreateQualificationType", NULL, made, 0);
    play_people(play, 1);
    play_run(play);
    assert_int_equal(script_count(&play->script, "CreateQualificationType", NULL), 2);
    assert_string_equal(play_deed(play, qualify, "A1")->qualification, "Q9");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_qualification_is_made_and_given_by_its_id_in_one_run,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(a_rerun_gives_what_the_journal_says_was_made, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(a_lost_creation_is_repeated_and_found_by_its_name,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(only_a_qualification_of_that_very_name_is_taken, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(a_creation_that_is_refused_leaves_its_people_pending,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(
            a_creation_whose_name_is_taken_by_what_no_list_shows_is_refused, play_open, play_close),
        cmocka_unit_test_setup_teardown(a_lost_creation_that_no_list_shows_stays_unknown, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(a_creation_that_gets_no_answer_is_tried_four_times,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(a_yes_without_an_id_is_no_answer, play_open, play_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
