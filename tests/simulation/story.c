#include "story.h"

#include <stdio.h>
#include <string.h>

#include "cast.h"
#include "operator.h"
#include "oracle.h"
#include "process.h"
#include "road.h"
#include "scene.h"
#include "volume.h"

enum { BAD_RUNS_MAX = 7, QUIET_RUNS_MAX = 24, PATIENCE_RUNS = 8 };

struct tally tally;

/* The swarm: each seed has some kinds of fault and not others, each at a rate of its own. */
static unsigned
rate(unsigned most)
{
    return dice_hit(450) ? 1 + (unsigned)dice_below(most) : 0;
}

static void
odds_draw(struct odds *odds)
{
    *odds = (struct odds){.lost = rate(300),
                          .late = rate(200),
                          .cut = rate(100),
                          .server_error = rate(300),
                          .garbage = rate(60),
                          .throttled = rate(200),
                          .unsent = rate(100),
                          .refused = rate(60),
                          .funds = rate(30),
                          .crash_call = rate(80),
                          .crash_disk = rate(30),
                          .power = rate(1000),
                          .torn = 800 + (unsigned)dice_below(201),
                          .full = rate(30),
                          .broken = rate(8),
                          .sync = rate(40),
                          .partial = rate(200),
                          .untaken = rate(100),
                          .sleep = rate(6),
                          .wall = rate(20),
                          .interrupt = rate(8)};
    if (dice_hit(30))
        *odds = (struct odds){0};
}

static void
time_passes(void)
{
    static const stamp_t spans[][2] = {
        {STAMP_SECOND_MS, STAMP_MINUTE_MS},
        {STAMP_MINUTE_MS, 25 * STAMP_MINUTE_MS},
        {STAMP_HOUR_MS, 12 * STAMP_HOUR_MS},
        {18 * STAMP_HOUR_MS, 27 * STAMP_HOUR_MS},
        {3 * 24 * STAMP_HOUR_MS, 40 * 24 * STAMP_HOUR_MS},
    };
    size_t which = dice_below(sizeof spans / sizeof *spans);
    road_advance(scene.now_ms + dice_between(spans[which][0], spans[which][1]));
}

/* Another step pays the same amount in the same words for the same work. When nothing is left of
 * the history and the words of one are changed, its payment is taken for the other's: no list says
 * more.
 */
static bool
has_a_double(size_t step)
{
    for (size_t i = 0; i < cast.step_count; i++)
        if (i != step && cast.steps[i].verb == VERB_BONUS && cast.steps[step].verb == VERB_BONUS &&
            cast.steps[i].amount == cast.steps[step].amount &&
            strcmp(cast.steps[i].words, cast.steps[step].words) == 0)
            return true;
    return false;
}

/* Now and then the file is changed for one run. An amount that was changed after a payment is a
 * conflict, so that nothing at all is sent. */
static void
run_with_an_edit(void)
{
    size_t step = dice_below(cast.step_count);
    bool paid = false;
    if (oracle_is_forgotten() && has_a_double(step))
        return;
    for (size_t i = 0; i < cast.planned_count; i++)
        paid |= cast.planned[i].step == step && cast.planned[i].has_standing &&
                cast.planned[i].standing == STANDING_DONE;
    bool amount = cast.steps[step].verb == VERB_BONUS && paid && !oracle_is_meddled();
    (amount ? cast.edit.amounts : cast.edit.words)[step] ^= true;
    operator_remembers();
    campaign_write();
    trace("the %s of step %s changed", amount ? "amount" : "words", cast.steps[step].id);
    struct outcome outcome = process_run(false);
    outcome_count(&outcome);
    if (amount && outcome.writes)
        wrong("unexpected: a changed amount is a conflict, and %zu calls were made",
              outcome.writes);
    if (amount && !outcome.died && outcome.status == STATUS_DONE)
        wrong("a changed amount is a conflict, and the run ended with 0");
    cast.edit.amounts[step] = false;
    cast.edit.words[step] &= dice_hit(500);
    campaign_write();
}

