/* Figures out of deeds: to the cent, by step, day, run and person. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "core/statement.h"
#include "core/yearly.h"
#include "support/history.h"

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

static const char *
name_plain(void *self, const char *marketplace, const char *id, struct arena *arena)
{
    (void)self;
    return arena_print(arena, "%s %s", marketplace, id);
}

/* Clears the text of the one worker whom these stories know. */
static const char *
words_cleared(void *self, const char *text, struct arena *arena)
{
    (void)self;
    const char *at = strstr(text, "A1");
    return at ? arena_print(arena, "%.*s…%s", (int)(at - text), text, at + 2) : text;
}

static const struct veil veil = {.name = name_plain, .words = words_cleared};

static struct statement
state_of(struct history *history, struct span span)
{
    struct statement statement;
    statement_make(&statement, &history->ledger, span, &veil, &history->arena);
    return statement;
}

static struct entry
bonus_of(const char *key, const char *worker, cents_t amount, stamp_t at_ms)
{
    struct entry entry = bonus_at(key, at_ms);
    entry.worker = worker;
    entry.amount = amount;
    entry.fee = amount / 5;
    return entry;
}

static void
pay(struct history *history, const char *key, const char *worker, cents_t amount, stamp_t at_ms)
{
    tell(history, bonus_of(key, worker, amount, at_ms));
    tell(history, entry_at(ENTRY_DONE, key, at_ms));
}

static struct entry
approval_of(const char *key, const char *worker, cents_t reward, stamp_t at_ms)
{
    struct entry entry = bonus_of(key, worker, reward, at_ms);
    entry.step = "approve";
    entry.verb = VERB_APPROVE;
    return entry;
}

static void
an_empty_ledger_has_no_figures(void **state)
{
    struct statement statement = state_of(*state, (struct span){0});
    assert_int_equal(outlay_sum(&statement.done), 0);
    assert_int_equal(statement.step_count, 0);
    assert_int_equal(statement.people, 0);
    assert_int_equal(statement.bonuses.count, 0);
}

static void
what_is_done_is_summed_by_step_and_day(void **state)
{
    struct history *history = *state;
    pay(history, "k1", "A1", 100, STORY_MS);
    pay(history, "k2", "A2", 250, STORY_MS + HOURS(10)); /* 00:00 of the next day */
    pay(history, "k3", "A1", 50, STORY_MS + HOURS(10) - 1);
    tell(history, approval_of("k4", "A3", 20, STORY_MS));
    tell(history, entry_at(ENTRY_DONE, "k4", STORY_MS));
    struct statement statement = state_of(history, (struct span){0});
    assert_int_equal(statement.done.bonus, 400);
    assert_int_equal(statement.done.bonus_fee, 80);
    assert_int_equal(statement.done.reward, 20);
    assert_int_equal(statement.done.reward_fee, 4);
    assert_int_equal(statement.people, 3);
    assert_int_equal(statement.step_count, 2);
    assert_int_equal(statement.steps[0].amount, 400);
    assert_int_equal(statement.steps[0].bonuses.count, 3);
    assert_int_equal(statement.steps[1].bonuses.count, 0);
    assert_int_equal(statement.day_count, 2);
    assert_int_equal(outlay_sum(&statement.days[0].outlay), 204);
    assert_int_equal(outlay_sum(&statement.days[1].outlay), 300);
    assert_int_equal(statement.by_run[0].bonus, 400);
    assert_int_equal(statement.bonuses.sum, 400);
    assert_int_equal(statement.payment_count, 4);
}

static void
days_come_in_order_whatever_the_order_of_deeds(void **state)
{
    static const char *const keys[] = {"k0", "k1", "k2", "k3", "k4"};
    static const int days[] = {3, 1, 4, 0, 3};
    struct history *history = *state;
    for (size_t i = 0; i < 5; i++)
        tell(history, bonus_of(keys[i], "A1", 100, STORY_MS));
    for (size_t i = 0; i < 5; i++)
        tell(history, entry_at(ENTRY_DONE, keys[i], STORY_MS + days[i] * STAMP_DAY_MS));
    struct statement statement = state_of(history, (struct span){0});
    assert_int_equal(statement.day_count, 4);
    for (size_t i = 1; i < statement.day_count; i++)
        assert_true(statement.days[i - 1].day < statement.days[i].day);
    assert_int_equal(statement.days[2].count, 2);
}

static void
what_was_found_is_dated_by_the_marketplace_and_told_apart(void **state)
{
    struct history *history = *state;
    struct entry found = bonus_of("k1", "A1", 100, STORY_MS);
    found.kind = ENTRY_ADOPT;
    assert_true(stamp_read("2025-12-31T23:59:59Z", &found.granted_ms));
    tell(history, found);
    struct statement statement = state_of(history, (struct span){0});
    assert_int_equal(statement.done.bonus, 100);
    assert_int_equal(statement.found.bonus, 100);
    assert_int_equal(statement.found_count, 1);
    assert_int_equal(statement.by_run[0].bonus, 0);
    char when[STAMP_TEXT_SIZE];
    assert_string_equal(stamp_print(when, statement.days[0].day * STAMP_DAY_MS),
                        "2025-12-31T00:00:00Z");
}

