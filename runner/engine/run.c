#include "engine/run.h"

#include "engine/aside.h"
#include "engine/choice.h"
#include "io/clock.h"
#include "io/person.h"

enum { MOMENT_US = 20000 }; /* so long outcomes may wait for others to be written down with */

static bool
replies_take(struct run *run, int64_t timeout_us, struct error *err)
{
    size_t number;
    struct answer answer;
    while (line_wait(run->line, timeout_us, &number, &answer, &run->turn)) {
        struct parcel *parcel = &run->parcels[number];
        bool worked = parcel->state == PARCEL_LOOKING
                          ? parcel_look_answer(run, parcel, &answer, err)
                          : parcel_answer(run, parcel, &answer, err);
        if (!worked)
            return false;
        choice_return(run, number);
        timeout_us = 0;
    }
    return true;
}

static bool
send(struct run *run, size_t number, struct error *err)
{
    struct parcel *parcel = &run->parcels[number];
    if (parcel->state == PARCEL_LOOK_WAITING)
        return parcel_look(run, parcel, number, err);
    parcel->state = PARCEL_SENDING;
    struct error trouble = {0};
    if (line_start(run->line, parcel->kind, parcel->body,
                   run->plan->actions[parcel->actions[0]].key, number, &trouble))
        return true;
    struct answer unsent = {.verdict = VERDICT_UNSENT,
                            .code = "not-sent",
                            .text = arena_copy(&run->turn, trouble.text)};
    return parcel_answer(run, parcel, &unsent, err);
}

static bool
send_due(struct run *run, struct error *err)
{
    size_t number;
    while (choice_next(run, &number)) {
        if (!send(run, number, err))
            return false;
        choice_return(run, number);
    }
    return true;
}

