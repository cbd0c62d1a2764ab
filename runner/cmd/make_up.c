#include "cmd/make_up.h"

#include "cmd/make_up_answers.h"

enum { EACH = 5, PEOPLE_MAX = 5000 /* of a table: enough to rehearse by */ };

struct making {
    const struct campaign *campaign;
    struct buffer out;
    struct arena *arena;
    const char **workers; /* whom a table names; NULL: made up */
    size_t people;
    size_t assignments;
};

/* Values of a file may hold anything: in double quotes JSON is YAML. */
static void
quoted_add(struct making *making, const char *text)
{
    buffer_json(&making->out, text);
}

static bool
does(const struct campaign *campaign, enum verb verb)
{
    for (size_t i = 0; i < campaign->step_count; i++)
        if (campaign->steps[i].verb == verb)
            return true;
    return false;
}

/* A message only reaches people whose work was approved: where the campaign itself decides, work
 * begins as handed in, elsewhere as approved. Never as what the campaign does not select. */
static const char *
status_make(const struct campaign *campaign)
{
    bool decides = does(campaign, VERB_APPROVE) || does(campaign, VERB_REJECT);
    const enum work_status orders[2][WORK_STATUS_COUNT] = {
        {WORK_APPROVED, WORK_SUBMITTED, WORK_REJECTED},
        {WORK_SUBMITTED, WORK_REJECTED, WORK_APPROVED}};
    for (size_t i = 0; i < WORK_STATUS_COUNT; i++)
        if (campaign->filter.status[orders[decides][i]])
            return work_status_name(orders[decides][i]);
    return work_status_name(WORK_SUBMITTED);
}

/* Whether every table that demands a row for a worker has one for this one. */
static bool
has_rows(const struct making *making, const char *worker)
{
    for (size_t i = 0; i < making->campaign->dataset_count; i++) {
        const struct dataset *dataset = &making->campaign->datasets[i];
        if (dataset->match_by == MATCH_BY_WORKER && !dataset->skips &&
            dataset_row(dataset, worker, making->arena) == dataset_none)
            return false;
    }
    return true;
}

/* The workers of the first table that is matched by worker. */
static void
workers_take(struct making *making)
{
    const struct dataset *table = NULL;
    for (size_t i = making->campaign->dataset_count; i-- > 0;)
        if (making->campaign->datasets[i].match_by == MATCH_BY_WORKER)
            table = &making->campaign->datasets[i];
    if (!table)
        return;
    making->workers = arena_alloc(making->arena, (table->row_count + 1) * sizeof(char *));
    for (size_t row = 0; row < table->row_count && making->people < PEOPLE_MAX; row++) {
        const char *worker = dataset_cell(table, row, table->key);
        if (has_rows(making, worker))
            making->workers[making->people++] = worker;
    }
    making->assignments = making->people;
}

/* As many people and assignments as the campaign expects, so that its own numbers hold in rehearsal
 * too; else the people of a table, else a few. */
static void
numbers_make(struct making *making)
{
    const struct campaign *campaign = making->campaign;
    const struct expectation *expect = &campaign->expect;
    workers_take(making);
    if (!making->people) {
        making->workers = NULL;
        making->people = EACH * campaign->task_count - (campaign->task_count - 1);
        making->assignments = EACH * campaign->task_count; /* some work twice */
    }
    if (expect->has_workers && (!making->workers || expect->workers < making->people))
        making->people = making->assignments = expect->workers;
    if (expect->has_assignments)
        making->assignments = expect->assignments;
    if (expect->has_assignments && !expect->has_workers && !making->workers)
        making->people = making->assignments;
}

