/* What may follow what in a journal, and what is known of a deed after each record. */
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
    *state = &history;
    return 0;
}

static int
finish(void **state)
{
    history_close(*state);
    return 0;
}

static const enum entry_kind outcomes[] = {ENTRY_DONE, ENTRY_REFUSED, ENTRY_RELEASED, ENTRY_UNKNOWN,
                                           ENTRY_RESEND};
enum { OUTCOME_COUNT = sizeof outcomes / sizeof *outcomes };

static void
a_journal_begins_with_one_genesis(void **state)
{
    deny(*state, (struct entry){.kind = ENTRY_GENESIS}, "a second genesis");
    struct history empty = {0};
    deny(&empty, run_at(STORY_MS), "begins without a genesis");
    deny(&empty, bonus_at(key, STORY_MS), "begins without a genesis");
    history_close(&empty);
}

static void
an_intended_bonus_is_open_and_counts(void **state)
{
    struct history *history = *state;
    tell(history, bonus_at(key, STORY_MS));
    const struct deed *deed = ledger_find(&history->ledger, key);
    assert_int_equal(deed->standing, STANDING_INTENDED);
    assert_true(deed_is_open(deed));
    assert_true(deed_is_counted(deed));
    assert_true(deed->intended);
    assert_int_equal(deed->attempts, 1);
    assert_int_equal(deed->amount + deed->fee, 120);
    assert_int_equal(deed->first_intent_ms, STORY_MS);
    assert_null(ledger_find(&history->ledger, "k2"));
}

/* A plan points to deeds while its run adds others. */
static void
a_deed_stays_where_it_is_while_others_come(void **state)
{
    struct history *history = *state;
    tell(history, bonus_at(key, STORY_MS));
    const struct deed *deed = ledger_find(&history->ledger, key);
    for (size_t i = 0; i < 100; i++)
        tell(history, bonus_at(arena_print(&history->arena, "another %zu", i), STORY_MS));
    tell(history, entry_at(ENTRY_DONE, key, STORY_MS + 1));
    assert_int_equal(deed->standing, STANDING_DONE);
    assert_ptr_equal(ledger_find(&history->ledger, key), deed);
}

static void
each_outcome_gives_its_standing(void **state)
{
    static const struct {
        enum entry_kind kind;
        enum standing standing;
        bool open, counted;
    } rows[] = {
        {ENTRY_DONE, STANDING_DONE, false, true},
        {ENTRY_REFUSED, STANDING_REFUSED, false, false},
        {ENTRY_RELEASED, STANDING_RELEASED, false, false},
        {ENTRY_UNKNOWN, STANDING_UNKNOWN, true, true},
        {ENTRY_RESEND, STANDING_INTENDED, true, true},
        {ENTRY_ADOPT, STANDING_DONE, false, true},
    };
    struct history *history = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *name = arena_print(&history->arena, "key %zu", i);
        tell(history, bonus_at(name, STORY_MS));
        tell(history, entry_at(rows[i].kind, name, STORY_MS + 1));
        const struct deed *deed = ledger_find(&history->ledger, name);
        assert_int_equal(deed->standing, rows[i].standing);
        assert_int_equal(deed_is_open(deed), rows[i].open);
        assert_int_equal(deed_is_counted(deed), rows[i].counted);
    }
}

static void
no_outcome_comes_before_an_intent(void **state)
{
    for (size_t i = 0; i < OUTCOME_COUNT; i++)
        deny(*state, entry_at(outcomes[i], key, STORY_MS), "which was never intended");
    const char *keys[] = {key};
    deny(*state, (struct entry){.kind = ENTRY_LOOK, .keys = keys, .key_count = 1},
         "which was never intended");
}

static void
nothing_follows_what_is_settled(void **state)
{
    static const enum entry_kind settled[] = {ENTRY_DONE, ENTRY_REFUSED, ENTRY_RELEASED,
                                              ENTRY_ADOPT};
    struct history *history = *state;
    for (size_t i = 0; i < sizeof settled / sizeof *settled; i++) {
        const char *name = arena_print(&history->arena, "key %zu", i);
        tell(history, bonus_at(name, STORY_MS));
        tell(history, entry_at(settled[i], name, STORY_MS));
        for (size_t j = 0; j < OUTCOME_COUNT; j++)
            deny(history, entry_at(outcomes[j], name, STORY_MS), "which is settled already");
    }
}

