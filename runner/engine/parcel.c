/* From actions to calls, and from answers to records. */
#include "engine/parcel.h"

#include <string.h>

#include "base/text.h"
#include "core/pace.h"
#include "io/clock.h"

enum {
    TRIES_MAX = 4,     /* attempts with an unknown outcome, in one run */
    NOTHINGS_MAX = 8,  /* repetitions of what provably did nothing, while nothing else works */
    REFUSALS_MAX = 10, /* in a row with one code: the step makes no sense */
};
static const stamp_t patience_ms = 20 * STAMP_SECOND_MS;

static enum ask_kind
kind_of(enum verb verb)
{
    switch (verb) {
    case VERB_APPROVE:
        return TELL_APPROVE;
    case VERB_QUALIFY:
        return TELL_QUALIFY;
    case VERB_BONUS:
        return TELL_BONUS;
    case VERB_NOTIFY:
        return TELL_NOTIFY;
    }
    return TELL_APPROVE;
}

/* The bytes of the call. What the journal recorded for an open action is sent again as it is. */
static const char *
body_make(struct run *run, const struct parcel *parcel)
{
    const struct action *action = &run->plan->actions[parcel->actions[0]];
    const struct step *step = &run->campaign->steps[action->step];
    const struct deed *deed = ledger_find(&run->journal->ledger, action->key);
    if (parcel->intended && deed->body)
        return deed->body;
    const char **workers = arena_alloc(run->arena, parcel->count * sizeof *workers);
    for (size_t i = 0; i < parcel->count; i++)
        workers[i] = run->plan->actions[parcel->actions[i]].assignment->worker;
    struct ask ask = {.kind = parcel->kind,
                      .assignment = action->assignment->id,
                      .worker = action->assignment->worker,
                      .qualification = step->qualification,
                      .value = step->value,
                      .amount = action->amount,
                      .subject = step->subject,
                      .words = step->verb == VERB_APPROVE ? step->feedback : step->message,
                      .token = action->key,
                      .workers = workers,
                      .worker_count = parcel->count};
    return run->line->market->body(&ask, run->arena);
}

static void
parcel_close(struct run *run, struct parcel *parcel)
{
    const struct action *action = &run->plan->actions[parcel->actions[0]];
    const struct step *step = &run->campaign->steps[action->step];
    const struct deed *deed = ledger_find(&run->journal->ledger, action->key);
    parcel->intended = deed && deed_is_open(deed);
    parcel->kind = kind_of(step->verb);
    parcel->body = body_make(run, parcel);
    if (verb_row(step->verb)->batch_max > 1)
        parcel->words = arena_print(run->arena, "%s\n\n%s", step->subject, step->message);
}

void
parcels_make(struct run *run, size_t step)
{
    size_t batch_max = verb_row(run->campaign->steps[step].verb)->batch_max;
    run->parcels = arena_alloc(run->arena, (run->plan->action_count + 1) * sizeof *run->parcels);
    run->parcel_count = run->parcel_first = 0;
    struct parcel *open = NULL;
    for (size_t i = 0; i < run->plan->action_count; i++) {
        const struct action *action = &run->plan->actions[i];
        size_t held_by;
        if (action->step != step || action->decision != DECISION_DO ||
            !needs_allow(&run->needs, action->assignment->worker, step, &held_by))
            continue;
        if (!open || open->count == batch_max) {
            open = &run->parcels[run->parcel_count++];
            open->actions = arena_alloc(run->arena, batch_max * sizeof *open->actions);
        }
        open->actions[open->count++] = i;
    }
    for (size_t i = 0; i < run->parcel_count; i++)
        parcel_close(run, &run->parcels[i]);
}

/* Words that a batch shares are recorded once, right before its intents. */
static bool
words_add(struct run *run, const struct parcel *parcel, uint64_t *seq, struct error *err)
{
    struct entry entry = {.kind = ENTRY_BODY, .text = parcel->words};
    if (!journal_add(run->journal, &entry, line_now(run->line), err))
        return false;
    *seq = entry.seq;
    return true;
}

static const char *
salt_make(struct run *run)
{
    unsigned char salt[16];
    char *text = arena_alloc(run->arena, 2 * sizeof salt + 1);
    digest_random(salt, sizeof salt);
    digest_print(salt, sizeof salt, text);
    return text;
}

