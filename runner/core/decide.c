#include "core/decide.h"

#include <stdarg.h>

#include "base/text.h"

static const stamp_t slack_ms = 5 * STAMP_MINUTE_MS;

static void
settle(struct action *action, enum decision decision, enum why why)
{
    action->decision = decision;
    action->why = why;
}

/* Where a payment for this action may lie: on its assignment, or, when the step pays per worker,
 * on any assignment of the worker. */
static struct match_wish
wish_of(const struct step *step, const struct action *action)
{
    return (struct match_wish){.worker = action->assignment->worker,
                               .assignment =
                                   step->per == PER_WORKER ? NULL : action->assignment->id,
                               .since_ms = INT64_MIN};
}

static bool
payment_take(struct match *match, const struct match_wish *wish, struct action *action)
{
    struct payment *payment = match_find(match, wish);
    if (!payment)
        return false;
    payment->matched = true;
    action->payment = payment;
    return true;
}

/* A payment on the same work that nothing accounts for, of another amount or in other words. It may
 * be any of the bonuses on that work, so it stands in the way of all of them. What a person has
 * said to be something else is not looked at again. */
static bool
paid_elsewhere(struct match *match, const struct step *step, struct action *action,
               struct arena *arena)
{
    char money[MONEY_TEXT_SIZE], when[STAMP_TEXT_SIZE];
    struct match_wish wish = wish_of(step, action);
    if (action->deed && action->deed->cleared_ms)
        wish.since_ms = action->deed->cleared_ms;
    wish.amount = action->amount; /* of several, the likeliest is shown */
    action->payment = match_find(match, &wish);
    wish.amount = 0;
    if (!action->payment)
        action->payment = match_find(match, &wish);
    if (!action->payment)
        return false;
    settle(action, DECISION_UNKNOWN, WHY_PAID_ELSEWHERE);
    action->words = arena_print(arena,
                                "%s was paid on %s, not by this journal, with the words "
                                "\"%s\"",
                                money_print(money, action->payment->amount),
                                stamp_print(when, action->payment->at_ms), action->payment->words);
    return true;
}

/* A bonus that is done already, or perhaps, under the other `per` of the same step. */
static const struct deed *
other_per(const struct plan_input *input, const struct match *match, const struct step *step,
          const struct action *action)
{
    char key[KEY_TEXT_SIZE];
    const char *worker = action->assignment->worker;
    if (step->per == PER_ASSIGNMENT) {
        identity_key(&input->identity, step_identity(step), step->verb, worker, key);
        const struct deed *deed = ledger_find(input->ledger, key);
        return deed && deed_is_counted(deed) ? deed : NULL;
    }
    size_t at;
    for (bool more = match_first(match, worker, &at); more; more = match_next(match, &at)) {
        identity_key(&input->identity, step_identity(step), step->verb,
                     input->roster->assignments[at].id, key);
        const struct deed *deed = ledger_find(input->ledger, key);
        if (deed && deed_is_counted(deed))
            return deed;
    }
    return NULL;
}

static void
decide_new_bonus(const struct plan_input *input, struct plan *plan, struct match *match,
                 struct action *action, struct arena *arena)
{
    const struct step *step = &input->campaign->steps[action->step];
    const struct deed *other =
        plan->has_deeds[action->step] ? other_per(input, match, step, action) : NULL;
    if (other) {
        settle(action, DECISION_CONFLICT, WHY_CHANGED_AFTER_DONE);
        action->words = arena_print(
            arena,
            "'per' was changed after %s was paid: nothing is sent; put it back, or give a "
            "new step another id",
            other->worker ? other->worker : "this worker");
        return;
    }
    if (action->payment) {
        settle(action, DECISION_SKIP, WHY_FOUND);
        plan->foreign = true;
        return;
    }
    if (paid_elsewhere(match, step, action, arena))
        return;
    settle(action, DECISION_DO, action->deed ? WHY_RETRY : WHY_NEVER_DONE);
}

/* The marketplace may have decided already: by its own clock, or by somebody's hand. */
static void
decide_approval(struct action *action, enum why why)
{
    switch (action->assignment->status) {
    case WORK_SUBMITTED:
        settle(action, DECISION_DO, why);
        return;
    case WORK_APPROVED:
        settle(action, DECISION_SKIP, WHY_FOUND);
        return;
    case WORK_REJECTED:
        settle(action, DECISION_SKIP, WHY_TOO_LATE);
        return;
    }
}

/* The worker has that score already. Scores are asked for only where an outcome is open, or where
 * the journal is to be built anew. */