/* A moment that the campaign's own bounds let in, or 0 for any. */
static stamp_t
moment_make(const struct campaign *campaign)
{
    stamp_t moment_ms = 0;
    for (size_t i = 0; i < campaign->filter.condition_count; i++) {
        const struct condition *condition = &campaign->filter.conditions[i];
        if (condition->kind == CONDITION_AFTER)
            moment_ms = condition->moment_ms;
        else if (condition->kind == CONDITION_BEFORE && !moment_ms)
            moment_ms = condition->moment_ms - STAMP_MINUTE_MS;
    }
    return moment_ms;
}

static void
assignment_add(struct making *making, const char *id, const char *worker, const char *status,
               size_t person)
{
    char when[STAMP_TEXT_SIZE];
    stamp_t moment_ms = moment_make(making->campaign);
    buffer_print(&making->out, "      - { id: \"%s\", worker: \"%s\", status: %s", id, worker,
                 status);
    if (moment_ms)
        buffer_print(&making->out, ", submitted: %s", stamp_print(when, moment_ms));
    make_up_answers(making->campaign, person, &making->out, making->arena);
    buffer_text(&making->out, " }\n");
}

static void
task_add(struct making *making, const char *id, const char *title, cents_t reward)
{
    char money[MONEY_TEXT_SIZE];
    buffer_print(&making->out, "  - id: \"%s\"\n    title: ", id);
    quoted_add(making, title && *title ? title : "Made-up task");
    buffer_print(&making->out, "\n    reward: %s\n    assignments:\n",
                 money_print(money, reward ? reward : 50));
}

/* An assignment's id: the next key of a table that is matched by assignment, or a made-up one. */
static const char *
assignment_id(const struct making *making, size_t number)
{
    for (size_t i = 0; i < making->campaign->dataset_count; i++) {
        const struct dataset *dataset = &making->campaign->datasets[i];
        if (dataset->match_by == MATCH_BY_ASSIGNMENT && number < dataset->row_count)
            return dataset_cell(dataset, number, dataset->key);
    }
    return arena_print(making->arena, "3MADEUP%08zu", number);
}

/* Which assignments are on which task, in their order. */
struct on_task {
    size_t *first; /* task → its first assignment, from 1 on; 0: none */
    size_t *next;  /* assignment → the task's next one, from 1 on */
};

static struct on_task
on_task_make(const struct making *making, size_t tasks, size_t assignments,
             size_t (*task_of)(const struct making *making, size_t at))
{
    struct on_task on = {.first = arena_alloc(making->arena, (tasks + 1) * sizeof *on.first),
                         .next = arena_alloc(making->arena, (assignments + 1) * sizeof *on.next)};
    for (size_t i = assignments; i > 0; i--) {
        size_t task = task_of(making, i - 1);
        on.next[i] = on.first[task];
        on.first[task] = i;
    }
    return on;
}

/* Number i belongs to person i mod `people`; those who come round again are put on another task,
 * because nobody does a task twice. */
static size_t
made_up_task(const struct making *making, size_t at)
{
    return (at % making->people + at / making->people) % making->campaign->task_count;
}

static size_t
given_task(const struct making *making, size_t at)
{
    return making->campaign->given.assignments[at].task;
}

/* The tasks with their assignments. */
static void
tasks_make(struct making *making)
{
    const struct campaign *campaign = making->campaign;
    const char *status = status_make(campaign);
    struct on_task on =
        on_task_make(making, campaign->task_count, making->assignments, made_up_task);
    for (size_t task = 0; task < campaign->task_count; task++) {
        task_add(making, campaign->tasks[task].id,
                 arena_print(making->arena, "Made-up task %zu", task + 1), 0);
        if (!on.first[task])
            buffer_text(&making->out, "      []\n");
        for (size_t i = on.first[task]; i; i = on.next[i]) {
            size_t person = (i - 1) % making->people;
            const char *worker = making->workers
                                     ? making->workers[person]
                                     : arena_print(making->arena, "AMADEUP%06zu", person);
            assignment_add(making, assignment_id(making, i - 1), worker, status, person);
        }
    }
}

