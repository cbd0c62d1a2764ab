#include "core/guard.h"

#include "base/text.h"
#include "core/limit.h"
#include "core/select.h"

/* The first step that leaves work with that status behind, or NULL. */
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

/* Whether the campaign itself gives that qualification. */
static bool
gives(const struct campaign *campaign, const struct roster *roster, const char *qualification)
{
    for (size_t i = 0; i < campaign->step_count; i++) {
        const struct step *step = &campaign->steps[i];
        const char *id = step->qualification;
        if (step->qualification_name)
            id = roster_kind_find(roster, step->qualification_name);
        if (step->verb == VERB_QUALIFY && text_same(id, qualification))
            return true;
    }
    return false;
}

/* People who hold what this campaign gives, and may hold it by an earlier run of it, are left out
 * by an `except`: while the history is lost that would be in silence. */
static void
guard_lost_gifts(const struct plan_input *input, struct plan *plan, const struct filter *filter,
                 const struct left_out *left_out, struct arena *arena)
{
    for (size_t i = 0; input->history_lost && i < filter->condition_count; i++) {
        const struct condition *condition = &filter->conditions[i];
        if (condition->kind != CONDITION_EXCEPT || !left_out->by_condition[i])
            continue;
        const char *qualification = input->campaign->people[condition->people].qualification;
        if (qualification && gives(input->campaign, input->roster, qualification))
            plan_refuse(
                plan, arena, STATUS_GUARDED, condition->where,
                "the journal is not the whole story, and '%s' leaves out %zu of the "
                "assignments because of qualification %s, which this campaign gives itself: "
                "an earlier run may have given it, and not have gone on. Bring the journal "
                "back, or take the condition out",
                condition->name, left_out->by_condition[i], qualification);
    }
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

/* One refusal for each step with conflicts; the rows of the plan name the workers. */
static void
guard_conflicts(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    for (size_t step = 0; step < input->campaign->step_count; step++) {
        size_t count = 0;
        const struct action *first = NULL;
        for (size_t i = plan->steps[step].first; i < plan->steps[step].end; i++)
            if (plan->actions[i].decision == DECISION_CONFLICT) {
                count++;
                first = first ? first : &plan->actions[i];
            }
        if (count)
            plan_refuse(plan, arena, STATUS_GUARDED, input->campaign->steps[step].content,
                        "step '%s' conflicts with what was done before for %zu %s (%s %s: %s)",
                        input->campaign->steps[step].id, count, count == 1 ? "action" : "actions",
                        first->verb == VERB_CREATE ? "qualification" : "worker",
                        first->verb == VERB_CREATE ? first->terms->qualification
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

/* Whether a bonus was counted per worker: then that is what its key is made of. */
static bool
is_per_worker(const struct plan_input *input, const struct deed *deed)
{
    char key[KEY_TEXT_SIZE];
    if (deed->verb != VERB_BONUS || !deed->worker)
        return verb_row(deed->verb)->target == TARGET_WORKER;
    identity_key(&input->identity, deed->identity, deed->verb, deed->worker, key);
    return text_same(key, deed->key);
}

/* What the journal did under names that the file no longer has: verb and target → the deed. What
 * was counted per assignment also stands under "any" and the worker, for those who count per
 * worker. */
static void
orphans_index(const struct plan_input *input, struct index *orphans, struct arena *arena)
{
    for (size_t i = 0; i < input->ledger->deed_count; i++) {
        const struct deed *deed = input->ledger->deeds[i];
        if (!deed_is_counted(deed) || deed->verb == VERB_CREATE ||
            has_identity(input->campaign, deed))
            continue;
        const char *verb = verb_row(deed->verb)->name;
        bool per_worker = is_per_worker(input, deed);
        if (per_worker && deed->worker)
            index_add(orphans, arena_print(arena, "%s %s", verb, deed->worker), i, arena);
        if (!per_worker && deed->assignment)
            index_add(orphans, arena_print(arena, "%s %s", verb, deed->assignment), i, arena);
        if (!per_worker && deed->worker)
            index_add(orphans, arena_print(arena, "%s any %s", verb, deed->worker), i, arena);
    }
}

/* The deed of another name that was for the same target as this action, or NULL. */
static const struct deed *
orphan_find(const struct plan_input *input, const struct index *orphans,
            const struct action *action, struct arena *arena)
{
    const struct step *step = &input->campaign->steps[action->step];
    const char *verb = verb_row(action->verb)->name, *worker = action->assignment->worker;
    const uint32_t *at = index_find(orphans, arena_print(arena, "%s %s", verb, worker));
    if (!at)
        at = index_find(orphans, step_is_per_worker(step)
                                     ? arena_print(arena, "%s any %s", verb, worker)
                                     : arena_print(arena, "%s %s", verb, action->assignment->id));
    return at ? input->ledger->deeds[*at] : NULL;
}

/* A step that was renamed would do everything once more. */
static void
guard_renamed(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    struct arena scratch = {0};
    struct index orphans = {0};
    orphans_index(input, &orphans, &scratch);
    for (size_t step = 0; orphans.count && step < input->campaign->step_count; step++) {
        const struct step *row = &input->campaign->steps[step];
        size_t count = 0;
        const char *old = NULL;
        for (size_t i = plan->steps[step].first; i < plan->steps[step].end; i++) {
            const struct action *action = &plan->actions[i];
            if (action->deed || action->verb != row->verb)
                continue;
            const struct deed *deed = orphan_find(input, &orphans, action, &scratch);
            count += deed != NULL;
            old = deed ? deed->identity : old;
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
    arena_close(&scratch);
}

void
guard_plan(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    limit_totals(input, plan);
    guard_conflicts(input, plan, arena);
    guard_renamed(input, plan, arena);
    guard_lost_sight(input, plan, arena);
    guard_lost_gifts(input, plan, &input->campaign->filter, &plan->left_out, arena);
    for (size_t i = 0; i < input->campaign->step_count; i++)
        guard_lost_gifts(input, plan, &input->campaign->steps[i].filter, &plan->steps[i].left_out,
                         arena);
    guard_expectation(input, plan, arena);
    limit_hold(input, plan, arena);
}
