#include "core/listing.h"

#include "base/text.h"
#include "core/creation.h"
#include "core/wording.h"

/* True when the actions of a step are counted by worker, not by assignment. */
bool
step_is_per_worker(const struct step *step)
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

/* Notes whom a filter leaves out. A condition on a table without a row for the work is the file's
 * problem, unless the table says that such work is to be skipped: `no_row` then. */
static void
left_out_note(const struct plan_input *input, struct plan *plan, struct finding finding,
              const struct filter *filter, size_t at, struct left_out *left_out, size_t *no_row,
              struct arena *arena)
{
    const struct assignment *assignment = &input->roster->assignments[at];
    const struct dataset *dataset;
    switch (finding.fate) {
    case FATE_SELECTED:
        return;
    case FATE_STATUS:
        left_out->by_status[select_status(assignment, input->ledger)]++;
        return;
    case FATE_CONDITION:
        left_out->by_condition[finding.condition - filter->conditions]++;
        return;
    case FATE_UNREADABLE:
        left_out->unreadable++;
        return;
    case FATE_NO_ROW:
        dataset = &input->campaign->datasets[finding.condition->dataset];
        if (dataset->skips)
            ++*no_row;
        else
            plan_refuse(plan, arena, STATUS_INVALID, finding.condition->where,
                        "'%s' reads a table that has no row for worker %s (assignment %s): add the "
                        "row to %s, select with 'in: %s' first, or write 'missing: skip'",
                        finding.condition->name, assignment->worker, assignment->id, dataset->path,
                        dataset->name);
        return;
    }
}

void
listing_count(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    const struct roster *roster = input->roster;
    const struct filter *filter = &input->campaign->filter;
    struct index workers = {0};
    size_t no_row = 0;
    /* A list of workers has no task, and its people stand under one all the same. */
    plan->tasks = arena_alloc(arena, (roster->task_count + 1) * sizeof *plan->tasks);
    plan->left_out.by_condition =
        arena_alloc(arena, (filter->condition_count + 1) * sizeof(size_t));
    for (size_t i = 0; i < roster->assignment_count; i++) {
        const struct assignment *assignment = &roster->assignments[i];
        struct task_count *count = &plan->tasks[assignment->task];
        struct finding finding = select_campaign(&plan->selection, i);
        count->assignments++;
        left_out_note(input, plan, finding, filter, i, &plan->left_out, &no_row, arena);
        if (finding.fate != FATE_SELECTED)
            continue;
        count->selected++;
        plan->selected_assignments++;
        index_add(&workers, assignment->worker, workers.count, arena);
    }
    plan->selected_workers = workers.count;
    plan->no_row = no_row;
}

static void
twins_refuse(const struct plan_input *input, struct plan *plan, const struct step *step,
             const char *what, const struct assignment *one, size_t at, struct arena *arena)
{
    plan_refuse(plan, arena, STATUS_INVALID, step->content,
                "step '%s' reaches worker %s once, and %s differs between their assignments %s and "
                "%s: look up what both have, or select one of them%s",
                step->id, one->worker, what, one->id, input->roster->assignments[at].id,
                step->verb == VERB_BONUS ? ", or write 'per: assignment'" : "");
}

/* A step that is counted per worker says one thing to a worker, whatever they handed in. */
static void
twins_compare(const struct plan_input *input, struct plan *plan, const struct action *action,
              const struct content *content, size_t at, struct arena *arena)
{
    const struct step *step = &input->campaign->steps[action->step];
    const char *what = action->amount != content->amount ? "the amount"
                       : action->value != content->value ? "the value"
                                                         : "what the worker reads";
    if (action->amount == content->amount && action->value == content->value &&
        text_same(action->message, content->message) &&
        text_same(action->subject, content->subject))
        return;
    twins_refuse(input, plan, step, what, action->assignment, at, arena);
}

static void
action_fill(struct action *action, const struct plan_input *input, const struct content *content,
            struct arena *arena)
{
    const struct step *step = &input->campaign->steps[action->step];
    const struct assignment *assignment = action->assignment;
    char *digest = arena_alloc(arena, DIGEST_TEXT_SIZE);
    action->subject = content->subject;
    action->message = content->message;
    action->value = content->value;
    action->amount = content->amount;
    action->qualification = content->qualification;
    if (step->qualification_name)
        action->qualification = roster_kind_find(input->roster, step->qualification_name);
    action->late = step_is_late(step) || (step->qualification_name && !action->qualification);
    if (step->verb == VERB_BONUS)
        action->fee = tariff_bonus_fee(input->tariff, action->amount);
    if (verb_row(step->verb)->pays_reward) {
        const struct task *task = &input->roster->tasks[assignment->task];
        action->reward = task->reward;
        action->reward_fee = tariff_reward_fee(input->tariff, task);
    }
    struct content says = action_content(action);
    if (!action->late)
        identity_content(&says, digest, arena);
    action->content = digest; /* empty while it is late */
}

