/* The crash sweep: the real engine against the real simulator's inside, without sockets. A campaign
 * with every verb is stopped at each call it makes, once with the call reaching the marketplace and
 * once not; everything in memory is dropped; then it is run again until nothing is left to do.
 * The marketplace's own book decides: everyone approved and paid once, nobody told twice, and one
 * more run sends nothing. Again with the clock 25 hours on, when tokens are forgotten, and with the
 * last group of the journal cut where its effects had not begun. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "codec/campaign.h"
#include "engine/gather.h"
#include "engine/run.h"
#include "io/clock.h"
#include "io/file.h"
#include "sim/inside.h"

enum { PEOPLE = 4, WAITING_MAX = 16, RUNS_MAX = 8, NEVER = 1000000 };

static const char campaign_text[] =
    "campaign: sweep\nenvironment: sandbox\nhits: [3SWEEP]\nwhere: { status: Submitted }\nsteps:\n"
    "  - approve: {}\n"
    "  - qualify: { qualification: 3QUAL, value: 7 }\n"
    "  - bonus: { amount: 1.00, message: Thank you }\n"
    "  - id: again\n    bonus: { amount: 1.00, message: Thank you }\n"
    "  - id: once\n    bonus: { amount: 0.50, message: Once each, per: worker }\n"
    "  - notify: { subject: Paid, message: You were paid }\n";

static const char world_text[] =
    "balance: 100.00\nqualifications: [ { id: 3QUAL, name: q, description: d } ]\n"
    "hits:\n  - { id: 3SWEEP, title: t, reward: 0.20, made_up: { count: 4, status: Submitted } }\n";

/* A reply that waits to be taken. */
struct waiting {
    uint64_t ticket;
    struct reply reply;
};

/* One case of the sweep: the marketplace, which survives, and where the run is stopped. */
struct sweep {
    struct inside *market;
    struct arena answers; /* the marketplace's */
    stamp_t skew_ms;      /* its clock, less this machine's */
    const char *folder;
    const char *journal_path;
    size_t stop_at; /* the call at which the process dies, counted from 1 */
    bool reaches;   /* … after the marketplace carried it out */
    unsigned width; /* calls under way at once */
    size_t calls, writes;
    struct waiting queue[WAITING_MAX];
    size_t queue_count;
    jmp_buf death;
    struct journal journal; /* what a run holds, released when it died */
    struct line line;
    struct run run;
    struct arena run_arena;
};

static bool
is_write(const struct request *request)
{
    static const char *const writes[] = {"Approve", "Associate", "SendBonus", "Notify"};
    bool found = false;
    for (size_t i = 0; i < request->header_count; i++)
        for (size_t j = 0; j < sizeof writes / sizeof *writes; j++)
            found |= strstr(request->headers[i].value, writes[j]) != NULL;
    return found;
}

static bool
sweep_start(void *self, uint64_t ticket, const struct request *request, struct error *err)
{
    (void)err;
    struct sweep *sweep = self;
    bool dies = ++sweep->calls == sweep->stop_at;
    sweep->writes += is_write(request);
    struct reply reply = {0};
    if (!dies || sweep->reaches)
        reply = inside_answer(sweep->market, request, clock_wall_ms() + sweep->skew_ms,
                              &sweep->answers);
    if (dies)
        longjmp(sweep->death, 1);
    assert_true(sweep->queue_count < WAITING_MAX);
    sweep->queue[sweep->queue_count++] = (struct waiting){ticket, reply};
    return true;
}

static bool
sweep_wait(void *self, int timeout_ms, uint64_t *ticket, struct reply *reply, struct arena *arena)
{
    (void)arena;
    struct sweep *sweep = self;
    if (sweep->queue_count == 0) {
        struct timespec nap = {.tv_nsec = timeout_ms ? 1000000 : 0};
        nanosleep(&nap, NULL);
        return false;
    }
    *ticket = sweep->queue[0].ticket;
    *reply = sweep->queue[0].reply;
    memmove(sweep->queue, sweep->queue + 1, --sweep->queue_count * sizeof *sweep->queue);
    return true;
}

