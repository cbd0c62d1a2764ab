/* What is only known on the way: the id of a qualification that is still to be made, and what
 * earlier steps really paid. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/stage_words.h"

/* A1 handed in X1 and X2, A2 handed in X3. */
static int
begin(void **state)
{
    static struct stage stage;
    stage_open(&stage);
    stage_work(&stage, "X1", "A1", WORK_APPROVED);
    stage_work(&stage, "X2", "A1", WORK_APPROVED);
    stage_work(&stage, "X3", "A2", WORK_APPROVED);
    *state = &stage;
    return 0;
}

static const struct action *
creation_of(struct stage *stage, const struct plan *plan, size_t step)
{
    char key[KEY_TEXT_SIZE];
    identity_key(&stage->identity, step_identity(&stage->steps[step]), VERB_CREATE,
                 stage->steps[step].qualification_name, key);
    const struct action *action = plan_find(plan, key);
    if (!action)
        fail_msg("step %zu makes no qualification", step);
    return action;
}

static void
a_qualification_is_made_in_a_row_of_its_own_before_those_that_give_it(void **state)
{
    struct stage *stage = *state;
    size_t qualify = stage_create(stage);
    struct plan *plan = stage_plan(stage);
    const struct action *creation = creation_of(stage, plan, qualify);
    assert_ptr_equal(creation, &plan->actions[0]);
    assert_int_equal(creation->decision, DECISION_DO);
    assert_string_equal(creation->terms->message, "Took part");
    assert_string_equal(creation->terms->qualification, "wave-1");
    assert_string_equal(creation->assignment->worker, "");
    assert_int_equal(plan->action_count, 3);
    assert_null(stage_action(stage, plan, qualify, "A1")->terms->qualification);
    stage_expect(stage, plan, qualify, "A1", DECISION_DO, WHY_NEVER_DONE);
    assert_int_equal(plan->selected_workers, 2);
}

static void
a_qualification_that_exists_is_found_and_given_by_its_id(void **state)
{
    struct stage *stage = *state;
    size_t qualify = stage_create(stage);
    roster_kind_add(&stage->roster, "wave-1", "Q7", &stage->arena);
    struct plan *plan = stage_plan(stage);
    assert_int_equal(creation_of(stage, plan, qualify)->why, WHY_FOUND);
    assert_string_equal(stage_action(stage, plan, qualify, "A1")->terms->qualification, "Q7");
    assert_int_equal(plan->totals.by_decision[DECISION_DO], 2);
}

static void
a_name_that_nothing_makes_is_a_problem(void **state)
{
    struct stage *stage = *state;
    size_t qualify = stage_create(stage);
    stage->steps[qualify].description = NULL;
    struct plan *plan = stage_plan(stage);
    stage_refused(plan, STATUS_INVALID,
                  "no qualification of yours is called 'wave-1': correct the name, or write "
                  "'create: { description: … }' to have it made");
    assert_int_equal(plan_status(plan), STATUS_INVALID);
    roster_kind_add(&stage->roster, "wave-1", "Q7", &stage->arena);
    assert_int_equal(plan_status(stage_plan(stage)), STATUS_DONE);
}

/* … and only by a step above it. */
static void
a_name_is_known_to_steps_below_the_one_that_makes_it(void **state)
{
    struct stage *stage = *state;
    size_t before = stage_verb(stage, VERB_UNQUALIFY);
    stage->steps[before].qualification_name = "wave-1";
    stage_create(stage);
    stage_refused(stage_plan(stage), STATUS_INVALID,
                  "no qualification of yours is called 'wave-1': correct the name, or write its ID "
                  "with 'qualification'");
    stage->campaign.step_count = 0;
    stage_create(stage);
    size_t after = stage_verb(stage, VERB_UNQUALIFY);
    stage->steps[after].qualification_name = "wave-1";
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan_status(plan), STATUS_DONE);
    stage_expect(stage, plan, after, "A1", DECISION_DO, WHY_NEVER_DONE);
}

static struct entry
creation_entry(struct stage *stage, const struct action *creation, enum entry_kind kind)
{
    struct entry entry = {.kind = kind,
                          .key = creation->key,
                          .at_ms = STORY_MS + MINUTES(1),
                          .step = stage->steps[creation->step].id,
                          .verb = VERB_CREATE,
                          .has_verb = true,
                          .content = creation->terms->content,
                          .qualification = "wave-1",
                          .code = "SomeCode",
                          .text = "some words"};
    entry.qualification = kind == ENTRY_DONE ? "Q9" : kind == ENTRY_RESOLVE ? NULL : "wave-1";
    return entry;
}

