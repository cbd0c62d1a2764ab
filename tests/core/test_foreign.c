/* Bonuses that the marketplace lists and the journal does not know: paid by hand, by another
 * script, or by a journal that was lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/stage.h"

static int
begin(void **state)
{
    static struct stage stage;
    stage_open(&stage);
    stage_work(&stage, "X1", "A1", WORK_APPROVED);
    stage_work(&stage, "X2", "A2", WORK_APPROVED);
    *state = &stage;
    return 0;
}

/* Another bonus on the same work. */
static size_t
second_bonus(struct stage *stage, cents_t amount)
{
    size_t step = stage_bonus(stage);
    stage->steps[step].id = "second";
    stage->steps[step].amount = amount;
    return step;
}

static void
the_same_bonus_is_found_and_counted(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_paid(stage, "X1", "A1", 100, "Well  done", STORY_MS - HOURS(48));
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_SKIP, WHY_FOUND);
    stage_expect(stage, plan, bonus, "X2", DECISION_DO, WHY_NEVER_DONE);
    assert_int_equal(plan->totals.before, 120);
    assert_int_equal(plan->totals.amount, 100);
    assert_true(plan->foreign);
}

static void
another_amount_or_other_words_are_not_paid_over(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_paid(stage, "X1", "A1", 150, "Well done", STORY_MS - HOURS(48));
    stage_paid(stage, "X2", "A2", 100, "Thanks", STORY_MS - HOURS(48));
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_UNKNOWN, WHY_PAID_ELSEWHERE);
    stage_expect(stage, plan, bonus, "X2", DECISION_UNKNOWN, WHY_PAID_ELSEWHERE);
    holds(stage_action(stage, plan, bonus, "X1")->words, "1.50 was paid on 2026-11-21T14:00:00Z");
    holds(stage_action(stage, plan, bonus, "X2")->words, "\"Thanks\"");
    assert_int_equal(plan->totals.amount, 0);
    assert_int_equal(plan->totals.before, 0);
}

/* The operator is asked about what is shown: of several that is the one of the same amount. */
static void
of_several_payments_the_one_of_the_same_amount_is_shown(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_paid(stage, "X1", "A1", 150, "Older", STORY_MS - HOURS(48));
    stage_paid(stage, "X1", "A1", 100, "Of that amount", STORY_MS - HOURS(24));
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_UNKNOWN, WHY_PAID_ELSEWHERE);
    holds(stage_action(stage, plan, bonus, "X1")->words, "1.00 was paid");
}

static void
equal_bonuses_are_counted_off_in_the_files_order(void **state)
{
    struct stage *stage = *state;
    size_t first = stage_bonus(stage), second = second_bonus(stage, 100);
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS - HOURS(1));
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, first, "X1", DECISION_SKIP, WHY_FOUND);
    stage_expect(stage, plan, second, "X1", DECISION_DO, WHY_NEVER_DONE);
}

static void
an_open_bonus_is_matched_before_a_new_one_of_an_earlier_step(void **state)
{
    struct stage *stage = *state;
    size_t first = stage_bonus(stage), second = second_bonus(stage, 100);
    stage_deed(stage, second, "X1", ENTRY_UNKNOWN, STORY_MS);
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS);
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, first, "X1", DECISION_DO, WHY_NEVER_DONE);
    stage_expect(stage, plan, second, "X1", DECISION_SKIP, WHY_FOUND);
}

/* The payment is the second step's to the letter; the first step must not take it for its own
 * paid in other words, or the second is paid once more. */
static void
a_payment_goes_to_the_step_that_it_equals(void **state)
{
    struct stage *stage = *state;
    size_t first = stage_bonus(stage), second = second_bonus(stage, 200);
    stage->steps[second].needs_written = true;
    stage_paid(stage, "X1", "A1", 200, "Well done", STORY_MS - HOURS(1));
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, second, "X1", DECISION_SKIP, WHY_FOUND);
    stage_expect(stage, plan, first, "X1", DECISION_DO, WHY_NEVER_DONE);
}

