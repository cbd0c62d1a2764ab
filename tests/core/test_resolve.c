/* A person's word: what it may follow, what becomes of the deed, and what the next plan does. */
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
    *state = &stage;
    return 0;
}

static struct entry
word(struct stage *stage, size_t step, enum decided decided)
{
    struct entry entry = stage_entry(stage, ENTRY_RESOLVE, step, "X1", STORY_MS + MINUTES(30));
    entry.decided = decided;
    entry.who = "ana";
    return entry;
}

static const struct deed *
deed_of(struct stage *stage, size_t step, const char *target)
{
    return ledger_find(&stage->history.ledger, stage_key(stage, step, target));
}

static void
each_word_follows_some_standings_only(void **state)
{
    static const struct {
        enum entry_kind before;
        bool done, not_done, keep, waive;
    } rows[] = {
        {ENTRY_RESEND, true, true, false, false},   {ENTRY_UNKNOWN, true, true, false, false},
        {ENTRY_RELEASED, true, true, false, false}, {ENTRY_DONE, false, false, true, false},
        {ENTRY_REFUSED, false, false, false, true},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const bool fits[] = {rows[i].done, rows[i].not_done, rows[i].keep, rows[i].waive};
        for (int decided = 0; decided < DECIDED_COUNT; decided++) {
            struct stage stage;
            struct error err = {0};
            stage_open(&stage);
            stage_work(&stage, "X1", "A1", WORK_APPROVED);
            size_t bonus = stage_bonus(&stage);
            stage_deed(&stage, bonus, "X1", rows[i].before, STORY_MS);
            struct entry entry = word(&stage, bonus, (enum decided)decided);
            assert_int_equal(ledger_apply(&stage.history.ledger, &entry, &stage.arena, &err),
                             fits[decided]);
            stage_close(&stage);
        }
    }
    (void)state;
}

static void
what_is_said_to_be_done_is_done_and_counts(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_deed(stage, bonus, "X1", ENTRY_UNKNOWN, STORY_MS);
    tell(&stage->history, word(stage, bonus, DECIDED_DONE));
    assert_int_equal(deed_of(stage, bonus, "X1")->standing, STANDING_DONE);
    assert_string_equal(deed_of(stage, bonus, "X1")->resolved_by, "ana");
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_SKIP, WHY_DONE_BEFORE);
    assert_int_equal(plan->totals.before, 120);
    assert_false(plan->foreign);
}

static void
what_is_said_not_to_be_done_is_done_anew(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage), notify = stage_notify(stage);
    stage_deed(stage, bonus, "X1", ENTRY_UNKNOWN, STORY_MS);
    stage_deed(stage, notify, "X1", ENTRY_UNKNOWN, STORY_MS);
    tell(&stage->history, word(stage, bonus, DECIDED_NOT_DONE));
    tell(&stage->history, word(stage, notify, DECIDED_NOT_DONE));
    assert_false(deed_is_counted(deed_of(stage, bonus, "X1")));
    assert_false(deed_of(stage, bonus, "X1")->doubtful);
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_DO, WHY_RETRY);
    stage_expect(stage, plan, notify, "A1", DECISION_DO, WHY_RETRY);
}

static void
what_only_looks_paid_is_paid_when_the_operator_says_so(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_paid(stage, "X1", "A1", 300, "for another study", STORY_MS - HOURS(1));
    stage_expect(stage, stage_plan(stage), bonus, "X1", DECISION_UNKNOWN, WHY_PAID_ELSEWHERE);
    tell(&stage->history, word(stage, bonus, DECIDED_NOT_DONE));
    stage_expect(stage, stage_plan(stage), bonus, "X1", DECISION_DO, WHY_RETRY);
}

static void
what_looks_paid_is_left_when_the_operator_says_it_is_that(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage), notify = stage_notify(stage);
    stage_paid(stage, "X1", "A1", 300, "by hand", STORY_MS - HOURS(1));
    struct entry entry = word(stage, bonus, DECIDED_DONE);
    entry.amount = 300;
    tell(&stage->history, entry);
    struct plan *plan = stage_plan(stage);
    assert_int_equal(stage_action(stage, plan, bonus, "X1")->decision, DECISION_SKIP);
    stage_expect(stage, plan, notify, "A1", DECISION_DO, WHY_NEVER_DONE);
}

