#include "core/bind.h"

#include <inttypes.h>
#include <stdio.h>

#include "core/wording.h"

static const size_t no_payee = (size_t)-1; /* the end of a worker's bonuses */

/* What was paid to workers in steps that reach them no more: it was paid all the same. */
static void
paid_apart_index(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    for (size_t i = 0; i < input->ledger->deed_count; i++) {
        const struct deed *deed = input->ledger->deeds[i];
        const struct step *step = campaign_step_find(input->campaign, deed->step);
        if (!step || deed->verb != VERB_BONUS || deed->standing != STANDING_DONE || !deed->worker ||
            plan_find(plan, deed->key))
            continue;
        const char *name =
            arena_print(arena, "%zu %s", (size_t)(step - input->campaign->steps), deed->worker);
        if (index_add(&plan->paid_apart, name, plan->apart_count, arena)) {
            plan->apart = arena_push(arena, plan->apart, plan->apart_count, &plan->apart_capacity,
                                     sizeof *plan->apart);
            plan->apart[plan->apart_count++] = 0;
        }
        plan->apart[*index_find(&plan->paid_apart, name)] += deed->amount;
    }
}

/* Which bonuses a worker has in which step, for those who are told what was paid. */
static void
payees_index(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    bool any = false;
    for (size_t i = 0; i < input->campaign->step_count; i++)
        any |= step_is_late(&input->campaign->steps[i]);
    if (!any)
        return;
    plan->next_payee = arena_alloc(arena, (plan->action_count + 1) * sizeof *plan->next_payee);
    for (size_t i = plan->action_count; i-- > 0;) {
        const struct action *action = &plan->actions[i];
        if (action->verb != VERB_BONUS)
            continue;
        const char *name =
            arena_print(arena, "%" PRIu32 " %s", action->step, action->assignment->worker);
        uint32_t *first = index_find(&plan->payees, name);
        plan->next_payee[i] = first ? *first : no_payee;
        if (first)
            *first = (uint32_t)i;
        else
            index_add(&plan->payees, name, i, arena);
    }
    paid_apart_index(input, plan, arena);
}

struct payments_known {
    const struct plan *plan;
    bool planned;
};

/* What was paid to a worker in a step; when it is planned only, what will be. */
static cents_t
paid_sum(const void *self, const char *worker, size_t step)
{
    enum { NAME_SIZE_MAX = 100 };
    const struct payments_known *known = self;
    const struct plan *plan = known->plan;
    char name[NAME_SIZE_MAX];
    snprintf(name, sizeof name, "%zu %s", step, worker);
    const uint32_t *first = index_find(&plan->payees, name);
    const uint32_t *apart = index_find(&plan->paid_apart, name);
    cents_t sum = apart ? plan->apart[*apart] : 0;
    for (size_t i = first ? *first : no_payee; i != no_payee; i = plan->next_payee[i]) {
        const struct action *action = &plan->actions[i];
        const struct deed *deed = ledger_find(plan->selection.ledger, action->key);
        bool found = action->decision == DECISION_SKIP && action->why == WHY_FOUND;
        if (deed && deed->standing == STANDING_DONE)
            sum += deed->amount;
        else if ((known->planned && action->decision == DECISION_DO) || found)
            sum += action->terms->amount;
    }
    return sum;
}

/* What it says is worded once more; false when it cannot be sent so. */
static bool
words_bind(const struct plan *plan, const struct action *action, struct terms *terms,
           struct wording *wording, bool planned, struct arena *arena)
{
    struct payments_known known = {plan, planned};
    struct content content;
    *wording = (struct wording){.selection = &plan->selection,
                                .step = action->step,
                                .at = action->row,
                                .paid = paid_sum,
                                .self = &known};
    if (wording_make(wording, &content, arena) != WORDED)
        return false;
    terms->subject = content.subject;
    terms->message = content.message;
    return true;
}

static bool
bind(struct plan *plan, struct action *action, struct wording *wording, bool planned,
     struct arena *arena)
{
    const struct step *step = &plan->selection.campaign->steps[action->step];
    struct terms *terms = arena_alloc(arena, sizeof *terms);
    *terms = *action->terms;
    action->terms = terms;
    bool worded = !step_is_late(step) || words_bind(plan, action, terms, wording, planned, arena);
    if (step->qualification_name)
        terms->qualification = roster_kind_find(plan->selection.roster, step->qualification_name);
    struct content says = action_content(action);
    char *digest = arena_alloc(arena, DIGEST_TEXT_SIZE);
    if (action->verb != VERB_QUALIFY || terms->qualification)
        identity_content(&says, digest, arena);
    terms->content = digest;
    return worded;
}

/* What was really paid is at most what was planned, so words that could be sent then can be sent
 * now. */
void
plan_bind(struct plan *plan, struct action *action, struct arena *arena)
{
    struct wording wording;
    if (action->late)
        bind(plan, action, &wording, false, arena);
}

void
bind_plan(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    payees_index(input, plan, arena);
    for (size_t i = 0; i < plan->action_count; i++) {
        struct action *action = &plan->actions[i];
        struct wording wording;
        if (action->late && !bind(plan, action, &wording, true, arena))
            plan_refuse(plan, arena, STATUS_INVALID, wording.where, "%s", wording.text);
    }
}