static void
a_bonus_of_our_own_is_not_taken_for_a_foreign_one(void **state)
{
    struct stage *stage = *state;
    size_t first = stage_bonus(stage), second = second_bonus(stage, 200);
    stage_deed(stage, first, "X1", ENTRY_DONE, STORY_MS);
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS);
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, first, "X1", DECISION_SKIP, WHY_DONE_BEFORE);
    stage_expect(stage, plan, second, "X1", DECISION_DO, WHY_NEVER_DONE);
    assert_false(plan->foreign);
}

static void
a_foreign_bonus_makes_it_unknown_who_was_told(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage), notify = stage_notify(stage);
    stage_deed(stage, notify, "X2", ENTRY_DONE, STORY_MS);
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS - HOURS(1));
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_SKIP, WHY_FOUND);
    stage_expect(stage, plan, notify, "A1", DECISION_UNKNOWN, WHY_OUTCOME_UNKNOWN);
    stage_expect(stage, plan, notify, "A2", DECISION_SKIP, WHY_DONE_BEFORE);
    holds(stage_action(stage, plan, notify, "A1")->words, "may have gone out too");
}

static void
a_foreign_bonus_that_was_written_down_still_makes_it_unknown(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage), notify = stage_notify(stage);
    tell(&stage->history, stage_entry(stage, ENTRY_ADOPT, bonus, "X1", STORY_MS));
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS - HOURS(1));
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_SKIP, WHY_DONE_BEFORE);
    stage_expect(stage, plan, notify, "A1", DECISION_UNKNOWN, WHY_OUTCOME_UNKNOWN);
    assert_int_equal(plan->totals.before, 120);
}

/* Nobody can tell which of them it was. */
static void
one_payment_in_other_words_stands_in_the_way_of_every_bonus_on_that_work(void **state)
{
    struct stage *stage = *state;
    size_t first = stage_bonus(stage), second = second_bonus(stage, 200);
    stage->steps[second].needs_written = true;
    stage_paid(stage, "X1", "A1", 200, "Thanks", STORY_MS - HOURS(1));
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, first, "X1", DECISION_UNKNOWN, WHY_PAID_ELSEWHERE);
    stage_expect(stage, plan, second, "X1", DECISION_UNKNOWN, WHY_PAID_ELSEWHERE);
    stage_expect(stage, plan, second, "X2", DECISION_DO, WHY_NEVER_DONE);
}

/* The payment may be this very action, sent in other words by a run whose journal was lost: after a
 * day its token is forgotten, and only the list can tell. */
static void
an_open_bonus_is_not_sent_over_one_in_other_words(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_deed(stage, bonus, "X1", ENTRY_UNKNOWN, STORY_MS);
    stage_paid(stage, "X1", "A1", 100, "Thanks", STORY_MS - HOURS(1));
    stage->now_ms = STORY_MS + HOURS(1);
    stage_expect(stage, stage_plan(stage), bonus, "X1", DECISION_UNKNOWN, WHY_PAID_ELSEWHERE);
}

/* What a later step was found to have paid is not held against an open one before it. */
static void
an_open_bonus_leaves_the_others_their_payments(void **state)
{
    struct stage *stage = *state;
    size_t first = stage_bonus(stage), second = second_bonus(stage, 200);
    stage->steps[second].needs_written = true;
    stage_deed(stage, first, "X1", ENTRY_UNKNOWN, STORY_MS);
    stage_deed(stage, second, "X1", ENTRY_UNKNOWN, STORY_MS);
    stage_paid(stage, "X1", "A1", 200, "Well done", STORY_MS);
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, first, "X1", DECISION_DO, WHY_RETRY);
    stage_expect(stage, plan, second, "X1", DECISION_SKIP, WHY_FOUND);
}

/* The word may be older than what was lost, and the message have gone out since. */
static void
a_word_from_before_the_loss_is_not_enough_to_send_a_message(void **state)
{
    struct stage *stage = *state;
    size_t notify = stage_notify(stage);
    struct entry word = stage_entry(stage, ENTRY_RESOLVE, notify, "X1", STORY_MS);
    word.decided = DECIDED_NOT_DONE;
    word.who = "ana";
    tell(&stage->history, word);
    stage->history_lost = true;
    const char *key = stage_key(stage, notify, "A1");
    uint64_t said = ledger_find(&stage->history.ledger, key)->cleared_seq;
    stage->lost_from = said + 1;
    stage_expect(stage, stage_plan(stage), notify, "A1", DECISION_UNKNOWN, WHY_OUTCOME_UNKNOWN);
    stage->lost_from = said;
    stage_expect(stage, stage_plan(stage), notify, "A1", DECISION_DO, WHY_RETRY);
}