/* A payment that equals the bonus to the letter is the bonus, whatever anyone says. */
static void
an_equal_payment_outweighs_a_word(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_deed(stage, bonus, "X1", ENTRY_UNKNOWN, STORY_MS);
    tell(&stage->history, word(stage, bonus, DECIDED_NOT_DONE));
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS);
    stage_expect(stage, stage_plan(stage), bonus, "X1", DECISION_SKIP, WHY_FOUND);
}

static void
a_conflict_that_is_kept_is_skipped(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage), notify = stage_notify(stage);
    stage_deed(stage, bonus, "X1", ENTRY_DONE, STORY_MS);
    stage->steps[bonus].amount = 150;
    assert_int_equal(plan_status(stage_plan(stage)), STATUS_GUARDED);
    tell(&stage->history, word(stage, bonus, DECIDED_KEEP));
    assert_int_equal(deed_of(stage, bonus, "X1")->amount, 100);
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_SKIP, WHY_KEPT);
    stage_expect(stage, plan, notify, "A1", DECISION_DO, WHY_NEVER_DONE);
    assert_int_equal(plan_status(plan), STATUS_DONE);
    stage->steps[bonus].amount = 200; /* nobody said anything about this one */
    plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_CONFLICT, WHY_CHANGED_AFTER_DONE);
    tell(&stage->history, word(stage, bonus, DECIDED_KEEP));
    stage_expect(stage, stage_plan(stage), bonus, "X1", DECISION_SKIP, WHY_KEPT);
}

/* Written down without the file's content, the word stands whatever the file says. */
static void
a_word_that_names_no_content_stands_for_all(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage_deed(stage, bonus, "X1", ENTRY_DONE, STORY_MS);
    struct entry keep = word(stage, bonus, DECIDED_KEEP);
    keep.content = NULL;
    tell(&stage->history, keep);
    for (cents_t amount = 150; amount < 250; amount += 50) {
        stage->steps[bonus].amount = amount;
        stage_expect(stage, stage_plan(stage), bonus, "X1", DECISION_SKIP, WHY_KEPT);
    }
}

static void
a_refusal_that_is_waived_is_not_tried_again_and_holds_nobody(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage), notify = stage_notify(stage);
    stage_deed(stage, bonus, "X1", ENTRY_REFUSED, STORY_MS);
    stage_expect(stage, stage_plan(stage), notify, "A1", DECISION_HOLD, WHY_NEEDS);
    tell(&stage->history, word(stage, bonus, DECIDED_WAIVE));
    stage->retry_refused = true;
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_SKIP, WHY_WAIVED);
    stage_expect(stage, plan, notify, "A1", DECISION_DO, WHY_NEVER_DONE);
    stage->steps[notify].needs_written = true;
    stage->steps[notify].needs = &bonus;
    stage->steps[notify].need_count = 1;
    stage_expect(stage, stage_plan(stage), notify, "A1", DECISION_HOLD, WHY_NEEDS);
}

static void
a_journal_that_is_not_the_whole_story_leaves_new_messages_unknown(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage), notify = stage_notify(stage);
    stage->history_lost = true;
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, bonus, "X1", DECISION_DO, WHY_NEVER_DONE);
    stage_expect(stage, plan, notify, "A1", DECISION_UNKNOWN, WHY_OUTCOME_UNKNOWN);
    tell(&stage->history, word(stage, notify, DECIDED_NOT_DONE));
    stage_expect(stage, stage_plan(stage), notify, "A1", DECISION_DO, WHY_RETRY);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_word_follows_some_standings_only, begin, stage_finish),
        cmocka_unit_test_setup_teardown(what_is_said_to_be_done_is_done_and_counts, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_word_that_names_no_content_stands_for_all, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(what_is_said_not_to_be_done_is_done_anew, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(what_only_looks_paid_is_paid_when_the_operator_says_so,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(what_looks_paid_is_left_when_the_operator_says_it_is_that,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(an_equal_payment_outweighs_a_word, begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_conflict_that_is_kept_is_skipped, begin, stage_finish),
        cmocka_unit_test_setup_teardown(
            a_refusal_that_is_waived_is_not_tried_again_and_holds_nobody, begin, stage_finish),
        cmocka_unit_test_setup_teardown(
            a_journal_that_is_not_the_whole_story_leaves_new_messages_unknown, begin, stage_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