/* The marketplace's list may lag behind what it made; the journal knows the id. */
static void
what_the_journal_made_has_its_id_also_when_the_list_lags(void **state)
{
    struct stage *stage = *state;
    size_t qualify = stage_create(stage);
    const struct action *creation = creation_of(stage, stage_plan(stage), qualify);
    tell(&stage->history, creation_entry(stage, creation, ENTRY_INTEND));
    tell(&stage->history, creation_entry(stage, creation, ENTRY_DONE));
    struct plan *plan = stage_plan(stage);
    assert_int_equal(creation_of(stage, plan, qualify)->why, WHY_DONE_BEFORE);
    assert_string_equal(stage_action(stage, plan, qualify, "A2")->terms->qualification, "Q9");
}

/* A person's word tells no id: the name must not stand for it. */
static void
what_a_person_says_was_made_is_waited_for_until_the_list_shows_it(void **state)
{
    struct stage *stage = *state;
    size_t qualify = stage_create(stage), notify = stage_notify(stage);
    const struct action *creation = creation_of(stage, stage_plan(stage), qualify);
    struct entry word = creation_entry(stage, creation, ENTRY_RESOLVE);
    word.decided = DECIDED_DONE;
    tell(&stage->history, creation_entry(stage, creation, ENTRY_INTEND));
    tell(&stage->history, word);
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, qualify, "A1", DECISION_HOLD, WHY_NEEDS);
    assert_null(stage_action(stage, plan, qualify, "A1")->terms->qualification);
    stage_expect(stage, plan, notify, "A1", DECISION_HOLD, WHY_NEEDS);
    assert_true(plan_is_empty(plan));
    roster_kind_add(&stage->roster, "wave-1", "Q7", &stage->arena);
    plan = stage_plan(stage);
    stage_expect(stage, plan, qualify, "A1", DECISION_DO, WHY_NEVER_DONE);
    assert_string_equal(stage_action(stage, plan, qualify, "A1")->terms->qualification, "Q7");
}

static void
what_could_not_be_made_is_given_to_nobody(void **state)
{
    struct stage *stage = *state;
    size_t qualify = stage_create(stage);
    const struct action *creation = creation_of(stage, stage_plan(stage), qualify);
    tell(&stage->history, creation_entry(stage, creation, ENTRY_INTEND));
    tell(&stage->history, creation_entry(stage, creation, ENTRY_REFUSED));
    struct plan *plan = stage_plan(stage);
    assert_int_equal(creation_of(stage, plan, qualify)->why, WHY_REFUSED_BEFORE);
    stage_expect(stage, plan, qualify, "A1", DECISION_HOLD, WHY_NEEDS);
    assert_string_equal(stage_action(stage, plan, qualify, "A1")->words,
                        "the qualification 'wave-1' must be made first");
    assert_true(plan_is_empty(plan));
    stage->retry_refused = true;
    plan = stage_plan(stage);
    assert_int_equal(creation_of(stage, plan, qualify)->why, WHY_RETRY);
    stage_expect(stage, plan, qualify, "A1", DECISION_DO, WHY_NEVER_DONE);
}

static size_t
told_of_payments(struct stage *stage, size_t *bonus)
{
    *bonus = stage_bonus(stage);
    size_t notify = stage_notify(stage);
    stage->steps[notify].message_from = stage_template(stage, "You got ${{ paid.bonus }}.");
    return notify;
}

static void
words_about_payments_say_what_is_planned_and_what_was_paid(void **state)
{
    struct stage *stage = *state;
    size_t bonus, notify = told_of_payments(stage, &bonus);
    stage_deed(stage, bonus, "X1", ENTRY_DONE, STORY_MS);
    struct plan *plan = stage_plan(stage);
    assert_string_equal(stage_action(stage, plan, notify, "A1")->terms->message, "You got 2.00.");
    assert_string_equal(stage_action(stage, plan, notify, "A2")->terms->message, "You got 1.00.");
}

/* X1 and X2 are not selected any more; X1 was paid all the same, and X2 was not. */
static void
what_was_paid_for_work_that_is_left_out_now_is_told_too(void **state)
{
    struct stage *stage = *state;
    size_t bonus, notify = told_of_payments(stage, &bonus);
    stage_work(stage, "X4", "A1", WORK_APPROVED);
    stage_deed(stage, bonus, "X1", ENTRY_DONE, STORY_MS);
    stage_deed(stage, bonus, "X2", ENTRY_REFUSED, STORY_MS + MINUTES(1));
    struct condition later = {.kind = CONDITION_AFTER,
                              .moment_ms = stage_assignment(stage, "X4")->submitted_ms};
    stage->campaign.filter.conditions = &later;
    stage->campaign.filter.condition_count = 1;
    struct plan *plan = stage_plan(stage);
    assert_int_equal(plan->steps[bonus].assignments, 1);
    assert_string_equal(stage_action(stage, plan, notify, "A1")->terms->message, "You got 2.00.");
}

