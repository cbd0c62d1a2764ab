/* What runs did over time, out of the records in their order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/chronicle.h"
#include "support/history.h"

struct told {
    struct arena arena;
    struct chronicle chronicle;
};

static void
take(struct told *told, struct entry entry)
{
    chronicle_apply(&told->chronicle, &entry, NULL, &told->arena);
}

static size_t
counted(const struct chronicle_run *run, enum event event)
{
    size_t count = 0;
    for (size_t i = 0; i < run->bin_count; i++)
        count += run->bins[i].counts[event];
    return count;
}

static void
each_run_has_what_it_did(void **state)
{
    (void)state;
    struct told told = {0};
    const char *keys[] = {"k1", "k2"};
    take(&told, (struct entry){.kind = ENTRY_GENESIS, .at_ms = STORY_MS});
    take(&told, run_at(STORY_MS));
    take(&told, bonus_at("k1", STORY_MS));
    take(&told, (struct entry){.kind = ENTRY_RELEASED, .at_ms = STORY_MS, .why = "throttled"});
    take(&told, (struct entry){.kind = ENTRY_RELEASED, .at_ms = STORY_MS, .why = "not-sent"});
    take(&told, entry_at(ENTRY_UNKNOWN, "k1", STORY_MS + 300));
    take(&told, run_at(STORY_MS + HOURS(1)));
    take(&told,
         (struct entry){
             .kind = ENTRY_LOOK, .at_ms = STORY_MS + HOURS(1), .keys = keys, .key_count = 2});
    take(&told, resend_at("k1", 2, STORY_MS + HOURS(1)));
    take(&told, entry_at(ENTRY_DONE, "k1", STORY_MS + HOURS(1) + 900));
    const struct chronicle_run *runs = told.chronicle.runs;
    assert_int_equal(told.chronicle.run_count, 2);
    assert_int_equal(told.chronicle.record_count, 10);
    assert_int_equal(runs[0].totals[EVENT_RELEASED], 2);
    assert_int_equal(runs[0].bins[1].counts[EVENT_UNKNOWN], 1);
    assert_int_equal(runs[1].totals[EVENT_LOOKED], 2);
    assert_int_equal(runs[1].totals[EVENT_RESENT], 1);
    assert_int_equal(runs[1].bins[3].counts[EVENT_DONE], 1);
    assert_int_equal(runs[1].last_ms - runs[1].entry.at_ms, 900);
    arena_close(&told.arena);
}

static void
a_repetition_is_told_by_what_was_known_before_it(void **state)
{
    (void)state;
    static const struct {
        struct deed before;
        enum event event;
    } cases[] = {
        {{.standing = STANDING_INTENDED}, EVENT_RETRIED},
        {{.standing = STANDING_UNKNOWN}, EVENT_RESENT},
        {{.standing = STANDING_INTENDED, .doubtful = true}, EVENT_RESENT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct told told = {0};
        struct entry again = resend_at("k1", 2, STORY_MS);
        take(&told, run_at(STORY_MS));
        chronicle_apply(&told.chronicle, &again, &cases[i].before, &told.arena);
        assert_int_equal(told.chronicle.runs[0].totals[cases[i].event], 1);
        arena_close(&told.arena);
    }
}

static void
a_run_of_any_length_has_few_bins_and_forgets_nothing(void **state)
{
    (void)state;
    enum { RECORDS = 5000 };
    struct told told = {0};
    take(&told, run_at(STORY_MS));
    for (stamp_t i = 0; i < RECORDS; i++)
        take(&told, entry_at(ENTRY_DONE, "k", STORY_MS + i * i));
    const struct chronicle_run *run = &told.chronicle.runs[0];
    assert_true(run->bin_count <= CHRONICLE_BINS_MOST);
    assert_int_equal(counted(run, EVENT_DONE), RECORDS);
    take(&told, entry_at(ENTRY_DONE, "k", STORY_MS + 400 * 365 * STAMP_DAY_MS));
    assert_true(run->bin_count <= CHRONICLE_BINS_MOST);
    assert_int_equal(counted(run, EVENT_DONE), RECORDS + 1);
    arena_close(&told.arena);
}

static void
what_is_older_than_its_run_counts_at_its_beginning(void **state)
{
    (void)state;
    struct told told = {0};
    take(&told, run_at(STORY_MS));
    take(&told, entry_at(ENTRY_DONE, "k", STORY_MS - HOURS(5)));
    assert_int_equal(told.chronicle.runs[0].bins[0].counts[EVENT_DONE], 1);
    assert_int_equal(told.chronicle.runs[0].last_ms, STORY_MS);
    arena_close(&told.arena);
}

static void
words_of_one_group_are_one_note(void **state)
{
    (void)state;
    struct told told = {0};
    struct entry word = {.kind = ENTRY_RESOLVE, .group = 9, .who = "ana", .decided = DECIDED_DONE};
    for (int i = 0; i < 3; i++)
        take(&told, word);
    word.decided = DECIDED_WAIVE;
    take(&told, word);
    word.group = 10;
    take(&told, word);
    assert_int_equal(told.chronicle.note_count, 3);
    assert_int_equal(told.chronicle.notes[0].count, 3);
    assert_int_equal(told.chronicle.run_count, 0);
    arena_close(&told.arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_run_has_what_it_did),
        cmocka_unit_test(a_repetition_is_told_by_what_was_known_before_it),
        cmocka_unit_test(a_run_of_any_length_has_few_bins_and_forgets_nothing),
        cmocka_unit_test(what_is_older_than_its_run_counts_at_its_beginning),
        cmocka_unit_test(words_of_one_group_are_one_note),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