static bool
has_score(const struct plan_input *input, const struct action *action)
{
    const struct step *step = &input->campaign->steps[action->step];
    const struct score *score =
        roster_score_find(input->roster, step->qualification, action->assignment->worker);
    return score && score->granted && score->value == step->value;
}

static void
decide_qualification(const struct plan_input *input, struct action *action, enum why why)
{
    if (has_score(input, action))
        settle(action, DECISION_SKIP, WHY_FOUND);
    else
        settle(action, DECISION_DO, why);
}

/* A person's word that a message did not go out says nothing of what happened since, in records
 * that are lost. */
static bool
is_cleared(const struct plan_input *input, const struct action *action)
{
    const struct deed *deed = action->deed;
    return deed && deed->cleared && (!input->history_lost || deed->cleared_seq >= input->lost_from);
}

/* Nothing of this action stands in the journal, or what stands there provably did nothing. */
static void
decide_new(const struct plan_input *input, struct plan *plan, struct match *match,
           struct action *action, struct arena *arena)
{
    enum why why = action->deed ? WHY_RETRY : WHY_NEVER_DONE;
    switch (input->campaign->steps[action->step].verb) {
    case VERB_APPROVE:
        decide_approval(action, why);
        return;
    case VERB_QUALIFY:
        decide_qualification(input, action, why);
        return;
    case VERB_BONUS:
        decide_new_bonus(input, plan, match, action, arena);
        return;
    case VERB_NOTIFY:
        settle(action, DECISION_DO, why);
        /* Bonuses of ours that the journal does not know show that it is not whole, or that
         * someone else ran this campaign: then nobody can say who was told. */
        if (plan->foreign && !is_cleared(input, action)) {
            settle(action, DECISION_UNKNOWN, WHY_OUTCOME_UNKNOWN);
            action->words = input->history_lost
                                ? "the journal is not the whole story, so this message may have "
                                  "gone out"
                                : "bonuses of this campaign were paid that this journal does not "
                                  "know, so this message may have gone out too";
        }
        return;
    }
}

static void
decide_done(const struct plan_input *input, struct plan *plan, struct action *action,
            struct arena *arena)
{
    const struct deed *deed = action->deed;
    const struct step *step = &input->campaign->steps[action->step];
    settle(action, DECISION_SKIP, WHY_DONE_BEFORE);
    if (text_same(deed->content, action->content))
        return;
    if (deed->kept) {
        action->why = WHY_KEPT;
        return;
    }
    if (step->verb == VERB_QUALIFY && text_same(deed->qualification, step->qualification)) {
        settle(action, DECISION_DO, WHY_CHANGED);
    } else if (step->verb == VERB_QUALIFY) {
        settle(action, DECISION_CONFLICT, WHY_CHANGED_AFTER_DONE);
        action->words = arena_print(
            arena,
            "qualification %s was given; the file now says %s: nothing is sent; to "
            "give that one too, write a new step with another id",
            deed->qualification ? deed->qualification : "(another)", step->qualification);
    } else if (step->verb == VERB_BONUS && deed->amount != action->amount) {
        char paid[MONEY_TEXT_SIZE], now[MONEY_TEXT_SIZE], more[MONEY_TEXT_SIZE],
            when[STAMP_TEXT_SIZE];
        settle(action, DECISION_CONFLICT, WHY_CHANGED_AFTER_DONE);
        money_print(paid, deed->amount);
        money_print(now, action->amount);
        stamp_print(when, deed->settled_ms);
        action->words =
            deed->amount < action->amount
                ? arena_print(arena,
                              "paid %s on %s; the file now says %s: nothing is sent; to add %s "
                              "write a new step with another id",
                              paid, when, now, money_print(more, action->amount - deed->amount))
                : arena_print(arena,
                              "paid %s on %s; the file now says %s: what was paid cannot be "
                              "taken back",
                              paid, when, now);
    } else if (!plan->words_changed[action->step]) {
        plan->words_changed[action->step] = true;
        plan_remark(plan, arena,
                    "step '%s': the words were changed after some were sent; those who have them "
                    "get nothing new",
                    step->id);
    }
}

