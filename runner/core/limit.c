/* What may be spent: the campaign's limits and the account's balance, held against what was and
 * what is to be. */
#include "core/limit.h"

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

/* A rejection or block that this journal set out to do, whatever became of it: found done, refused
 * or open it counts as well, so that an interrupted run is finished by the same number. */
static bool
is_harm_meant(const struct deed *deed)
{
    return verb_row(deed->verb)->harms && deed->intended && deed->standing != STANDING_RELEASED;
}

void
limit_totals(const struct plan_input *input, struct plan *plan)
{
    struct totals *totals = &plan->totals;
    totals->balance = input->balance;
    for (size_t i = 0; i < input->ledger->deed_count; i++) {
        const struct deed *deed = input->ledger->deeds[i];
        if (deed_is_counted(deed))
            totals->before += deed->amount + deed->fee;
        plan->harm_before += is_harm_meant(deed);
    }
    for (size_t i = 0; i < plan->action_count; i++) {
        const struct action *action = &plan->actions[i];
        totals->by_decision[action->decision]++;
        plan->harm += action->decision == DECISION_DO && verb_row(action->verb)->harms;
        plan->harm_before -=
            action->decision == DECISION_DO && action->deed && is_harm_meant(action->deed);
        if (action->decision == DECISION_DO) {
            totals->amount += action->terms->amount;
            totals->fee += action->terms->fee;
            totals->reward += action->terms->reward;
            totals->reward_fee += action->terms->reward_fee;
        }
        if (adds_to_ledger(action) && action->decision != DECISION_DO)
            totals->before += action->terms->amount + action->terms->fee;
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
            sum += action->terms->amount + action->terms->fee + action->terms->reward +
                   action->terms->reward_fee;
    }
    return sum;
}

static void
total_hold(const struct plan_input *input, struct plan *plan, struct arena *arena)
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
workers_hold(const struct plan_input *input, struct plan *plan, struct arena *scratch,
             struct arena *arena)
{
    const struct limits *limits = &input->campaign->limits;
    if (!limits->has_per_worker)
        return;
    size_t most = input->ledger->deed_count + plan->action_count;
    struct index workers = {0};
    cents_t *sums = arena_alloc(scratch, most * sizeof *sums);
    bool *named = arena_alloc(scratch, most * sizeof *named);
    for (size_t i = 0; i < input->ledger->deed_count; i++) {
        const struct deed *deed = input->ledger->deeds[i];
        if (deed->verb != VERB_BONUS || !deed->worker || !deed_is_counted(deed))
            continue;
        index_add(&workers, deed->worker, workers.count, scratch);
        sums[*index_find(&workers, deed->worker)] += deed->amount;
    }
    for (size_t i = 0; i < plan->action_count; i++) {
        const struct action *action = &plan->actions[i];
        if (!adds_to_ledger(action) || action->terms->amount == 0)
            continue;
        index_add(&workers, action->assignment->worker, workers.count, scratch);
        sums[*index_find(&workers, action->assignment->worker)] += action->terms->amount;
    }
    size_t above = 0;
    const struct action *first = NULL;
    for (size_t i = 0; i < plan->action_count; i++) {
        const struct action *action = &plan->actions[i];
        if (action->decision != DECISION_DO || action->terms->amount == 0)
            continue;
        const uint32_t *found = index_find(&workers, action->assignment->worker);
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
bonuses_hold(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    const struct limits *limits = &input->campaign->limits;
    const struct action *most = NULL;
    size_t count = 0;
    for (size_t i = 0; i < plan->action_count; i++) {
        const struct action *action = &plan->actions[i];
        if (action->decision != DECISION_DO || action->terms->amount <= limits->per_bonus)
            continue;
        count++;
        most = !most || action->terms->amount > most->terms->amount ? action : most;
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
                money_print(amount, most->terms->amount), money_print(limit, limits->per_bonus),
                others);
}

static void
balance_hold(struct plan *plan, struct arena *arena)
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

void
limit_hold(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    struct arena scratch = {0};
    bonuses_hold(input, plan, arena);
    workers_hold(input, plan, &scratch, arena);
    total_hold(input, plan, arena);
    arena_close(&scratch);
    balance_hold(plan, arena);
}
