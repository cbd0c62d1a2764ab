/* Messages whose words differ from worker to worker: equal ones go out together, and what they tell
 * of payments is what was really paid. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/play_verbs.h"
#include "support/stage_words.h"

/* A message with a cell of the table in it; worker A<i> has the cell that is given for i. */
static size_t
notify_by_table(struct play *play, size_t count, const char *(*cell)(size_t number))
{
    struct stage *stage = &play->stage;
    size_t notify = stage_notify(stage);
    struct dataset *table = stage_table(stage, "scores", MATCH_BY_WORKER);
    for (size_t i = 1; i <= count; i++)
        stage_row(stage, table, arena_print(&stage->arena, "A%zu", i), cell(i));
    stage->steps[notify].message_from = stage_template(stage, "You scored ${{ scores.cell }}.");
    play_people(play, count);
    return notify;
}

static const char *
odd_or_even(size_t number)
{
    return number % 2 ? "odd" : "even";
}

static void
equal_words_go_out_together_and_others_apart(void **state)
{
    struct play *play = *state;
    size_t notify = notify_by_table(play, 5, odd_or_even);
    play_run(play);
    play_expect_worked(play);
    play_sent(play, (const char *const[]){"NotifyWorkers", "NotifyWorkers", NULL});
    holds(play->script.sent[0].body,
          "\"MessageText\":\"You scored odd.\",\"WorkerIds\":[\"A1\",\"A3\",\"A5\"]");
    holds(play->script.sent[1].body,
          "\"MessageText\":\"You scored even.\",\"WorkerIds\":[\"A2\",\"A4\"]");
    assert_int_equal(play_records(play, "body"), 2);
    assert_int_equal(play->run.counts.done, 5);
    play_expect(play, notify, "A4", STANDING_DONE);
    assert_true(play_deed(play, notify, "A2")->call == play_deed(play, notify, "A4")->call);
    assert_true(play_deed(play, notify, "A2")->call != play_deed(play, notify, "A3")->call);
}

/* A subject is part of the words. */
static void
subjects_that_differ_part_a_call_too(void **state)
{
    struct play *play = *state;
    struct stage *stage = &play->stage;
    size_t notify = notify_by_table(play, 3, odd_or_even);
    stage->steps[notify].message_from = NULL;
    stage->steps[notify].subject_from = stage_template(stage, "For the ${{ scores.cell }}");
    play_run(play);
    assert_int_equal(play->script.sent_count, 2);
    holds(play->script.sent[0].body, "\"Subject\":\"For the odd\"");
    holds(play->script.sent[0].body, "[\"A1\",\"A3\"]");
}

static const char *
first_is_alone(size_t number)
{
    return number == 1 ? "alone" : "shared";
}

/* A call takes a hundred workers. */
static void
a_call_with_equal_words_has_a_hundred_workers_at_most(void **state)
{
    struct play *play = *state;
    size_t notify = notify_by_table(play, 202, first_is_alone);
    play_run(play);
    play_expect_worked(play);
    assert_int_equal(play->script.sent_count, 4);
    holds(play->script.sent[0].body, "[\"A1\"]");
    holds(play->script.sent[1].body, "[\"A2\",");
    holds(play->script.sent[1].body, ",\"A101\"]");
    holds(play->script.sent[2].body, "[\"A102\",");
    holds(play->script.sent[2].body, ",\"A201\"]");
    holds(play->script.sent[3].body, "[\"A202\"]");
    play_expect(play, notify, "A202", STANDING_DONE);
    assert_int_equal(play->run.counts.done, 202);
}

/* One lost answer leaves the people of that call in doubt and nobody else. */
static void
a_lost_answer_concerns_only_those_who_were_to_read_the_same(void **state)
{
    struct play *play = *state;
    size_t notify = notify_by_table(play, 4, odd_or_even);
    play_lose(play, "NotifyWorkers", 1);
    play_run(play);
    static const enum standing standings[] = {STANDING_UNKNOWN, STANDING_DONE};
    for (size_t i = 0; i < 4; i++)
        play_expect(play, notify, arena_print(&play->stage.arena, "A%zu", i + 1), standings[i % 2]);
}

static void
a_message_tells_what_was_really_paid(void **state)
{
    struct play *play = *state;
    struct stage *stage = &play->stage;
    size_t bonus = stage_bonus(stage), notify = stage_notify(stage);
    stage->steps[notify].message_from = stage_template(stage, "We paid you $${{ paid.bonus }}.");
    stage->steps[notify].needs_written = true;
    play_people(play, 2);
    stage_work(stage, "X3", "A1", WORK_SUBMITTED);
    script_add(
        &play->script,
        (struct scene){.operation = "SendBonus", .holds = "\"X3\"", .reply = reply_refused()});
    play_run(play);
    play_expect(play, bonus, "X3", STANDING_REFUSED);
    assert_string_equal(stage_action(stage, play->plan, notify, "A1")->terms->message,
                        "We paid you $1.00.");
    assert_int_equal(script_count(&play->script, "NotifyWorkers", NULL), 1);
    assert_int_equal(
        script_count(&play->script, "NotifyWorkers", "\"We paid you $1.00.\",\"WorkerIds\":["), 1);
    play_expect(play, notify, "A1", STANDING_DONE);
    play_run(play);
    assert_true(plan_is_empty(play->plan));
}

/* Both bonuses of A1 are planned, so the plan says 2.00 before the run knows better. */
static void
until_it_is_paid_a_message_tells_what_is_planned(void **state)
{
    struct play *play = *state;
    struct stage *stage = &play->stage;
    stage_bonus(stage);
    size_t notify = stage_notify(stage);
    stage->steps[notify].message_from = stage_template(stage, "We paid you $${{ paid.bonus }}.");
    play_people(play, 1);
    stage_work(stage, "X2", "A1", WORK_SUBMITTED);
    play->only_look = true;
    play_run(play);
    assert_string_equal(stage_action(stage, play->plan, notify, "A1")->terms->message,
                        "We paid you $2.00.");
    assert_int_equal(play->script.sent_count, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(equal_words_go_out_together_and_others_apart, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(subjects_that_differ_part_a_call_too, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(a_call_with_equal_words_has_a_hundred_workers_at_most,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(a_lost_answer_concerns_only_those_who_were_to_read_the_same,
                                        play_open, play_close),
        cmocka_unit_test_setup_teardown(a_message_tells_what_was_really_paid, play_open,
                                        play_close),
        cmocka_unit_test_setup_teardown(until_it_is_paid_a_message_tells_what_is_planned, play_open,
                                        play_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
