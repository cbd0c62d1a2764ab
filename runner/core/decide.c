#include "core/decide.h"

#include "base/text.h"
#include "core/bonus.h"

/* The marketplace may have decided already: by its own clock, or by somebody's hand. */
static void
decide_approval(struct action *action, enum why why)
{
    switch (action->assignment->status) {
    case WORK_SUBMITTED:
        action_settle(action, DECISION_DO, why);
        return;
    case WORK_APPROVED:
        action_settle(action, DECISION_SKIP, WHY_FOUND);
        return;
    case WORK_REJECTED:
        action_settle(action, DECISION_SKIP, WHY_TOO_LATE);
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
        action_settle(action, DECISION_SKIP, WHY_FOUND);
    else
        action_settle(action, DECISION_DO, why);
}

/* A person's word that a message did not go out says nothing of what happened since: in records
 * that are lost, or in a run of which the marketplace shows a payment from later on. */
static bool
is_cleared(const struct plan_input *input, const struct plan *plan, const struct action *action)
{
    const struct deed *deed = action->deed;
    bool known = !input->history_lost || (deed && deed->cleared_seq >= input->lost_from);
    return deed && deed->cleared && known && deed->cleared_ms >= plan->foreign_ms;
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
        bonus_decide_new(input, plan, match, action, arena);
        return;
    case VERB_NOTIFY:
        action_settle(action, DECISION_DO, why);
        /* Bonuses of ours that the journal does not know show that it is not whole, or that
         * someone else ran this campaign: then nobody can say who was told. */
        if (plan->foreign && !is_cleared(input, plan, action)) {
            action_settle(action, DECISION_UNKNOWN, WHY_OUTCOME_UNKNOWN);
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
    action_settle(action, DECISION_SKIP, WHY_DONE_BEFORE);
    if (text_same(deed->content, action->content))
        return;
    if (deed->kept) {
        action->why = WHY_KEPT;
        return;
    }
    if (step->verb == VERB_QUALIFY && text_same(deed->qualification, step->qualification)) {
        action_settle(action, DECISION_DO, WHY_CHANGED);
    } else if (step->verb == VERB_QUALIFY) {
        action_settle(action, DECISION_CONFLICT, WHY_CHANGED_AFTER_DONE);
        action->words = arena_print(
            arena,
            "qualification %s was given; the file now says %s: nothing is sent; to "
            "give that one too, write a new step with another id",
            deed->qualification ? deed->qualification : "(another)", step->qualification);
    } else if (step->verb == VERB_BONUS && deed->amount != action->amount) {
        char paid[MONEY_TEXT_SIZE], now[MONEY_TEXT_SIZE], more[MONEY_TEXT_SIZE],
            when[STAMP_TEXT_SIZE];
        action_settle(action, DECISION_CONFLICT, WHY_CHANGED_AFTER_DONE);
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

/* An intent stands in the journal, and no outcome. */
static void
decide_open(const struct plan_input *input, struct plan *plan, struct match *match,
            struct action *action, struct arena *arena)
{
    const struct step *step = &input->campaign->steps[action->step];
    if (step->verb != VERB_NOTIFY && !text_same(action->deed->content, action->content)) {
        action_settle(action, DECISION_CONFLICT, WHY_CHANGED_AFTER_DONE);
        action->words = "the file was changed while it is not known whether this was done: let "
                        "'bursar resolve' ask first";
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
        bonus_decide_open(input, plan, match, action, arena);
        return;
    case VERB_NOTIFY:
        action_settle(action, DECISION_UNKNOWN, WHY_OUTCOME_UNKNOWN);
        action->words = "the message was sent and no answer came; no list of sent messages exists";
        return;
    }
}

static void
decide_refused(const struct plan_input *input, struct plan *plan, struct match *match,
               struct action *action, struct arena *arena)
{
    if (action->payment) { /* it was refused here, so another run has paid it since */
        action_settle(action, DECISION_SKIP, WHY_FOUND);
        plan_note_foreign(plan, action->payment->at_ms);
        return;
    }
    if (action->deed->waived) {
        action_settle(action, DECISION_SKIP, WHY_WAIVED);
        return;
    }
    action_settle(action, DECISION_SKIP, WHY_REFUSED_BEFORE);
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
        decide_open(input, plan, match, action, arena);
        return;
    }
}
