/* Lists of workers: text files and CSV columns. */
#include "codec/tables.h"

#include "base/text.h"
#include "codec/cell.h"
#include "codec/csv.h"
#include "codec/lines.h"
#include "core/campaign.h"

enum { PROBLEMS_SAID_MAX = 10 };

struct reading {
    struct decoding *d;
    struct people *people;
    bool roster;   /* they are the campaign's own people */
    size_t column; /* of a CSV file, when … */
    bool has_column;
    unsigned *lines; /* of the file, by its assignments of the roster */
    size_t line_capacity;
    size_t given_before; /* this many assignments of the roster are not of this file */
    struct arena scratch;
};

/* The people who are the roster stand before all others. */
static struct reading
reading_begin(struct decoding *d, size_t at)
{
    return (struct reading){
        .d = d,
        .people = &d->campaign->people[at],
        .roster = d->campaign->from == ROSTER_FROM_WORKERS && at == 0,
        .given_before = d->campaign->given.assignment_count,
    };
}

static bool
twin_refuse(struct reading *reading, const char *worker, struct where where)
{
    const struct roster *given = &reading->d->campaign->given;
    size_t twin = (size_t)(roster_find(given, worker) - given->assignments);
    const char *there = "in the campaign file";
    if (twin >= reading->given_before)
        there = arena_print(reading->d->arena, "in line %u",
                            reading->lines[twin - reading->given_before]);
    problem_at(reading->d->problems, where,
               "the worker %s is listed twice; the ID stands %s already: keep one", worker, there);
    return false;
}

/* False when the worker must not stand here. */
static bool
worker_take(struct reading *reading, const char *id, struct where where)
{
    struct arena *arena = reading->d->arena;
    struct roster *given = &reading->d->campaign->given;
    if (reading->roster && roster_find(given, id))
        return twin_refuse(reading, id, where);
    if (index_find(&reading->people->listed, id))
        return true;
    id = arena_copy(arena, id);
    index_add(&reading->people->listed, id, where.line, arena);
    if (!reading->roster)
        return true;
    struct assignment assignment = {.id = id, .worker = id, .status = WORK_SUBMITTED};
    size_t at = given->assignment_count - reading->given_before;
    reading->lines = arena_push(&reading->scratch, reading->lines, at, &reading->line_capacity,
                                sizeof *reading->lines);
    reading->lines[at] = where.line;
    roster_assignment_add(given, &assignment, arena);
    return true;
}

void
tables_people_decode(struct decoding *d, size_t at, const char *path, const char *bytes,
                     size_t size)
{
    struct reading reading = reading_begin(d, at);
    struct lines lines = lines_begin(path, bytes, size);
    struct where where;
    const char *text;
    size_t bad = 0;
    while (bad < PROBLEMS_SAID_MAX && lines_next(&lines, &text, &where, &reading.scratch)) {
        struct cell cell = {where, NULL, text};
        bad += !cell_id(d, &cell, CELL_WORKER) || !worker_take(&reading, text, where);
    }
    if (bad && text_ends(path, ".csv"))
        problem_at(
            d->problems, (struct where){path, 0, 0},
            "this is read as one worker ID a line; for a CSV file write { csv: …, column: … }");
    if (bad == PROBLEMS_SAID_MAX && lines.at < size)
        problem_at(d->problems, lines.where, "the rest of this file was not read");
    arena_close(&reading.scratch);
}

static const char column_default[] = "WorkerId";

static bool
header_take(void *self, const struct csv_row *header)
{
    struct reading *reading = self;
    struct decoding *d = reading->d;
    const struct people *people = reading->people;
    const char *name = people->column;
    size_t found = text_same(name, column_default)
                       ? csv_column_alike(header, name, &reading->column)
                       : csv_column(header, name, &reading->column);
    reading->has_column = found == 1;
    if (found == 1)
        return true;
    if (found > 1) {
        problem_at(d->problems, header->where,
                   "%zu columns could be meant by 'WorkerId', %s the first of them: name the one "
                   "that is meant with 'column:' in the campaign",
                   found, value_shown(header->cells[reading->column], d->arena));
        return true;
    }
    const char *hint = csv_column_hint(header, name, d->arena);
    bool near = text_starts(hint, "did");
    problem_at(d->problems, people->where, "%s has no column %s%s %s%s", header->where.file,
               value_shown(name, d->arena), near ? "," : ":", hint,
               near ? "" : "; name the one with the worker IDs with 'column:'");
    return true;
}

static bool
row_take(void *self, const struct csv_row *row)
{
    struct reading *reading = self;
    if (!reading->has_column)
        return true;
    struct cell cell = {row->where, reading->people->column, row->cells[reading->column]};
    if (cell.text[0] && cell_id(reading->d, &cell, CELL_WORKER))
        worker_take(reading, cell.text, row->where);
    return true;
}

void
tables_people_csv_decode(struct decoding *d, size_t at, const char *path, const char *bytes,
                         size_t size)
{
    struct reading reading = reading_begin(d, at);
    struct csv_taker taker = {&reading, header_take, row_take};
    csv_read(&(struct csv_input){path, bytes, size}, &taker, d->problems, d->arena);
    arena_close(&reading.scratch);
}
