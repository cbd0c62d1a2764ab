#include "engine/run.h"

#include "engine/aside.h"
#include "engine/parcel.h"
#include "io/clock.h"
#include "io/person.h"

/* Parcels end nearly in their order, so those at the front need no second look. */
static bool
parcels_are_over(struct run *run)
{
    while (run->parcel_first < run->parcel_count &&
           run->parcels[run->parcel_first].state == PARCEL_OVER)
        run->parcel_first++;
    return run->parcel_first == run->parcel_count;
}

static bool
may_start(const struct run *run)
{
    bool money = verb_row(run->campaign->steps[run->step].verb)->pays_bonus ||
                 verb_row(run->campaign->steps[run->step].verb)->pays_reward;
    return run->stop == STATUS_DONE && !run->step_stopped && !(money && run->funds_gone);
}

/* How many calls of this step may be under way. What nobody can look up afterwards goes out one
 * call at a time, so that a crash leaves at most one in doubt. */
static unsigned
window(const struct run *run)
{
    enum settle settle = verb_row(run->campaign->steps[run->step].verb)->settle;
    return settle == SETTLE_BY_PERSON ? 1 : run->line->width;
}

static bool
window_is_full(const struct run *run)
{
    return run->line->busy >= window(run);
}

/* How long the loop may sleep: until the next parcel is due. */
static int
pause_ms(const struct run *run)
{
    const stamp_t longest_ms = 1000;
    stamp_t now_ms = clock_boot_ms(), pause = longest_ms;
    if (line_is_full(run->line) || window_is_full(run))
        return (int)longest_ms; /* a reply must come first */
    for (size_t i = run->parcel_first; i < run->parcel_count && pause > 0; i++) {
        const struct parcel *parcel = &run->parcels[i];
        if (parcel->state != PARCEL_WAITING && parcel->state != PARCEL_LOOK_WAITING)
            continue;
        stamp_t due_ms =
            parcel->due_ms > run->brake_until_ms ? parcel->due_ms : run->brake_until_ms;
        if (due_ms - now_ms < pause)
            pause = due_ms - now_ms;
    }
    return pause < 0 ? 0 : (int)pause;
}

static bool
replies_take(struct run *run, int timeout_ms, struct error *err)
{
    size_t tag;
    struct answer answer;
    while (line_wait(run->line, timeout_ms, &tag, &answer, &run->turn)) {
        struct parcel *parcel = &run->parcels[tag];
        bool worked = parcel->state == PARCEL_LOOKING
                          ? parcel_look_answer(run, parcel, &answer, err)
                          : parcel_answer(run, parcel, &answer, err);
        if (!worked)
            return false;
        timeout_ms = 0;
    }
    return true;
}

/* Marks what goes out in this turn and adds its records; sending waits for the disk. */
static bool
choose(struct run *run, size_t *chosen, size_t *count, struct error *err)
{
    stamp_t now_ms = clock_boot_ms();
    unsigned room = window_is_full(run) ? 0 : window(run) - run->line->busy;
    bool left = run->stop != STATUS_DONE && run->stop != STATUS_INTERRUPTED;
    *count = 0;
    for (size_t i = run->parcel_first; i < run->parcel_count && *count < room; i++) {
        struct parcel *parcel = &run->parcels[i];
        bool send = parcel->state == PARCEL_WAITING, look = parcel->state == PARCEL_LOOK_WAITING;
        if ((send && !may_start(run)) || (look && left)) {
            if (!parcel_give_up(run, parcel, "stopped", err))
                return false;
            continue;
        }
        if ((!send && !look) || parcel->due_ms > now_ms || run->brake_until_ms > now_ms)
            continue;
        if (send && parcel_must_look(run, parcel)) {
            parcel_look_later(run, parcel,
                              parcel->intended ? LOOK_AFTER_SILENCE : LOOK_BEFORE_SENDING);
            continue;
        }
        if (send && !parcel_intend(run, parcel, err))
            return false;
        chosen[(*count)++] = i;
    }
    return true;
}

static bool
send_all(struct run *run, const size_t *chosen, size_t count, struct error *err)
{
    for (size_t i = 0; i < count; i++) {
        struct parcel *parcel = &run->parcels[chosen[i]];
        if (parcel->state == PARCEL_LOOK_WAITING) {
            if (!parcel_look(run, parcel, chosen[i], err))
                return false;
            continue;
        }
        parcel->state = PARCEL_SENDING;
        struct error trouble = {0};
        if (line_start(run->line, parcel->kind, parcel->body,
                       run->plan->actions[parcel->actions[0]].key, chosen[i], &trouble))
            continue;
        struct answer unsent = {.verdict = VERDICT_UNSENT,
                                .code = "not-sent",
                                .text = arena_copy(&run->turn, trouble.text)};
        if (!parcel_answer(run, parcel, &unsent, err))
            return false;
    }
    return true;
}

static void
interrupts_heed(struct run *run)
{
    if (person_interrupts() && run->stop == STATUS_DONE) {
        run->stop = STATUS_INTERRUPTED;
        run->stop_words = "interrupted; what was in flight is waited for";
        if (run->watcher.notice)
            run->watcher.notice(run->watcher.self, run->stop_words);
    }
}