static void
everything_may_follow_what_is_unknown(void **state)
{
    struct history *history = *state;
    for (size_t i = 0; i < OUTCOME_COUNT; i++) {
        const char *name = arena_print(&history->arena, "key %zu", i);
        tell(history, bonus_at(name, STORY_MS));
        tell(history, entry_at(ENTRY_UNKNOWN, name, STORY_MS));
        tell(history, entry_at(outcomes[i], name, STORY_MS));
    }
}

static void
a_new_intent_follows_only_what_provably_did_nothing(void **state)
{
    struct history *history = *state;
    tell(history, bonus_at(key, STORY_MS));
    deny(history, bonus_at(key, STORY_MS + 1), "whose outcome is not known");
    tell(history, entry_at(ENTRY_UNKNOWN, key, STORY_MS + 2));
    deny(history, bonus_at(key, STORY_MS + 3), "whose outcome is not known");
    tell(history, entry_at(ENTRY_REFUSED, key, STORY_MS + 4));
    tell(history, bonus_at(key, STORY_MS + 5));
    tell(history, entry_at(ENTRY_RELEASED, key, STORY_MS + 6));
    tell(history, bonus_at(key, STORY_MS + 7));
    const struct deed *deed = ledger_find(&history->ledger, key);
    assert_int_equal(deed->first_intent_ms, STORY_MS + 7);
    assert_int_equal(deed->attempts, 1);
    assert_int_equal(history->ledger.deed_count, 1);
    tell(history, entry_at(ENTRY_DONE, key, STORY_MS + 8));
    deny(history, bonus_at(key, STORY_MS + 9), "follows its deed");
}

static void
a_qualification_may_be_set_again(void **state)
{
    struct entry qualify = {.kind = ENTRY_INTEND,
                            .key = key,
                            .at_ms = STORY_MS,
                            .verb = VERB_QUALIFY,
                            .has_verb = true,
                            .qualification = "Q1",
                            .value = 1};
    struct history *history = *state;
    tell(history, qualify);
    tell(history, entry_at(ENTRY_DONE, key, STORY_MS));
    qualify.value = 2;
    tell(history, qualify);
    assert_int_equal(ledger_find(&history->ledger, key)->value, 2);
    assert_true(deed_is_open(ledger_find(&history->ledger, key)));
}

static void
what_was_found_needs_no_intent(void **state)
{
    struct history *history = *state;
    struct entry adopt = bonus_at(key, STORY_MS);
    adopt.kind = ENTRY_ADOPT;
    tell(history, adopt);
    const struct deed *deed = ledger_find(&history->ledger, key);
    assert_int_equal(deed->standing, STANDING_DONE);
    assert_false(deed->intended);
    assert_string_equal(deed->worker, "A1");
    assert_int_equal(deed->amount, 100);
    deny(history, bonus_at(key, STORY_MS), "follows its deed");
}

static void
an_approval_keeps_the_status_from_before_its_first_intent(void **state)
{
    struct history *history = *state;
    struct entry approve = bonus_at(key, STORY_MS);
    approve.verb = VERB_APPROVE;
    approve.has_status_before = true;
    approve.status_before = WORK_SUBMITTED;
    assert_null(ledger_decided(&history->ledger, "X1"));
    tell(history, approve);
    assert_ptr_equal(ledger_decided(&history->ledger, "X1"), ledger_find(&history->ledger, key));
    tell(history, entry_at(ENTRY_REFUSED, key, STORY_MS));
    approve.status_before = WORK_APPROVED;
    tell(history, approve);
    assert_int_equal(ledger_decided(&history->ledger, "X1")->status_before, WORK_SUBMITTED);
}

static void
runs_are_told_apart(void **state)
{
    struct history *history = *state;
    tell(history, bonus_at(key, STORY_MS));
    assert_false(history->ledger.runs[0].ended);
    tell(history, (struct entry){.kind = ENTRY_END, .at_ms = STORY_MS + 1});
    tell(history, run_at(STORY_MS + 2));
    tell(history, entry_at(ENTRY_DONE, key, STORY_MS + 3));
    assert_int_equal(history->ledger.run_count, 2);
    assert_true(history->ledger.runs[0].ended);
    assert_false(history->ledger.runs[1].ended);
    assert_int_equal(ledger_find(&history->ledger, key)->run, 1);
    assert_int_equal(history->ledger.last_ms, STORY_MS + 3);
}

