/* When an open bonus that the list does not show may be sent again, and when some attempt of it
 * has no known outcome. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/history.h"

static const char key[] = "k1";

static int
begin(void **state)
{
    static struct history history;
    history_begin(&history);
    tell(&history, bonus_at(key, STORY_MS));
    *state = &history;
    return 0;
}

static int
finish(void **state)
{
    history_close(*state);
    return 0;
}

static const struct deed *
deed_of(const struct history *history)
{
    return ledger_find(&history->ledger, key);
}

/* States that it must wait, and until when. */
static void
waits(const struct history *history, stamp_t now_ms, stamp_t until_ms)
{
    stamp_t come_back_ms = 0;
    assert_int_equal(deed_settle(deed_of(history), now_ms, &come_back_ms), SETTLING_WAIT);
    assert_int_equal(come_back_ms - STORY_MS, until_ms - STORY_MS);
}

static void
resends(const struct history *history, stamp_t now_ms)
{
    stamp_t come_back_ms = 0;
    assert_int_equal(deed_settle(deed_of(history), now_ms, &come_back_ms), SETTLING_RESEND);
}

static void
under_twenty_hours_the_token_is_the_second_guard(void **state)
{
    resends(*state, STORY_MS);
    resends(*state, STORY_MS + 1);
    resends(*state, STORY_MS + HOURS(20) - 1);
    waits(*state, STORY_MS + HOURS(20), STORY_MS + HOURS(20) + MINUTES(5));
}

static void
the_twenty_hours_count_from_the_first_intent(void **state)
{
    struct history *history = *state;
    tell(history, entry_at(ENTRY_UNKNOWN, key, STORY_MS));
    tell(history, resend_at(key, 2, STORY_MS + HOURS(19)));
    resends(history, STORY_MS + HOURS(20) - 1);
    waits(history, STORY_MS + HOURS(20), STORY_MS + HOURS(20) + MINUTES(5));
}

static void
a_clock_that_went_back_does_not_make_an_intent_young(void **state)
{
    waits(*state, STORY_MS - 1, STORY_MS + MINUTES(20));
}

static void
the_first_look_comes_fifteen_minutes_after_the_last_attempt(void **state)
{
    struct history *history = *state;
    stamp_t again_ms = STORY_MS + HOURS(30);
    tell(history, entry_at(ENTRY_UNKNOWN, key, STORY_MS));
    tell(history, resend_at(key, 2, again_ms));
    waits(history, again_ms + MINUTES(1), again_ms + MINUTES(20));
    tell_look(history, key, false, again_ms + MINUTES(15) - 1);
    assert_int_equal(deed_of(history)->first_absent_ms, 0);
    waits(history, again_ms + MINUTES(15) - 1, again_ms + MINUTES(20));
    waits(history, again_ms + MINUTES(15), again_ms + MINUTES(20));
    waits(history, again_ms + MINUTES(25), again_ms + MINUTES(30));
}

static void
the_second_look_comes_five_minutes_after_the_first(void **state)
{
    struct history *history = *state;
    stamp_t look_ms = STORY_MS + HOURS(30);
    tell_look(history, key, false, look_ms);
    assert_int_equal(deed_of(history)->first_absent_ms, look_ms);
    waits(history, look_ms, look_ms + MINUTES(5));
    waits(history, look_ms + MINUTES(5) - 1, look_ms + MINUTES(5));
    resends(history, look_ms + MINUTES(5));
}

static void
a_later_look_does_not_begin_the_five_minutes_anew(void **state)
{
    struct history *history = *state;
    stamp_t look_ms = STORY_MS + HOURS(30);
    tell_look(history, key, false, look_ms);
    tell_look(history, key, false, look_ms + MINUTES(4));
    resends(history, look_ms + MINUTES(5));
}

static void
a_look_that_found_it_proves_no_absence(void **state)
{
    struct history *history = *state;
    tell_look(history, key, true, STORY_MS + HOURS(30));
    assert_int_equal(deed_of(history)->first_absent_ms, 0);
}

