#include "core/decide.h"

#include "base/text.h"
#include "core/bonus.h"

/* What the work's status would be afterwards. */
static enum work_status
status_meant(enum verb verb)
{
    return verb == VERB_REJECT ? WORK_REJECTED : WORK_APPROVED;
}

/* This campaign itself has decided the opposite: a person must say which of the two is meant. */
static bool
decided_against(const struct plan_input *input, struct action *action, struct arena *arena)
{
    char when[STAMP_TEXT_SIZE];
    const struct step *step = &input->campaign->steps[action->step];
    const struct deed *deed = ledger_decided(input->ledger, action->assignment->id);
    if (!deed || deed->verb == action->verb || !deed_is_counted(deed) || step->override)
        return false;
    action_settle(action, DECISION_CONFLICT, WHY_OPPOSED);
    action->words = arena_print(
        arena,
        "this campaign %s it on %s (step '%s'): nothing is sent; leave it "
        "out with 'where'%s",
        verb_row(deed->verb)->done, stamp_print(when, deed_moment(deed)), deed->step,
        deed->verb == VERB_REJECT ? ", or take the rejection back with 'override: true'" : "");
    return true;
}

/* The marketplace may have decided already: by its own clock, or by somebody's hand. */
static void
decide_verdict(const struct plan_input *input, struct action *action, enum why why,
               struct arena *arena)
{
    bool overrides = input->campaign->steps[action->step].override;
    enum work_status status = action->assignment->status;
    if (decided_against(input, action, arena))
        return;
    if (status == WORK_SUBMITTED || (overrides && status == WORK_REJECTED))
        action_settle(action, DECISION_DO, why);
    else if (status == status_meant(action->verb))
        action_settle(action, DECISION_SKIP, WHY_FOUND);
    else
        action_settle(action, DECISION_SKIP, WHY_TOO_LATE);
}

/* What the marketplace shows as done already: a score, where it was asked for (where an outcome is
 * open, or the journal is to be built anew, or all holders were read), a block, a qualification of
 * that name. */
static bool
is_there(const struct plan_input *input, const struct action *action)
{
    const struct roster *roster = input->roster;
    const char *worker = action->assignment->worker, *qualification = action->terms->qualification;
    const struct score *score;
    switch (action->verb) {
    case VERB_QUALIFY:
        score = qualification ? roster_score_find(roster, qualification, worker) : NULL;
        return score && score->granted && score->value == action->terms->value;
    case VERB_UNQUALIFY:
        score = qualification ? roster_score_find(roster, qualification, worker) : NULL;
        return score ? !score->granted
                     : qualification && index_find(&roster->holders_read, qualification);
    case VERB_BLOCK:
        return index_find(&roster->blocked, worker);
    case VERB_UNBLOCK:
        return roster->blocks_read && !index_find(&roster->blocked, worker);
    case VERB_CREATE:
        return roster_kind_find(roster, qualification);
    case VERB_APPROVE:
    case VERB_REJECT:
    case VERB_BONUS:
    case VERB_NOTIFY:
        break;
    }
    return false;
}

bool
decide_is_so(const struct plan_input *input, const struct action *action)
{
    bool decides = verb_row(action->verb)->decides;
    return decides ? action->assignment->status == status_meant(action->verb)
                   : is_there(input, action);
}

static void
decide_by_sight(const struct plan_input *input, struct action *action, enum why why)
{
    if (is_there(input, action))
        action_settle(action, DECISION_SKIP, WHY_FOUND);
    else
        action_settle(action, DECISION_DO, why);
}

/* Each repetition of what the marketplace writes to the worker about is a letter: while the first
 * may still arrive there is none. */