/* What every record that describes an action says of it. */
static struct entry
entry_describe(struct run *run, enum entry_kind kind, const struct action *action)
{
    const struct step *step = &run->campaign->steps[action->step];
    const struct assignment *assignment = action->assignment;
    bool named = action->names_assignment;
    return (struct entry){
        .kind = kind,
        .key = action->key,
        .step = step->id,
        .verb = step->verb,
        .has_verb = true,
        .amount = action->amount + action->reward,
        .fee = action->fee + action->reward_fee,
        .content = action->content,
        .qualification = step->qualification,
        .value = step->value,
        .worker = assignment->worker,
        .assignment = named ? assignment->id : NULL,
        .task = named ? run->roster->tasks[assignment->task].id : NULL,
        .salt = salt_make(run),
    };
}

bool
parcel_intend(struct run *run, struct parcel *parcel, struct error *err)
{
    stamp_t now_ms = line_now(run->line);
    uint64_t words_seq = 0;
    bool again = parcel->intended;
    if (!again && parcel->words && !words_add(run, parcel, &words_seq, err))
        return false;
    run->counts.resent += again;
    parcel->intended = true;
    for (size_t i = 0; i < parcel->count; i++) {
        const struct action *action = &run->plan->actions[parcel->actions[i]];
        const struct deed *deed = ledger_find(&run->journal->ledger, action->key);
        struct entry entry;
        if (again) {
            entry = (struct entry){
                .kind = ENTRY_RESEND, .key = action->key, .attempt = deed->attempts + 1};
        } else {
            entry = entry_describe(run, ENTRY_INTEND, action);
            bool decides = verb_row(entry.verb)->pays_reward;
            entry.has_status_before = decides;
            entry.status_before = action->assignment->status;
            entry.body = parcel->words ? NULL : parcel->body;
            entry.has_body_seq = parcel->words != NULL;
            entry.body_seq = words_seq;
        }
        if (!journal_add(run->journal, &entry, now_ms, err))
            return false;
    }
    return true;
}

static bool
settle(struct run *run, size_t at, struct entry *entry, size_t *count, struct error *err)
{
    entry->key = run->plan->actions[at].key;
    run->counts.pending--;
    (*count)++;
    return journal_add(run->journal, entry, line_now(run->line), err);
}

static void
money_count(struct run *run, const struct action *action)
{
    run->counts.amount += action->amount + action->reward;
    run->counts.fee += action->fee + action->reward_fee;
}

bool
action_done(struct run *run, size_t at, const char *request_id, struct error *err)
{
    const struct action *action = &run->plan->actions[at];
    struct entry entry = {.kind = ENTRY_DONE, .request_id = arena_copy(run->arena, request_id)};
    needs_done(&run->needs, action->assignment->worker, action->step);
    money_count(run, action);
    return settle(run, at, &entry, &run->counts.done, err);
}

/* Found at the marketplace: by a look of this run (the action was ours to do), or by the plan. */
bool
action_adopt(struct run *run, size_t at, const char *evidence, struct error *err)
{
    const struct action *action = &run->plan->actions[at];
    struct entry entry = entry_describe(run, ENTRY_ADOPT, action);
    entry.evidence = arena_copy(run->arena, evidence);
    if (action->payment) {
        entry.assignment = action->payment->assignment;
        entry.amount = action->payment->amount;
    }
    if (action->decision != DECISION_DO) {
        run->counts.found++;
        return journal_add(run->journal, &entry, line_now(run->line), err);
    }
    needs_done(&run->needs, action->assignment->worker, action->step);
    money_count(run, action);
    return settle(run, at, &entry, &run->counts.done, err);
}

bool
action_refuse(struct run *run, size_t at, const char *code, const char *text,
              const char *request_id, struct error *err)
{
    struct entry entry = {.kind = ENTRY_REFUSED,
                          .code = arena_copy(run->arena, code),
                          .text = arena_copy(run->arena, text),
                          .request_id = arena_copy(run->arena, request_id),
                          .key = run->plan->actions[at].key};
    if (run->plan->actions[at].decision != DECISION_DO)
        return journal_add(run->journal, &entry, line_now(run->line), err);
    return settle(run, at, &entry, &run->counts.refused, err);
}

