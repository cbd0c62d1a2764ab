/* Amazon's results of a batch, and what other tools write of the same. A row is one assignment;
 * what it says about its task counts where the task first appears. */
#include "codec/tables.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "codec/cell.h"
#include "codec/csv.h"
#include "codec/results_answers.h"
#include "core/campaign.h"
#include "core/select.h"

enum column {
    RESULTS_TASK,
    RESULTS_ASSIGNMENT,
    RESULTS_WORKER,
    RESULTS_STATUS,
    RESULTS_SUBMITTED,
    RESULTS_TITLE,
    RESULTS_REWARD,
    RESULTS_PLACES,
    RESULTS_COLUMN_COUNT
};

static const struct {
    const char *name;
    bool needed;
} columns[RESULTS_COLUMN_COUNT] = {
    [RESULTS_TASK] = {"HITId", true},
    [RESULTS_ASSIGNMENT] = {"AssignmentId", true},
    [RESULTS_WORKER] = {"WorkerId", true},
    [RESULTS_STATUS] = {"AssignmentStatus", false},
    [RESULTS_SUBMITTED] = {"SubmitTime", false},
    [RESULTS_TITLE] = {"Title", false},
    [RESULTS_REWARD] = {"Reward", false},
    [RESULTS_PLACES] = {"MaxAssignments", false},
};

struct results {
    struct decoding *d;
    const char *state;               /* of every task */
    const struct condition *moment;  /* the first that asks when work was handed in, or NULL */
    const struct step *approves;     /* the first that lets rewards go, or NULL */
    size_t at[RESULTS_COLUMN_COUNT]; /* of the file */
    bool has[RESULTS_COLUMN_COUNT];
    bool complete;
    struct results_answers answers; /* none where the campaign reads none */
    struct index tasks;
    size_t task_capacity;
    unsigned *lines; /* of the file, by assignment */
    size_t line_capacity;
    struct arena scratch;
};

static const struct condition *
moment_find(const struct filter *filter)
{
    for (size_t i = 0; i < filter->condition_count; i++)
        if (filter->conditions[i].kind == CONDITION_AFTER ||
            filter->conditions[i].kind == CONDITION_BEFORE)
            return &filter->conditions[i];
    return NULL;
}

static const struct condition *
campaign_moment_find(const struct campaign *campaign)
{
    const struct condition *moment = moment_find(&campaign->filter);
    for (size_t i = 0; i < campaign->step_count && !moment; i++)
        moment = moment_find(&campaign->steps[i].filter);
    return moment;
}

static const struct step *
approval_find(const struct campaign *campaign)
{
    for (size_t i = 0; i < campaign->step_count; i++)
        if (verb_row(campaign->steps[i].verb)->pays_reward)
            return &campaign->steps[i];
    return NULL;
}

static void
column_take(struct results *results, const struct csv_row *header, enum column column)
{
    struct decoding *d = results->d;
    const char *name = columns[column].name;
    size_t found = csv_column_alike(header, name, &results->at[column]);
    results->has[column] = found == 1;
    if (found > 1)
        problem_at(d->problems, header->where,
                   "%zu columns could be meant by '%s', %s the first of them: take out those that "
                   "are not",
                   found, name, value_shown(header->cells[results->at[column]], d->arena));
    else if (!found && columns[column].needed)
        problem_at(d->problems, header->where,
                   "a table of assignments has the columns HITId, AssignmentId and WorkerId; '%s' "
                   "is not there: %s",
                   name, csv_column_hint(header, name, d->arena));
    results->complete &= found == 1 || (!found && !columns[column].needed);
}

static bool
header_take(void *self, const struct csv_row *header)
{
    struct results *results = self;
    results->complete = true;
    for (enum column column = 0; column < RESULTS_COLUMN_COUNT; column++)
        column_take(results, header, column);
    if (results->moment && !results->has[RESULTS_SUBMITTED]) {
        problem_at(results->d->problems, results->moment->where,
                   "%s has no column 'SubmitTime', which '%s' is held against: take the key out, "
                   "or have the file written with that column",
                   header->where.file, results->moment->name);
        results->complete = false;
    }
    for (enum column column = RESULTS_REWARD; column <= RESULTS_PLACES && results->approves;
         column++)
        if (!results->has[column]) {
            problem_at(results->d->problems, header->where,
                       "there is no column '%s', and without it nobody knows what the step '%s' "
                       "costs: have the file written with that column",
                       columns[column].name, results->approves->id);
            results->complete = false;
        }
    if (campaign_uses_answers(results->d->campaign))
        results->answers = results_answers_make(header, results->d->arena);
    return true;
}

/* An absent column is as a cell with nothing in it. */
static struct cell
cell_of(const struct results *results, const struct csv_row *row, enum column column)
{
    return (struct cell){row->where, columns[column].name,
                         results->has[column] ? row->cells[results->at[column]] : ""};
}

static bool
status_take(struct results *results, const struct csv_row *row, enum work_status *status)
{
    struct cell cell = cell_of(results, row, RESULTS_STATUS);
    *status = WORK_SUBMITTED;
    return !results->has[RESULTS_STATUS] || work_status_find(cell.text, status) ||
           cell_wrong(results->d, &cell, "Submitted, Approved or Rejected", NULL);
}

/* A time that nothing depends on may be in any form. */
static bool
moment_take(struct results *results, const struct csv_row *row, stamp_t *at_ms)
{
    struct cell cell = cell_of(results, row, RESULTS_SUBMITTED);
    if (stamp_read_table(cell.text, at_ms))
        return true;
    *at_ms = 0;
    return !results->moment ||
           cell_wrong(results->d, &cell,
                      "a time such as 'Wed Nov 20 21:03:26 PST 2019' or 2019-11-21T05:03:26Z",
                      NULL);
}