static bool
may_mail_twice(const struct plan_input *input, struct action *action, struct arena *arena)
{
    char when[STAMP_TEXT_SIZE];
    if (action->verb != VERB_QUALIFY || !input->campaign->steps[action->step].email ||
        is_there(input, action) || deed_is_quiet(action->deed, input->now_ms))
        return false;
    action_settle(action, DECISION_UNKNOWN, WHY_OUTCOME_UNKNOWN);
    action->come_back_ms = deed_quiet_from_ms(action->deed);
    action->words = arena_print(arena, "it may still arrive, with its mail: run again at %s",
                                stamp_print(when, action->come_back_ms));
    return true;
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
    switch (action->verb) {
    case VERB_APPROVE:
    case VERB_REJECT:
        decide_verdict(input, action, why, arena);
        return;
    case VERB_CREATE:
    case VERB_QUALIFY:
    case VERB_UNQUALIFY:
    case VERB_BLOCK:
    case VERB_UNBLOCK:
        decide_by_sight(input, action, why);
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

/* Whether it says what its deed said. Words that tell what earlier steps paid are not known yet;
 * they change nothing about what is done. */
static bool
is_same(const struct action *action)
{
    bool worded_later = action->late && action->verb != VERB_QUALIFY &&
                        action->verb != VERB_UNQUALIFY && action->verb != VERB_BONUS;
    return worded_later || text_same(action->deed->content, action->terms->content);
}

static void
decide_done(const struct plan_input *input, struct plan *plan, struct action *action,
            struct arena *arena)
{
    const struct deed *deed = action->deed;
    const struct step *step = &input->campaign->steps[action->step];
    action_settle(action, DECISION_SKIP, WHY_DONE_BEFORE);
    bool paid_so =
        action->late && action->verb == VERB_BONUS && deed->amount == action->terms->amount;
    if (is_same(action) || paid_so)
        return;
    if (deed_is_kept(deed, action->terms->content)) {
        action->why = WHY_KEPT;
        return;
    }
    bool about = verb_row(action->verb)->scores;
    bool same = about && text_same(deed->qualification, action->terms->qualification);
    if (action->verb == VERB_QUALIFY && same) {
        action_settle(action, DECISION_DO, WHY_CHANGED);
    } else if (about && !same) {
        action_settle(action, DECISION_CONFLICT, WHY_CHANGED_AFTER_DONE);
        action->words = arena_print(
            arena,
            "qualification %s was %s; the file now says %s: nothing is sent; for that one too, "
            "write a new step with another id",
            deed->qualification ? deed->qualification : "(another)",
            action->verb == VERB_QUALIFY ? "given" : "taken away",
            action->terms->qualification ? action->terms->qualification : step->qualification_name);
    } else if (action->verb == VERB_BONUS && deed->amount != action->terms->amount) {
        char paid[MONEY_TEXT_SIZE], now[MONEY_TEXT_SIZE], more[MONEY_TEXT_SIZE],
            when[STAMP_TEXT_SIZE];
        action_settle(action, DECISION_CONFLICT, WHY_CHANGED_AFTER_DONE);
        money_print(paid, deed->amount);
        money_print(now, action->terms->amount);
        stamp_print(when, deed_paid_ms(deed));
        action->words =
            deed->amount < action->terms->amount
                ? arena_print(arena,
                              "paid %s on %s; the file now says %s: nothing is sent; to add %s "
                              "write a new step with another id",
                              paid, when, now,
                              money_print(more, action->terms->amount - deed->amount))
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

/* The file was changed since it was sent, and the state shows what was sent: it is done, in the
 * words and with the value of then. */
static bool
shows_as_sent(const struct plan_input *input, const struct action *action)
{
    const struct terms then = {.qualification = action->deed->qualification,
                               .value = action->deed->value};
    struct action sent = *action;
    enum work_status status = action->assignment->status;
    sent.terms = &then;
    if (action->verb == VERB_APPROVE || action->verb == VERB_REJECT)
        return status == status_meant(action->verb);
    return is_there(input, &sent);
}

/* An intent stands in the journal, and no outcome. */
static void
decide_open(const struct plan_input *input, struct plan *plan, struct match *match,
            struct action *action, struct arena *arena)
{
    if (action->verb == VERB_BONUS && bonus_is_out_of_sight(input, action, arena))
        return;
    if (action->verb != VERB_NOTIFY && !is_same(action) && shows_as_sent(input, action)) {
        action_settle(action, DECISION_SKIP, WHY_FOUND);
        return;
    }
    if (action->verb != VERB_NOTIFY && !is_same(action)) {
        action_settle(action, DECISION_CONFLICT, WHY_CHANGED_AFTER_DONE);
        action->words = "the file was changed while it is not known whether this was done: let "
                        "'bursar resolve' ask first";
        return;
    }
    if (may_mail_twice(input, action, arena))
        return;
    switch (action->verb) {
    case VERB_APPROVE:
    case VERB_REJECT:
        decide_verdict(input, action, WHY_RETRY, arena);
        return;
    case VERB_CREATE:
    case VERB_QUALIFY:
    case VERB_UNQUALIFY:
    case VERB_BLOCK:
    case VERB_UNBLOCK:
        decide_by_sight(input, action, WHY_RETRY);
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
    if (input->retry_refused && plan->foreign && action->verb == VERB_NOTIFY) {
        action->words = "refused before, and perhaps sent since by a run that this journal does "
                        "not know: it is not tried again";
        return;
    }
    if (input->retry_refused) {
        decide_new(input, plan, match, action, arena);
        return;
    }
    const char *text = action->deed->text;
    action->words =
        arena_print(arena, "%s%s%s", action->deed->code ? action->deed->code : "refused",
                    text ? ": " : "", text ? text : "");
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
