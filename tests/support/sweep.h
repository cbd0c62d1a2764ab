/* A whole run of the real engine against the simulator's inside, without sockets, that can be
 * stopped at any call it makes: everything in memory is dropped, and what is on the disk and at the
 * marketplace stays. Needs the cmocka headers before it. */
#ifndef SUPPORT_SWEEP_H
#define SUPPORT_SWEEP_H

#include <string.h>
#include <time.h>

#include "codec/campaign.h"
#include "engine/gather.h"
#include "engine/run.h"
#include "engine/survey.h"
#include "io/clock.h"
#include "io/file.h"
#include "sim/inside.h"

enum { SWEEP_WAITING_MAX = 16, SWEEP_RUNS_MAX = 8, SWEEP_NEVER = 1000000 };

/* A reply that waits to be taken. */
struct waiting {
    uint64_t ticket;
    struct reply reply;
};

/* One case of the sweep: the marketplace, which survives, and where the run is stopped. */
struct sweep {
    const char *campaign, *world; /* as files have them */
    struct inside *market;
    struct arena answers; /* the marketplace's */
    stamp_t skew_ms;      /* its clock, less this machine's */
    const char *folder;
    const char *journal_path;
    /* Looks at what the marketplace shows, once the plan is made; or NULL. */
    void (*inspect)(struct sweep *sweep, const struct campaign *campaign,
                    const struct roster *roster);
    size_t stop_at; /* the call at which the process dies, counted from 1 */
    bool reaches;   /* … after the marketplace carried it out */
    unsigned width; /* calls under way at once */
    size_t calls, writes;
    size_t first_write; /* the first process's first call that changes something */
    struct waiting queue[SWEEP_WAITING_MAX];
    size_t queue_count;
    jmp_buf death;
    struct journal journal; /* what a run holds, released when it died */
    struct line line;
    struct run run;
    struct arena run_arena;
};

static inline bool
sweep_is_write(const struct request *request)
{
    const char *operation = "";
    for (size_t i = 0; i < request->header_count; i++)
        if (strcmp(request->headers[i].name, "X-Amz-Target") == 0)
            operation = strchr(request->headers[i].value, '.') + 1;
    return strncmp(operation, "Get", 3) != 0 && strncmp(operation, "List", 4) != 0;
}

static inline bool
sweep_start(void *self, uint64_t ticket, const struct request *request, struct error *err)
{
    (void)err;
    struct sweep *sweep = self;
    bool dies = ++sweep->calls == sweep->stop_at;
    if (sweep_is_write(request) && sweep->writes++ == 0)
        sweep->first_write = sweep->calls;
    struct reply reply = {0};
    if (!dies || sweep->reaches)
        reply = inside_answer(sweep->market, request, clock_wall_ms() + sweep->skew_ms,
                              &sweep->answers);
    if (dies)
        longjmp(sweep->death, 1);
    assert_true(sweep->queue_count < SWEEP_WAITING_MAX);
    sweep->queue[sweep->queue_count++] = (struct waiting){ticket, reply};
    return true;
}

static inline bool
sweep_wait(void *self, int64_t timeout_us, uint64_t *ticket, struct reply *reply,
           struct arena *arena)
{
    (void)arena;
    struct sweep *sweep = self;
    if (sweep->queue_count == 0) {
        struct timespec nap = {.tv_nsec = timeout_us ? 1000000 : 0};
        nanosleep(&nap, NULL);
        return false;
    }
    *ticket = sweep->queue[0].ticket;
    *reply = sweep->queue[0].reply;
    memmove(sweep->queue, sweep->queue + 1, --sweep->queue_count * sizeof *sweep->queue);
    return true;
}

static inline void
sweep_cancel(void *self, uint64_t ticket)
{
    (void)self;
    (void)ticket;
}

static inline void
sweep_open(struct sweep *sweep, const char *campaign, const char *world, struct arena *arena)
{
    struct error err = {0};
    struct problems problems = {.arena = arena};
    struct sim_options options = {
        .world_name = "world.yaml", .world = world, .world_size = strlen(world), .seed = 1};
    *sweep =
        (struct sweep){.campaign = campaign, .world = world, .stop_at = SWEEP_NEVER, .width = 3};
    sweep->folder = file_temporary_folder(arena, &err);
    sweep->journal_path = arena_print(arena, "%s/sweep.journal.jsonl", sweep->folder);
    sweep->market = inside_open(&options, clock_wall_ms(), &problems, &err);
    assert_non_null(sweep->market);
}

static inline void
sweep_close(struct sweep *sweep)
{
    assert_int_equal(inside_sum(sweep->market), 0);
    file_folder_remove(sweep->folder);
    inside_close(sweep->market);
    arena_close(&sweep->answers);
}