static void
action_add(const struct plan_input *input, struct plan *plan, size_t step_at, size_t at,
           const struct content *content, struct index *unowed, struct arena *arena)
{
    const struct step *step = &input->campaign->steps[step_at];
    const struct assignment *assignment = &input->roster->assignments[at];
    const char *target = step_is_per_worker(step) ? assignment->worker : assignment->id;
    char *key = arena_alloc(arena, KEY_TEXT_SIZE);
    identity_key(&input->identity, step_identity(step), step->verb, target, key);
    const size_t *there = index_find(&plan->by_key, key);
    if (there) {
        /* The worker's latest assignment carries a bonus per worker; the roster may list it under
         * an earlier task. */
        struct action *action = &plan->actions[*there];
        twins_compare(input, plan, action, content, at, arena);
        if (step->verb == VERB_BONUS &&
            assignment->submitted_ms >= action->assignment->submitted_ms) {
            action->assignment = assignment;
            action->row = at;
        }
        return;
    }
    struct action action = {.key = key,
                            .step = step_at,
                            .verb = step->verb,
                            .assignment = assignment,
                            .row = at,
                            .names_assignment = names_assignment(step),
                            .deed = ledger_find(input->ledger, key)};
    /* Who is owed nothing has no action, unless something was done before. */
    if (step->verb == VERB_BONUS && content->amount == 0 &&
        !(action.deed && deed_is_counted(action.deed))) {
        index_add(unowed, key, at, arena);
        return;
    }
    const size_t *other = index_find(unowed, key);
    if (other)
        twins_refuse(input, plan, step, "the amount", &input->roster->assignments[*other], at,
                     arena);
    action_fill(&action, input, content, arena);
    plan_push(plan, &action, arena);
}

/* What the step says to this person, and what stands in the way of saying it. True when it has
 * something to say. */
static bool
assignment_list(const struct plan_input *input, struct plan *plan, size_t step_at, size_t at,
                struct index *unowed, struct arena *arena)
{
    struct step_count *count = &plan->steps[step_at];
    struct wording wording = {.selection = &plan->selection, .step = step_at, .at = at};
    const struct assignment *assignment = &input->roster->assignments[at];
    const struct dataset *dataset;
    struct content content;
    switch (wording_make(&wording, &content, arena)) {
    case WORDED_NOTHING:
        count->nothing_owed++;
        action_add(input, plan, step_at, at, &content, unowed, arena);
        return false;
    case WORDED:
        action_add(input, plan, step_at, at, &content, unowed, arena);
        return true;
    case WORDED_NO_ROW:
        dataset = &input->campaign->datasets[wording.dataset];
        if (dataset->skips)
            count->no_row++;
        else
            plan_refuse(plan, arena, STATUS_INVALID, dataset->where,
                        "%s has no row for worker %s (assignment %s), whom step '%s' selects: add "
                        "the row, leave the worker out with 'where', or write 'missing: skip'",
                        dataset->path, assignment->worker, assignment->id,
                        input->campaign->steps[step_at].id);
        return false;
    case WORDED_WRONG:
        plan_refuse(plan, arena, STATUS_INVALID, wording.where, "%s", wording.text);
        return false;
    }
    return false;
}

static void
step_list(const struct plan_input *input, struct plan *plan, size_t step_at, struct arena *arena)
{
    const struct step *step = &input->campaign->steps[step_at];
    struct step_count *count = &plan->steps[step_at];
    size_t first = plan->action_count;
    struct index workers = {0}, unowed = {0}; /* unowed: keys of those who are owed nothing */
    count->left_out.by_condition =
        arena_alloc(arena, (step->filter.condition_count + 1) * sizeof(size_t));
    creation_recall(input, step, arena);
    creation_check(input, plan, step, arena);
    for (size_t i = 0; i < input->roster->assignment_count; i++) {
        if (select_campaign(&plan->selection, i).fate != FATE_SELECTED)
            continue;
        struct finding finding = select_step(&plan->selection, step, i);
        left_out_note(input, plan, finding, &step->filter, i, &count->left_out, &count->no_row,
                      arena);
        if (finding.fate != FATE_SELECTED)
            continue;
        if (!assignment_list(input, plan, step_at, i, &unowed, arena))
            continue;
        count->assignments++;
        index_add(&workers, input->roster->assignments[i].worker, workers.count, arena);
    }
    count->workers = workers.count;
    if (step->description && plan->action_count > first)
        creation_add(input, plan, step_at, first, arena);
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
        if (!carrier || !action->names_assignment)
            continue;
        action->assignment = carrier;
    }
}

void
listing_actions(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    plan->steps = arena_alloc(arena, (input->campaign->step_count + 1) * sizeof *plan->steps);
    for (size_t at = 0; at < input->campaign->step_count; at++)
        step_list(input, plan, at, arena);
    carriers_keep(input, plan);
}
