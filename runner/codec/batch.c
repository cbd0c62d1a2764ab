#include "codec/batch.h"

#include "base/index.h"
#include "base/text.h"
#include "codec/value.h"
#include "core/roster.h"

enum column { COLUMN_TASK, COLUMN_ASSIGNMENT, COLUMN_WORKER, COLUMN_STATUS, COLUMN_COUNT };

static const struct {
    const char *name;
    const char *takes;
} columns[COLUMN_COUNT] = {
    [COLUMN_TASK] = {"HITId", "a HIT ID"},
    [COLUMN_ASSIGNMENT] = {"AssignmentId", "an assignment's ID"},
    [COLUMN_WORKER] = {"WorkerId", "a worker's ID"},
    [COLUMN_STATUS] = {"AssignmentStatus", "Submitted, Approved or Rejected"},
};

struct survey {
    struct batch *batch;
    size_t at[COLUMN_COUNT];
    struct index seen[COLUMN_COUNT];
    struct problems *problems;
    struct arena *arena;
};

static bool
header_take(void *self, const struct csv_row *header)
{
    struct survey *s = self;
    bool complete = true;
    for (enum column i = 0; i < COLUMN_COUNT; i++) {
        bool found = csv_column(header, columns[i].name, &s->at[i]);
        if (i == COLUMN_STATUS) {
            s->batch->has_status = found;
        } else if (!found) {
            problem_at(s->problems, header->where,
                       "a file of results has the column '%s', and this one has not: %s",
                       columns[i].name, csv_column_hint(header, columns[i].name, s->arena));
            complete = false;
        }
    }
    return complete;
}

static bool
cell_wrong(struct survey *s, const struct csv_row *row, enum column column, const char *hint)
{
    const char *text = row->cells[s->at[column]];
    problem_at(s->problems, row->where, "'%s' takes %s; it has %s%s%s", columns[column].name,
               columns[column].takes, text[0] ? value_shown(text, s->arena) : "nothing",
               hint ? ": " : "", hint ? hint : "");
    return false;
}

static bool
ids_check(struct survey *s, const struct csv_row *row)
{
    bool good = true;
    for (enum column i = COLUMN_TASK; i < COLUMN_STATUS; i++) {
        const char *id = row->cells[s->at[i]];
        if (i == COLUMN_WORKER ? !text_is_worker(id) : !text_is_id(id))
            good = cell_wrong(s, row, i, id[0] ? value_id_slip(id) : NULL);
    }
    return good;
}

/* True for a name that was not there yet. Names of cells are gone with their row. */
static bool
seen_add(struct survey *s, enum column column, const char *id, size_t line)
{
    return !index_find(&s->seen[column], id) &&
           index_add(&s->seen[column], arena_copy(s->arena, id), line, s->arena);
}

/* Counts one row. Work that was rejected is on record, and not selected. */
static void
row_count(struct survey *s, const struct csv_row *row, enum work_status status)
{
    const char *id = row->cells[s->at[COLUMN_ASSIGNMENT]];
    if (!seen_add(s, COLUMN_ASSIGNMENT, id, row->where.line)) {
        problem_at(s->problems, row->where,
                   "the assignment %s stands in line %zu already: keep one of the rows", id,
                   *index_find(&s->seen[COLUMN_ASSIGNMENT], id));
        return;
    }
    s->batch->assignments++;
    s->batch->tasks += seen_add(s, COLUMN_TASK, row->cells[s->at[COLUMN_TASK]], 0);
    if (status == WORK_REJECTED)
        return;
    s->batch->submitted += status == WORK_SUBMITTED;
    s->batch->selected++;
    s->batch->workers += seen_add(s, COLUMN_WORKER, row->cells[s->at[COLUMN_WORKER]], 0);
}

static bool
row_take(void *self, const struct csv_row *row)
{
    struct survey *s = self;
    enum work_status status = WORK_SUBMITTED;
    bool good = ids_check(s, row);
    if (s->batch->has_status && !work_status_find(row->cells[s->at[COLUMN_STATUS]], &status))
        good = cell_wrong(s, row, COLUMN_STATUS, NULL);
    if (good)
        row_count(s, row, status);
    return true;
}

bool
batch_survey(const struct csv_input *input, struct batch *batch, struct problems *problems,
             struct arena *arena)
{
    *batch = (struct batch){0};
    struct survey survey = {.batch = batch, .problems = problems, .arena = arena};
    struct csv_taker taker = {&survey, header_take, row_take};
    if (!csv_read(input, &taker, problems, arena))
        return false;
    if (batch->assignments == 0)
        problem_at(problems, (struct where){input->path, 1, 0},
                   "there is no row below the header: nobody handed in work");
    return batch->assignments > 0;
}
