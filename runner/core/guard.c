#include "core/guard.h"

#include "base/text.h"
#include "core/select.h"

/* True for what is sent, or was sent, on this action's account. A deed that was found without an
 * intent, now or in an earlier run, counts as well. */
static bool
adds_to_ledger(const struct action *action)
{
    bool counted_already = action->deed && deed_is_counted(action->deed);
    return !counted_already &&
           (action->decision == DECISION_DO || (action->why == WHY_FOUND && action->payment));
}

static void
totals_fill(const struct plan_input *input, struct plan *plan)
{
    struct totals *totals = &plan->totals;
    totals->balance = input->balance;
    for (size_t i = 0; i < input->ledger->deed_count; i++) {
        const struct deed *deed = &input->ledger->deeds[i];
        if (deed_is_counted(deed))
            totals->before += deed->amount + deed->fee;
    }
    for (size_t i = 0; i < plan->action_count; i++) {
        const struct action *action = &plan->actions[i];
        totals->by_decision[action->decision]++;
        plan->harm += action->decision == DECISION_DO && verb_row(action->verb)->harms;
        if (action->decision == DECISION_DO) {
            totals->amount += action->amount;
            totals->fee += action->fee;
            totals->reward += action->reward;
            totals->reward_fee += action->reward_fee;
        }
        if (adds_to_ledger(action) && action->decision != DECISION_DO)
            totals->before += action->amount + action->fee;
    }
}

/* What of the plan's sum is not in `before` already: an open action that is sent again was
 * counted when it was intended. */
static cents_t
new_cents(const struct plan *plan)
{
    cents_t sum = 0;
    for (size_t i = 0; i < plan->action_count; i++) {
        const struct action *action = &plan->actions[i];
        if (action->decision == DECISION_DO && adds_to_ledger(action))
            sum += action->amount + action->fee + action->reward + action->reward_fee;
    }
    return sum;
}

static void
guard_total(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    const struct limits *limits = &input->campaign->limits;
    cents_t more = new_cents(plan);
    if (!limits->has_total || more == 0 || plan->totals.before + more <= limits->total)
        return;
    char total[MONEY_TEXT_SIZE], before[MONEY_TEXT_SIZE], now[MONEY_TEXT_SIZE];
    plan_refuse(
        plan, arena, STATUS_GUARDED, limits->where,
        "'limits.total' is %s; this campaign has spent %s and would now spend %s more, fees "
        "included: raise the limit or select fewer",
        money_print(total, limits->total), money_print(before, plan->totals.before),
        money_print(now, more));
}

/* A worker's bonuses: those of the journal, those found, those to come. */
static void
guard_workers(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    const struct limits *limits = &input->campaign->limits;
    if (!limits->has_per_worker)
        return;
    size_t most = input->ledger->deed_count + plan->action_count;
    struct index workers = {0};
    cents_t *sums = arena_alloc(arena, most * sizeof *sums);
    bool *named = arena_alloc(arena, most * sizeof *named);
    for (size_t i = 0; i < input->ledger->deed_count; i++) {
        const struct deed *deed = &input->ledger->deeds[i];
        if (deed->verb != VERB_BONUS || !deed->worker || !deed_is_counted(deed))
            continue;
        index_add(&workers, deed->worker, workers.count, arena);
        sums[*index_find(&workers, deed->worker)] += deed->amount;
    }
    for (size_t i = 0; i < plan->action_count; i++) {
        const struct action *action = &plan->actions[i];
        if (!adds_to_ledger(action) || action->amount == 0)
            continue;
        index_add(&workers, action->assignment->worker, workers.count, arena);
        sums[*index_find(&workers, action->assignment->worker)] += action->amount;
    }
    size_t above = 0;
    const struct action *first = NULL;
    for (size_t i = 0; i < plan->action_count; i++) {
        const struct action *action = &plan->actions[i];
        if (action->decision != DECISION_DO || action->amount == 0)
            continue;
        const size_t *found = index_find(&workers, action->assignment->worker);
        size_t at = found ? *found : 0; /* what was counted of them may have been erased */
        if (!found || sums[at] <= limits->per_worker || named[at])
            continue;
        named[at] = true;
        first = above++ ? first : action;
    }
    if (!above)
        return;
    char limit[MONEY_TEXT_SIZE], sum[MONEY_TEXT_SIZE];
    const char *others = above == 1
                             ? ""
                             : arena_print(arena, ", and those of %zu more %s are above it too",
                                           above - 1, above == 2 ? "worker" : "workers");
    plan_refuse(
        plan, arena, STATUS_GUARDED, limits->where,
        "'limits.per_worker' is %s; the bonuses of worker %s would come to %s%s: raise the limit "
        "or lower the bonus",
        money_print(limit, limits->per_worker), first->assignment->worker,
        money_print(sum, sums[*index_find(&workers, first->assignment->worker)]), others);
}