/* With 0.00 in it the text would just fit. */
static void
words_that_are_too_long_with_what_is_paid_are_a_problem(void **state)
{
    struct stage *stage = *state;
    size_t bonus, notify = told_of_payments(stage, &bonus);
    char *subject = arena_alloc(&stage->arena, 197);
    memset(subject, 'x', 196);
    stage->steps[notify].subject_from =
        stage_template(stage, arena_print(&stage->arena, "%s${{ paid.bonus }}", subject));
    assert_int_equal(plan_status(stage_plan(stage)), STATUS_DONE);
    stage->steps[bonus].amount = 1000;
    struct plan *plan = stage_plan(stage);
    stage_refused(plan, STATUS_INVALID,
                  "'subject' takes at most 200 characters; for worker A1 it "
                  "has 201: shorten it by 1");
}

/* A message that went out says what had been paid then; it is not written again. */
static void
a_message_about_payments_is_sent_once_whatever_it_said(void **state)
{
    struct stage *stage = *state;
    size_t bonus, notify = told_of_payments(stage, &bonus);
    stage_deed(stage, notify, "X1", ENTRY_DONE, STORY_MS);
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, notify, "A1", DECISION_SKIP, WHY_DONE_BEFORE);
    assert_int_equal(plan->remark_count, 0);
}

/* A bonus whose words tell of an earlier one: they are not known yet when it is held against the
 * journal, but its amount is. */
static void
a_bonus_that_tells_of_payments_is_known_by_its_amount_when_it_is_done(void **state)
{
    struct stage *stage = *state;
    stage_bonus(stage);
    size_t second = stage_bonus(stage);
    stage->steps[second].id = "second";
    stage->steps[second].message_from = stage_template(stage, "After ${{ paid.bonus }}.");
    stage_deed(stage, second, "X1", ENTRY_DONE, STORY_MS);
    struct plan *plan = stage_plan(stage);
    stage_expect(stage, plan, second, "X1", DECISION_SKIP, WHY_DONE_BEFORE);
    assert_int_equal(plan->remark_count, 0);
    stage->steps[second].amount = 150;
    stage_expect(stage, stage_plan(stage), second, "X1", DECISION_CONFLICT, WHY_CHANGED_AFTER_DONE);
}

/* While it is open its recorded words decide, and a person lets them be looked for. */
static void
an_open_bonus_that_tells_of_payments_is_not_sent_again(void **state)
{
    struct stage *stage = *state;
    stage_bonus(stage);
    size_t second = stage_bonus(stage);
    stage->steps[second].id = "second";
    stage->steps[second].message_from = stage_template(stage, "After ${{ paid.bonus }}.");
    stage_deed(stage, second, "X1", ENTRY_UNKNOWN, STORY_MS);
    stage_expect(stage, stage_plan(stage), second, "X1", DECISION_CONFLICT, WHY_CHANGED_AFTER_DONE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            a_qualification_is_made_in_a_row_of_its_own_before_those_that_give_it, begin,
            stage_finish),
        cmocka_unit_test_setup_teardown(a_qualification_that_exists_is_found_and_given_by_its_id,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_name_that_nothing_makes_is_a_problem, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_name_is_known_to_steps_below_the_one_that_makes_it, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(what_the_journal_made_has_its_id_also_when_the_list_lags,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(
            what_a_person_says_was_made_is_waited_for_until_the_list_shows_it, begin, stage_finish),
        cmocka_unit_test_setup_teardown(what_could_not_be_made_is_given_to_nobody, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(words_about_payments_say_what_is_planned_and_what_was_paid,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(what_was_paid_for_work_that_is_left_out_now_is_told_too,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(words_that_are_too_long_with_what_is_paid_are_a_problem,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(a_message_about_payments_is_sent_once_whatever_it_said,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(
            a_bonus_that_tells_of_payments_is_known_by_its_amount_when_it_is_done, begin,
            stage_finish),
        cmocka_unit_test_setup_teardown(an_open_bonus_that_tells_of_payments_is_not_sent_again,
                                        begin, stage_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
