#include "core/plan.h"

#include <stdarg.h>

#include "base/text.h"
#include "core/bind.h"
#include "core/bonus.h"
#include "core/decide.h"
#include "core/guard.h"
#include "core/hold.h"
#include "core/listing.h"
#include "core/needs.h"
#include "core/recall.h"
#include "core/remark.h"

void
plan_note_foreign(struct plan *plan, stamp_t at_ms)
{
    plan->foreign = true;
    if (at_ms > plan->foreign_ms)
        plan->foreign_ms = at_ms;
}

void
plan_push(struct plan *plan, const struct action *action, struct arena *arena)
{
    plan->actions = arena_push(arena, plan->actions, plan->action_count, &plan->action_capacity,
                               sizeof *plan->actions);
    plan->actions[plan->action_count++] = *action;
}

/* Most plans are over before anybody asks. */
struct action *
plan_find(const struct plan *plan, const char *key)
{
    if (plan->by_key->count == 0)
        for (size_t i = 0; i < plan->action_count; i++)
            index_add(plan->by_key, plan->actions[i].key, i, plan->arena);
    const uint32_t *at = index_find(plan->by_key, key);
    return at ? &plan->actions[*at] : NULL;
}

static void
deeds_note(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    size_t steps = input->campaign->step_count;
    plan->has_deeds = arena_alloc(arena, steps * sizeof *plan->has_deeds);
    plan->words_changed = arena_alloc(arena, steps * sizeof *plan->words_changed);
    for (size_t i = 0; i < input->ledger->deed_count; i++) {
        const struct deed *deed = input->ledger->deeds[i];
        const struct step *step = campaign_step_find(input->campaign, deed->step);
        if (step)
            plan->has_deeds[step - input->campaign->steps] = true;
    }
}

/* What earlier runs found of a run that this journal lacks shows that run still. */
static void
foreign_note(const struct plan_input *input, struct plan *plan, const struct match *match)
{
    for (size_t i = 0; i < input->ledger->deed_count; i++) {
        const struct deed *deed = input->ledger->deeds[i];
        if (deed_is_foreign(deed))
            plan_note_foreign(plan, match_granted_ms(match, deed));
    }
}

/* Whom written needs keep out for good, because a step that they name does nothing for this worker;
 * and what is held back with that. */
static void
vain_note(const struct plan_input *input, struct plan *plan)
{
    struct needs needs;
    struct arena scratch = {0};
    bool any = false;
    for (size_t i = 0; i < input->campaign->step_count; i++)
        any |= input->campaign->steps[i].need_count > 0;
    if (!any)
        return;
    needs_init(&needs, input->campaign, input->roster->assignment_count + 1, &scratch);
    for (size_t i = 0; i < plan->action_count; i++) {
        struct action *action = &plan->actions[i];
        const char *worker = action->assignment->worker;
        size_t held_by;
        action->in_vain =
            action->verb != VERB_CREATE && !needs_allow(&needs, worker, action->step, &held_by);
        /* What is found done lets what comes after it go on. */
        bool stays = action->in_vain && !action->deed && !decide_is_so(input, action);
        needs_add(&needs, worker, action->step, stays ? NEED_TROUBLE : NEED_DONE, &scratch);
    }
    arena_close(&scratch);
}

static bool
pays_per_worker(const struct campaign *campaign)
{
    bool any = false;
    for (size_t i = 0; i < campaign->step_count; i++)
        any |=
            verb_row(campaign->steps[i].verb)->pays_bonus && campaign->steps[i].per == PER_WORKER;
    return any;
}

/* Bonuses come first. Payments are matched to those they equal, the open before the new ones; what
 * cannot have been sent takes none for its own. What is left over is held against them in the same
 * order. Messages come last, because they depend on what was found. */
static void
actions_decide(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    enum { MATCH_OPEN, MATCH_NEW, DECIDE_OPEN, DECIDE_NEW, DECIDE_OTHERS, ROUNDS };
    struct match match;
    struct arena scratch = {0};
    match_init(&match, input->roster, pays_per_worker(input->campaign), &scratch);
    match_deeds(&match, input->ledger);
    foreign_note(input, plan, &match);
    vain_note(input, plan);
    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < plan->action_count; i++) {
            struct action *action = &plan->actions[i];
            bool bonus = action->verb == VERB_BONUS;
            bool open = action->deed && deed_is_open(action->deed);
            bool matches = bonus && (action->deed || !action->in_vain);
            if (matches && round == (open ? MATCH_OPEN : MATCH_NEW))
                bonus_match(input, &match, action);
            if (round == (!bonus ? DECIDE_OTHERS : open ? DECIDE_OPEN : DECIDE_NEW))
                decide_action(input, plan, &match, action, arena);
        }
    arena_close(&scratch);
}

struct plan *
plan_make(const struct plan_input *input, struct arena *arena)
{
    struct plan *plan = arena_alloc(arena, sizeof *plan);
    plan->arena = arena;
    plan->by_key = arena_alloc(arena, sizeof *plan->by_key);
    plan->foreign = input->history_lost;
    recall_people(input->ledger, input->roster, arena);
    selection_init(&plan->selection, input->campaign, input->roster, input->ledger, arena);
    listing_count(input, plan, arena);
    deeds_note(input, plan, arena);
    listing_actions(input, plan, arena);
    actions_decide(input, plan, arena);
    hold_opposites(plan);
    if (part_is_asked(&input->part)) { /* what waits does so whatever part is asked for */
        hold_by_needs(input, plan, false, arena);
        hold_others(input, plan);
    }
    hold_by_needs(input, plan, true, arena);
    bind_plan(input, plan, arena);
    plan->elsewhere_before = input->ledger->elsewhere;
    for (size_t i = 0; i < plan->action_count; i++)
        plan->elsewhere += action_is_elsewhere(&plan->actions[i]);
    remark_plan(input, plan, arena);
    guard_plan(input, plan, arena);
    return plan;
}

enum status
plan_status(const struct plan *plan)
{
    enum status worst = STATUS_DONE;
    for (size_t i = 0; i < plan->refusal_count; i++)
        worst = status_worse(worst, plan->refusals[i].status);
    return worst;
}

bool
plan_is_empty(const struct plan *plan)
{
    if (plan->elsewhere != plan->elsewhere_before)
        return false;
    for (size_t i = 0; i < plan->action_count; i++) {
        const struct action *action = &plan->actions[i];
        bool to_note = action_is_to_note(action);
        bool open = action->deed && deed_is_open(action->deed);
        bool look = action->why == WHY_OUTCOME_UNKNOWN && action->come_back_ms;
        bool late = action->why == WHY_TOO_LATE && open;
        if (action->decision == DECISION_DO || to_note || look || late)
            return false;
    }
    return true;
}

void
plan_refuse(struct plan *plan, struct arena *arena, enum status status, struct where where,
            const char *format, ...)
{
    if (status == STATUS_INVALID && ++plan->problems > PLAN_PROBLEMS_SAID_MAX)
        return;
    va_list values;
    va_start(values, format);
    const char *text = arena_vprint(arena, format, values);
    va_end(values);
    plan->refusals = arena_push(arena, plan->refusals, plan->refusal_count, &plan->refusal_capacity,
                                sizeof *plan->refusals);
    plan->refusals[plan->refusal_count++] =
        (struct refusal){.status = status, .where = where, .text = text};
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