/* A turn takes a second at most, unless the machine slept. */
static void
sleep_heed(struct run *run)
{
    const stamp_t nap_ms = 2 * STAMP_MINUTE_MS;
    stamp_t now_ms = clock_boot_ms();
    if (run->turn_ms && now_ms - run->turn_ms > nap_ms)
        run->woke_ms = line_now(run->line);
    run->turn_ms = now_ms;
}

/* What each action sent now may still need. */
static size_t
records_to_come(const struct run *run, const size_t *chosen, size_t count)
{
    enum { RECORDS_PER_ACTION = 3 };
    size_t records = 0;
    for (size_t i = 0; i < count; i++)
        records += RECORDS_PER_ACTION * run->parcels[chosen[i]].count;
    return records;
}

static bool
turn(struct run *run, size_t *chosen, struct error *err)
{
    arena_reset(&run->turn);
    if (!replies_take(run, pause_ms(run), err))
        return false;
    interrupts_heed(run);
    sleep_heed(run);
    size_t count;
    /* Room for what comes back is made before anything can come back. */
    if (!choose(run, chosen, &count, err) ||
        (count && !journal_reserve(run->journal, records_to_come(run, chosen, count), err)) ||
        !journal_commit(run->journal, err))
        return false;
    if (run->watcher.progress)
        run->watcher.progress(run->watcher.self, &run->counts);
    return send_all(run, chosen, count, err);
}

/* One after the other: what makes the step's qualification, then what the step does. */
static bool
step_perform(struct run *run, size_t step, bool creation, struct error *err)
{
    run->step = step;
    run->step_stopped = false;
    run->refusal_code = NULL;
    run->refusals_in_a_row = 0;
    parcels_make(run, step, creation);
    if (run->parcel_count && may_start(run) && run->watcher.step)
        run->watcher.step(run->watcher.self, &run->campaign->steps[step],
                          parcel_action(run, &run->parcels[0])->verb, run->parcel_count);
    size_t *chosen = arena_alloc(run->arena, run->line->width * sizeof *chosen);
    while (!parcels_are_over(run))
        if (!turn(run, chosen, err))
            return run_drain(run);
    return journal_commit(run->journal, err) || run_drain(run);
}

static bool
begin(struct run *run, struct error *err)
{
    stamp_t now_ms = line_now(run->line);
    bool first = !run->journal->ledger.has_genesis;
    return journal_recover(run->journal, now_ms, err) &&
           (!first || journal_add(run->journal, &run->genesis, now_ms, err)) &&
           journal_add(run->journal, &run->note, now_ms, err) &&
           (run->rebuild ? run_rebuild(run, err) : run_findings(run, err)) &&
           journal_commit(run->journal, err);
}

/* Actions as the run finds them: what the plan leaves to do is trouble to those who wait for it,
 * until it is done. */
static void
needs_fill(struct run *run)
{
    needs_init(&run->needs, run->campaign, run->roster->assignment_count + 1, run->arena);
    for (size_t i = 0; i < run->plan->action_count; i++) {
        const struct action *action = &run->plan->actions[i];
        enum need_state state =
            action->decision == DECISION_DO ? NEED_TROUBLE : action_need_state(action);
        needs_add(&run->needs, action->assignment->worker, action->step, state, run->arena);
        run->counts.total += action->decision == DECISION_DO;
    }
    run->counts.pending = run->counts.total;
}

/* What this run leaves undecided without having touched it. */
static size_t
elsewhere_count(const struct run *run)
{
    size_t count = run->withheld;
    for (size_t i = 0; i < run->plan->action_count; i++) {
        const struct action *action = &run->plan->actions[i];
        const struct deed *deed = ledger_find(&run->journal->ledger, action->key);
        count += action_is_elsewhere(action) && !(deed && deed_is_counted(deed));
    }
    return count;
}

static bool
end(struct run *run, struct error *err)
{
    struct entry entry = {.kind = ENTRY_END,
                          .done = run->counts.done + run->counts.found,
                          .refused = run->counts.refused,
                          .unknown = run->counts.unknown,
                          .pending = run->counts.pending + run->plan->not_now,
                          .elsewhere = elsewhere_count(run),
                          .amount = run->counts.amount,
                          .fee = run->counts.fee};
    return journal_add(run->journal, &entry, line_now(run->line), err) &&
           journal_commit(run->journal, err);
}

bool
run_perform(struct run *run, struct error *err)
{
    run->jitter = (uint64_t)clock_boot_ms();
    run->good_ms = clock_boot_ms();
    needs_fill(run);
    bool worked = begin(run, err);
    for (size_t step = 0; worked && !run->only_look && step < run->campaign->step_count; step++)
        worked = step_perform(run, step, true, err) && step_perform(run, step, false, err);
    worked = worked && end(run, err);
    arena_close(&run->turn);
    return worked;
}

enum status
run_standing(const struct ledger *ledger)
{
    enum status worst = ledger->elsewhere ? STATUS_UNKNOWN : STATUS_DONE;
    for (size_t i = 0; i < ledger->deed_count; i++)
        worst = status_worse(worst, deed_status(&ledger->deeds[i]));
    return worst;
}