/* What looked done by somebody else stays undecided until a person decides, or a later run sees it
 * no more. */
static void
what_a_run_saw_done_elsewhere_is_counted_until_it_is_decided(void **state)
{
    struct history *history = *state;
    tell(history, (struct entry){.kind = ENTRY_END, .at_ms = STORY_MS + 1, .elsewhere = 2});
    assert_int_equal(history->ledger.elsewhere, 2);
    struct entry word = bonus_at("k1", STORY_MS + 2);
    word.kind = ENTRY_RESOLVE;
    word.who = "ana@lab";
    word.decided = DECIDED_DONE;
    tell(history, word);
    assert_int_equal(history->ledger.elsewhere, 1);
    word.decided = DECIDED_KEEP;
    tell(history, word);
    assert_int_equal(history->ledger.elsewhere, 1);
    tell(history, run_at(STORY_MS + 3));
    tell(history, (struct entry){.kind = ENTRY_END, .at_ms = STORY_MS + 4});
    assert_int_equal(history->ledger.elsewhere, 0);
}

/* A run that begins looks at what the one before has sent, and not at the whole journal. */
static void
a_new_run_doubts_only_what_the_last_one_left_in_flight(void **state)
{
    struct history *history = *state;
    tell(history, bonus_at("k1", STORY_MS));
    tell(history, entry_at(ENTRY_DONE, "k1", STORY_MS));
    tell(history, bonus_at("k2", STORY_MS));
    tell(history, bonus_at("k3", STORY_MS));
    tell(history, entry_at(ENTRY_UNKNOWN, "k3", STORY_MS));
    assert_int_equal(history->ledger.tried_count, 3);
    tell(history, run_at(STORY_MS + 1));
    assert_int_equal(history->ledger.tried_count, 0);
    assert_int_equal(ledger_find(&history->ledger, "k1")->standing, STANDING_DONE);
    assert_int_equal(ledger_find(&history->ledger, "k2")->standing, STANDING_UNKNOWN);
    tell(history,
         (struct entry){.kind = ENTRY_RESEND, .key = "k3", .attempt = 2, .at_ms = STORY_MS + 2});
    assert_int_equal(history->ledger.tried_count, 1);
    tell(history, run_at(STORY_MS + 3));
    assert_int_equal(ledger_find(&history->ledger, "k3")->standing, STANDING_UNKNOWN);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_journal_begins_with_one_genesis, begin, finish),
        cmocka_unit_test_setup_teardown(an_intended_bonus_is_open_and_counts, begin, finish),
        cmocka_unit_test_setup_teardown(a_deed_stays_where_it_is_while_others_come, begin, finish),
        cmocka_unit_test_setup_teardown(each_outcome_gives_its_standing, begin, finish),
        cmocka_unit_test_setup_teardown(no_outcome_comes_before_an_intent, begin, finish),
        cmocka_unit_test_setup_teardown(nothing_follows_what_is_settled, begin, finish),
        cmocka_unit_test_setup_teardown(everything_may_follow_what_is_unknown, begin, finish),
        cmocka_unit_test_setup_teardown(a_new_intent_follows_only_what_provably_did_nothing, begin,
                                        finish),
        cmocka_unit_test_setup_teardown(a_qualification_may_be_set_again, begin, finish),
        cmocka_unit_test_setup_teardown(a_new_run_doubts_only_what_the_last_one_left_in_flight,
                                        begin, finish),
        cmocka_unit_test_setup_teardown(what_was_found_needs_no_intent, begin, finish),
        cmocka_unit_test_setup_teardown(an_approval_keeps_the_status_from_before_its_first_intent,
                                        begin, finish),
        cmocka_unit_test_setup_teardown(runs_are_told_apart, begin, finish),
        cmocka_unit_test_setup_teardown(
            what_a_run_saw_done_elsewhere_is_counted_until_it_is_decided, begin, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