bool
action_unknown(struct run *run, size_t at, const char *why, struct error *err)
{
    struct entry entry = {.kind = ENTRY_UNKNOWN, .why = arena_copy(run->arena, why)};
    return settle(run, at, &entry, &run->counts.unknown, err);
}

/* The action stays pending. */
bool
action_release(struct run *run, size_t at, const char *why, struct error *err)
{
    struct entry entry = {.kind = ENTRY_RELEASED,
                          .why = arena_copy(run->arena, why),
                          .key = run->plan->actions[at].key};
    return journal_add(run->journal, &entry, line_now(run->line), err);
}

void
parcel_later(struct run *run, struct parcel *parcel, unsigned attempt)
{
    parcel->state = PARCEL_WAITING;
    parcel->due_ms = clock_boot_ms() + pace_pause_ms(attempt, &run->jitter);
}

void
parcel_look_later(struct run *run, struct parcel *parcel, enum question_of_look look)
{
    parcel->look = look;
    parcel->look_at = 0;
    parcel->look_page = NULL;
    parcel->look_pages = 0;
    parcel->look_listed = 0;
    parcel->state = PARCEL_LOOK_WAITING;
    parcel->due_ms =
        clock_boot_ms() + pace_pause_ms(parcel->tries + parcel->look_tries, &run->jitter);
}

/* True when some attempt of this action, in this run or before, has no known outcome. */
static bool
is_doubtful(const struct run *run, const struct parcel *parcel)
{
    const struct deed *deed =
        ledger_find(&run->journal->ledger, run->plan->actions[parcel->actions[0]].key);
    return deed && deed->doubtful;
}

bool
parcel_give_up(struct run *run, struct parcel *parcel, const char *why, struct error *err)
{
    bool doubtful = parcel->state == PARCEL_LOOK_WAITING || is_doubtful(run, parcel);
    parcel->state = PARCEL_OVER;
    if (!parcel->intended)
        return true;
    for (size_t i = 0; i < parcel->count; i++) {
        const struct deed *deed =
            ledger_find(&run->journal->ledger, run->plan->actions[parcel->actions[i]].key);
        if (!deed_is_open(deed))
            continue;
        if (!(doubtful ? action_unknown(run, parcel->actions[i], why, err)
                       : action_release(run, parcel->actions[i], why, err)))
            return false;
    }
    return true;
}

static bool
done_take(struct run *run, struct parcel *parcel, const struct answer *answer, struct error *err)
{
    parcel->state = PARCEL_OVER;
    run->good_ms = clock_boot_ms();
    run->brake = 0;
    run->refusals_in_a_row = 0;
    for (size_t i = 0; i < parcel->count; i++) {
        const char *worker = run->plan->actions[parcel->actions[i]].assignment->worker;
        const struct unreached *unreached = NULL;
        for (size_t j = 0; j < answer->unreached_count; j++)
            if (text_same(answer->unreached[j].worker, worker))
                unreached = &answer->unreached[j];
        bool worked = unreached ? action_refuse(run, parcel->actions[i], unreached->code,
                                                unreached->text, answer->request_id, err)
                                : action_done(run, parcel->actions[i], answer->request_id, err);
        if (!worked)
            return false;
    }
    return true;
}

static bool
refused_take(struct run *run, struct parcel *parcel, const struct answer *answer, struct error *err)
{
    run->good_ms = clock_boot_ms();
    if (is_doubtful(run, parcel)) {
        parcel->code = arena_copy(run->arena, answer->code);
        parcel->text = arena_copy(run->arena, answer->text);
        if (parcel->kind == TELL_BONUS) {
            parcel_look_later(run, parcel, LOOK_AFTER_REFUSAL);
            return true;
        }
    }
    parcel->state = PARCEL_OVER;
    run->refusals_in_a_row =
        text_same(run->refusal_code, answer->code) ? run->refusals_in_a_row + 1 : 1;
    run->refusal_code = arena_copy(run->arena, answer->code);
    if (run->refusals_in_a_row == REFUSALS_MAX) {
        run->step_stopped = true;
        if (run->watcher.notice)
            run->watcher.notice(run->watcher.self,
                                arena_print(run->arena,
                                            "step '%s' is stopped: %d refusals in a row with %s "
                                            "(%s); what it has left stays pending",
                                            run->campaign->steps[run->step].id, REFUSALS_MAX,
                                            answer->code, answer->text));
    }
    for (size_t i = 0; i < parcel->count; i++)
        if (!action_refuse(run, parcel->actions[i], answer->code, answer->text, answer->request_id,
                           err))
            return false;
    return true;
}

