#include "core/listing.h"

#include "base/text.h"
#include "core/creation.h"
#include "core/wording.h"

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
    struct arena scratch = {0};
    bool *seen = arena_alloc(&scratch, roster->person_count * sizeof *seen);
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
        plan->selected_workers += !seen[assignment->person];
        seen[assignment->person] = true;
    }
    plan->no_row = no_row;
    arena_close(&scratch);
}

/* One step on its way to the plan's list of actions. */
struct listing {
    const struct plan_input *input;
    struct plan *plan;
    const struct step *step;
    size_t step_at;
    uint32_t *told;   /* per worker: their action, counted from 1 … */
    uint32_t *unowed; /* … or the assignment for which nothing is owed, counted from 1 */
    struct terms_list terms;
    struct arena scratch;
    struct arena *arena;
};

static void
twins_refuse(const struct listing *listing, const char *what, const struct assignment *one,
             size_t at)
{
    const struct step *step = listing->step;
    plan_refuse(listing->plan, listing->arena, STATUS_INVALID, step->content,
                "step '%s' reaches worker %s once, and %s differs between their assignments %s and "
                "%s: look up what both have, or select one of them%s",
                step->id, one->worker, what, one->id, listing->input->roster->assignments[at].id,
                step->verb == VERB_BONUS ? ", or write 'per: assignment'" : "");
}

/* A step that is counted per worker says one thing to a worker, whatever they handed in. */
static void
twins_compare(const struct listing *listing, const struct action *action,
              const struct content *content, size_t at)
{
    const char *what = NULL;
    if (action->terms->amount != content->amount)
        what = "the amount";
    else if (action->terms->value != content->value)
        what = "the value";
    else if (!text_same(action->terms->message, content->message) ||
             !text_same(action->terms->subject, content->subject))
        what = "what the worker reads";
    if (what)
        twins_refuse(listing, what, action->assignment, at);
}

/* What it says and costs, with the digest of that. */
static void
action_fill(struct listing *listing, struct action *action, const struct content *content)
{
    const struct step *step = listing->step;
    const struct plan_input *input = listing->input;
    struct terms terms = {.subject = content->subject,
                          .message = content->message,
                          .value = content->value,
                          .amount = content->amount,
                          .qualification = content->qualification,
                          .content = ""};
    if (step->qualification_name)
        terms.qualification = roster_kind_find(input->roster, step->qualification_name);
    action->late = step_is_late(step) || (step->qualification_name && !terms.qualification);
    if (step->verb == VERB_BONUS)
        terms.fee = tariff_bonus_fee(input->tariff, terms.amount);
    if (verb_row(step->verb)->pays_reward) {
        const struct task *task = &input->roster->tasks[action->assignment->task];
        terms.reward = task->reward;
        terms.reward_fee = tariff_reward_fee(input->tariff, task);
    }
    action->terms = terms_find(&listing->terms, &terms);
    if (action->terms)
        return;
    struct terms *own = arena_alloc(listing->arena, sizeof *own);
    *own = terms;
    action->terms = own;
    terms_add(&listing->terms, own, &listing->scratch);
    if (action->late)
        return;
    char digest[DIGEST_TEXT_SIZE];
    struct content says = action_content(action);
    identity_content(&says, digest, &listing->scratch);
    own->content = arena_copy(listing->arena, digest);
}