static void
decide_open_bonus(const struct plan_input *input, struct match *match, struct action *action,
                  struct arena *arena)
{
    const struct step *step = &input->campaign->steps[action->step];
    const char *sent_on = action->deed->assignment;
    if (sent_on && !roster_find(input->roster, sent_on)) {
        settle(action, DECISION_CONFLICT, WHY_CHANGED_AFTER_DONE);
        action->words = arena_print(arena,
                                    "sent on assignment %s, whose task this file no longer lists, "
                                    "and it is not known whether it was paid: put the task back, "
                                    "and run",
                                    sent_on);
        return;
    }
    if (action->payment) {
        settle(action, DECISION_SKIP, WHY_FOUND);
        return;
    }
    /* It may be this very action, sent in other words by a run whose journal was lost. */
    if (paid_elsewhere(match, step, action, arena))
        return;
    if (deed_settle(action->deed, input->now_ms, &action->come_back_ms) == SETTLING_RESEND) {
        settle(action, DECISION_DO, WHY_RETRY);
        return;
    }
    char when[STAMP_TEXT_SIZE];
    settle(action, DECISION_UNKNOWN, WHY_OUTCOME_UNKNOWN);
    action->words =
        arena_print(arena, "not in the list now; it must be looked for once more, run again at %s",
                    stamp_print(when, action->come_back_ms));
}

/* An intent stands in the journal, and no outcome. */
static void
decide_open(const struct plan_input *input, struct match *match, struct action *action,
            struct arena *arena)
{
    const struct step *step = &input->campaign->steps[action->step];
    if (step->verb != VERB_NOTIFY && !text_same(action->deed->content, action->content)) {
        settle(action, DECISION_CONFLICT, WHY_CHANGED_AFTER_DONE);
        action->words = "the file was changed while it is not known whether this was done: put it "
                        "back, run, and then write a new step";
        return;
    }
    switch (step->verb) {
    case VERB_APPROVE:
        decide_approval(action, WHY_RETRY);
        return;
    case VERB_QUALIFY:
        decide_qualification(input, action, WHY_RETRY);
        return;
    case VERB_BONUS:
        decide_open_bonus(input, match, action, arena);
        return;
    case VERB_NOTIFY:
        settle(action, DECISION_UNKNOWN, WHY_OUTCOME_UNKNOWN);
        action->words = "the message was sent and no answer came; no list of sent messages exists";
        return;
    }
}

static void
decide_refused(const struct plan_input *input, struct plan *plan, struct match *match,
               struct action *action, struct arena *arena)
{
    if (action->payment) {
        settle(action, DECISION_SKIP, WHY_FOUND);
        return;
    }
    if (action->deed->waived) {
        settle(action, DECISION_SKIP, WHY_WAIVED);
        return;
    }
    settle(action, DECISION_SKIP, WHY_REFUSED_BEFORE);
    /* In a history that is not whole the message may have been tried again, and have arrived. The
     * refusal stands, so that a person can waive it. */
    if (input->retry_refused && plan->foreign &&
        input->campaign->steps[action->step].verb == VERB_NOTIFY) {
        action->words = "refused before, and perhaps sent since by a run that this journal does "
                        "not know: it is not tried again";
        return;
    }
    if (input->retry_refused) {
        decide_new(input, plan, match, action, arena);
        return;
    }
    action->words =
        arena_print(arena, "%s: %s", action->deed->code ? action->deed->code : "refused",
                    action->deed->text ? action->deed->text : "");
}

void
decide_payment(const struct plan_input *input, struct match *match, struct action *action)
{
    if (action->deed && action->deed->standing == STANDING_DONE)
        return;
    bool open = action->deed && deed_is_open(action->deed);
    struct match_wish wish = wish_of(&input->campaign->steps[action->step], action);
    wish.content = open ? action->deed->content : action->content;
    if (open)
        wish.since_ms = action->deed->first_intent_ms - slack_ms;
    payment_take(match, &wish, action);
}

void
decide_action(const struct plan_input *input, struct plan *plan, struct match *match,
              struct action *action, struct arena *arena)
{
    if (!action->deed) {
        decide_new(input, plan, match, action, arena);
        return;
    }
    switch (action->deed->standing) {
    case STANDING_RELEASED:
        decide_new(input, plan, match, action, arena);
        return;
    case STANDING_DONE:
        decide_done(input, plan, action, arena);
        return;
    case STANDING_REFUSED:
        decide_refused(input, plan, match, action, arena);
        return;
    case STANDING_INTENDED:
    case STANDING_UNKNOWN:
        decide_open(input, match, action, arena);
        return;
    }
}

void
plan_remark(struct plan *plan, struct arena *arena, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const char *text = arena_vprint(arena, format, values);
    va_end(values);
    plan->remarks = arena_push(arena, plan->remarks, plan->remark_count, &plan->remark_capacity,
                               sizeof *plan->remarks);
    plan->remarks[plan->remark_count++] = text;
}