/* Where an action's amount is written: in a row of a table, or in the step. */
static struct where
amount_place(const struct plan_input *input, const struct plan *plan, const struct action *action)
{
    const struct step *step = &input->campaign->steps[action->step];
    const struct piece *piece = step->amount_from ? &step->amount_from->pieces[0] : NULL;
    if (!piece || piece->lookup != LOOKUP_CELL)
        return step->content;
    return dataset_place(&input->campaign->datasets[piece->dataset],
                         select_row(&plan->selection, action->row, piece->dataset));
}

static void
guard_bonuses(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    const struct limits *limits = &input->campaign->limits;
    const struct action *most = NULL;
    size_t count = 0;
    for (size_t i = 0; i < plan->action_count; i++) {
        const struct action *action = &plan->actions[i];
        if (action->decision != DECISION_DO || action->amount <= limits->per_bonus)
            continue;
        count++;
        most = !most || action->amount > most->amount ? action : most;
    }
    if (!most)
        return;
    char limit[MONEY_TEXT_SIZE], amount[MONEY_TEXT_SIZE];
    bool varies = input->campaign->steps[most->step].amount_from && count > 1;
    const char *others =
        varies ? arena_print(arena, " (and %zu more are above it)", count - 1) : "";
    plan_refuse(plan, arena, STATUS_GUARDED, amount_place(input, plan, most),
                "a bonus of %s is above 'limits.per_bonus', which is %s%s: lower it, or write "
                "'limits: { per_bonus: … }'",
                money_print(amount, most->amount), money_print(limit, limits->per_bonus), others);
}

/* Whether the campaign has a step that leaves work with that status behind. */
static const struct step *
decider_find(const struct campaign *campaign, enum work_status status)
{
    for (size_t i = 0; i < campaign->step_count; i++)
        if ((status == WORK_APPROVED && campaign->steps[i].verb == VERB_APPROVE) ||
            (status == WORK_REJECTED && campaign->steps[i].verb == VERB_REJECT))
            return &campaign->steps[i];
    return NULL;
}

/* Whether a step has lost somebody because their work was decided on. */
static bool
left_out_as_decided(const struct plan_input *input, const struct plan *plan, size_t at)
{
    enum work_status now = select_status(&input->roster->assignments[at], input->ledger);
    if (!decider_find(input->campaign, now))
        return false;
    for (size_t i = 0; i < input->campaign->step_count; i++) {
        const struct step *step = &input->campaign->steps[i];
        if (!verb_row(step->verb)->decides &&
            select_for_step_as(&plan->selection, step, at, WORK_SUBMITTED).fate == FATE_SELECTED &&
            select_for_step_as(&plan->selection, step, at, now).fate == FATE_STATUS)
            return true;
    }
    return false;
}

/* Whom this campaign approved or rejected stays selected as they were before, by what the journal
 * says. While it is not the whole story they would be left out in silence, and never be paid. */
static void
guard_lost_sight(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    const struct step *decider = decider_find(input->campaign, WORK_APPROVED);
    decider = decider ? decider : decider_find(input->campaign, WORK_REJECTED);
    if (!input->history_lost || !decider)
        return;
    size_t approved = 0;
    for (size_t i = 0; i < input->roster->assignment_count; i++) {
        bool lost = left_out_as_decided(input, plan, i);
        plan->lost_sight += lost;
        approved += lost && input->roster->assignments[i].status == WORK_APPROVED;
    }
    const char *state = approved == plan->lost_sight ? "Approved"
                        : approved                   ? "decided"
                                                     : "Rejected";
    const char *deed = approved == plan->lost_sight ? "approved"
                       : approved                   ? "decided on"
                                                    : "rejected";
    if (plan->lost_sight)
        plan_refuse(plan, arena, STATUS_GUARDED, decider->where,
                    "the journal is not the whole story, and %s work is left out (%zu of the "
                    "assignments): an earlier run may have %s it, and not have gone on. Bring the "
                    "journal back, or let 'where' select %s work too",
                    state, plan->lost_sight, deed, state);
}

static void
expectation_hold(struct plan *plan, const struct expectation *expect, const char *who,
                 size_t workers, size_t assignments, struct arena *arena)
{
    if (expect->has_workers && expect->workers != workers)
        plan_refuse(plan, arena, STATUS_GUARDED, expect->where,
                    "'expect.workers' is %zu; %s %zu: look with 'bursar workers', then correct the "
                    "number or the selection",
                    expect->workers, who, workers);
    if (expect->has_assignments && expect->assignments != assignments)
        plan_refuse(plan, arena, STATUS_GUARDED, expect->where,
                    "'expect.assignments' is %zu; %s %zu: look with 'bursar workers', then correct "
                    "the number or the selection",
                    expect->assignments, who, assignments);
}

