/* Asking the marketplace what became of an action whose outcome is not known. */

#include "base/text.h"
#include "core/identity.h"
#include "core/works.h"
#include "engine/outcome.h"
#include "engine/parcel.h"
#include "io/clock.h"

/* How long what a list did not show may be believed: less than the quiet period by more than a
 * request can be under way and a payment be missing from the list. */
static const stamp_t look_lasts_ms = 4 * STAMP_MINUTE_MS;

enum { LOOK_TRIES_MAX = 6, DUPLICATE_LOOKS_MAX = 3 };

static bool
pays_worker(const struct run *run, const struct action *action)
{
    const struct step *step = &run->campaign->steps[action->step];
    return step->verb == VERB_BONUS && step->per == PER_WORKER;
}

/* The assignments on which the bonus may lie: its own, or all of the worker's when the bonus is
 * per worker. NULL after the last. */
static const char *
assignment_at(const struct run *run, const struct action *action, size_t at)
{
    struct roster *roster = run->roster;
    size_t i;
    if (!pays_worker(run, action))
        return at == 0 ? action->assignment->id : NULL;
    if (!roster->works) {
        roster->works = arena_alloc(run->arena, sizeof *roster->works);
        works_init(roster->works, roster, run->arena);
    }
    bool there = works_first(roster->works, action->assignment->worker, &i);
    while (there && at-- > 0)
        there = works_next(roster->works, &i);
    return there ? roster->assignments[i].id : NULL;
}

/* The other deeds that account for payments like this action's: those that are done, and open ones
 * that were meant earlier, as the plan gives them the payments first. What the service says it has
 * processed needs no such turn. */
static size_t
deeds_alike(const struct run *run, const struct action *action, bool processed)
{
    struct ledger *ledger = &run->journal->ledger;
    const char *worker = action->assignment->worker;
    const struct deed *own = ledger_find(ledger, action->key);
    bool earlier = !own; /* the latest comes first */
    size_t count = 0;
    payees_note(&ledger->payees, ledger->deeds, ledger->deed_count, run->arena);
    for (const struct deed *deed = payees_find(&ledger->payees, ledger->deeds, worker); deed;
         deed = deed->bonus_before) {
        bool place =
            pays_worker(run, action) || text_same(deed->assignment, action->assignment->id);
        bool claims =
            deed->standing == STANDING_DONE || (deed_is_open(deed) && earlier && !processed);
        earlier |= deed == own;
        count += claims && deed != own && place && text_same(deed->content, action->terms->content);
    }
    return count;
}

static void
payments_count(struct run *run, struct parcel *parcel, const struct answer *answer)
{
    const struct action *action = parcel_action(run, parcel);
    for (size_t i = 0; i < answer->payment_count; i++) {
        const struct payment *payment = &answer->payments[i];
        char content[DIGEST_TEXT_SIZE];
        identity_bonus_content(payment->amount, payment->words, content, &run->turn);
        if (!text_same(payment->worker, action->assignment->worker) ||
            !text_same(content, action->terms->content))
            continue;
        parcel->look_listed++;
        if (!parcel->seen.words || payment->at_ms > parcel->seen.granted_ms)
            parcel->seen = sighting_of_payment(payment, run->arena);
    }
}

static bool
look_add(struct run *run, const struct parcel *parcel, bool found, struct error *err)
{
    const char **keys = arena_alloc(run->arena, sizeof *keys);
    keys[0] = parcel_action(run, parcel)->key;
    struct entry entry = {.kind = ENTRY_LOOK,
                          .keys = keys,
                          .key_count = 1,
                          .found = found,
                          .pages = parcel->look_pages};
    return journal_add(run->journal, &entry, line_now(run->line), err);
}

bool
parcel_leave_unknown(struct run *run, struct parcel *parcel, const char *why, struct error *err)
{
    size_t at = parcel->actions[0];
    const struct deed *deed = parcel_deed(run, parcel);
    parcel->state = PARCEL_OVER;
    if (parcel->look == LOOK_BEFORE_SENDING) { /* nothing was sent: it stays pending */
        run->stop = run->stop == STATUS_DONE ? STATUS_STOPPED : run->stop;
        run->stop_words = "what was seen is old, and cannot be read again";
        return true;
    }
    if (deed->standing != STANDING_UNKNOWN)
        return outcome_unknown(run, at, why, parcel->foreign, err);
    run->counts.pending--; /* noted as unknown before, and so it stays */
    run->counts.unknown++;
    return true;
}

/* The question had no answer: again after a pause, but not for ever. */
bool
parcel_look_fail(struct run *run, struct parcel *parcel, struct error *err)
{
    if (++parcel->look_tries > LOOK_TRIES_MAX)
        return parcel_leave_unknown(run, parcel, "no whole answer, and it could not be looked up",
                                    err);
    parcel_look_later(run, parcel, parcel->look);
    return true;
}

bool
parcel_look_is_old(const struct run *run, const struct parcel *parcel)
{
    return line_now(run->line) - parcel->look_ms > look_lasts_ms;
}

/* What the lists showed before the machine slept, or nearly a day ago, says nothing even of a bonus
 * that this journal never sent: another run may have, and the token is forgotten after a day. */
static bool
is_outlived(const struct run *run, const struct parcel *parcel)
{
    const stamp_t day_ms = 20 * STAMP_HOUR_MS;
    return parcel->look_ms < run->woke_ms || line_now(run->line) - parcel->look_ms > day_ms;
}

bool
parcel_must_look(const struct run *run, const struct parcel *parcel)
{
    bool old = parcel_is_doubtful(run, parcel) && parcel_look_is_old(run, parcel);
    return parcel->kind == TELL_BONUS && (old || is_outlived(run, parcel));
}

