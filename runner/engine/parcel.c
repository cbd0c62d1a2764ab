/* From actions to calls: which go together, with which bytes, and what is written before they are
 * sent. */
#include "engine/parcel.h"

#include "base/text.h"
#include "core/pace.h"
#include "engine/outcome.h"
#include "io/clock.h"

static enum ask_kind
kind_of(enum verb verb)
{
    switch (verb) {
    case VERB_APPROVE:
        return TELL_APPROVE;
    case VERB_REJECT:
        return TELL_REJECT;
    case VERB_CREATE:
        return TELL_CREATE;
    case VERB_QUALIFY:
        return TELL_QUALIFY;
    case VERB_UNQUALIFY:
        return TELL_UNQUALIFY;
    case VERB_BONUS:
        return TELL_BONUS;
    case VERB_NOTIFY:
        return TELL_NOTIFY;
    case VERB_BLOCK:
        return TELL_BLOCK;
    case VERB_UNBLOCK:
        return TELL_UNBLOCK;
    }
    return TELL_APPROVE;
}

/* The bytes of the call. What the journal recorded for an open action is sent again as it is. */
static const char *
body_make(struct run *run, const struct parcel *parcel)
{
    const struct action *action = parcel_action(run, parcel);
    const struct step *step = &run->campaign->steps[action->step];
    const struct deed *deed = ledger_find(&run->journal->ledger, action->key);
    bool single = verb_row(action->verb)->batch_max == 1;
    if (single && parcel->intended && deed->body)
        return deed->body;
    const char **workers = arena_alloc(run->arena, parcel->count * sizeof *workers);
    for (size_t i = 0; i < parcel->count; i++)
        workers[i] = run->plan->actions[parcel->actions[i]].assignment->worker;
    struct ask ask = {.kind = parcel->kind,
                      .assignment = action->assignment->id,
                      .worker = action->assignment->worker,
                      .qualification = action->terms->qualification,
                      .name = step->qualification_name,
                      .value = action->terms->value,
                      .amount = action->terms->amount,
                      .subject = action->terms->subject,
                      .words = action->terms->message,
                      .token = action->key,
                      .override = step->override,
                      .email = step->email,
                      .workers = workers,
                      .worker_count = parcel->count};
    return run->line->market->body(&ask, run->arena);
}

static void
parcel_close(struct run *run, struct parcel *parcel)
{
    const struct action *action = parcel_action(run, parcel);
    const struct deed *deed = ledger_find(&run->journal->ledger, action->key);
    parcel->intended = deed && deed_is_open(deed);
    parcel->kind = kind_of(action->verb);
    parcel->mails = parcel->kind == TELL_QUALIFY && run->campaign->steps[action->step].email;
    parcel->look_ms = run->looked_ms ? run->looked_ms : line_now(run->line);
    parcel->body = body_make(run, parcel);
    if (verb_row(action->verb)->batch_max == 1)
        return;
    /* Words that were looked up concern a person and stand with each; what the batch shares is then
     * the text as it was written. */
    const struct step *step = &run->campaign->steps[action->step];
    bool varies = step->message_from || step->subject_from;
    const char *words =
        arena_print(run->arena, "%s\n\n%s", action->terms->subject, action->terms->message);
    parcel->own_words = varies ? words : NULL;
    parcel->words =
        varies ? arena_print(run->arena, "%s\n\n%s", step->subject, step->message) : words;
}

/* A message that another run may have sent; a person has said that some were not. */
static bool
is_withheld(const struct run *run, const struct action *action)
{
    const struct deed *deed = ledger_find(&run->journal->ledger, action->key);
    enum settle settle = verb_row(action->verb)->settle;
    return run->foreign && settle == SETTLE_BY_PERSON && !(deed && deed->cleared);
}

/* The parcel of this step that says the same and has room, or NULL: equal words go out together,
 * also when they were looked up. */
static struct parcel *
parcel_open_find(const struct run *run, const struct action *action, struct index *open)
{
    const uint32_t *at = index_find(open, action->terms->content);
    struct parcel *parcel = at ? &run->parcels[*at] : NULL;
    return parcel && parcel->count < verb_row(action->verb)->batch_max ? parcel : NULL;
}