static void
guard_expectation(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    const struct campaign *campaign = input->campaign;
    expectation_hold(plan, &campaign->expect, "the campaign selects", plan->selected_workers,
                     plan->selected_assignments, arena);
    for (size_t i = 0; i < campaign->step_count; i++)
        expectation_hold(plan, &campaign->steps[i].expect,
                         arena_print(arena, "step '%s' has", campaign->steps[i].id),
                         plan->steps[i].workers, plan->steps[i].assignments, arena);
}

static void
guard_balance(struct plan *plan, struct arena *arena)
{
    const struct totals *totals = &plan->totals;
    cents_t needed = totals->amount + totals->fee;
    if (needed <= totals->balance)
        return;
    char need[MONEY_TEXT_SIZE], have[MONEY_TEXT_SIZE], lacking[MONEY_TEXT_SIZE];
    plan_refuse(plan, arena, STATUS_GUARDED, (struct where){0},
                "the bonuses and their fees come to %s and the account has %s: add at least %s, or "
                "select fewer; nothing is sent until all of it can be paid",
                money_print(need, needed), money_print(have, totals->balance),
                money_print(lacking, needed - totals->balance));
}

/* One refusal for each step with conflicts; the rows of the plan name the workers. */
static void
guard_conflicts(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    for (size_t step = 0; step < input->campaign->step_count; step++) {
        size_t count = 0;
        const struct action *first = NULL;
        for (size_t i = 0; i < plan->action_count; i++)
            if (plan->actions[i].step == step && plan->actions[i].decision == DECISION_CONFLICT) {
                count++;
                first = first ? first : &plan->actions[i];
            }
        if (count)
            plan_refuse(plan, arena, STATUS_GUARDED, input->campaign->steps[step].content,
                        "step '%s' conflicts with what was done before for %zu %s (%s %s: %s)",
                        input->campaign->steps[step].id, count, count == 1 ? "action" : "actions",
                        first->verb == VERB_CREATE ? "qualification" : "worker",
                        first->verb == VERB_CREATE ? first->qualification
                                                   : first->assignment->worker,
                        first->words);
    }
}

/* Whether a step of the file still gives its actions the identity that this deed has. */
static bool
has_identity(const struct campaign *campaign, const struct deed *deed)
{
    for (size_t i = 0; i < campaign->step_count; i++)
        if (campaign->steps[i].verb == deed->verb &&
            text_same(step_identity(&campaign->steps[i]), deed->identity))
            return true;
    return false;
}

/* What the journal did under names that the file no longer has: verb and target → the name. */
static void
orphans_index(const struct plan_input *input, struct index *orphans, struct arena *arena)
{
    for (size_t i = 0; i < input->ledger->deed_count; i++) {
        const struct deed *deed = &input->ledger->deeds[i];
        if (!deed_is_counted(deed) || deed->verb == VERB_CREATE ||
            has_identity(input->campaign, deed))
            continue;
        const char *verb = verb_row(deed->verb)->name;
        if (deed->assignment)
            index_add(orphans, arena_print(arena, "%s %s", verb, deed->assignment), i, arena);
        else if (deed->worker)
            index_add(orphans, arena_print(arena, "%s %s", verb, deed->worker), i, arena);
    }
}

/* A step that was renamed would do everything once more. */
static void
guard_renamed(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    struct index orphans = {0};
    orphans_index(input, &orphans, arena);
    for (size_t step = 0; orphans.count && step < input->campaign->step_count; step++) {
        const struct step *row = &input->campaign->steps[step];
        size_t count = 0;
        const char *old = NULL;
        for (size_t i = 0; i < plan->action_count; i++) {
            const struct action *action = &plan->actions[i];
            if (action->step != step || action->deed || action->verb != row->verb)
                continue;
            const char *target =
                action->names_assignment ? action->assignment->id : action->assignment->worker;
            const size_t *deed = index_find(
                &orphans, arena_print(arena, "%s %s", verb_row(row->verb)->name, target));
            count += deed != NULL;
            old = deed ? input->ledger->deeds[*deed].identity : old;
        }
        if (count && text_same(row->id, old))
            plan_refuse(
                plan, arena, STATUS_GUARDED, row->where,
                "step '%s' has a 'was' now: %zu of its targets had it before without. Take it "
                "out to keep what was done",
                row->id, count);
        else if (count)
            plan_refuse(
                plan, arena, STATUS_GUARDED, row->where,
                "step '%s' looks like '%s' renamed: %zu of its targets had that one before. "
                "Write 'was: %s' into it to keep what was done, or bring '%s' back beside it",
                row->id, old, count, old, old);
    }
}

void
guard_plan(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    totals_fill(input, plan);
    guard_conflicts(input, plan, arena);
    guard_renamed(input, plan, arena);
    guard_lost_sight(input, plan, arena);
    guard_expectation(input, plan, arena);
    guard_bonuses(input, plan, arena);
    guard_workers(input, plan, arena);
    guard_total(input, plan, arena);
    guard_balance(plan, arena);
}
