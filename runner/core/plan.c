#include "core/plan.h"

#include <stdarg.h>

#include "base/text.h"
#include "core/bonus.h"
#include "core/decide.h"
#include "core/guard.h"
#include "core/needs.h"
#include "core/select.h"

void
plan_note_foreign(struct plan *plan, stamp_t at_ms)
{
    plan->foreign = true;
    if (at_ms > plan->foreign_ms)
        plan->foreign_ms = at_ms;
}

static bool
is_per_worker(const struct step *step)
{
    return verb_row(step->verb)->target == TARGET_WORKER ||
           (step->verb == VERB_BONUS && step->per == PER_WORKER);
}

/* A bonus goes out on an assignment, also when it is counted per worker. */
static bool
names_assignment(const struct step *step)
{
    return step->verb == VERB_BONUS || verb_row(step->verb)->target == TARGET_ASSIGNMENT;
}

static void
action_add(const struct plan_input *input, struct plan *plan, size_t at,
           const struct assignment *assignment, const char *content, struct arena *arena)
{
    const struct step *step = &input->campaign->steps[at];
    const char *target = is_per_worker(step) ? assignment->worker : assignment->id;
    char *key = arena_alloc(arena, KEY_TEXT_SIZE);
    identity_key(&input->identity, step_identity(step), step->verb, target, key);
    const size_t *there = index_find(&plan->by_key, key);
    if (there) {
        /* The worker's latest assignment carries a bonus per worker; the roster may list it under
         * an earlier task. */
        struct action *action = &plan->actions[*there];
        if (step->verb == VERB_BONUS &&
            assignment->submitted_ms >= action->assignment->submitted_ms)
            action->assignment = assignment;
        return;
    }
    struct action action = {.key = key,
                            .step = at,
                            .assignment = assignment,
                            .names_assignment = names_assignment(step),
                            .content = content,
                            .deed = ledger_find(input->ledger, key)};
    if (step->verb == VERB_BONUS) {
        action.amount = step->amount;
        action.fee = tariff_bonus_fee(input->tariff, step->amount);
    } else if (verb_row(step->verb)->pays_reward) {
        const struct task *task = &input->roster->tasks[assignment->task];
        action.reward = task->reward;
        action.reward_fee = tariff_reward_fee(input->tariff, task);
    }
    plan->actions = arena_push(arena, plan->actions, plan->action_count, &plan->action_capacity,
                               sizeof *plan->actions);
    index_add(&plan->by_key, key, plan->action_count, arena);
    plan->actions[plan->action_count++] = action;
}

/* What was sent on an assignment stays with it: a bonus whose outcome is open is resent where it
 * was sent first, even when the worker handed in more since. */
static void
carriers_keep(const struct plan_input *input, struct plan *plan)
{
    for (size_t i = 0; i < plan->action_count; i++) {
        struct action *action = &plan->actions[i];
        if (!action->deed || !action->deed->assignment || !deed_is_counted(action->deed))
            continue;
        const struct assignment *carrier = roster_find(input->roster, action->deed->assignment);
        if (carrier && action->names_assignment)
            action->assignment = carrier;
    }
}

static void
selection_count(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    const struct roster *roster = input->roster;
    struct index workers = {0};
    plan->tasks = arena_alloc(arena, roster->task_count * sizeof *plan->tasks);
    for (size_t i = 0; i < roster->assignment_count; i++) {
        const struct assignment *assignment = &roster->assignments[i];
        struct task_count *count = &plan->tasks[assignment->task];
        count->assignments++;
        if (!select_campaign(input->campaign, assignment, input->ledger)) {
            count->left_out.by_status[select_status(assignment, input->ledger)]++;
            continue;
        }
        count->selected++;
        plan->selected_assignments++;
        index_add(&workers, assignment->worker, workers.count, arena);
    }
    plan->selected_workers = workers.count;
}

static void
actions_list(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    const struct roster *roster = input->roster;
    for (size_t at = 0; at < input->campaign->step_count; at++) {
        const struct step *step = &input->campaign->steps[at];
        char *content = arena_alloc(arena, DIGEST_TEXT_SIZE);
        identity_content(step, content, arena);
        for (size_t i = 0; i < roster->assignment_count; i++) {
            const struct assignment *assignment = &roster->assignments[i];
            if (select_for_step(input->campaign, step, assignment, input->ledger))
                action_add(input, plan, at, assignment, content, arena);
        }
    }
    carriers_keep(input, plan);
}

