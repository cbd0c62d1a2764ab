/* Two histories of one campaign become one: what outweighs what, action by action. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "two_histories.h"

static void
of_two_standings_the_weightier_holds(void **state)
{
    enum { I = STANDING_INTENDED, D, R, U, P }; /* P: released, so pending */
    static const struct {
        int ours, theirs, joined;
    } rows[] = {
        {NONE, D, D}, {NONE, R, R}, {NONE, U, U}, {NONE, P, P}, {NONE, I, I}, {D, D, D}, {D, R, D},
        {D, U, D},    {D, P, D},    {D, I, D},    {D, NONE, D}, {R, D, D},    {R, R, R}, {R, U, U},
        {R, P, R},    {R, I, U},    {R, NONE, R}, {U, D, D},    {U, R, U},    {U, U, U}, {U, P, U},
        {U, I, U},    {U, NONE, U}, {P, D, D},    {P, R, R},    {P, U, U},    {P, P, P}, {P, I, U},
        {P, NONE, P}, {I, D, D},    {I, R, I},    {I, P, I},    {I, NONE, I},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        again(state);
        struct two *two = *state;
        side_bring(&two->ours, KEY, (enum standing)rows[i].ours, STORY_MS + HOURS(1), "req-1");
        side_bring(&two->theirs, KEY, (enum standing)rows[i].theirs, STORY_MS + HOURS(2), "req-2");
        join(two);
        const struct deed *deed = deed_of(two, KEY);
        if ((int)deed->standing != rows[i].joined)
            fail_msg("row %zu: %s", i, standing_name(deed->standing));
    }
}

static void
what_is_brought_keeps_its_time_and_says_where_it_stood(void **state)
{
    struct two *two = *state;
    side_bring(&two->theirs, KEY, STANDING_DONE, STORY_MS + HOURS(2), "req-2");
    struct join joined = join(two);
    assert_int_equal(joined.count, 2);
    assert_int_equal(joined.news, 1);
    assert_true(joined.added[1].has_from);
    assert_int_equal(joined.added[1].from, two->theirs.count - 1);
    assert_int_equal(deed_of(two, KEY)->first_intent_ms, STORY_MS + HOURS(2));
    assert_int_equal(deed_of(two, KEY)->settled_ms, STORY_MS + HOURS(2) + MINUTES(1));
    assert_string_equal(deed_of(two, KEY)->request_id, "req-2");
}

/* Who did it is whose run it was. */
static void
runs_are_brought_with_their_deeds(void **state)
{
    struct two *two = *state;
    struct entry bens = run_at(STORY_MS + HOURS(2));
    bens.who = "ben";
    side_tell(&two->theirs, bens);
    side_bring(&two->theirs, KEY, STANDING_DONE, STORY_MS + HOURS(2), "req-2");
    join(two);
    const struct ledger *ledger = &two->ours.history.ledger;
    assert_string_equal(ledger->runs[deed_of(two, KEY)->run].who, "ben");
}

/* The earliest intent counts for the token, the latest attempt for what may be under way. */
static void
two_open_attempts_keep_the_earliest_intent_and_the_latest_attempt(void **state)
{
    static const struct {
        stamp_t ours_ms, theirs_ms;
    } rows[] = {{HOURS(1), HOURS(5)}, {HOURS(5), HOURS(1)}, {HOURS(3), HOURS(3)}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        again(state);
        struct two *two = *state;
        stamp_t ours_ms = STORY_MS + rows[i].ours_ms, theirs_ms = STORY_MS + rows[i].theirs_ms;
        side_bring(&two->ours, KEY, STANDING_UNKNOWN, ours_ms, NULL);
        side_bring(&two->theirs, KEY, STANDING_UNKNOWN, theirs_ms, NULL);
        join(two);
        assert_int_equal(deed_of(two, KEY)->first_intent_ms,
                         ours_ms < theirs_ms ? ours_ms : theirs_ms);
        assert_int_equal(deed_of(two, KEY)->last_attempt_ms,
                         ours_ms > theirs_ms ? ours_ms : theirs_ms);
    }
}

