/* Which listed payment is which action: by assignment, worker, amount and words, oldest first,
 * each counted once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/match.h"
#include "support/stage.h"

static int
begin(void **state)
{
    static struct stage stage;
    stage_open(&stage);
    stage_bonus(&stage);
    stage_work(&stage, "X1", "A1", WORK_APPROVED);
    stage_work(&stage, "X2", "A1", WORK_APPROVED);
    stage_work(&stage, "X3", "A2", WORK_APPROVED);
    *state = &stage;
    return 0;
}

static struct match
match_of(struct stage *stage)
{
    struct match match;
    roster_sort(&stage->roster);
    match_init(&match, &stage->roster, true, &stage->arena);
    return match;
}

static const char *
content_of(struct stage *stage, cents_t amount, const char *words)
{
    char *content = arena_alloc(&stage->arena, DIGEST_TEXT_SIZE);
    identity_bonus_content(amount, words, content, &stage->arena);
    return content;
}

/* Finds and marks; the time of what was found, in minutes of the story; -1 for none. */
static long
take(const struct match *match, struct match_wish wish)
{
    struct payment *payment = match_find(match, &wish);
    if (!payment)
        return -1;
    payment->matched = true;
    return (long)((payment->at_ms - STORY_MS) / STAMP_MINUTE_MS);
}

static void
the_oldest_is_taken_first_and_each_once(void **state)
{
    struct stage *stage = *state;
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS + MINUTES(7));
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS + MINUTES(3));
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS + MINUTES(5));
    struct match match = match_of(stage);
    struct match_wish wish = {.worker = "A1",
                              .assignment = "X1",
                              .content = content_of(stage, 100, "Well done"),
                              .since_ms = INT64_MIN};
    assert_int_equal(take(&match, wish), 3);
    assert_int_equal(take(&match, wish), 5);
    assert_int_equal(take(&match, wish), 7);
    assert_int_equal(take(&match, wish), -1);
}

static void
finding_does_not_mark(void **state)
{
    struct stage *stage = *state;
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS);
    struct match match = match_of(stage);
    struct match_wish wish = {.worker = "A1", .assignment = "X1", .since_ms = INT64_MIN};
    assert_non_null(match_find(&match, &wish));
    assert_ptr_equal(match_find(&match, &wish), match_find(&match, &wish));
}

static void
assignment_worker_amount_and_words_must_all_fit(void **state)
{
    static const struct {
        const char *worker, *assignment;
        cents_t amount;
        const char *words;
        long found;
    } rows[] = {
        {"A2", "X1", 100, "Well done", -1}, {"A1", "X2", 100, "Well done", -1},
        {"A1", "X1", 101, "Well done", -1}, {"A1", "X1", 100, "Well  done!", -1},
        {"A1", "X9", 100, "Well done", -1}, {"A1", "X1", 100, " Well\n done ", 0},
    };
    struct stage *stage = *state;
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS);
    struct match match = match_of(stage);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct match_wish wish = {.worker = rows[i].worker,
                                  .assignment = rows[i].assignment,
                                  .content = content_of(stage, rows[i].amount, rows[i].words),
                                  .since_ms = INT64_MIN};
        assert_int_equal(take(&match, wish), rows[i].found);
    }
}

static void
without_a_content_any_amount_and_words_fit(void **state)
{
    struct stage *stage = *state;
    stage_paid(stage, "X1", "A1", 333, "something else", STORY_MS + MINUTES(2));
    struct match match = match_of(stage);
    struct match_wish wish = {.worker = "A1", .assignment = "X1", .since_ms = INT64_MIN};
    assert_int_equal(take(&match, wish), 2);
}

static void
what_was_granted_before_the_limit_does_not_count(void **state)
{
    struct stage *stage = *state;
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS + MINUTES(1));
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS + MINUTES(9));
    struct match match = match_of(stage);
    struct match_wish wish = {
        .worker = "A1", .assignment = "X1", .since_ms = STORY_MS + MINUTES(1) + 1};
    assert_int_equal(take(&match, wish), 9);
    assert_int_equal(take(&match, wish), -1);
    wish.since_ms = STORY_MS + MINUTES(1);
    assert_int_equal(take(&match, wish), 1);
}

static void
per_worker_the_oldest_of_all_their_assignments_is_taken(void **state)
{
    struct stage *stage = *state;
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS + MINUTES(5));
    stage_paid(stage, "X2", "A1", 100, "Well done", STORY_MS + MINUTES(4));
    stage_paid(stage, "X3", "A2", 100, "Well done", STORY_MS + MINUTES(1));
    struct match match = match_of(stage);
    struct match_wish wish = {.worker = "A1", .since_ms = INT64_MIN};
    assert_int_equal(take(&match, wish), 4);
    assert_int_equal(take(&match, wish), 5);
    assert_int_equal(take(&match, wish), -1);
    wish.worker = "A9";
    assert_int_equal(take(&match, wish), -1);
}

static void
done_deeds_account_for_their_own_payments(void **state)
{
    struct stage *stage = *state;
    stage_deed(stage, 0, "X1", ENTRY_DONE, STORY_MS + MINUTES(10));
    stage_deed(stage, 0, "X2", ENTRY_REFUSED, STORY_MS + MINUTES(10));
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS - HOURS(9));
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS + MINUTES(6));
    stage_paid(stage, "X2", "A1", 100, "Well done", STORY_MS + MINUTES(10));
    struct match match = match_of(stage);
    match_deeds(&match, &stage->history.ledger);
    assert_false(stage->roster.payments[0].matched); /* from before the intent: not ours */
    assert_true(stage->roster.payments[1].matched);  /* up to five minutes before it: clocks */
    assert_false(stage->roster.payments[2].matched); /* refused deeds account for nothing */
}

static void
a_payment_six_minutes_before_the_intent_is_not_its(void **state)
{
    struct stage *stage = *state;
    stage_deed(stage, 0, "X1", ENTRY_DONE, STORY_MS + MINUTES(10));
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS + MINUTES(4));
    struct match match = match_of(stage);
    match_deeds(&match, &stage->history.ledger);
    assert_false(stage->roster.payments[0].matched);
}

static void
what_was_found_without_an_intent_accounts_for_a_payment_of_any_age(void **state)
{
    struct stage *stage = *state;
    tell(&stage->history, stage_entry(stage, ENTRY_ADOPT, 0, "X1", STORY_MS));
    stage_paid(stage, "X1", "A1", 100, "Well done", STORY_MS - HOURS(99));
    struct match match = match_of(stage);
    match_deeds(&match, &stage->history.ledger);
    assert_true(stage->roster.payments[0].matched);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_oldest_is_taken_first_and_each_once, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(finding_does_not_mark, begin, stage_finish),
        cmocka_unit_test_setup_teardown(assignment_worker_amount_and_words_must_all_fit, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(without_a_content_any_amount_and_words_fit, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(what_was_granted_before_the_limit_does_not_count, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(per_worker_the_oldest_of_all_their_assignments_is_taken,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(done_deeds_account_for_their_own_payments, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_payment_six_minutes_before_the_intent_is_not_its, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(
            what_was_found_without_an_intent_accounts_for_a_payment_of_any_age, begin,
            stage_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
