#include "core/planned.h"

#include "base/text.h"

static bool
is_before(const struct deed *deed, size_t runs_before)
{
    bool settled = deed->standing == STANDING_DONE || deed->standing == STANDING_REFUSED;
    return settled && deed->run < runs_before;
}

bool
planned_is_refused(const struct planned *row, const struct ledger *ledger, size_t runs_before)
{
    const struct deed *deed = ledger_find(ledger, row->key);
    return deed && deed->standing == STANDING_REFUSED && !is_before(deed, runs_before);
}

/* Whom and what it is about. Who that is stays unsaid: logs are read by others. */
static const char *
target_differs(const struct planned *row, const struct plan *plan, const struct action *action,
               struct arena *arena)
{
    const struct assignment *on = action->assignment;
    const char *task = action->names_assignment ? plan->selection.roster->tasks[on->task].id : NULL;
    const struct {
        const char *name, *planned, *now;
    } texts[] = {
        {"step", row->step, plan->selection.campaign->steps[action->step].id},
        {"do", verb_row(row->verb)->name, verb_row(action->verb)->name},
        {"worker", row->worker, on->worker[0] ? on->worker : NULL},
        {"assignment", row->assignment, action->names_assignment ? on->id : NULL},
        {"task", row->task, task},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!text_same(texts[i].planned, texts[i].now))
            return arena_print(arena, "its %s is not the one that belongs to its key",
                               texts[i].name);
    return NULL;
}

static const char *
money_differs(const struct planned *row, const struct action *action, struct arena *arena)
{
    char planned[MONEY_TEXT_SIZE], now[MONEY_TEXT_SIZE];
    const struct {
        const char *name;
        cents_t planned, now;
    } sums[] = {
        {"amount", row->amount, action->terms->amount},
        {"fee", row->fee, action->terms->fee},
        {"reward", row->reward, action->terms->reward},
        {"reward's fee", row->reward_fee, action->terms->reward_fee},
    };
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        if (sums[i].planned != sums[i].now)
            return arena_print(arena, "the plan says %s for the %s, and by the campaign it is %s",
                               money_print(planned, sums[i].planned), sums[i].name,
                               money_print(now, sums[i].now));
    return NULL;
}

/* A qualification that has no ID yet is planned by its name. */
static const char *
score_differs(const struct planned *row, const struct plan *plan, const struct action *action,
              struct arena *arena)
{
    const struct step *step = &plan->selection.campaign->steps[action->step];
    bool named = action->terms->qualification || step->qualification_name;
    bool same = text_same(row->qualification, action->terms->qualification) ||
                (row->qualification && text_same(row->qualification, step->qualification_name));
    if (row->qualification ? !same : named)
        return "its qualification is not the one that the campaign names";
    if (action->verb == VERB_CREATE || !named)
        return row->has_value ? "it has a value, and gives none" : NULL;
    if (!row->has_value || row->value != action->terms->value)
        return arena_print(arena, "the plan gives %s value, and by the campaign it is %d",
                           row->has_value ? arena_print(arena, "%d as the", row->value) : "no",
                           action->terms->value);
    return NULL;
}

/* What was said late was said by what was really paid, and not by what was planned. */
static const char *
words_differ(const struct planned *row, const struct action *action)
{
    if (action->late && action->decision != DECISION_DO)
        return NULL;
    if (!text_same(row->subject, action->terms->subject))
        return "its subject reads otherwise by the campaign";
    if (!text_same(row->message, action->terms->message))
        return "its words are others by the campaign";
    return NULL;
}

const char *
planned_differs(const struct planned *row, const struct plan *plan, size_t runs_before,
                struct arena *arena)
{
    const struct action *action = plan_find(plan, row->key);
    if (!action)
        return "the campaign has no such action now";
    if (action->decision == DECISION_CONFLICT)
        return arena_print(arena, "it is in conflict now: %s", action->words);
    if (action->decision == DECISION_SKIP && action->deed && is_before(action->deed, runs_before))
        return action->deed->standing == STANDING_DONE
                   ? "it was done already when the plan was made"
                   : "it had been refused when the plan was made, and the plan is not one that "
                     "tries such again";
    const char *differs = target_differs(row, plan, action, arena);
    if (!differs)
        differs = money_differs(row, action, arena);
    if (!differs)
        differs = score_differs(row, plan, action, arena);
    return differs ? differs : words_differ(row, action);
}
