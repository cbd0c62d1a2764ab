/* What an answer to a parcel's call means for it: the table of verdicts, carried out. */
#include "base/text.h"
#include "core/pace.h"
#include "engine/outcome.h"
#include "engine/parcel.h"
#include "io/clock.h"

enum { REFUSALS_MAX = 10 }; /* in a row with one code: the step makes no sense */

static bool
done_take(struct run *run, struct parcel *parcel, const struct answer *answer, struct error *err)
{
    parcel->state = PARCEL_OVER;
    run->refusals_in_a_row = 0;
    for (size_t i = 0; i < parcel->count; i++) {
        const char *worker = run->plan->actions[parcel->actions[i]].assignment->worker;
        const struct unreached *unreached = NULL;
        for (size_t j = 0; j < answer->unreached_count; j++)
            if (text_same(answer->unreached[j].worker, worker))
                unreached = &answer->unreached[j];
        bool worked = unreached ? outcome_refuse(run, parcel->actions[i], unreached->code,
                                                 unreached->text, answer->request_id, err)
                                : outcome_done(run, parcel->actions[i], answer, err);
        if (!worked)
            return false;
    }
    return true;
}

/* The words of a refusal that waits for a look. */
static void
refusal_keep(struct run *run, struct parcel *parcel, const struct answer *answer)
{
    parcel->code = arena_copy(run->arena, answer->code);
    parcel->text = arena_copy(run->arena, answer->text);
}

static bool
refused_take(struct run *run, struct parcel *parcel, const struct answer *answer, struct error *err)
{
    /* A refusal speaks only for its own attempt; of an earlier one the marketplace is asked. */
    bool state = parcel_shows_state(parcel);
    if ((state || parcel->kind == TELL_BONUS) && parcel_is_doubtful(run, parcel)) {
        refusal_keep(run, parcel, answer);
        parcel_look_later(run, parcel, state ? LOOK_AFTER_STATE : LOOK_AFTER_REFUSAL);
        return true;
    }
    parcel->state = PARCEL_OVER;
    if (parcel->kind == TELL_QUALIFY && parcel_may_arrive(run, parcel))
        return outcome_unknown(run, parcel->actions[0],
                               "refused, while an earlier attempt of it had no answer", false, err);
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
        if (!outcome_refuse(run, parcel->actions[i], answer->code, answer->text, answer->request_id,
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

/* Provably nothing happened: again, unless nothing has worked for a while. */
static bool
nothing_take(struct run *run, struct parcel *parcel, const struct answer *answer, struct error *err)
{
    parcel->nothings++;
    if (line_is_shut(run->line)) {
        stop(run, STATUS_STOPPED,
             arena_print(&run->turn, "%s does not take calls (%s: %s): the rest stays pending",
                         run->line->market->title, verdict_name(answer->verdict),
                         answer->text ? answer->text : ""));
        return parcel_give_up(run, parcel, verdict_name(answer->verdict), err);
    }
    bool clock_set = answer->verdict == VERDICT_CLOCK && parcel->nothings == 1;
    if (answer->verdict == VERDICT_THROTTLED || clock_set)
        parcel_again(parcel); /* the pace was set, or the clock, by this very answer */
    else
        parcel_later(run, parcel, parcel->nothings);
    return true;
}

static bool
unknown_take(struct run *run, struct parcel *parcel, const struct answer *answer, struct error *err)
{
    enum settle settle_by =
        parcel->mails ? SETTLE_BY_LOOKING : verb_row(run->campaign->steps[run->step].verb)->settle;
    const char *why = answer->text ? answer->text : "no whole answer";
    parcel->tries++;
    for (size_t i = 0; i < parcel->count; i++)
        if (!outcome_unknown(run, parcel->actions[i], why, false, err))
            return false;
    /* After the last try of a bonus, too, the list may show it: `absent_decide` counts those. */
    bool last = settle_by == SETTLE_BY_REPEATING && parcel->tries >= PARCEL_TRIES_MAX;
    if (settle_by == SETTLE_BY_PERSON || last) {
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

void
parcel_foreign(struct run *run, struct parcel *parcel)
{
    parcel->foreign = true;
    if (!run->foreign && run->watcher.notice)
        run->watcher.notice(run->watcher.self,
                            "another run of this campaign has sent some of these bonuses, and may "
                            "have told people so: messages are withheld");
    run->foreign = true;
}

bool
parcel_answer(struct run *run, struct parcel *parcel, const struct answer *answer,
              struct error *err)
{
    bool nothing = verdict_is_nothing(answer->verdict) && answer->verdict != VERDICT_REFUSED;
    if (!nothing)
        parcel->nothings = 0;
    run->counts.throttled += answer->verdict == VERDICT_THROTTLED;
    run->counts.trouble =
        nothing || answer->verdict == VERDICT_UNKNOWN ? verdict_name(answer->verdict) : NULL;
    switch (answer->verdict) {
    case VERDICT_DONE:
        return done_take(run, parcel, answer, err);
    case VERDICT_REFUSED:
        return refused_take(run, parcel, answer, err);
    case VERDICT_STATE:
        if (!parcel_shows_state(parcel))
            return refused_take(run, parcel, answer, err);
        refusal_keep(run, parcel, answer);
        parcel_look_later(run, parcel, LOOK_AFTER_STATE);
        return true;
    case VERDICT_DUPLICATE:
        if (parcel->kind != TELL_BONUS)
            return refused_take(run, parcel, answer, err);
        if (!parcel_is_doubtful(run, parcel)) /* no attempt of ours can have used the token */
            parcel_foreign(run, parcel);
        parcel_look_later(run, parcel, LOOK_AFTER_DUPLICATE);
        return true;
    case VERDICT_FUNDS:
        if (!run->funds_gone && run->watcher.notice)
            run->watcher.notice(run->watcher.self,
                                "the account has no funds left: payments stop, and what is left "
                                "of them stays pending");
        run->funds_gone = true;
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
