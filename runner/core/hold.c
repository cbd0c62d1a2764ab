#include "core/hold.h"

#include "base/text.h"
#include "core/needs.h"

static bool
is_opposed(const struct index *approved, const struct index *rejected, const struct action *action)
{
    return verb_row(action->verb)->decides && index_find(approved, action->assignment->id) &&
           index_find(rejected, action->assignment->id);
}

void
hold_opposites(struct plan *plan)
{
    struct arena scratch = {0};
    struct index approved = {0}, rejected = {0};
    for (size_t i = 0; i < plan->action_count; i++) {
        const struct action *action = &plan->actions[i];
        if (verb_row(action->verb)->decides)
            index_add(action->verb == VERB_REJECT ? &rejected : &approved, action->assignment->id,
                      i, &scratch);
    }
    for (size_t i = 0; i < plan->action_count; i++) {
        struct action *action = &plan->actions[i];
        if (!is_opposed(&approved, &rejected, action))
            continue;
        action_settle(action, DECISION_CONFLICT, WHY_OPPOSED);
        action->words = "the campaign approves this work and rejects it too: nothing is sent; make "
                        "one step's 'where' leave out what the other takes in";
    }
    arena_close(&scratch);
}

/* Whether an action belongs to the part of the campaign that is asked for. */
static bool
is_in_part(const struct part *part, const struct step *step, const struct action *action,
           const struct index *first)
{
    bool person = action->verb != VERB_CREATE;
    if (part->keys && !index_find(part->keys, action->key))
        return false;
    if (part->step && !text_same(step->id, part->step))
        return false;
    if (person && part->worker && !text_same(action->assignment->worker, part->worker))
        return false;
    return !person || !part->first || index_find(first, action->assignment->worker);
}

bool
part_is_asked(const struct part *part)
{
    return part->step || part->worker || part->first || part->keys;
}

void
hold_others(const struct plan_input *input, struct plan *plan)
{
    const struct part *part = &input->part;
    struct arena scratch = {0};
    struct index first = {0};
    for (size_t i = 0; i < input->roster->assignment_count && first.count < part->first; i++)
        if (select_campaign(&plan->selection, i).fate == FATE_SELECTED)
            index_add(&first, input->roster->assignments[i].worker, i, &scratch);
    for (size_t i = 0; i < plan->action_count; i++) {
        struct action *action = &plan->actions[i];
        if (action->decision == DECISION_DO &&
            !is_in_part(part, &input->campaign->steps[action->step], action, &first)) {
            action_settle(action, DECISION_HOLD, WHY_NOT_NOW);
            plan->not_now++;
        }
    }
    arena_close(&scratch);
}

/* Whether what an action gives or takes is made neither yet nor before it in this run. */
static bool
is_unmade(const struct step *step, const struct action *action, const struct index *coming)
{
    return step->qualification_name && !action->terms->qualification &&
           !index_find(coming, step->qualification_name);
}

/* An earlier step of this run decides on the same work. What was begun under this step's own name
 * goes on as it was. */
static bool
is_twin(struct index *decided, const struct action *action, size_t at, struct arena *arena)
{
    bool takes = verb_row(action->verb)->decides && action->decision == DECISION_DO;
    return takes && !index_add(decided, action->assignment->id, at, arena) && !action->deed;
}

/* The same words for everybody who waits for that step. */
static const char *
waiting(const struct campaign *campaign, size_t step, const char **words, struct arena *arena)
{
    if (!words[step])
        words[step] = arena_print(arena, "needs '%s'", campaign->steps[step].id);
    return words[step];
}

/* This journal did not begin it, and perhaps another one did: not while what it needs has not
 * happened, because a run of this campaign waits for that. */
static bool
is_only_suspected(const struct action *action)
{
    return action->decision == DECISION_UNKNOWN && action->why == WHY_OUTCOME_UNKNOWN &&
           !action->deed;
}

void
hold_by_needs(const struct plan_input *input, struct plan *plan, bool last, struct arena *arena)
{
    struct needs needs;
    struct arena scratch = {0};
    struct index coming = {0}; /* names of qualifications that this run makes */
    struct index decided = {0};
    const char **words = arena_alloc(&scratch, input->campaign->step_count * sizeof *words);
    needs_init(&needs, input->campaign, input->roster->assignment_count + 1, &scratch);
    for (size_t i = 0; i < plan->action_count; i++) {
        struct action *action = &plan->actions[i];
        const struct step *step = &input->campaign->steps[action->step];
        size_t held_by;
        if (action->decision == DECISION_DO && action->verb == VERB_CREATE)
            index_add(&coming, action->terms->qualification, i, &scratch);
        if (action->decision == DECISION_DO && is_unmade(step, action, &coming)) {
            action_settle(action, DECISION_HOLD, WHY_NEEDS);
            action->words = arena_print(arena, "the qualification '%s' must be made first",
                                        step->qualification_name);
        }
        /* Making a qualification is about nobody, so it waits for nobody. */
        if ((action->decision == DECISION_DO || is_only_suspected(action)) &&
            action->verb != VERB_CREATE &&
            !needs_allow(&needs, action->assignment->worker, action->step, &held_by)) {
            action_settle(action, DECISION_HOLD, WHY_NEEDS);
            action->words = waiting(input->campaign, held_by, words, arena);
        }
        if (last && is_twin(&decided, action, i, &scratch))
            action_settle(action, DECISION_SKIP, WHY_TWIN);
        needs_add(&needs, action->assignment->worker, action->step, action_need_state(action),
                  &scratch);
    }
    arena_close(&scratch);
}