static void
joining_again_adds_nothing(void **state)
{
    static const enum standing standings[] = {STANDING_DONE, STANDING_REFUSED, STANDING_UNKNOWN,
                                              STANDING_RELEASED};
    for (size_t ours = 0; ours <= 4; ours++)
        for (size_t theirs = 0; theirs < 4; theirs++) {
            again(state);
            struct two *two = *state;
            side_bring(&two->ours, KEY, ours < 4 ? standings[ours] : (enum standing)NONE,
                       STORY_MS + HOURS(2), "req-1");
            side_bring(&two->theirs, KEY, standings[theirs], STORY_MS + HOURS(1), "req-2");
            join(two);
            struct join again = join(two);
            if (again.count || again.news)
                fail_msg("%zu and %zu: %zu records more", ours, theirs, again.count);
        }
}

static void
an_action_confirmed_by_two_answers_is_named(void **state)
{
    struct two *two = *state;
    side_bring(&two->ours, KEY, STANDING_DONE, STORY_MS + HOURS(1), "req-1");
    side_bring(&two->ours, OTHER_KEY, STANDING_DONE, STORY_MS + HOURS(1), "req-1");
    side_bring(&two->theirs, KEY, STANDING_DONE, STORY_MS + HOURS(2), "req-2");
    side_bring(&two->theirs, OTHER_KEY, STANDING_DONE, STORY_MS + HOURS(1), "req-1");
    struct join joined = join(two);
    assert_int_equal(joined.doubled_count, 1);
    assert_string_equal(joined.doubled[0], KEY);
    assert_int_equal(joined.count, 0);
}

static void
what_was_done_there_with_another_amount_is_what_was_done(void **state)
{
    struct two *two = *state;
    side_bring(&two->ours, KEY, STANDING_UNKNOWN, STORY_MS + HOURS(1), NULL);
    struct entry dearer = bonus_at(KEY, STORY_MS + HOURS(2));
    dearer.amount = 150;
    dearer.content = "dearer";
    side_tell(&two->theirs, dearer);
    side_tell(&two->theirs, entry_at(ENTRY_DONE, KEY, STORY_MS + HOURS(2)));
    join(two);
    assert_int_equal(deed_of(two, KEY)->standing, STANDING_DONE);
    assert_int_equal(deed_of(two, KEY)->amount, 150);
    assert_string_equal(deed_of(two, KEY)->content, "dearer");
    assert_true(deed_of(two, KEY)->intended);
}

/* Ours found it at the marketplace, and theirs is the run that sent it. */
static void
what_was_foreign_to_ours_is_explained_by_theirs(void **state)
{
    struct two *two = *state;
    struct entry found = bonus_at(KEY, STORY_MS + HOURS(3));
    found.kind = ENTRY_ADOPT;
    side_tell(&two->ours, found);
    assert_true(deed_is_foreign(deed_of(two, KEY)));
    side_bring(&two->theirs, KEY, STANDING_DONE, STORY_MS + HOURS(1), "req-2");
    struct join joined = join(two);
    assert_int_equal(joined.news, 1);
    assert_int_equal(joined.doubled_count, 0);
    assert_false(deed_is_foreign(deed_of(two, KEY)));
    assert_int_equal(join(two).count, 0);
}

static void
an_operator_s_words_are_brought(void **state)
{
    static const struct {
        enum standing standing;
        enum decided decided;
    } rows[] = {{STANDING_DONE, DECIDED_KEEP},
                {STANDING_REFUSED, DECIDED_WAIVE},
                {STANDING_RELEASED, DECIDED_NOT_DONE}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        again(state);
        struct two *two = *state;
        side_bring(&two->ours, KEY, rows[i].standing, STORY_MS + HOURS(1), "req-1");
        side_bring(&two->theirs, KEY, rows[i].standing, STORY_MS + HOURS(1), "req-1");
        struct entry word = entry_at(ENTRY_RESOLVE, KEY, STORY_MS + HOURS(3));
        word.decided = rows[i].decided;
        word.who = "ben@lab";
        side_tell(&two->theirs, word);
        join(two);
        const struct deed *deed = deed_of(two, KEY);
        assert_string_equal(deed->resolved_by, "ben@lab");
        assert_true(deed->kept || deed->waived || deed->cleared);
        assert_int_equal(join(two).count, 0);
    }
}

/* Their message is done by a person's word alone. */
static void
word_of_theirs(struct two *two)
{
    struct entry word = entry_at(ENTRY_RESOLVE, KEY, STORY_MS + HOURS(3));
    word.decided = DECIDED_DONE;
    word.who = "ben@lab";
    side_bring(&two->theirs, KEY, STANDING_UNKNOWN, STORY_MS + HOURS(2), NULL);
    side_tell(&two->theirs, word);
}