static void
bad_days(void)
{
    size_t runs = 1 + dice_below(BAD_RUNS_MAX);
    bool edits = dice_hit(250), words = dice_hit(500);
    for (size_t i = 0; i < runs; i++) {
        operator_remembers();
        struct outcome outcome = i && dice_hit(100) ? process_look() : process_run(dice_hit(100));
        outcome_count(&outcome);
        operator_keeps_a_copy();
        time_passes();
        if (words && dice_hit(400))
            operator_answers();
        operator_meddles();
        operator_erases();
        if (edits && dice_hit(400))
            run_with_an_edit();
    }
}

static bool
is_settled(const struct outcome *outcome, const struct outcome *before)
{
    if (outcome->status == STATUS_DONE)
        return true;
    return outcome->status == STATUS_REFUSED && before->status == STATUS_REFUSED && !outcome->died;
}

static size_t
journal_size(void)
{
    const struct volume_file *journal = volume_find(oracle_journal_path());
    return journal ? journal->cached.size : 0;
}

/* True when the story ends here: all that the design promises is that nothing is sent. */
static bool
is_beyond_help(const struct outcome *outcome)
{
    bool hidden = outcome->status == STATUS_JOURNAL && !outcome->writes && oracle_group_is_hidden();
    conceded.hidden += hidden;
    return hidden;
}

static void
quiet_days(void)
{
    struct outcome before = {.status = STATUS_STOPPED}, outcome = before;
    scene.odds = (struct odds){0};
    scene.calm = true;
    trace("the bad days are over");
    for (size_t run = 0; run < QUIET_RUNS_MAX && !is_settled(&outcome, &before); run++) {
        before = outcome;
        /* What only the service's forgetting a token can loosen takes a day. */
        road_advance(scene.now_ms +
                     (run < PATIENCE_RUNS ? 21 * STAMP_MINUTE_MS : 4 * STAMP_HOUR_MS));
        operator_remembers();
        outcome = process_run(true);
        outcome_count(&outcome);
        if (is_beyond_help(&outcome))
            return;
        if (outcome.status != STATUS_DONE)
            operator_helps(&outcome);
    }
    if (!is_settled(&outcome, &before))
        wrong("lost: after %d quiet runs it still ends with %d", QUIET_RUNS_MAX, outcome.status);
    oracle_final(outcome.status);
    operator_erases();
    size_t size = journal_size();
    struct outcome again = process_run(false);
    if (again.writes || again.status != outcome.status || journal_size() != size)
        wrong("one more run: %zu calls, exit %d after %d, %zu bytes of journal after %zu",
              again.writes, again.status, outcome.status, journal_size(), size);
    tally.ended_done += outcome.status == STATUS_DONE;
    tally.ended_refused += outcome.status == STATUS_REFUSED;
}

static void
seed_begin(uint64_t seed, bool print, bool hashed)
{
    static const stamp_t start_ms = INT64_C(1790000000000);
    scene = (struct scene){.seed = seed, .dice = seed * 0x2545f4914f6cdd1du + 1};
    scene.print = print;
    scene.hashed = hashed;
    scene.hash = 14695981039346656037u;
    scene.now_ms = start_ms + dice_between(0, 300 * 24 * STAMP_HOUR_MS);
    scene.boot_ms = scene.now_ms - dice_between(0, 100 * 24 * STAMP_HOUR_MS);
    if (dice_hit(300))
        scene.wall_off_ms = dice_between(-20 * 24 * STAMP_HOUR_MS, 20 * 24 * STAMP_HOUR_MS);
    bool meddles = dice_hit(200);
    operator_begin(meddles);
    cast_draw(!meddles);
    odds_draw(&scene.odds);
    volume_begin();
    oracle_begin();
}

bool
story_play(uint64_t seed, bool print, bool hashed, uint64_t *hash)
{
    volatile bool held = false;
    seed_begin(seed, print, hashed);
    if (setjmp(scene.wrong) == 0) {
        road_begin();
        campaign_write();
        bad_days();
        quiet_days();
        held = true;
    }
    scene.inside = false;
    const struct volume_file *journal = volume_find(oracle_journal_path());
    if (print && journal)
        fwrite(journal->cached.bytes, 1, journal->cached.size, stdout);
    memory_release();
    calls_end_process();
    road_end();
    volume_end();
    arena_close(&scene.arena);
    tally.seeds++;
    tally.wrong += !held;
    *hash = scene.hash;
    return held;
}
