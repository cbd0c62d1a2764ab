#include "core/select.h"

#include <stdio.h>

#include "base/text.h"

enum work_status
select_status(const struct assignment *assignment, const struct ledger *ledger)
{
    const struct deed *deed = ledger_decided(ledger, assignment->id);
    return deed && deed_is_counted(deed) ? deed->status_before : assignment->status;
}

enum { OWN_ID_SIZE_MAX = 80 }; /* an ID has at most 64 characters */

/* The qualifications that we gave and took away, or meant to: whether they were held before was
 * noted with the first intent, and a later one that came to nothing changes nothing of that. */
static void
own_index(struct selection *selection, struct arena *arena)
{
    for (size_t i = 0; i < selection->ledger->deed_count; i++) {
        const struct deed *deed = selection->ledger->deeds[i];
        if (verb_row(deed->verb)->scores && (deed->intended || deed_is_counted(deed)) &&
            deed->worker && deed->qualification)
            index_add(&selection->own,
                      arena_print(arena, "%s %s", deed->qualification, deed->worker),
                      deed->held || (deed->verb == VERB_UNQUALIFY && deed->intended), arena);
    }
}

static const char *
key_of(const struct dataset *dataset, const struct assignment *assignment)
{
    switch (dataset->match_by) {
    case MATCH_BY_WORKER:
        return assignment->worker;
    case MATCH_BY_ASSIGNMENT:
        return assignment->id;
    case MATCH_BY_ANSWER:
        return assignment_field(assignment, dataset->field);
    }
    return NULL;
}

void
selection_init(struct selection *selection, const struct campaign *campaign,
               const struct roster *roster, const struct ledger *ledger, struct arena *arena)
{
    *selection = (struct selection){.campaign = campaign,
                                    .roster = roster,
                                    .ledger = ledger,
                                    .uses_answers = campaign_uses_answers(campaign)};
    size_t datasets = campaign->dataset_count;
    selection->rows =
        arena_alloc(arena, (roster->assignment_count * datasets + 1) * sizeof *selection->rows);
    struct arena scratch = {0};
    for (size_t i = 0; i < roster->assignment_count; i++)
        for (size_t j = 0; j < datasets; j++) {
            const char *key = key_of(&campaign->datasets[j], &roster->assignments[i]);
            selection->rows[i * datasets + j] =
                key ? dataset_row(&campaign->datasets[j], key, &scratch) : dataset_none;
        }
    arena_close(&scratch);
    own_index(selection, arena);
}

size_t
select_row(const struct selection *selection, size_t at, size_t dataset)
{
    return selection->rows[at * selection->campaign->dataset_count + dataset];
}

/* One of the values, or a number within the bounds. What is not there, or no number where one is
 * compared, does not fit. */
static bool
value_fits(const struct condition *condition, const char *value)
{
    decimal_t number;
    if (!value)
        return false;
    if (condition->value_count)
        return index_find(&condition->among, value);
    if (!decimal_read(value, &number))
        return false;
    return (!condition->has_min || number >= condition->min) &&
           (!condition->has_max || number <= condition->max);
}

/* Whether the worker held the qualification before this campaign gave or took it. */
static bool
held_before(const struct selection *selection, const char *qualification, const char *worker)
{
    char name[2 * OWN_ID_SIZE_MAX];
    snprintf(name, sizeof name, "%s %s", qualification, worker);
    const uint32_t *own = selection->own.count ? index_find(&selection->own, name) : NULL;
    return own ? *own != 0 : roster_holds(selection->roster, qualification, worker);
}

static bool
is_among(const struct selection *selection, size_t at, const char *worker)
{
    const struct people *people = &selection->campaign->people[at];
    return index_find(&people->listed, worker) ||
           (people->task_count && index_find(&selection->roster->met[at], worker)) ||
           (people->qualification && held_before(selection, people->qualification, worker));
}