/* Were it unknown, nobody could decide it: a person's word is not taken about a refusal. */
static void
a_refused_message_is_not_tried_again_when_the_journal_is_not_whole(void **state)
{
    struct stage *stage = *state;
    size_t notify = stage_notify(stage);
    stage_deed(stage, notify, "X1", ENTRY_REFUSED, STORY_MS);
    stage->retry_refused = stage->history_lost = true;
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, notify, "A1", DECISION_SKIP, WHY_REFUSED_BEFORE);
    holds(stage_action(stage, plan, notify, "A1")->words, "perhaps sent since");
    stage->history_lost = false;
    stage_expect(stage, stage_plan(stage), notify, "A1", DECISION_DO, WHY_RETRY);
}

static void
a_bonus_in_other_words_leaves_messages_alone(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage), notify = stage_notify(stage);
    stage_paid(stage, "X1", "A1", 100, "Thanks", STORY_MS - HOURS(1));
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_UNKNOWN, WHY_PAID_ELSEWHERE);
    stage_expect(stage, plan, notify, "A1", DECISION_HOLD, WHY_NEEDS);
    stage_expect(stage, plan, notify, "A2", DECISION_DO, WHY_NEVER_DONE);
}

/* It was refused here, so another run has paid it since, and may have told them. */
static void
a_refused_bonus_that_is_paid_makes_it_unknown_who_was_told(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage), notify = stage_notify(stage);
    stage_deed(stage, bonus, "X1", ENTRY_REFUSED, STORY_MS);
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS + MINUTES(40));
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_SKIP, WHY_FOUND);
    stage_expect(stage, plan, notify, "A1", DECISION_UNKNOWN, WHY_OUTCOME_UNKNOWN);
}

/* Nothing of ours can arrive 15 minutes after its last attempt. */
static void
an_open_bonus_that_was_paid_much_later_was_another_run_s(void **state)
{
    static const struct {
        stamp_t after_ms;
        bool foreign;
    } rows[] = {{MINUTES(1), false}, {MINUTES(14), false}, {MINUTES(16), true}};
    for (size_t i = 0; i < 3; i++) {
        stage_finish(state);
        begin(state);
        struct stage *stage = *state;
        size_t bonus = stage_bonus(stage), notify = stage_notify(stage);
        stage_intend(stage, bonus, "X1", STORY_MS);
        stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS + rows[i].after_ms);
        struct plan *plan = stage_plan(stage);
        stage_expect(stage, plan, bonus, "X1", DECISION_SKIP, WHY_FOUND);
        assert_int_equal(stage_action(stage, plan, bonus, "X1")->foreign, rows[i].foreign);
        assert_int_equal(stage_action(stage, plan, notify, "A1")->decision,
                         rows[i].foreign ? DECISION_UNKNOWN : DECISION_DO);
    }
}

/* "They do not have it" was said before the payment that shows another run. */
static void
a_word_from_before_another_run_does_not_clear_a_message(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage), notify = stage_notify(stage);
    stage_deed(stage, notify, "X1", ENTRY_UNKNOWN, STORY_MS);
    struct entry word = stage_entry(stage, ENTRY_RESOLVE, notify, "X1", STORY_MS + MINUTES(30));
    word.decided = DECIDED_NOT_DONE;
    word.who = "ana@lab";
    tell(&stage->history, word);
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS + MINUTES(20));
    stage_expect(stage, stage_plan(stage), notify, "A1", DECISION_DO, WHY_RETRY);
    stage_paid(stage, "X2", "A2", 100, "Well done", STORY_MS + MINUTES(40));
    stage_expect(stage, stage_plan(stage), notify, "A1", DECISION_UNKNOWN, WHY_OUTCOME_UNKNOWN);
    (void)bonus;
}