/* What a task costs depends on these two, so they are there right or not at all. */
static bool
cost_take(struct results *results, const struct csv_row *row, struct task *task)
{
    enum { PLACES_DIGITS_MAX = 9 };
    struct cell reward = cell_of(results, row, RESULTS_REWARD);
    struct cell places = cell_of(results, row, RESULTS_PLACES);
    bool fits = true;
    if (results->approves && (!reward.text[0] || !places.text[0]))
        return cell_wrong(results->d, reward.text[0] ? &places : &reward,
                          reward.text[0] ? "a whole number, such as 9"
                                         : "dollars with at most two decimals, such as $0.75",
                          "without it nobody knows what an approval costs");
    if (reward.text[0] && !money_read(reward.text + (reward.text[0] == '$'), &task->reward))
        fits = cell_wrong(results->d, &reward, "dollars with at most two decimals, such as $0.75",
                          value_money_hint(reward.text, results->d->arena));
    size_t digits = strspn(places.text, "0123456789");
    if (places.text[digits] || digits > PLACES_DIGITS_MAX)
        fits = cell_wrong(results->d, &places, "a whole number, such as 9", NULL);
    else
        task->places = (unsigned)atoi(places.text);
    return fits;
}

/* The task of the row, which may be the first that tells of it. */
static bool
task_take(struct results *results, const struct csv_row *row, size_t *task)
{
    struct arena *arena = results->d->arena;
    struct roster *given = &results->d->campaign->given;
    const char *id = cell_of(results, row, RESULTS_TASK).text;
    const uint32_t *there = index_find(&results->tasks, id);
    *task = there ? *there : given->task_count;
    if (there)
        return true;
    struct task one = {.id = arena_copy(arena, id),
                       .title = arena_copy(arena, cell_of(results, row, RESULTS_TITLE).text),
                       .state = results->state};
    if (!cost_take(results, row, &one))
        return false;
    index_add(&results->tasks, one.id, given->task_count, &results->scratch);
    given->tasks = arena_push(arena, given->tasks, given->task_count, &results->task_capacity,
                              sizeof *given->tasks);
    given->tasks[given->task_count++] = one;
    return true;
}

/* One assignment in two rows: the same, or two that contradict each other. */
static void
twin_refuse(struct results *results, const struct csv_row *row, const struct assignment *one,
            const struct assignment *there)
{
    const struct roster *given = &results->d->campaign->given;
    unsigned line = results->lines[there - given->assignments];
    struct problems *problems = results->d->problems;
    if (!text_same(one->worker, there->worker))
        problem_at(problems, row->where,
                   "the assignment %s is worker %s's here, and %s's in line %u: one of the two is "
                   "wrong",
                   one->id, one->worker, there->worker, line);
    else if (one->task != there->task)
        problem_at(problems, row->where,
                   "the assignment %s is of the HIT %s here, and of %s in line %u: one of the two "
                   "is wrong",
                   one->id, given->tasks[one->task].id, given->tasks[there->task].id, line);
    else
        problem_at(problems, row->where,
                   "the assignment %s stands in line %u already: keep one of the two", one->id,
                   line);
}

static bool
row_take(void *self, const struct csv_row *row)
{
    struct results *results = self;
    struct decoding *d = results->d;
    struct roster *given = &d->campaign->given;
    if (!results->complete)
        return true;
    struct assignment one = {0};
    enum work_status status = WORK_SUBMITTED;
    size_t task_at;
    struct cell assignment = cell_of(results, row, RESULTS_ASSIGNMENT),
                worker = cell_of(results, row, RESULTS_WORKER),
                task = cell_of(results, row, RESULTS_TASK);
    bool fits = cell_id(d, &task, CELL_TASK);
    fits &= cell_id(d, &assignment, CELL_ASSIGNMENT);
    fits &= cell_id(d, &worker, CELL_WORKER);
    fits &= status_take(results, row, &status);
    fits &= moment_take(results, row, &one.submitted_ms);
    if (!fits || !task_take(results, row, &task_at))
        return true;
    one.status = status;
    one.task = (uint32_t)task_at;
    one.id = arena_copy(d->arena, assignment.text);
    one.worker = arena_copy(d->arena, worker.text);
    const struct assignment *there = roster_find(given, one.id);
    if (there) {
        twin_refuse(results, row, &one, there);
        return true;
    }
    results_answers_take(&results->answers, row, &one, d->arena);
    results->lines = arena_push(&results->scratch, results->lines, given->assignment_count,
                                &results->line_capacity, sizeof *results->lines);
    results->lines[given->assignment_count] = row->where.line;
    roster_assignment_add(given, &one, d->arena);
    return true;
}

void
tables_assignments_decode(struct decoding *d, size_t at, const char *path, const char *bytes,
                          size_t size)
{
    (void)at; /* there is one roster */
    struct results results = {.d = d,
                              .state = arena_print(d->arena, "from %s", path),
                              .moment = campaign_moment_find(d->campaign),
                              .approves = approval_find(d->campaign)};
    struct csv_taker taker = {&results, header_take, row_take};
    bool whole = csv_read(&(struct csv_input){path, bytes, size}, &taker, d->problems, d->arena);
    if (whole && d->campaign->given.assignment_count == 0)
        problem_at(d->problems, (struct where){path, 1, 0},
                   "no assignment stands below the header");
    arena_close(&results.scratch);
}
