/* What a person should look at in a plan, though it stops nothing. */
#include "core/remark.h"

#include <stdlib.h>

#include "base/text.h"

static const char *
ending(size_t count, const char *one, const char *many)
{
    return count == 1 ? one : many;
}

/* A message that tells of a bonus should reach only people whom a bonus step pays. */
static void
remark_unpaid(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    const struct campaign *campaign = input->campaign;
    struct arena scratch = {0};
    bool *paid = arena_alloc(&scratch, input->roster->person_count); /* by the steps so far */
    bool any_bonus = false;
    for (size_t at = 0; at < campaign->step_count; at++) {
        enum verb verb = campaign->steps[at].verb;
        size_t unpaid = 0;
        for (size_t i = plan->steps[at].first; i < plan->steps[at].end; i++) {
            const struct action *action = &plan->actions[i];
            uint32_t person = action->assignment->person;
            any_bonus |= verb == VERB_BONUS;
            if (verb == VERB_BONUS)
                paid[person] = true;
            unpaid += verb == VERB_NOTIFY && action->decision == DECISION_DO && !paid[person];
        }
        if (any_bonus && unpaid)
            plan_remark(plan, arena, "step '%s' reaches %zu %s whom no earlier bonus step pays",
                        campaign->steps[at].id, unpaid, ending(unpaid, "worker", "workers"));
    }
    arena_close(&scratch);
}

static int
by_amount(const void *left, const void *right)
{
    cents_t one = *(const cents_t *)left, other = *(const cents_t *)right;
    return one < other ? -1 : one > other;
}

/* Of the amounts of a step; 0 where they are too few to say. */
static cents_t
median_of(const struct plan *plan, size_t at)
{
    enum { FEWEST = 3 };
    struct arena scratch = {0};
    const struct step_count *step = &plan->steps[at];
    cents_t *amounts = arena_alloc(&scratch, (step->end - step->first + 1) * sizeof *amounts);
    size_t count = 0;
    for (size_t i = step->first; i < step->end; i++)
        if (plan->actions[i].terms->amount)
            amounts[count++] = plan->actions[i].terms->amount;
    if (count)
        qsort(amounts, count, sizeof *amounts, by_amount);
    cents_t median = count < FEWEST ? 0 : (amounts[(count - 1) / 2] + amounts[count / 2] + 1) / 2;
    arena_close(&scratch);
    return median;
}

/* A bonus of more than five times the median may be a slip of the decimal point. */
static void
remark_outliers(const struct plan_input *input, struct plan *plan, size_t at, struct arena *arena)
{
    enum { TIMES = 5 };
    size_t above = 0;
    const struct action *most = NULL;
    cents_t median = median_of(plan, at);
    if (!median)
        return;
    for (size_t i = plan->steps[at].first; i < plan->steps[at].end; i++) {
        const struct action *action = &plan->actions[i];
        if (action->decision != DECISION_DO || action->terms->amount <= TIMES * median)
            continue;
        above++;
        most = !most || action->terms->amount > most->terms->amount ? action : most;
    }
    char one[MONEY_TEXT_SIZE], other[MONEY_TEXT_SIZE];
    if (most)
        plan_remark(plan, arena,
                    "step '%s': %zu %s more than five times the median, which is %s; the highest "
                    "is %s for worker %s",
                    input->campaign->steps[at].id, above, ending(above, "bonus is", "bonuses are"),
                    money_print(one, median), money_print(other, most->terms->amount),
                    most->assignment->worker);
}

/* Rows that nobody of the roster has, and rows that several people share. */
static void
remark_rows(const struct plan_input *input, struct plan *plan, size_t at, struct arena *arena)
{
    const struct dataset *dataset = &input->campaign->datasets[at];
    const struct roster *roster = input->roster;
    struct arena scratch = {0};
    const char **users = arena_alloc(&scratch, (dataset->row_count + 1) * sizeof *users);
    bool *shared = arena_alloc(&scratch, dataset->row_count + 1);
    size_t unused = 0, first_unused = 0, several = 0, first_several = 0;
    for (size_t i = 0; i < roster->assignment_count; i++) {
        size_t row = select_row(&plan->selection, i, at);
        if (row == dataset_none)
            continue;
        shared[row] |= users[row] && !text_same(users[row], roster->assignments[i].worker);
        users[row] = roster->assignments[i].worker;
    }
    for (size_t row = dataset->row_count; row-- > 0;) {
        first_unused = users[row] ? first_unused : row;
        unused += !users[row];
        first_several = shared[row] ? row : first_several;
        several += shared[row];
    }
    arena_close(&scratch);
    if (unused)
        plan_remark(plan, arena, "%s: %zu of %zu rows match nobody (the first is in line %u)",
                    dataset->path, unused, dataset->row_count, dataset->lines[first_unused]);
    if (several)
        plan_remark(plan, arena,
                    "%s: %zu %s more than one worker, as when a code is passed on (the first is in "
                    "line %u)",
                    dataset->path, several, ending(several, "row matches", "rows match"),
                    dataset->lines[first_several]);
}

