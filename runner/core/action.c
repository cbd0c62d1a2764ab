#include "core/action.h"

const char *
decision_name(enum decision decision)
{
    switch (decision) {
    case DECISION_DO:
        return "do";
    case DECISION_SKIP:
        return "skip";
    case DECISION_HOLD:
        return "hold";
    case DECISION_UNKNOWN:
        return "unknown";
    case DECISION_CONFLICT:
        return "conflict";
    }
    return "";
}

const char *
why_name(enum why why)
{
    switch (why) {
    case WHY_NEVER_DONE:
        return "never-done";
    case WHY_RETRY:
        return "retry";
    case WHY_CHANGED:
        return "changed";
    case WHY_DONE_BEFORE:
        return "done-before";
    case WHY_FOUND:
        return "found-at-marketplace";
    case WHY_KEPT:
        return "kept";
    case WHY_WAIVED:
        return "waived";
    case WHY_REFUSED_BEFORE:
        return "refused-before";
    case WHY_TOO_LATE:
        return "too-late";
    case WHY_TWIN:
        return "earlier-step-decides";
    case WHY_NEEDS:
        return "needs";
    case WHY_NOT_NOW:
        return "not-in-this-run";
    case WHY_OUTCOME_UNKNOWN:
        return "outcome-unknown";
    case WHY_PAID_ELSEWHERE:
        return "paid-elsewhere";
    case WHY_CHANGED_AFTER_DONE:
        return "changed-after-done";
    case WHY_OPPOSED:
        return "approved-and-rejected";
    }
    return "";
}

const char *
why_words(enum why why)
{
    switch (why) {
    case WHY_NEVER_DONE:
        return "not done yet";
    case WHY_RETRY:
        return "tried before, and not done";
    case WHY_CHANGED:
        return "given before with another value";
    case WHY_DONE_BEFORE:
        return "done before";
    case WHY_FOUND:
        return "found done at the marketplace";
    case WHY_KEPT:
        return "other than the file says, and kept";
    case WHY_WAIVED:
        return "refused, and left undone";
    case WHY_REFUSED_BEFORE:
        return "refused before";
    case WHY_TOO_LATE:
        return "too late: the opposite was decided already";
    case WHY_TWIN:
        return "decided by an earlier step";
    case WHY_NEEDS:
        return "waiting for an earlier step";
    case WHY_NOT_NOW:
        return "not in this run";
    case WHY_OUTCOME_UNKNOWN:
        return "perhaps done: nobody knows";
    case WHY_PAID_ELSEWHERE:
        return "perhaps paid already, by somebody else";
    case WHY_CHANGED_AFTER_DONE:
        return "changed after it was sent";
    case WHY_OPPOSED:
        return "approved and rejected both";
    }
    return "";
}

struct content
action_content(const struct action *action)
{
    const struct terms *terms = action->terms;
    return (struct content){.verb = action->verb,
                            .amount = terms->amount,
                            .subject = terms->subject,
                            .message = terms->message,
                            .qualification = terms->qualification,
                            .value = terms->value};
}

void
action_settle(struct action *action, enum decision decision, enum why why)
{
    action->decision = decision;
    action->why = why;
}

bool
action_is_elsewhere(const struct action *action)
{
    return action->decision == DECISION_UNKNOWN && !(action->deed && deed_is_open(action->deed));
}

enum need_state
action_need_state(const struct action *action)
{
    if (action->decision == DECISION_DO)
        return NEED_DONE;
    if (action->decision != DECISION_SKIP || action->why == WHY_REFUSED_BEFORE)
        return NEED_TROUBLE;
    bool neutral = action->why == WHY_TOO_LATE || action->why == WHY_WAIVED ||
                   action->why == WHY_TWIN; /* what becomes of it, that step says */
    return neutral ? NEED_NEUTRAL : NEED_DONE;
}

bool
action_is_to_note(const struct action *action)
{
    bool noted = action->deed && action->deed->standing == STANDING_DONE;
    bool state = verb_row(action->verb)->target == TARGET_WORKER;
    return action->why == WHY_FOUND && !noted && (action->payment || action->deed || state);
}