bool
parcel_look(struct run *run, struct parcel *parcel, size_t tag, struct error *err)
{
    const struct action *action = parcel_action(run, parcel);
    struct ask ask = {.kind = ASK_ASSIGNMENT_PAYMENTS,
                      .assignment = assignment_at(run, action, parcel->look_at),
                      .page = parcel->look_page};
    if (parcel_shows_state(parcel))
        ask = parcel_state_ask(run, parcel);
    const char *body = run->line->market->body(&ask, run->arena);
    struct error trouble = {0};
    if (parcel->look_at == 0 && !parcel->look_page)
        parcel->look_ms = line_now(run->line);
    parcel->state = PARCEL_LOOKING;
    return line_start(run->line, ask.kind, body, NULL, tag, &trouble) ||
           parcel_look_fail(run, parcel, err);
}

/* A refusal speaks only for its own attempt. While an earlier one may still be under way, the
 * action stays unknown; a later run decides. */
bool
parcel_refusal_decide(struct run *run, struct parcel *parcel, struct error *err)
{
    if (parcel_may_arrive(run, parcel))
        return parcel_leave_unknown(run, parcel,
                                    "refused, while an earlier attempt of it had no answer", err);
    parcel->state = PARCEL_OVER;
    return outcome_refuse(run, parcel->actions[0], parcel->code, parcel->text, NULL, err);
}

static bool
absent_decide(struct run *run, struct parcel *parcel, struct error *err)
{
    const struct deed *deed = parcel_deed(run, parcel);
    stamp_t come_back_ms;
    switch (parcel->look) {
    case LOOK_AFTER_SILENCE:
        if (parcel->tries >= PARCEL_TRIES_MAX ||
            deed_settle(deed, line_now(run->line), &come_back_ms) == SETTLING_WAIT)
            return parcel_leave_unknown(run, parcel, "no whole answer, and not in the list yet",
                                        err);
        parcel_later(run, parcel, parcel->tries);
        return true;
    case LOOK_AFTER_REFUSAL:
        return parcel_refusal_decide(run, parcel, err);
    case LOOK_AFTER_DUPLICATE:
        if (++parcel->looks < DUPLICATE_LOOKS_MAX) {
            parcel_look_later(run, parcel, parcel->look);
            return true;
        }
        return parcel_leave_unknown(run, parcel,
                                    "the service says it has processed this already, and "
                                    "its list does not show it",
                                    err);
    case LOOK_BEFORE_SENDING:
    case LOOK_AFTER_STATE:
        break;
    }
    return true;
}

/* Nothing of ours is under way: what is found was sent by another run. */
static bool
first_decide(struct run *run, struct parcel *parcel, bool found, struct error *err)
{
    if (!found) {
        parcel->state = PARCEL_WAITING;
        parcel->due_ms = 0;
        return true;
    }
    parcel->state = PARCEL_OVER;
    run->foreign = true;
    return outcome_adopt(run, parcel->actions[0], &parcel->seen, true, err);
}

/* An answer about other work than was asked about says nothing, and shows a list that cannot be
 * relied on for what it does not show. */
static bool
is_to_the_point(const struct run *run, const struct parcel *parcel, const struct answer *answer)
{
    const struct action *action = parcel_action(run, parcel);
    const char *asked = assignment_at(run, action, parcel->look_at);
    for (size_t i = 0; i < answer->payment_count; i++)
        if (!text_same(answer->payments[i].assignment, asked))
            return false;
    return true;
}

bool
parcel_look_answer(struct run *run, struct parcel *parcel, const struct answer *answer,
                   struct error *err)
{
    const struct action *action = parcel_action(run, parcel);
    if (answer->verdict != VERDICT_DONE) {
        parcel->look_tries += verdict_read_again(answer->verdict) ? 0 : LOOK_TRIES_MAX;
        return parcel_look_fail(run, parcel, err);
    }
    if (parcel_shows_state(parcel))
        return parcel_state_answer(run, parcel, answer, err);
    if (!is_to_the_point(run, parcel, answer))
        return parcel_leave_unknown(run, parcel,
                                    "no whole answer, and asked about it the service told of "
                                    "other work",
                                    err);
    bool endless = (answer->next_page && text_same(answer->next_page, parcel->look_page)) ||
                   parcel->look_pages > LOOK_PAGES_MAX;
    if (endless)
        return parcel_leave_unknown(run, parcel, "no whole answer, and the list does not end", err);
    parcel->look_pages++;
    payments_count(run, parcel, answer);
    bool more = answer->next_page != NULL;
    parcel->look_page = arena_copy(run->arena, answer->next_page);
    if (!more && assignment_at(run, action, ++parcel->look_at))
        more = true;
    if (more) {
        parcel->state = PARCEL_LOOK_WAITING;
        parcel->due_ms = 0;
        return true;
    }
    bool found =
        parcel->look_listed > deeds_alike(run, action, parcel->look == LOOK_AFTER_DUPLICATE);
    /* A machine that slept takes an answer that was given long ago: absent then is not absent now.
     */
    if (!found && parcel_look_is_old(run, parcel))
        return parcel_look_fail(run, parcel, err);
    if (parcel->look == LOOK_BEFORE_SENDING)
        return first_decide(run, parcel, found, err);
    if (!look_add(run, parcel, found, err))
        return false;
    if (!found)
        return absent_decide(run, parcel, err);
    if (deed_is_outside(parcel_deed(run, parcel), parcel->seen.granted_ms))
        parcel_foreign(run, parcel);
    parcel->state = PARCEL_OVER;
    return outcome_adopt(run, parcel->actions[0], &parcel->seen, parcel->foreign, err);
}