static void
action_add(struct listing *listing, size_t at, const struct content *content)
{
    const struct plan_input *input = listing->input;
    const struct step *step = listing->step;
    struct plan *plan = listing->plan;
    const struct assignment *assignment = &input->roster->assignments[at];
    uint32_t *told = step_is_per_worker(step) ? &listing->told[assignment->person] : NULL;
    uint32_t *unowed = told ? &listing->unowed[assignment->person] : NULL;
    if (told && *told) {
        /* The worker's latest assignment carries a bonus per worker; the roster may list it under
         * an earlier task. */
        struct action *action = &plan->actions[*told - 1];
        twins_compare(listing, action, content, at);
        if (step->verb == VERB_BONUS &&
            assignment->submitted_ms >= action->assignment->submitted_ms) {
            action->assignment = assignment;
            action->row = (uint32_t)at;
        }
        return;
    }
    const char *target = told ? assignment->worker : assignment->id;
    char key[KEY_TEXT_SIZE];
    identity_key(&input->identity, step_identity(step), step->verb, target, key);
    struct action action = {.step = (uint32_t)listing->step_at,
                            .verb = step->verb,
                            .assignment = assignment,
                            .row = (uint32_t)at,
                            .names_assignment = names_assignment(step),
                            .deed = ledger_find(input->ledger, key)};
    /* Who is owed nothing has no action, unless something was done before. */
    if (step->verb == VERB_BONUS && content->amount == 0 &&
        !(action.deed && deed_is_counted(action.deed))) {
        if (unowed && !*unowed)
            *unowed = (uint32_t)at + 1;
        return;
    }
    if (unowed && *unowed)
        twins_refuse(listing, "the amount", &input->roster->assignments[*unowed - 1], at);
    action.key = arena_copy(listing->arena, key);
    action_fill(listing, &action, content);
    plan_push(plan, &action, listing->arena);
    if (told)
        *told = (uint32_t)plan->action_count;
}

/* What the step says to this person, and what stands in the way of saying it. True when it has
 * something to say. */
static bool
assignment_list(struct listing *listing, size_t at)
{
    const struct plan_input *input = listing->input;
    struct step_count *count = &listing->plan->steps[listing->step_at];
    struct wording wording = {
        .selection = &listing->plan->selection, .step = listing->step_at, .at = at};
    const struct assignment *assignment = &input->roster->assignments[at];
    const struct dataset *dataset;
    struct content content;
    switch (wording_make(&wording, &content, listing->arena)) {
    case WORDED_NOTHING:
        count->nothing_owed++;
        action_add(listing, at, &content);
        return false;
    case WORDED:
        action_add(listing, at, &content);
        return true;
    case WORDED_NO_ROW:
        dataset = &input->campaign->datasets[wording.dataset];
        if (dataset->skips)
            count->no_row++;
        else
            plan_refuse(listing->plan, listing->arena, STATUS_INVALID, dataset->where,
                        "%s has no row for worker %s (assignment %s), whom step '%s' selects: add "
                        "the row, leave the worker out with 'where', or write 'missing: skip'",
                        dataset->path, assignment->worker, assignment->id, listing->step->id);
        return false;
    case WORDED_WRONG:
        plan_refuse(listing->plan, listing->arena, STATUS_INVALID, wording.where, "%s",
                    wording.text);
        return false;
    }
    return false;
}

static void
step_list(const struct plan_input *input, struct plan *plan, size_t step_at, struct arena *arena)
{
    const struct step *step = &input->campaign->steps[step_at];
    struct step_count *count = &plan->steps[step_at];
    struct listing listing = {input, plan, step, .step_at = step_at, .arena = arena};
    listing.terms.worded = step->message_from || step->subject_from;
    count->first = plan->action_count;
    size_t people = input->roster->person_count;
    bool *seen = arena_alloc(&listing.scratch, people);
    listing.told = arena_alloc(&listing.scratch, people * sizeof *listing.told);
    listing.unowed = arena_alloc(&listing.scratch, people * sizeof *listing.unowed);
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
        if (finding.fate != FATE_SELECTED || !assignment_list(&listing, i))
            continue;
        uint32_t person = input->roster->assignments[i].person;
        count->assignments++;
        count->workers += !seen[person];
        seen[person] = true;
    }
    if (step->description && plan->action_count > count->first)
        creation_add(input, plan, step_at, count->first, arena);
    count->end = plan->action_count;
    arena_close(&listing.scratch);
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