static void
a_resend_needs_both_looks_anew(void **state)
{
    struct history *history = *state;
    stamp_t look_ms = STORY_MS + HOURS(30);
    tell_look(history, key, false, look_ms);
    tell(history, resend_at(key, 2, look_ms + MINUTES(5)));
    assert_int_equal(deed_of(history)->first_absent_ms, 0);
    waits(history, look_ms + MINUTES(10), look_ms + MINUTES(25));
}

static void
an_attempt_without_an_outcome_leaves_a_doubt(void **state)
{
    struct history *history = *state;
    assert_false(deed_of(history)->doubtful);
    tell(history, entry_at(ENTRY_UNKNOWN, key, STORY_MS + MINUTES(1)));
    assert_true(deed_of(history)->doubtful);
    assert_int_equal(deed_of(history)->doubtful_ms, STORY_MS);
    tell(history, resend_at(key, 2, STORY_MS + MINUTES(2)));
    assert_true(deed_of(history)->doubtful);
    assert_int_equal(deed_of(history)->doubtful_ms, STORY_MS);
}

static void
a_repetition_of_what_did_nothing_leaves_no_doubt(void **state)
{
    struct history *history = *state;
    tell(history, resend_at(key, 2, STORY_MS + MINUTES(1)));
    assert_false(deed_of(history)->doubtful);
    assert_int_equal(deed_of(history)->last_attempt_ms, STORY_MS + MINUTES(1));
    assert_int_equal(deed_of(history)->attempts, 2);
}

/* The process died with the bonus under way: it may have been paid. */
static void
what_was_in_flight_when_a_run_died_is_in_doubt_in_the_next(void **state)
{
    struct history *history = *state;
    tell(history, run_at(STORY_MS + MINUTES(1)));
    assert_true(deed_is_open(deed_of(history)));
    tell(history, resend_at(key, 2, STORY_MS + MINUTES(2)));
    assert_true(deed_of(history)->doubtful);
    assert_int_equal(deed_of(history)->doubtful_ms, STORY_MS);
}

static void
a_new_intent_begins_without_doubt(void **state)
{
    struct history *history = *state;
    tell(history, entry_at(ENTRY_UNKNOWN, key, STORY_MS));
    tell(history, entry_at(ENTRY_REFUSED, key, STORY_MS + HOURS(1)));
    tell(history, bonus_at(key, STORY_MS + HOURS(2)));
    assert_false(deed_of(history)->doubtful);
    assert_int_equal(deed_of(history)->first_intent_ms, STORY_MS + HOURS(2));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(under_twenty_hours_the_token_is_the_second_guard, begin,
                                        finish),
        cmocka_unit_test_setup_teardown(the_twenty_hours_count_from_the_first_intent, begin,
                                        finish),
        cmocka_unit_test_setup_teardown(a_clock_that_went_back_does_not_make_an_intent_young, begin,
                                        finish),
        cmocka_unit_test_setup_teardown(the_first_look_comes_fifteen_minutes_after_the_last_attempt,
                                        begin, finish),
        cmocka_unit_test_setup_teardown(the_second_look_comes_five_minutes_after_the_first, begin,
                                        finish),
        cmocka_unit_test_setup_teardown(a_later_look_does_not_begin_the_five_minutes_anew, begin,
                                        finish),
        cmocka_unit_test_setup_teardown(a_look_that_found_it_proves_no_absence, begin, finish),
        cmocka_unit_test_setup_teardown(a_resend_needs_both_looks_anew, begin, finish),
        cmocka_unit_test_setup_teardown(an_attempt_without_an_outcome_leaves_a_doubt, begin,
                                        finish),
        cmocka_unit_test_setup_teardown(a_repetition_of_what_did_nothing_leaves_no_doubt, begin,
                                        finish),
        cmocka_unit_test_setup_teardown(what_was_in_flight_when_a_run_died_is_in_doubt_in_the_next,
                                        begin, finish),
        cmocka_unit_test_setup_teardown(a_new_intent_begins_without_doubt, begin, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