static void
parcel_add(struct run *run, size_t at, struct index *open)
{
    struct action *action = &run->plan->actions[at];
    size_t batch_max = verb_row(action->verb)->batch_max;
    struct parcel *parcel = batch_max > 1 ? parcel_open_find(run, action, open) : NULL;
    if (!parcel) {
        size_t number = run->parcel_count++;
        parcel = &run->parcels[number];
        uint32_t *there = index_find(open, action->terms->content);
        if (there)
            *there = (uint32_t)number;
        else if (batch_max > 1)
            index_add(open, action->terms->content, number, run->arena);
        parcel->actions = arena_alloc(run->arena, batch_max * sizeof *parcel->actions);
    }
    parcel->actions[parcel->count++] = at;
}

static bool
is_to_do(const struct action *action, bool creation)
{
    return action->decision == DECISION_DO && (action->verb == VERB_CREATE) == creation;
}

void
parcels_make(struct run *run, size_t step, bool creation)
{
    struct index open = {0};
    size_t first = run->plan->steps[step].first, end = run->plan->steps[step].end, most = 0;
    for (size_t i = first; i < end; i++)
        most += is_to_do(&run->plan->actions[i], creation);
    run->parcels = arena_alloc(run->arena, (most + 1) * sizeof *run->parcels);
    run->parcel_count = 0;
    for (size_t i = first; i < end; i++) {
        struct action *action = &run->plan->actions[i];
        size_t held_by;
        if (!is_to_do(action, creation) ||
            (!creation && !needs_allow(&run->needs, action->assignment->worker, step, &held_by)))
            continue;
        if (is_withheld(run, action)) {
            run->withheld++;
            continue;
        }
        plan_bind(run->plan, action, run->arena);
        bool unmade =
            !action->terms->qualification && run->campaign->steps[step].qualification_name;
        if (!unmade) /* the qualification could not be made: who was to have it waits */
            parcel_add(run, i, &open);
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

/* Whether the worker has the qualification already, as far as its holders were read. */
static bool
is_held(const struct run *run, const struct action *action)
{
    bool about = verb_row(action->verb)->scores;
    return about &&
           roster_holds(run->roster, action->terms->qualification, action->assignment->worker);
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
            entry = outcome_describe(run, ENTRY_INTEND, action);
            bool decides = verb_row(entry.verb)->decides;
            entry.held = is_held(run, action);
            entry.has_status_before = decides;
            entry.status_before = action->assignment->status;
            entry.body = parcel->words ? parcel->own_words : parcel->body;
            entry.has_body_seq = parcel->words != NULL;
            entry.body_seq = words_seq;
        }
        if (!journal_add(run->journal, &entry, now_ms, err))
            return false;
    }
    return true;
}

void
parcel_again(struct parcel *parcel)
{
    parcel->state = PARCEL_WAITING;
    parcel->due_ms = 0;
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
    parcel->look_shows = false;
    parcel->seen = (struct sighting){0};
    parcel->state = PARCEL_LOOK_WAITING;
    parcel->due_ms =
        clock_boot_ms() + pace_pause_ms(parcel->tries + parcel->look_tries, &run->jitter);
}

const struct action *
parcel_action(const struct run *run, const struct parcel *parcel)
{
    return &run->plan->actions[parcel->actions[0]];
}

const struct deed *
parcel_deed(const struct run *run, const struct parcel *parcel)
{
    return ledger_find(&run->journal->ledger, parcel_action(run, parcel)->key);
}

bool
parcel_is_doubtful(const struct run *run, const struct parcel *parcel)
{
    const struct deed *deed = parcel_deed(run, parcel);
    return deed && deed->doubtful;
}

bool
parcel_may_arrive(const struct run *run, const struct parcel *parcel)
{
    const struct deed *deed = parcel_deed(run, parcel);
    return deed && deed_may_arrive(deed, line_now(run->line));
}

bool
parcel_give_up(struct run *run, struct parcel *parcel, const char *why, struct error *err)
{
    bool doubtful = parcel->state == PARCEL_LOOK_WAITING || parcel_is_doubtful(run, parcel);
    parcel->state = PARCEL_OVER;
    if (!parcel->intended)
        return true;
    for (size_t i = 0; i < parcel->count; i++) {
        const struct deed *deed =
            ledger_find(&run->journal->ledger, run->plan->actions[parcel->actions[i]].key);
        if (!deed_is_open(deed))
            continue;
        if (!(doubtful ? outcome_unknown(run, parcel->actions[i], why, false, err)
                       : outcome_release(run, parcel->actions[i], why, err)))
            return false;
    }
    return true;
}