static void
deeds_note(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    size_t steps = input->campaign->step_count;
    plan->has_deeds = arena_alloc(arena, steps * sizeof *plan->has_deeds);
    plan->words_changed = arena_alloc(arena, steps * sizeof *plan->words_changed);
    for (size_t i = 0; i < input->ledger->deed_count; i++) {
        const struct deed *deed = &input->ledger->deeds[i];
        const struct step *step = campaign_step_find(input->campaign, deed->step);
        if (step)
            plan->has_deeds[step - input->campaign->steps] = true;
        if (deed_is_foreign(deed))
            plan_note_foreign(plan, deed->settled_ms);
    }
}

/* Bonuses come first. Payments are matched to those they equal, the open before the new ones; what
 * is left over is held against them in the same order. Messages come last, because they depend on
 * what was found. */
static void
actions_decide(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    enum { MATCH_OPEN, MATCH_NEW, DECIDE_OPEN, DECIDE_NEW, DECIDE_OTHERS, ROUNDS };
    struct match match;
    match_init(&match, input->roster, arena);
    match_deeds(&match, input->ledger);
    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < plan->action_count; i++) {
            struct action *action = &plan->actions[i];
            bool bonus = input->campaign->steps[action->step].verb == VERB_BONUS;
            bool open = action->deed && deed_is_open(action->deed);
            if (bonus && round == (open ? MATCH_OPEN : MATCH_NEW))
                bonus_match(input, &match, action);
            if (round == (!bonus ? DECIDE_OTHERS : open ? DECIDE_OPEN : DECIDE_NEW))
                decide_action(input, plan, &match, action, arena);
        }
}

static void
actions_hold(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    struct needs needs;
    needs_init(&needs, input->campaign, input->roster->assignment_count, arena);
    for (size_t i = 0; i < plan->action_count; i++) {
        struct action *action = &plan->actions[i];
        size_t held_by;
        if (action->decision == DECISION_DO &&
            !needs_allow(&needs, action->assignment->worker, action->step, &held_by)) {
            action->decision = DECISION_HOLD;
            action->why = WHY_NEEDS;
            action->words = arena_print(arena, "needs '%s'", input->campaign->steps[held_by].id);
        }
        needs_add(&needs, action->assignment->worker, action->step, action_need_state(action),
                  arena);
    }
}

/* A message that tells of a bonus should reach only people whom a bonus step pays. */
static void
remarks_add(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    const struct campaign *campaign = input->campaign;
    for (size_t at = 0; at < campaign->step_count; at++) {
        if (campaign->steps[at].verb != VERB_NOTIFY)
            continue;
        struct index paid = {0};
        size_t unpaid = 0;
        bool any_bonus = false;
        for (size_t i = 0; i < plan->action_count; i++) {
            const struct action *action = &plan->actions[i];
            bool bonus = campaign->steps[action->step].verb == VERB_BONUS;
            if (bonus && action->step < at) {
                any_bonus = true;
                index_add(&paid, action->assignment->worker, i, arena);
            }
            unpaid += action->step == at && !index_find(&paid, action->assignment->worker);
        }
        if (any_bonus && unpaid)
            plan_remark(plan, arena, "step '%s' reaches %zu %s whom no earlier bonus step pays",
                        campaign->steps[at].id, unpaid, unpaid == 1 ? "worker" : "workers");
    }
    for (size_t i = 0; i < input->roster->task_count; i++)
        if (input->roster->tasks[i].from_website)
            plan_remark(
                plan, arena,
                "task %s was made on the requester website; the marketplace documents that such "
                "work is approved there",
                input->roster->tasks[i].id);
}

struct plan *
plan_make(const struct plan_input *input, struct arena *arena)
{
    struct plan *plan = arena_alloc(arena, sizeof *plan);
    plan->foreign = input->history_lost;
    selection_count(input, plan, arena);
    deeds_note(input, plan, arena);
    actions_list(input, plan, arena);
    actions_decide(input, plan, arena);
    actions_hold(input, plan, arena);
    plan->elsewhere_before = input->ledger->elsewhere;
    for (size_t i = 0; i < plan->action_count; i++)
        plan->elsewhere += action_is_elsewhere(&plan->actions[i]);
    remarks_add(input, plan, arena);
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
        bool noted = action->deed && action->deed->standing == STANDING_DONE;
        bool to_note = action->why == WHY_FOUND && (action->payment || action->deed) && !noted;
        bool open = action->deed && deed_is_open(action->deed);
        bool look = action->why == WHY_OUTCOME_UNKNOWN && action->come_back_ms;
        bool late = action->why == WHY_TOO_LATE && open;
        if (action->decision == DECISION_DO || to_note || look || late)
            return false;
    }
    return true;
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