static bool
condition_holds(const struct selection *selection, const struct condition *condition, size_t at)
{
    const struct assignment *assignment = &selection->roster->assignments[at];
    switch (condition->kind) {
    case CONDITION_AFTER:
        return assignment->submitted_ms >= condition->moment_ms;
    case CONDITION_BEFORE:
        return assignment->submitted_ms < condition->moment_ms;
    case CONDITION_ANSWER:
        return value_fits(condition, assignment_field(assignment, condition->field));
    case CONDITION_CELL:
        return value_fits(condition,
                          dataset_cell(&selection->campaign->datasets[condition->dataset],
                                       select_row(selection, at, condition->dataset),
                                       condition->column));
    case CONDITION_IN:
        return select_row(selection, at, condition->dataset) != dataset_none;
    case CONDITION_NOT_IN:
        return select_row(selection, at, condition->dataset) == dataset_none;
    case CONDITION_WORKERS:
        return is_among(selection, condition->people, assignment->worker);
    case CONDITION_EXCEPT:
        return !is_among(selection, condition->people, assignment->worker);
    }
    return false;
}

/* What reads a table's cell comes last: who is left out anyway needs no row. */
static struct finding
filter_judge(const struct selection *selection, const struct filter *filter, size_t at,
             enum work_status status)
{
    if (!filter->status[status])
        return (struct finding){FATE_STATUS, NULL};
    if (selection->uses_answers &&
        assignment_filled(&selection->roster->assignments[at])->unread_why)
        return (struct finding){FATE_UNREADABLE, NULL};
    for (int cells = 0; cells < 2; cells++)
        for (size_t i = 0; i < filter->condition_count; i++) {
            const struct condition *condition = &filter->conditions[i];
            if ((condition->kind == CONDITION_CELL) != cells)
                continue;
            if (cells && select_row(selection, at, condition->dataset) == dataset_none)
                return (struct finding){FATE_NO_ROW, condition};
            if (!condition_holds(selection, condition, at))
                return (struct finding){FATE_CONDITION, condition};
        }
    return (struct finding){FATE_SELECTED, NULL};
}

static enum work_status
status_at(const struct selection *selection, size_t at)
{
    return select_status(&selection->roster->assignments[at], selection->ledger);
}

struct finding
select_campaign(const struct selection *selection, size_t at)
{
    return filter_judge(selection, &selection->campaign->filter, at, status_at(selection, at));
}

struct finding
select_step(const struct selection *selection, const struct step *step, size_t at)
{
    if (!step->filter.written)
        return (struct finding){FATE_SELECTED, NULL};
    return filter_judge(selection, &step->filter, at, status_at(selection, at));
}

struct finding
select_for_step_as(const struct selection *selection, const struct step *step, size_t at,
                   enum work_status status)
{
    struct finding finding = filter_judge(selection, &selection->campaign->filter, at, status);
    bool further = finding.fate == FATE_SELECTED && step->filter.written;
    return further ? filter_judge(selection, &step->filter, at, status) : finding;
}

static bool
filter_reads_answers(const struct filter *filter)
{
    for (size_t i = 0; i < filter->condition_count; i++)
        if (filter->conditions[i].kind == CONDITION_ANSWER)
            return true;
    return false;
}

bool
campaign_uses_answers(const struct campaign *campaign)
{
    bool uses = filter_reads_answers(&campaign->filter);
    for (size_t i = 0; i < campaign->dataset_count; i++)
        uses |= campaign->datasets[i].match_by == MATCH_BY_ANSWER;
    for (size_t i = 0; i < campaign->step_count; i++) {
        const struct step *step = &campaign->steps[i];
        uses |= filter_reads_answers(&step->filter) ||
                template_looks_up(step->amount_from, LOOKUP_ANSWER) ||
                template_looks_up(step->value_from, LOOKUP_ANSWER) ||
                template_looks_up(step->message_from, LOOKUP_ANSWER) ||
                template_looks_up(step->subject_from, LOOKUP_ANSWER);
    }
    return uses;
}
