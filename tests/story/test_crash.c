/* The crash sweep: the real engine against the real simulator's inside, without sockets. A campaign
 * with every verb is stopped at each call it makes, once with the call reaching the marketplace and
 * once not; everything in memory is dropped; then it is run again until nothing is left to do.
 * The marketplace decides: everyone has what the campaign says, is paid once and told once, nobody
 * else is harmed, and one more run sends nothing. Again with the clock 25 hours on, when tokens are
 * forgotten, and with the last group of the journal cut where its effects had not begun. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/sweep.h"

enum { PEOPLE = 3, APPROVED = 2, BONUSES = 4 };

/* The third one's code is wrong. */
static const char campaign_text[] =
    "campaign: sweep\nenvironment: sandbox\nhits: [3SWEEP]\nwhere: { status: Submitted }\nsteps:\n"
    "  - approve: {}\n    where: { answer.code: ok }\n"
    "  - reject: { feedback: Not our code }\n    where: { answer.code: wrong }\n"
    "  - qualify: { qualification: 3QUAL, value: 7 }\n"
    "  - id: crew\n    qualify:\n      name: crew\n      create: { description: Took part }\n"
    "      value: ${{ answer.points }}\n"
    "  - unqualify: { qualification: 3GONE }\n"
    "  - block: { reason: A program }\n    where: { workers: [A3CCC] }\n"
    "  - unblock: {}\n    where: { workers: [A1AAA] }\n"
    "  - bonus: { amount: 1.00, message: Thank you }\n"
    "  - id: again\n    bonus: { amount: 1.00, message: Thank you }\n"
    "  - id: once\n    bonus: { amount: 0.50, message: Once each, per: worker }\n"
    "  - id: part\n    bonus:\n      amount: ${{ answer.owed }}\n"
    "      message: For ${{ answer.points }} points\n"
    "  - notify: { subject: Paid, message: \"You were paid ${{ paid.part }}\" }\n";

static const char world_text[] =
    "balance: 100.00\nblocked: [A1AAA]\nqualifications:\n"
    "  - { id: 3QUAL, name: q, description: Of the crew }\n"
    "  - { id: 3GONE, name: gone, description: d, holders: { A1AAA: 1, A2BBB: 1, A9ZZZ: 1 } }\n"
    "hits:\n  - id: 3SWEEP\n    title: t\n    reward: 0.20\n    assignments:\n"
    "      - { id: 3ONE, worker: A1AAA, answers: { code: ok, points: \"11\", owed: \"0.11\" } }\n"
    "      - { id: 3TWO, worker: A2BBB, answers: { code: ok, points: \"12\", owed: \"0.12\" } }\n"
    "      - { id: 3THREE, worker: A3CCC, answers: { code: wrong, points: \"13\", owed: \"0.13\" } "
    "}"
    "\n";

/* How the world must look in the end, from what it shows itself. */
static void
world_judge(struct sweep *sweep, const struct campaign *campaign, const struct roster *roster)
{
    static const enum work_status statuses[PEOPLE] = {WORK_APPROVED, WORK_APPROVED, WORK_REJECTED};
    struct roster shown = *roster;
    struct arena *arena = &sweep->run_arena;
    struct error err = {0};
    struct score *wanted;
    size_t count = gather_scores_of_all(campaign, roster, &wanted, arena);
    sweep_must(gather_scores(&sweep->line, wanted, count, &shown, arena, &err), &err);
    const char *crew = roster_kind_find(roster, "crew");
    assert_non_null(crew);
    assert_int_equal(roster->assignment_count, PEOPLE);
    for (size_t i = 0; i < PEOPLE; i++) {
        const struct assignment *assignment = &roster->assignments[i];
        const struct score *score = roster_score_find(&shown, "3QUAL", assignment->worker);
        const struct score *made = roster_score_find(&shown, crew, assignment->worker);
        assert_int_equal(assignment->status, statuses[i]);
        assert_true(score && score->granted && score->value == 7);
        assert_true(made && made->granted && made->value == (int)(11 + i));
        assert_null(roster_score_find(roster, "3GONE", assignment->worker));
    }
    assert_true(roster_score_find(roster, "3GONE", "A9ZZZ")->granted);
    assert_int_equal(roster->blocked.count, 1);
    assert_non_null(index_find(&roster->blocked, "A3CCC"));
}