/* What a file says of who handed in what. */
static void
given_make(struct making *making)
{
    const struct roster *given = &making->campaign->given;
    struct on_task on =
        on_task_make(making, given->task_count, given->assignment_count, given_task);
    for (size_t task = 0; task < given->task_count; task++) {
        task_add(making, given->tasks[task].id, given->tasks[task].title,
                 given->tasks[task].reward);
        for (size_t i = on.first[task]; i; i = on.next[i]) {
            const struct assignment *one = &given->assignments[i - 1];
            assignment_add(making, one->id, one->worker, work_status_name(one->status), i - 1);
        }
    }
}

static void
known_workers_make(struct making *making)
{
    const struct roster *given = &making->campaign->given;
    buffer_text(&making->out, "known_workers:\n");
    for (size_t i = 0; i < given->assignment_count; i++)
        buffer_print(&making->out, "  - \"%s\"\n", given->assignments[i].worker);
}

/* Every qualification that the campaign names by its ID, and by its name those that it takes away.
 */
static void
qualifications_make(struct making *making)
{
    const struct campaign *campaign = making->campaign;
    struct index seen = {0};
    for (size_t i = 0; i < campaign->step_count + campaign->people_count; i++) {
        bool step = i < campaign->step_count;
        const char *id = step ? campaign->steps[i].qualification
                              : campaign->people[i - campaign->step_count].qualification;
        if (!id || !index_add(&seen, id, i, making->arena))
            continue;
        buffer_print(&making->out,
                     "%s  - { id: \"%s\", name: \"Made-up %zu\", description: \"Made up\" }\n",
                     seen.count == 1 ? "qualifications:\n" : "", id, seen.count);
    }
    for (size_t i = 0; i < campaign->step_count; i++) {
        const struct step *step = &campaign->steps[i];
        if (!step->qualification_name || step->verb != VERB_UNQUALIFY ||
            !index_add(&seen, step->qualification_name, i, making->arena))
            continue;
        buffer_print(&making->out,
                     "%s  - { id: \"3MADEUPQUAL%zu\", description: \"Made up\", name: ",
                     seen.count == 1 ? "qualifications:\n" : "", i);
        quoted_add(making, step->qualification_name);
        buffer_text(&making->out, " }\n");
    }
}

/* Every task whose people the campaign takes in or leaves out. */
static void
other_tasks_make(struct making *making)
{
    struct index seen = {0};
    for (size_t i = 0; i < making->campaign->task_count; i++)
        index_add(&seen, making->campaign->tasks[i].id, i, making->arena);
    for (size_t i = 0; i < making->campaign->people_count; i++) {
        const struct people *people = &making->campaign->people[i];
        for (size_t j = 0; j < people->task_count; j++)
            if (index_add(&seen, people->tasks[j].id, j, making->arena)) {
                task_add(making, people->tasks[j].id, "Made-up other task", 0);
                buffer_text(&making->out, "      []\n");
            }
    }
}

const char *
make_up_world(const struct campaign *campaign, struct arena *arena)
{
    struct making making = {.campaign = campaign, .arena = arena};
    buffer_print(&making.out, "balance: 100000.00\naccount: \"%s\"\n",
                 campaign->account ? campaign->account : "000000000000");
    qualifications_make(&making);
    if (campaign->from == ROSTER_FROM_WORKERS)
        known_workers_make(&making);
    bool tasks = campaign->from != ROSTER_FROM_WORKERS;
    for (size_t i = 0; i < campaign->people_count; i++)
        tasks |= campaign->people[i].task_count > 0;
    if (tasks)
        buffer_text(&making.out, "hits:\n");
    if (campaign->from == ROSTER_FROM_TASKS) {
        numbers_make(&making);
        tasks_make(&making);
    } else if (campaign->from == ROSTER_FROM_ASSIGNMENTS) {
        given_make(&making);
    }
    other_tasks_make(&making);
    const char *text = arena_text(arena, making.out.bytes, making.out.size);
    buffer_close(&making.out);
    return text;
}