/* The payment counts from when it was granted, not from when this journal came upon it. */
static void
a_word_from_after_another_run_still_clears_when_that_was_written_down(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage), notify = stage_notify(stage);
    stage_deed(stage, notify, "X1", ENTRY_UNKNOWN, STORY_MS);
    struct entry word = stage_entry(stage, ENTRY_RESOLVE, notify, "X1", STORY_MS + MINUTES(30));
    word.decided = DECIDED_NOT_DONE;
    word.who = "ana@lab";
    tell(&stage->history, word);
    tell(&stage->history, stage_entry(stage, ENTRY_ADOPT, bonus, "X2", STORY_MS + MINUTES(40)));
    stage_paid(stage, "X2", "A2", 100, "Well done", STORY_MS + MINUTES(20));
    stage_expect(stage, stage_plan(stage), notify, "A1", DECISION_DO, WHY_RETRY);
    stage_paid(stage, "X2", "A2", 100, "Well done", STORY_MS + MINUTES(35)); /* perhaps this one */
    stage_expect(stage, stage_plan(stage), notify, "A1", DECISION_UNKNOWN, WHY_OUTCOME_UNKNOWN);
}

/* The second copy shows that the journal is not the whole story: no bonus has to. */
static void
a_history_that_is_lost_makes_it_unknown_who_was_told(void **state)
{
    struct stage *stage = *state;
    size_t notify = stage_notify(stage);
    stage->history_lost = true;
    stage_expect(stage, stage_plan(stage), notify, "A1", DECISION_UNKNOWN, WHY_OUTCOME_UNKNOWN);
    stage->history_lost = false;
    stage_expect(stage, stage_plan(stage), notify, "A1", DECISION_DO, WHY_NEVER_DONE);
}

/* Whoever ran this campaign told nobody of a bonus that was refused. */
static void
who_was_not_paid_was_not_told_by_another_run_either(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage), notify = stage_notify(stage);
    stage->history_lost = true;
    stage_deed(stage, bonus, "X1", ENTRY_REFUSED, STORY_MS);
    stage_deed(stage, bonus, "X2", ENTRY_DONE, STORY_MS);
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, notify, "A1", DECISION_HOLD, WHY_NEEDS);
    stage_expect(stage, plan, notify, "A2", DECISION_UNKNOWN, WHY_OUTCOME_UNKNOWN);
    stage->steps[notify].needs_written = true;
    plan = stage_plan(stage);
    stage_expect(stage, plan, notify, "A1", DECISION_UNKNOWN, WHY_OUTCOME_UNKNOWN);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_same_bonus_is_found_and_counted, begin, stage_finish),
        cmocka_unit_test_setup_teardown(another_amount_or_other_words_are_not_paid_over, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(of_several_payments_the_one_of_the_same_amount_is_shown,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(equal_bonuses_are_counted_off_in_the_files_order, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(
            an_open_bonus_is_matched_before_a_new_one_of_an_earlier_step, begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_payment_goes_to_the_step_that_it_equals, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_bonus_of_our_own_is_not_taken_for_a_foreign_one, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_foreign_bonus_makes_it_unknown_who_was_told, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(
            a_foreign_bonus_that_was_written_down_still_makes_it_unknown, begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_refused_bonus_that_is_paid_makes_it_unknown_who_was_told,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(an_open_bonus_that_was_paid_much_later_was_another_run_s,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_word_from_before_another_run_does_not_clear_a_message,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(
            a_word_from_after_another_run_still_clears_when_that_was_written_down, begin,
            stage_finish),
        cmocka_unit_test_setup_teardown(who_was_not_paid_was_not_told_by_another_run_either, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_history_that_is_lost_makes_it_unknown_who_was_told, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(
            one_payment_in_other_words_stands_in_the_way_of_every_bonus_on_that_work, begin,
            stage_finish),
        cmocka_unit_test_setup_teardown(an_open_bonus_is_not_sent_over_one_in_other_words, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(an_open_bonus_leaves_the_others_their_payments, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_word_from_before_the_loss_is_not_enough_to_send_a_message,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(
            a_refused_message_is_not_tried_again_when_the_journal_is_not_whole, begin,
            stage_finish),
        cmocka_unit_test_setup_teardown(a_bonus_in_other_words_leaves_messages_alone, begin,
                                        stage_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