static inline struct entry
sweep_genesis(void)
{
    return (struct entry){.kind = ENTRY_GENESIS,
                          .format = 1,
                          .journal = "00112233445566778899aabbccddeeff",
                          .campaign = "sweep",
                          .marketplace = "mturk",
                          .environment = "sandbox",
                          .endpoint = "http://127.0.0.1"};
}

static inline void
sweep_must(bool worked, const struct error *err)
{
    if (!worked)
        fail_msg("%s", err->text);
}

/* A whole run from the campaign's text on; gives the exit status it would have. */
static inline enum status
sweep_run_once(struct sweep *sweep)
{
    struct arena *arena = &sweep->run_arena;
    struct error err = {0};
    struct problems problems = {.arena = arena}, missing = problems;
    struct roster roster = {0};
    cents_t balance;
    const struct market *market = market_find("mturk");
    struct campaign *campaign =
        campaign_decode("sweep.yaml", sweep->campaign, strlen(sweep->campaign), &problems, arena);
    campaign_check(campaign, &problems, arena);
    assert_int_equal(problems.count, 0);
    struct journal *journal = &sweep->journal;
    *journal = (struct journal){.path = sweep->journal_path, .arena = arena, .unmirrored = true};
    sweep_must(journal_hold(journal, "the sweep", &err), &err);
    sweep_must(journal_open(journal, sweep->journal_path, true, &problems, arena, &err), &err);
    sweep->line = (struct line){.market = market,
                                .endpoint = "http://127.0.0.1",
                                .credentials = {.key_id = inside_key_id(sweep->market),
                                                .secret = inside_secret(sweep->market)},
                                .transport = {sweep, sweep_start, sweep_wait, sweep_cancel}};
    line_init(&sweep->line, sweep->width, 0, arena);
    struct gather gather = {.tasks = campaign->tasks,
                            .task_count = campaign->task_count,
                            .with_payments = true,
                            .with_answers = true,
                            .problems = &missing};
    sweep_must(gather_balance(&sweep->line, &balance, arena, &err), &err);
    sweep_must(gather_roster(&sweep->line, &gather, &roster, arena, &err), &err);
    sweep_must(survey_lists(&sweep->line, campaign, &roster, &missing, arena, &err), &err);
    assert_int_equal(missing.count, 0);
    struct score *wanted;
    size_t count = gather_scores_wanted(&journal->ledger, &wanted, arena);
    sweep_must(gather_scores(&sweep->line, wanted, count, &roster, arena, &err), &err);
    line_advance(&sweep->line, journal->ledger.last_ms);
    struct plan_input input = {.campaign = campaign,
                               .roster = &roster,
                               .ledger = &journal->ledger,
                               .tariff = &market->tariff,
                               .identity = {"mturk", "sandbox", "sweep"},
                               .balance = balance,
                               .now_ms = line_now(&sweep->line)};
    struct plan *plan = plan_make(&input, arena);
    if (sweep->inspect)
        sweep->inspect(sweep, campaign, &roster);
    if (!plan_is_empty(plan) || journal->torn_bytes) {
        sweep->run = (struct run){.line = &sweep->line,
                                  .journal = journal,
                                  .campaign = campaign,
                                  .roster = &roster,
                                  .plan = plan,
                                  .note = {.kind = ENTRY_RUN, .who = "ana", .host = "lab"},
                                  .genesis = sweep_genesis(),
                                  .arena = arena};
        sweep_must(run_perform(&sweep->run, &err), &err);
    }
    enum status status = run_standing(&journal->ledger);
    return plan->refusal_count ? STATUS_GUARDED : status;
}

/* Runs, dies perhaps, and forgets everything but what is on the disk and at the marketplace. */
static inline enum status
sweep_process(struct sweep *sweep)
{
    volatile enum status status = STATUS_STOPPED;
    sweep->calls = 0;
    sweep->queue_count = 0;
    sweep->run = (struct run){0};
    if (setjmp(sweep->death) == 0)
        status = sweep_run_once(sweep);
    sweep->stop_at = SWEEP_NEVER;
    line_close(&sweep->line);
    arena_close(&sweep->run.turn);
    journal_close(&sweep->journal);
    arena_reset(&sweep->run_arena);
    return status;
}

/* Runs until nothing more can be done, a while apart. */
static inline enum status
sweep_finish(struct sweep *sweep)
{
    enum status status = STATUS_STOPPED;
    for (int i = 0; i < SWEEP_RUNS_MAX && status != STATUS_DONE; i++) {
        status = sweep_process(sweep);
        sweep->skew_ms += 20 * STAMP_MINUTE_MS;
    }
    return status;
}

#endif