/* What must be true however the runs went. */
static void
judge(struct sweep *sweep, enum status status, const char *which, size_t at)
{
    struct sim_totals totals = inside_totals(sweep->market);
    if (totals.bonus_count != BONUSES * PEOPLE || totals.bonuses != PEOPLE * 250 + 11 + 12 + 13 ||
        totals.approvals != APPROVED || totals.messages > PEOPLE)
        fail_msg("%s, call %zu: %zu bonuses, %zu approvals, %zu messages", which, at,
                 totals.bonus_count, totals.approvals, totals.messages);
    if (status == STATUS_DONE && totals.messages != PEOPLE)
        fail_msg("%s, call %zu: ended well, and %zu were told", which, at, totals.messages);
    if (status != STATUS_DONE && status != STATUS_UNKNOWN)
        fail_msg("%s, call %zu: ended with %d", which, at, status);
    size_t writes = sweep->writes;
    sweep->inspect = world_judge;
    sweep_process(sweep);
    if (sweep->writes != writes)
        fail_msg("%s, call %zu: one more run wrote again", which, at);
}

static size_t
calls_of_a_clean_run(size_t *first_write)
{
    struct arena arena = {0};
    struct sweep sweep;
    sweep_open(&sweep, campaign_text, world_text, &arena);
    assert_int_equal(sweep_process(&sweep), STATUS_DONE);
    size_t calls = sweep.calls;
    *first_write = sweep.first_write;
    judge(&sweep, STATUS_DONE, "clean", 0);
    sweep_close(&sweep);
    arena_close(&arena);
    return calls;
}

static void
sweep_all(const char *which, bool reaches, stamp_t later_ms)
{
    size_t first_write, calls = calls_of_a_clean_run(&first_write);
    for (size_t at = 1; at <= calls; at++) {
        struct arena arena = {0};
        struct sweep sweep;
        sweep_open(&sweep, campaign_text, world_text, &arena);
        sweep.stop_at = at;
        sweep.reaches = reaches;
        sweep_process(&sweep);
        sweep.skew_ms = later_ms;
        judge(&sweep, sweep_finish(&sweep), which, at);
        sweep_close(&sweep);
        arena_close(&arena);
    }
}

static void
a_run_that_died_before_any_call_is_finished_by_the_next(void **state)
{
    (void)state;
    sweep_all("before the call", false, 0);
}

static void
a_run_that_died_after_any_call_is_finished_by_the_next(void **state)
{
    (void)state;
    sweep_all("after the call", true, 0);
}

static void
a_day_later_the_list_alone_keeps_from_paying_twice(void **state)
{
    (void)state;
    sweep_all("25 hours later, not reached", false, 25 * STAMP_HOUR_MS);
    sweep_all("25 hours later, reached", true, 25 * STAMP_HOUR_MS);
}

/* Where the last group of a journal begins. */
static size_t
last_group(const struct buffer *journal)
{
    const char *mark = NULL, *at = journal->bytes;
    long long first = 0;
    for (; at && *at; at = strchr(at, '\n') + 1) {
        long long seq = atoll(strstr(at, "\"seq\":") + 6);
        long long group = atoll(strstr(at, "\"group\":") + 8);
        if (!mark || seq > first) {
            mark = at;
            first = group;
        }
    }
    return (size_t)(mark - journal->bytes);
}

static void
a_group_that_was_cut_before_it_was_sent_is_set_aside(void **state)
{
    (void)state;
    const char *stride_text = getenv("BURSAR_SWEEP_STRIDE"); /* 1: at every byte */
    size_t stride = stride_text ? (size_t)atoi(stride_text) : 397;
    size_t first_write, calls = calls_of_a_clean_run(&first_write);
    for (size_t at = first_write; at <= calls; at++) {
        for (size_t cut = at % stride + 1;; cut += stride) {
            struct arena arena = {0};
            struct sweep sweep;
            struct buffer journal = {0};
            struct error err = {0};
            sweep_open(&sweep, campaign_text, world_text, &arena);
            sweep.stop_at = at;
            sweep.width = 1; /* so that the last group is about the call that was not made */
            sweep_process(&sweep);
            sweep_must(file_read(sweep.journal_path, 1 << 24, &journal, NULL, &err), &err);
            size_t end = last_group(&journal) + cut;
            bool inside = end < journal.size;
            if (inside) {
                assert_int_equal(truncate(sweep.journal_path, (off_t)end), 0);
                judge(&sweep, sweep_finish(&sweep), "cut", at);
            }
            buffer_close(&journal);
            sweep_close(&sweep);
            arena_close(&arena);
            if (!inside)
                break;
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_run_that_died_before_any_call_is_finished_by_the_next),
        cmocka_unit_test(a_run_that_died_after_any_call_is_finished_by_the_next),
        cmocka_unit_test(a_day_later_the_list_alone_keeps_from_paying_twice),
        cmocka_unit_test(a_group_that_was_cut_before_it_was_sent_is_set_aside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
