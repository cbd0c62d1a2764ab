#include "core/bonus.h"

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
    wish.amount = action->terms->amount; /* of several, the likeliest is shown */
    action->payment = match_find(match, &wish);
    wish.amount = 0;
    if (!action->payment)
        action->payment = match_find(match, &wish);
    if (!action->payment)
        return false;
    action_settle(action, DECISION_UNKNOWN, WHY_PAID_ELSEWHERE);
    action->words = arena_print(arena,
                                "%s was paid on %s, not by this journal, with the words "
                                "\"%s\"",
                                money_print(money, action->payment->amount),
                                stamp_print(when, action->payment->at_ms), action->payment->words);
    return true;
}

/* A bonus that waits in vain takes no payment for its own; one that equals it to the letter shows
 * another run of this campaign all the same. */
static void
vain_note(struct plan *plan, const struct match *match, const struct step *step,
          const struct action *action)
{
    struct match_wish wish = wish_of(step, action);
    wish.content = action->terms->content;
    const struct payment *payment = action->in_vain ? match_find(match, &wish) : NULL;
    if (payment)
        plan_note_foreign(plan, payment->at_ms);
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
    for (bool more = works_first(&match->works, worker, &at); more;
         more = works_next(&match->works, &at)) {
        identity_key(&input->identity, step_identity(step), step->verb,
                     input->roster->assignments[at].id, key);
        const struct deed *deed = ledger_find(input->ledger, key);
        if (deed && deed_is_counted(deed))
            return deed;
    }
    return NULL;
}

void
bonus_decide_new(const struct plan_input *input, struct plan *plan, struct match *match,
                 struct action *action, struct arena *arena)
{
    const struct step *step = &input->campaign->steps[action->step];
    const struct deed *other =
        plan->has_deeds[action->step] ? other_per(input, match, step, action) : NULL;
    if (other) {
        action_settle(action, DECISION_CONFLICT, WHY_CHANGED_AFTER_DONE);
        const char *was = step->per == PER_WORKER ? "assignment" : "worker";
        const char *now = step->per == PER_WORKER ? "worker" : "assignment";
        action->words = arena_print(
            arena,
            "%s was paid per %s, and this would be per %s: nothing is sent; write 'per: %s' to go "
            "on as before, or give a new step another id",
            other->worker ? other->worker : "this worker", was, now, was);
        return;
    }
    if (action->payment) {
        action_settle(action, DECISION_SKIP, WHY_FOUND);
        plan_note_foreign(plan, action->payment->at_ms);
        return;
    }
    vain_note(plan, match, step, action);
    if (paid_elsewhere(match, step, action, arena))
        return;
    action_settle(action, DECISION_DO, action->deed ? WHY_RETRY : WHY_NEVER_DONE);
}

bool
bonus_is_out_of_sight(const struct plan_input *input, struct action *action, struct arena *arena)
{
    if (!deed_is_out_of_sight(action->deed, input->roster))
        return false;
    action_settle(action, DECISION_CONFLICT, WHY_CHANGED_AFTER_DONE);
    action->words = arena_print(arena,
                                "sent on assignment %s, whose task this file no longer lists, and "
                                "it is not known whether it was paid: put the task back, and run",
                                action->deed->assignment);
    return true;
}

void
bonus_decide_open(const struct plan_input *input, struct plan *plan, struct match *match,
                  struct action *action, struct arena *arena)
{
    const struct step *step = &input->campaign->steps[action->step];
    if (action->payment) {
        action_settle(action, DECISION_SKIP, WHY_FOUND);
        action->foreign = deed_is_outside(action->deed, action->payment->at_ms);
        if (action->foreign)
            plan_note_foreign(plan, action->payment->at_ms);
        return;
    }
    /* It may be this very action, sent in other words by a run whose journal was lost. */
    if (paid_elsewhere(match, step, action, arena))
        return;
    if (deed_settle(action->deed, input->now_ms, &action->come_back_ms) == SETTLING_RESEND) {
        action_settle(action, DECISION_DO, WHY_RETRY);
        return;
    }
    char when[STAMP_TEXT_SIZE];
    action_settle(action, DECISION_UNKNOWN, WHY_OUTCOME_UNKNOWN);
    action->words =
        arena_print(arena, "not in the list now; it must be looked for once more, run again at %s",
                    stamp_print(when, action->come_back_ms));
}

void
bonus_match(const struct plan_input *input, struct match *match, struct action *action)
{
    if (action->deed && action->deed->standing == STANDING_DONE)
        return;
    bool open = action->deed && deed_is_open(action->deed);
    struct match_wish wish = wish_of(&input->campaign->steps[action->step], action);
    wish.content = open ? action->deed->content : action->terms->content;
    if (open)
        wish.since_ms = match_since_ms(action->deed);
    struct payment *payment = match_find(match, &wish);
    if (!payment)
        return;
    payment->matched = true;
    action->payment = payment;
}