/* Names, each once, of the fields that the work has. */
static const char *
fields_named(const struct roster *roster, struct arena *arena)
{
    enum { NAMED_MAX = 12 };
    struct index seen = {0};
    const char *all = "";
    for (size_t i = 0; i < roster->assignment_count; i++) {
        const struct filled *filled = assignment_filled(&roster->assignments[i]);
        for (size_t j = 0; j < filled->field_count; j++) {
            const char *name = filled->fields[j].name;
            if (seen.count < NAMED_MAX && index_add(&seen, name, j, arena))
                all = arena_print(arena, "%s%s%s", all, seen.count > 1 ? ", " : "", name);
        }
    }
    return all;
}

/* An answer that nobody gave is mostly a misprint. */
static void
remark_field(const struct plan_input *input, struct plan *plan, const char *field,
             struct arena *arena)
{
    for (size_t i = 0; i < input->roster->assignment_count; i++)
        if (assignment_field(&input->roster->assignments[i], field))
            return;
    const char *named = fields_named(input->roster, arena);
    plan_remark(plan, arena, "no work has an answer '%s'%s%s", field,
                *named ? "; there are: " : ", nor any other", named);
}

static void
remark_fields(const struct plan_input *input, struct plan *plan, const struct filter *filter,
              struct arena *arena)
{
    for (size_t i = 0; i < filter->condition_count; i++)
        if (filter->conditions[i].kind == CONDITION_ANSWER)
            remark_field(input, plan, filter->conditions[i].field, arena);
}

static void
remark_unreadable(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    enum { NAMED_MAX = 5 };
    size_t count = 0;
    for (size_t i = 0; plan->selection.uses_answers && i < input->roster->assignment_count; i++) {
        const struct assignment *one = &input->roster->assignments[i];
        const char *why = assignment_filled(one)->unread_why;
        if (why && ++count <= NAMED_MAX)
            plan_remark(plan, arena,
                        "the answers of assignment %s (worker %s) cannot be read: %s. It is left "
                        "out",
                        one->id, one->worker, why);
    }
    if (count > NAMED_MAX)
        plan_remark(plan, arena, "the answers of %zu more assignments cannot be read",
                    count - NAMED_MAX);
}

/* A rejection can be taken back for 30 days after the work was handed in (the reference on
 * ApproveAssignment). */
static void
remark_override(const struct plan_input *input, struct plan *plan, size_t at, struct arena *arena)
{
    const stamp_t window_ms = 30 * STAMP_DAY_MS;
    size_t late = 0;
    for (size_t i = plan->steps[at].first; i < plan->steps[at].end; i++) {
        const struct action *action = &plan->actions[i];
        late += action->decision == DECISION_DO && action->assignment->status == WORK_REJECTED &&
                input->now_ms - action->assignment->submitted_ms > window_ms;
    }
    if (late)
        plan_remark(plan, arena,
                    "step '%s': %zu %s handed in more than 30 days ago; the marketplace no longer "
                    "takes such a rejection back",
                    input->campaign->steps[at].id, late, ending(late, "work was", "works were"));
}

/* What was paid counts for whom it was paid to, and that is not always known any more. */
static void
remark_erased(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    size_t count = 0;
    cents_t sum = 0;
    for (size_t i = 0; i < input->ledger->deed_count; i++) {
        const struct deed *deed = input->ledger->deeds[i];
        if (deed->verb != VERB_BONUS || !deed_is_erased(deed) || !deed_is_counted(deed))
            continue;
        count++;
        sum += deed->amount;
    }
    char money[MONEY_TEXT_SIZE];
    if (count && input->campaign->limits.has_per_worker)
        plan_remark(plan, arena,
                    "'limits.per_worker' cannot count %zu %s (%s in all) that went to people who "
                    "were erased, on work that this file does not name",
                    count, ending(count, "bonus", "bonuses"), money_print(money, sum));
}

void
remark_plan(const struct plan_input *input, struct plan *plan, struct arena *arena)
{
    const struct campaign *campaign = input->campaign;
    remark_fields(input, plan, &campaign->filter, arena);
    for (size_t i = 0; i < campaign->dataset_count; i++) {
        remark_rows(input, plan, i, arena);
        if (campaign->datasets[i].match_by == MATCH_BY_ANSWER)
            remark_field(input, plan, campaign->datasets[i].field, arena);
    }
    remark_unreadable(input, plan, arena);
    remark_values(input, plan, arena);
    remark_unpaid(input, plan, arena);
    remark_erased(input, plan, arena);
    for (size_t at = 0; at < campaign->step_count; at++) {
        remark_fields(input, plan, &campaign->steps[at].filter, arena);
        if (campaign->steps[at].verb == VERB_BONUS)
            remark_outliers(input, plan, at, arena);
        if (campaign->steps[at].override)
            remark_override(input, plan, at, arena);
    }
    for (size_t i = 0; i < input->roster->task_count; i++)
        if (input->roster->tasks[i].from_website)
            plan_remark(
                plan, arena,
                "task %s was made on the requester website; the marketplace documents that such "
                "work is approved there",
                input->roster->tasks[i].id);
}