static void
what_is_not_done_is_grouped_by_its_reason(void **state)
{
    struct history *history = *state;
    static const char *const keys[] = {"k0", "k1", "k2"};
    static const char *const texts[] = {"no A1 here", "no A1 here", "other"};
    for (size_t i = 0; i < 3; i++) {
        struct entry refused = entry_at(ENTRY_REFUSED, keys[i], STORY_MS + (stamp_t)i);
        refused.code = "C";
        refused.text = texts[i];
        tell(history, bonus_of(keys[i], "A1", 100, STORY_MS));
        tell(history, refused);
    }
    tell(history, bonus_of("k4", "A2", 300, STORY_MS)); /* in flight */
    struct statement statement = state_of(history, (struct span){0});
    assert_int_equal(statement.group_count, 3);
    assert_string_equal(statement.groups[0].reason, "C: no … here");
    assert_int_equal(statement.groups[0].count, 2);
    assert_int_equal(statement.groups[0].cents, 240);
    assert_int_equal(statement.groups[0].last_ms, STORY_MS + 1);
    assert_int_equal(statement.groups[2].standing, STANDING_UNKNOWN);
    assert_int_equal(statement.open.bonus, 300);
    assert_int_equal(statement.refused_open, 3);
    assert_int_equal(outlay_sum(&statement.done), 0);
}

static void
reasons_without_end_have_an_end(void **state)
{
    struct history *history = *state;
    enum { REASONS = 500 };
    for (size_t i = 0; i < REASONS; i++) {
        const char *key = arena_print(&history->arena, "k%zu", i);
        struct entry refused = entry_at(ENTRY_REFUSED, key, STORY_MS);
        refused.text = key;
        tell(history, bonus_of(key, "A1", 100, STORY_MS));
        tell(history, refused);
    }
    struct statement statement = state_of(history, (struct span){0});
    assert_int_equal(statement.group_count, STATEMENT_GROUPS_MOST);
    assert_int_equal(statement.ungrouped, REASONS - STATEMENT_GROUPS_MOST);
    assert_int_equal(statement.steps[0].by_standing[STANDING_REFUSED], REASONS);
}

static void
a_span_holds_its_first_moment_and_not_its_end(void **state)
{
    struct history *history = *state;
    pay(history, "k1", "A1", 100, STORY_MS);
    pay(history, "k2", "A2", 200, STORY_MS + 1);
    tell(history, bonus_of("k3", "A3", 400, STORY_MS + 1));
    struct statement statement = state_of(history, (struct span){STORY_MS, STORY_MS + 1});
    assert_int_equal(statement.done.bonus, 100);
    assert_int_equal(statement.outside, 2);
    assert_int_equal(statement.outside_open, 1);
}

static void
the_erased_count_and_are_nobody(void **state)
{
    struct history *history = *state;
    pay(history, "k1", NULL, 100, STORY_MS);
    pay(history, "k2", NULL, 100, STORY_MS);
    struct statement statement = state_of(history, (struct span){0});
    assert_int_equal(statement.done.bonus, 200);
    assert_int_equal(statement.people, 0);
    assert_int_equal(statement.erased, 2);
    struct yearly yearly = {.arena = &history->arena};
    yearly_add(&yearly, &history->ledger, &(struct span){0}, NULL);
    assert_int_equal(yearly.count, 1);
    assert_null(yearly.rows[0].worker);
    assert_int_equal(yearly.rows[0].bonus, 200);
    yearly_close(&yearly);
}

static void
a_persons_years_end_at_midnight_utc(void **state)
{
    struct history *history = *state;
    stamp_t new_year;
    assert_true(stamp_read("2027-01-01T00:00:00Z", &new_year));
    pay(history, "k1", "A1", 100, STORY_MS);
    pay(history, "k2", "A1", 200, new_year - 1);
    pay(history, "k3", "A1", 400, new_year);
    tell(history, bonus_of("k4", "A2", 5000, new_year));
    struct yearly yearly = {.arena = &history->arena};
    yearly_add(&yearly, &history->ledger, &(struct span){0}, NULL);
    yearly_add(&yearly, &history->ledger, &(struct span){0}, NULL); /* as from a second journal */
    yearly_sort(&yearly);
    assert_int_equal(yearly.count, 3);
    assert_int_equal(yearly.rows[0].year, 2026);
    assert_int_equal(yearly.rows[0].bonus, 600);
    assert_int_equal(yearly.rows[1].year, 2027);
    assert_int_equal(yearly.rows[1].bonus, 800);
    assert_string_equal(yearly.rows[2].worker, "A2");
    assert_int_equal(yearly.rows[2].perhaps, 10000);
    assert_int_equal(yearly_sum(&yearly.rows[2]), 0);
    yearly_close(&yearly);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_empty_ledger_has_no_figures, begin, finish),
        cmocka_unit_test_setup_teardown(what_is_done_is_summed_by_step_and_day, begin, finish),
        cmocka_unit_test_setup_teardown(days_come_in_order_whatever_the_order_of_deeds, begin,
                                        finish),
        cmocka_unit_test_setup_teardown(what_was_found_is_dated_by_the_marketplace_and_told_apart,
                                        begin, finish),
        cmocka_unit_test_setup_teardown(what_is_not_done_is_grouped_by_its_reason, begin, finish),
        cmocka_unit_test_setup_teardown(reasons_without_end_have_an_end, begin, finish),
        cmocka_unit_test_setup_teardown(a_span_holds_its_first_moment_and_not_its_end, begin,
                                        finish),
        cmocka_unit_test_setup_teardown(the_erased_count_and_are_nobody, begin, finish),
        cmocka_unit_test_setup_teardown(a_persons_years_end_at_midnight_utc, begin, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