static void
sweep_cancel(void *self, uint64_t ticket)
{
    (void)self;
    (void)ticket;
}

static void
sweep_open(struct sweep *sweep, struct arena *arena)
{
    struct error err = {0};
    struct problems problems = {.arena = arena};
    struct sim_options options = {.world_name = "world.yaml",
                                  .world = world_text,
                                  .world_size = strlen(world_text),
                                  .seed = 1};
    *sweep = (struct sweep){.stop_at = NEVER, .width = 3};
    sweep->folder = file_temporary_folder(arena, &err);
    sweep->journal_path = arena_print(arena, "%s/sweep.journal.jsonl", sweep->folder);
    sweep->market = inside_open(&options, clock_wall_ms(), &problems, &err);
    assert_non_null(sweep->market);
}

static void
sweep_close(struct sweep *sweep)
{
    assert_int_equal(inside_sum(sweep->market), 0);
    file_folder_remove(sweep->folder);
    inside_close(sweep->market);
    arena_close(&sweep->answers);
}

static struct entry
genesis(void)
{
    return (struct entry){.kind = ENTRY_GENESIS,
                          .format = 1,
                          .journal = "00112233445566778899aabbccddeeff",
                          .campaign = "sweep",
                          .marketplace = "mturk",
                          .environment = "sandbox",
                          .endpoint = "http://127.0.0.1"};
}

static void
must(bool worked, const struct error *err)
{
    if (!worked)
        fail_msg("%s", err->text);
}

/* A whole run from the campaign's text on; gives the exit status it would have. */
static enum status
run_once(struct sweep *sweep)
{
    struct arena *arena = &sweep->run_arena;
    struct error err = {0};
    struct problems problems = {.arena = arena};
    struct roster roster = {0};
    cents_t balance;
    const struct market *market = market_find("mturk");
    struct campaign *campaign =
        campaign_decode("sweep.yaml", campaign_text, strlen(campaign_text), &problems, arena);
    campaign_check(campaign, &problems, arena);
    assert_int_equal(problems.count, 0);
    struct journal *journal = &sweep->journal;
    *journal = (struct journal){.path = sweep->journal_path, .arena = arena, .unmirrored = true};
    must(journal_hold(journal, "the sweep", &err), &err);
    must(journal_open(journal, sweep->journal_path, true, &problems, arena, &err), &err);
    sweep->line = (struct line){.market = market,
                                .endpoint = "http://127.0.0.1",
                                .credentials = {.key_id = inside_key_id(sweep->market),
                                                .secret = inside_secret(sweep->market)},
                                .transport = {sweep, sweep_start, sweep_wait, sweep_cancel}};
    line_init(&sweep->line, sweep->width, arena);
    struct gather gather = {.tasks = campaign->tasks,
                            .task_count = campaign->task_count,
                            .with_payments = true,
                            .problems = &problems};
    must(gather_balance(&sweep->line, &balance, arena, &err), &err);
    must(gather_roster(&sweep->line, &gather, &roster, arena, &err), &err);
    line_advance(&sweep->line, journal->ledger.last_ms);
    struct plan_input input = {.campaign = campaign,
                               .roster = &roster,
                               .ledger = &journal->ledger,
                               .tariff = &market->tariff,
                               .identity = {"mturk", "sandbox", "sweep"},
                               .balance = balance,
                               .now_ms = line_now(&sweep->line)};
    struct plan *plan = plan_make(&input, arena);
    if (!plan_is_empty(plan) || journal->torn_bytes) {
        sweep->run = (struct run){.line = &sweep->line,
                                  .journal = journal,
                                  .campaign = campaign,
                                  .roster = &roster,
                                  .plan = plan,
                                  .note = {.kind = ENTRY_RUN, .who = "ana", .host = "lab"},
                                  .genesis = genesis(),
                                  .arena = arena};
        must(run_perform(&sweep->run, &err), &err);
    }
    enum status status = run_standing(&journal->ledger);
    return plan->refusal_count ? STATUS_GUARDED : status;
}