static void
a_word_that_it_was_done_stays_a_word(void **state)
{
    static const enum standing ours[] = {STANDING_UNKNOWN, STANDING_INTENDED, STANDING_RELEASED};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++) {
        again(state);
        struct two *two = *state;
        side_bring(&two->ours, KEY, ours[i], STORY_MS + HOURS(1), NULL);
        word_of_theirs(two);
        join(two);
        assert_int_equal(deed_of(two, KEY)->standing, STANDING_DONE);
        assert_true(deed_of(two, KEY)->said);
        assert_false(deed_is_found(deed_of(two, KEY)));
        assert_string_equal(deed_of(two, KEY)->resolved_by, "ben@lab");
        assert_int_equal(join(two).count, 0);
    }
}

static void
a_word_that_it_was_done_does_not_outweigh_a_later_refusal(void **state)
{
    struct two *two = *state;
    side_bring(&two->ours, KEY, STANDING_REFUSED, STORY_MS + HOURS(4), "req-1");
    word_of_theirs(two);
    join(two);
    assert_int_equal(deed_of(two, KEY)->standing, STANDING_REFUSED);
    again(state);
    side_bring(&two->ours, KEY, STANDING_REFUSED, STORY_MS + HOURS(1), "req-1");
    word_of_theirs(two);
    join(two);
    assert_int_equal(deed_of(two, KEY)->standing, STANDING_DONE);
    assert_true(deed_of(two, KEY)->said);
}

static void
words_that_a_batch_shares_are_found_under_their_new_number(void **state)
{
    struct two *two = *state;
    side_bring(&two->ours, OTHER_KEY, STANDING_DONE, STORY_MS + HOURS(1), "req-1");
    side_tell(&two->theirs,
              (struct entry){.kind = ENTRY_BODY, .at_ms = STORY_MS + HOURS(2), .text = "words"});
    uint64_t there = two->theirs.count - 1;
    struct entry message = bonus_at(KEY, STORY_MS + HOURS(2));
    message.body = NULL;
    message.has_body_seq = true;
    message.body_seq = there;
    side_tell(&two->theirs, message);
    uint64_t first = two->ours.history.seq;
    struct join joined = join(two);
    assert_int_equal(joined.count, 2);
    assert_int_equal(joined.added[0].kind, ENTRY_BODY);
    assert_int_equal(joined.added[1].body_seq, first);
    assert_int_not_equal(first, there);
}

/* Of a look at several actions only those that ours did not know are taken. */
static void
looks_are_brought_for_what_ours_did_not_know(void **state)
{
    struct two *two = *state;
    static const char *keys[] = {KEY, OTHER_KEY};
    side_bring(&two->ours, OTHER_KEY, STANDING_UNKNOWN, STORY_MS + HOURS(1), NULL);
    side_bring(&two->theirs, KEY, STANDING_UNKNOWN, STORY_MS + HOURS(1), NULL);
    side_bring(&two->theirs, OTHER_KEY, STANDING_UNKNOWN, STORY_MS + HOURS(1), NULL);
    side_tell(&two->theirs,
              (struct entry){
                  .kind = ENTRY_LOOK, .at_ms = STORY_MS + HOURS(2), .keys = keys, .key_count = 2});
    join(two);
    assert_int_equal(deed_of(two, KEY)->first_absent_ms, STORY_MS + HOURS(2));
    assert_int_equal(deed_of(two, OTHER_KEY)->first_absent_ms, 0);
}

#define ON_TWO(test) cmocka_unit_test_setup_teardown(test, begin, finish)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_TWO(of_two_standings_the_weightier_holds),
        ON_TWO(what_is_brought_keeps_its_time_and_says_where_it_stood),
        ON_TWO(runs_are_brought_with_their_deeds),
        ON_TWO(two_open_attempts_keep_the_earliest_intent_and_the_latest_attempt),
        ON_TWO(joining_again_adds_nothing),
        ON_TWO(an_action_confirmed_by_two_answers_is_named),
        ON_TWO(what_was_done_there_with_another_amount_is_what_was_done),
        ON_TWO(what_was_foreign_to_ours_is_explained_by_theirs),
        ON_TWO(a_word_that_it_was_done_stays_a_word),
        ON_TWO(a_word_that_it_was_done_does_not_outweigh_a_later_refusal),
        ON_TWO(an_operator_s_words_are_brought),
        ON_TWO(words_that_a_batch_shares_are_found_under_their_new_number),
        ON_TWO(looks_are_brought_for_what_ours_did_not_know),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
