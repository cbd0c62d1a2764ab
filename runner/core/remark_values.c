/* Remarks on values that are there and perhaps not what was meant. */
#include "core/remark.h"

#include <string.h>

#include "base/text.h"

/* What a condition compares for the assignment at that index; NULL: nothing is there. */
static const char *
compared(const struct plan_input *input, const struct plan *plan, const struct condition *condition,
         size_t at)
{
    const struct dataset *dataset;
    size_t row;
    if (condition->kind == CONDITION_ANSWER)
        return assignment_field(&input->roster->assignments[at], condition->field);
    dataset = &input->campaign->datasets[condition->dataset];
    row = select_row(&plan->selection, at, condition->dataset);
    return row == dataset_none ? NULL : dataset_cell(dataset, row, condition->column);
}

/* What is no number is not within any bounds, and whoever has it is left out. */
static void
remark_numbers(const struct plan_input *input, struct plan *plan, const struct condition *condition,
               struct arena *arena)
{
    size_t count = 0, first = 0;
    const char *shown = NULL;
    bool compares = condition->kind == CONDITION_ANSWER || condition->kind == CONDITION_CELL;
    if (!compares || condition->value_count)
        return;
    for (size_t i = 0; i < input->roster->assignment_count; i++) {
        decimal_t number;
        const char *value = compared(input, plan, condition, i);
        if (!value || decimal_read(value, &number))
            continue;
        first = count++ ? first : i;
        shown = shown ? shown : value;
    }
    if (count)
        plan_remark(plan, arena,
                    "'%s' is no number for %zu of the assignments, which are left out (the first "
                    "is %s: '%s')",
                    condition->name, count, input->roster->assignments[first].id, shown);
}

/* Workers whom a `where` names and who are nobody here. */
static void
remark_strangers(const struct plan_input *input, struct plan *plan,
                 const struct condition *condition, struct arena *arena)
{
    if (condition->kind != CONDITION_WORKERS)
        return;
    const struct index *listed = &input->campaign->people[condition->people].listed;
    struct arena scratch = {0};
    struct index there = {0};
    size_t strangers = 0;
    const char *first = NULL;
    for (size_t i = 0; i < input->roster->assignment_count; i++)
        index_add(&there, input->roster->assignments[i].worker, i, &scratch);
    for (size_t i = 0; i < listed->count; i++) {
        const char *name = listed->names[i].text;
        if (index_find(&there, name))
            continue;
        strangers++;
        first = !first || strcmp(name, first) < 0 ? name : first;
    }
    arena_close(&scratch);
    if (strangers)
        plan_remark(plan, arena, "'%s' names %zu %s not among the people (such as %s)",
                    condition->name, strangers,
                    strangers == 1 ? "worker who is" : "workers who are", first);
}

static void
remark_filter(const struct plan_input *input, struct plan *plan, const struct filter *filter,
              struct arena *arena)
{
    for (size_t i = 0; i < filter->condition_count; i++) {
        remark_numbers(input, plan, &filter->conditions[i], arena);
        remark_strangers(input, plan, &filter->conditions[i], arena);
    }
}

static bool
is_empty_piece(const struct plan_input *input, const struct plan *plan, const struct piece *piece,
               size_t at)
{
    const char *text = "-";
    if (piece->lookup == LOOKUP_ANSWER)
        text = assignment_field(&input->roster->assignments[at], piece->text);
    if (piece->lookup == LOOKUP_CELL)
        text = dataset_cell(&input->campaign->datasets[piece->dataset],
                            select_row(&plan->selection, at, piece->dataset), piece->column);
    return text && !*text;
}

/* A sentence around nothing. */
static void
remark_empty(const struct plan_input *input, struct plan *plan, size_t at,
             const struct template *template, struct arena *arena)
{
    for (size_t i = 0; template && i < template->count; i++) {
        size_t count = 0;
        const struct action *first = NULL;
        for (size_t j = plan->steps[at].first; j < plan->steps[at].end; j++) {
            const struct action *action = &plan->actions[j];
            if (action->decision != DECISION_DO || action->verb == VERB_CREATE ||
                !is_empty_piece(input, plan, &template->pieces[i], action->row))
                continue;
            first = count++ ? first : action;
        }
        if (count)
            plan_remark(plan, arena,
                        "step '%s': what is looked up in its words is empty for %zu of the workers "
                        "(the first is %s)",
                        input->campaign->steps[at].id, count, first->assignment->worker);
    }
}

/* A filter that lets nobody through is mostly a slip. */
static void
remark_nobody(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    if (input->roster->assignment_count && !plan->selected_assignments)
        plan_remark(plan, arena, "the campaign's 'where' selects nobody");
    for (size_t at = 0; at < input->campaign->step_count; at++) {
        const struct step_count *count = &plan->steps[at];
        if (plan->selected_assignments && !count->assignments && !count->nothing_owed &&
            input->campaign->steps[at].filter.written)
            plan_remark(plan, arena, "the 'where' of step '%s' selects nobody",
                        input->campaign->steps[at].id);
    }
}

/* What was done for people whom a step no longer reaches stands, and nothing takes it back. */
static void
remark_gone(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    size_t *counts = arena_alloc(arena, (input->campaign->step_count + 1) * sizeof *counts);
    for (size_t i = 0; i < input->ledger->deed_count; i++) {
        const struct deed *deed = input->ledger->deeds[i];
        const struct step *step = campaign_step_find(input->campaign, deed->step);
        if (step && step->verb == deed->verb && deed->standing == STANDING_DONE &&
            !plan_find(plan, deed->key))
            counts[step - input->campaign->steps]++;
    }
    for (size_t at = 0; at < input->campaign->step_count; at++)
        if (counts[at])
            plan_remark(plan, arena,
                        "step '%s' was done for %zu whom it no longer reaches; that stands",
                        input->campaign->steps[at].id, counts[at]);
}

void
remark_values(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    remark_nobody(input, plan, arena);
    remark_gone(input, plan, arena);
    remark_filter(input, plan, &input->campaign->filter, arena);
    for (size_t at = 0; at < input->campaign->step_count; at++) {
        const struct step *step = &input->campaign->steps[at];
        remark_filter(input, plan, &step->filter, arena);
        remark_empty(input, plan, at, step->subject_from, arena);
        remark_empty(input, plan, at, step->message_from, arena);
    }
}