/* Runs, dies perhaps, and forgets everything but what is on the disk and at the marketplace. */
static enum status
process(struct sweep *sweep)
{
    volatile enum status status = STATUS_STOPPED;
    sweep->calls = 0;
    sweep->queue_count = 0;
    sweep->run = (struct run){0};
    if (setjmp(sweep->death) == 0)
        status = run_once(sweep);
    sweep->stop_at = NEVER;
    line_close(&sweep->line);
    arena_close(&sweep->run.turn);
    journal_close(&sweep->journal);
    arena_reset(&sweep->run_arena);
    return status;
}

/* Runs until nothing more can be done, a while apart. */
static enum status
finish(struct sweep *sweep)
{
    enum status status = STATUS_STOPPED;
    for (int i = 0; i < RUNS_MAX && status != STATUS_DONE; i++) {
        status = process(sweep);
        sweep->skew_ms += 20 * STAMP_MINUTE_MS;
    }
    return status;
}

/* What must be true however the runs went. */
static void
judge(struct sweep *sweep, enum status status, const char *which, size_t at)
{
    struct sim_totals totals = inside_totals(sweep->market);
    if (totals.bonus_count != 3 * PEOPLE || totals.approvals != PEOPLE || totals.messages > PEOPLE)
        fail_msg("%s, call %zu: %zu bonuses, %zu approvals, %zu messages", which, at,
                 totals.bonus_count, totals.approvals, totals.messages);
    if (status == STATUS_DONE && totals.messages != PEOPLE)
        fail_msg("%s, call %zu: ended well, and %zu were told", which, at, totals.messages);
    if (status != STATUS_DONE && status != STATUS_UNKNOWN)
        fail_msg("%s, call %zu: ended with %d", which, at, status);
    size_t writes = sweep->writes;
    process(sweep);
    if (sweep->writes != writes)
        fail_msg("%s, call %zu: one more run wrote again", which, at);
}

static size_t
calls_of_a_clean_run(void)
{
    struct arena arena = {0};
    struct sweep sweep;
    sweep_open(&sweep, &arena);
    assert_int_equal(process(&sweep), STATUS_DONE);
    size_t calls = sweep.calls;
    judge(&sweep, STATUS_DONE, "clean", 0);
    sweep_close(&sweep);
    arena_close(&arena);
    return calls;
}

static void
sweep_all(const char *which, bool reaches, stamp_t later_ms)
{
    size_t calls = calls_of_a_clean_run();
    for (size_t at = 1; at <= calls; at++) {
        struct arena arena = {0};
        struct sweep sweep;
        sweep_open(&sweep, &arena);
        sweep.stop_at = at;
        sweep.reaches = reaches;
        process(&sweep);
        sweep.skew_ms = later_ms;
        judge(&sweep, finish(&sweep), which, at);
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
    size_t calls = calls_of_a_clean_run();
    for (size_t at = 5; at <= calls; at++) {
        for (size_t cut = at % stride + 1;; cut += stride) {
            struct arena arena = {0};
            struct sweep sweep;
            struct buffer journal = {0};
            struct error err = {0};
            sweep_open(&sweep, &arena);
            sweep.stop_at = at;
            sweep.width = 1; /* so that the last group is about the call that was not made */
            process(&sweep);
            must(file_read(sweep.journal_path, 1 << 24, &journal, NULL, &err), &err);
            size_t end = last_group(&journal) + cut;
            bool inside = end < journal.size;
            if (inside) {
                assert_int_equal(truncate(sweep.journal_path, (off_t)end), 0);
                judge(&sweep, finish(&sweep), "cut", at);
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