static void
interrupts_heed(struct run *run)
{
    if (person_interrupts() && run->stop == STATUS_DONE) {
        run->stop = STATUS_INTERRUPTED;
        run->stop_words = "interrupted; what was in flight is waited for (once more: leaves at "
                          "once, and the next run asks what became of it)";
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

/* Outcomes that came alone wait a moment for the next sync: what a crash then takes is in doubt and
 * is looked for, as if its answer had been lost. Not so what nobody can look for. */
static bool
may_wait(struct run *run)
{
    enum settle settle = verb_row(run->campaign->steps[run->step].verb)->settle;
    int64_t now_us = clock_boot_us();
    if (run->journal->added_count == 0)
        run->added_us = 0;
    else if (run->added_us == 0)
        run->added_us = now_us;
    return settle != SETTLE_BY_PERSON && run->stop == STATUS_DONE &&
           now_us - run->added_us < MOMENT_US;
}

/* Makes the records of this turn durable. Room for what comes back is made before anything can come
 * back; so when there is none for what was to go out, there is for the outcomes that came. */
static bool
write_down(struct run *run, size_t outcomes, struct error *err)
{
    enum { RECORDS_PER_ACTION = 3 }; /* what each that goes out may still need */
    size_t intended = run->choice.intended;
    if ((!intended || journal_reserve(run->journal, RECORDS_PER_ACTION * intended, err)) &&
        journal_commit(run->journal, err)) {
        run->added_us = 0;
        return true;
    }
    struct error ignored = {0};
    journal_withdraw(run->journal, outcomes);
    journal_commit(run->journal, &ignored);
    return false;
}

static bool
turn_perform(struct run *run, struct error *err)
{
    arena_reset(&run->turn);
    int64_t pause_us = choice_pause_us(run);
    if (run->journal->added_count && pause_us > MOMENT_US)
        pause_us = MOMENT_US; /* for what waits to be written down */
    if (!replies_take(run, pause_us, err))
        return false;
    interrupts_heed(run);
    sleep_heed(run);
    size_t outcomes = run->journal->added_count;
    if (!choice_make(run, err) ||
        ((run->choice.intended || !may_wait(run)) && !write_down(run, outcomes, err)))
        return false;
    run->counts.speed = pace_speed(&run->line->pace);
    if (run->watcher.progress)
        run->watcher.progress(run->watcher.self, &run->counts);
    return send_due(run, err);
}

static void
step_tell(struct run *run)
{
    if (run->parcel_count == 0 || !choice_may_start(run) || !run->watcher.step)
        return;
    struct step_note note = {.step = &run->campaign->steps[run->step],
                             .verb = parcel_action(run, &run->parcels[0])->verb,
                             .calls = run->parcel_count};
    for (size_t i = 0; i < run->parcel_count; i++)
        note.actions += run->parcels[i].count;
    run->watcher.step(run->watcher.self, &note, &run->counts);
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
    step_tell(run);
    choice_begin(run);
    while (!choice_is_over(run))
        if (!turn_perform(run, err))
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

/* How an action stands for those behind it, now that the run is over. What is only not this run's
 * part will be done by the next. */
static enum need_state
state_at_end(const struct run *run, const struct action *action, bool allowed)
{
    const struct deed *deed = ledger_find(&run->journal->ledger, action->key);
    if (action->decision == DECISION_DO)
        return deed && deed->standing == STANDING_DONE ? NEED_DONE : NEED_TROUBLE;
    if (action->decision == DECISION_HOLD)
        return allowed && action->why == WHY_NOT_NOW ? NEED_DONE : NEED_TROUBLE;
    return action_need_state(action);
}

/* Counts what waits for an earlier step that is in trouble; the rest of what was not come to is
 * pending. A run that was stopped held nothing back by itself, it did not come to it. */
static void
waiting_count(const struct run *run, struct entry *end)
{
    struct arena scratch = {0};
    struct needs needs;
    bool came_through = run->stop == STATUS_DONE && !run->funds_gone;
    end->pending = run->counts.pending + run->plan->not_now;
    needs_init(&needs, run->campaign, run->roster->assignment_count + 1, &scratch);
    for (size_t i = 0; i < run->plan->action_count; i++) {
        const struct action *action = &run->plan->actions[i];
        const struct terms *terms = action->terms;
        const char *worker = action->assignment->worker;
        const struct deed *deed = ledger_find(&run->journal->ledger, action->key);
        size_t held_by;
        bool allowed =
            action->verb == VERB_CREATE || needs_allow(&needs, worker, action->step, &held_by);
        bool undone = action->decision == DECISION_DO && came_through &&
                      (!deed || deed->standing == STANDING_RELEASED);
        bool not_now = action->decision == DECISION_HOLD && action->why == WHY_NOT_NOW;
        bool held = action->decision == DECISION_HOLD && action->why == WHY_NEEDS;
        needs_add(&needs, worker, action->step, state_at_end(run, action, allowed), &scratch);
        if (action->in_vain || !(held || (!allowed && (undone || not_now))))
            continue;
        end->pending -= held ? 0 : 1;
        end->waiting++;
        end->waiting_cents += terms->amount + terms->fee + terms->reward + terms->reward_fee;
    }
    arena_close(&scratch);
}

static bool
end(struct run *run, struct error *err)
{
    struct entry entry = {.kind = ENTRY_END,
                          .done = run->counts.done + run->counts.found,
                          .refused = run->counts.refused,
                          .unknown = run->counts.unknown,
                          .elsewhere = elsewhere_count(run),
                          .amount = run->counts.amount,
                          .fee = run->counts.fee};
    waiting_count(run, &entry);
    return journal_add(run->journal, &entry, line_now(run->line), err) &&
           journal_commit(run->journal, err) && store_is_in_place(&run->journal->store, err);
}

static void
rest_tell(void *self, const char *text)
{
    struct run *run = self;
    if (run->watcher.notice)
        run->watcher.notice(run->watcher.self, text);
}

bool
run_perform(struct run *run, struct error *err)
{
    run->line->tell = rest_tell;
    run->line->tell_self = run;
    run->jitter = (uint64_t)clock_boot_ms();
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
        worst = status_worse(worst, deed_status(ledger->deeds[i]));
    return worst;
}