/* The run cannot go on: why, for the person, and how it ends. */
static void
stop(struct run *run, enum status status, const char *words)
{
    if (run->stop != STATUS_DONE)
        return;
    run->stop = status;
    run->stop_words = arena_copy(run->arena, words);
    if (run->watcher.notice)
        run->watcher.notice(run->watcher.self, run->stop_words);
}

/* Provably nothing happened: again after a pause, unless nothing has worked for a while. */
static bool
nothing_take(struct run *run, struct parcel *parcel, const struct answer *answer, struct error *err)
{
    parcel->nothings++;
    if (answer->verdict == VERDICT_THROTTLED) {
        run->brake++;
        run->brake_until_ms = clock_boot_ms() + pace_pause_ms(run->brake, &run->jitter);
    }
    if (parcel->nothings >= NOTHINGS_MAX && clock_boot_ms() - run->good_ms > patience_ms) {
        stop(run, STATUS_STOPPED,
             arena_print(&run->turn, "%s does not take calls (%s: %s): the rest stays pending",
                         run->line->market->title, verdict_name(answer->verdict),
                         answer->text ? answer->text : ""));
        return parcel_give_up(run, parcel, verdict_name(answer->verdict), err);
    }
    parcel_later(run, parcel, answer->verdict == VERDICT_CLOCK ? 1 : parcel->nothings);
    return true;
}

static bool
unknown_take(struct run *run, struct parcel *parcel, const struct answer *answer, struct error *err)
{
    enum settle settle_by = verb_row(run->campaign->steps[run->step].verb)->settle;
    const char *why = answer->text ? answer->text : "no whole answer";
    parcel->tries++;
    for (size_t i = 0; i < parcel->count; i++)
        if (!action_unknown(run, parcel->actions[i], why, err))
            return false;
    if (settle_by == SETTLE_BY_PERSON || parcel->tries > TRIES_MAX) {
        parcel->state = PARCEL_OVER;
        return true;
    }
    /* Still ours to decide in this run. */
    run->counts.unknown -= parcel->count;
    run->counts.pending += parcel->count;
    if (settle_by == SETTLE_BY_LOOKING)
        parcel_look_later(run, parcel, LOOK_AFTER_SILENCE);
    else
        parcel_later(run, parcel, parcel->tries);
    return true;
}

bool
parcel_answer(struct run *run, struct parcel *parcel, const struct answer *answer,
              struct error *err)
{
    if (!verdict_is_nothing(answer->verdict) || answer->verdict == VERDICT_REFUSED)
        parcel->nothings = 0;
    switch (answer->verdict) {
    case VERDICT_DONE:
        return done_take(run, parcel, answer, err);
    case VERDICT_REFUSED:
        return refused_take(run, parcel, answer, err);
    case VERDICT_STATE:
        if (parcel->kind != TELL_APPROVE)
            return refused_take(run, parcel, answer, err);
        parcel->code = arena_copy(run->arena, answer->code);
        parcel->text = arena_copy(run->arena, answer->text);
        parcel_look_later(run, parcel, LOOK_AFTER_STATE);
        return true;
    case VERDICT_DUPLICATE:
        if (parcel->kind != TELL_BONUS)
            return refused_take(run, parcel, answer, err);
        parcel_look_later(run, parcel, LOOK_AFTER_DUPLICATE);
        return true;
    case VERDICT_FUNDS:
        run->funds_gone = true;
        if (run->watcher.notice)
            run->watcher.notice(run->watcher.self,
                                "the account has no funds left: payments stop, and what is left "
                                "of them stays pending");
        return parcel_give_up(run, parcel, "funds", err);
    case VERDICT_CREDENTIALS:
        stop(run, STATUS_CREDENTIALS,
             arena_print(&run->turn, "the credentials are not accepted any more (%s: %s)",
                         answer->code, answer->text));
        return parcel_give_up(run, parcel, "credentials", err);
    case VERDICT_THROTTLED:
    case VERDICT_UNSENT:
    case VERDICT_CLOCK:
        return nothing_take(run, parcel, answer, err);
    case VERDICT_UNKNOWN:
        return unknown_take(run, parcel, answer, err);
    }
    return true;
}
