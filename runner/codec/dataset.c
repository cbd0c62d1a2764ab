/* A `data` table. Of each row the cells of the used columns are copied, close together; a file of a
 * million rows is read in one pass. */
#include "codec/tables.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "codec/cell.h"
#include "codec/csv.h"
#include "core/campaign.h"

enum { ROWS_RESERVED_MAX = 4 * 1024 * 1024 };

struct reading {
    struct decoding *d;
    struct dataset *dataset;
    size_t rows_expected;
    size_t *columns; /* of the dataset → of the file, or dataset_none */
    bool complete;
    const char **cells;
};

/* As many rows as lines: more than there are when cells hold line ends. */
static size_t
rows_expect(const char *bytes, size_t size)
{
    size_t lines = 1;
    for (const char *at = bytes, *end = bytes + size; at < end && lines < ROWS_RESERVED_MAX; at++) {
        at = memchr(at, '\n', (size_t)(end - at));
        if (!at)
            break;
        lines++;
    }
    return lines;
}

/* The campaign names columns, so what is missing is said at that name. */
static bool
header_take(void *self, const struct csv_row *header)
{
    struct reading *reading = self;
    struct decoding *d = reading->d;
    struct dataset *dataset = reading->dataset;
    /* The campaign may have been refused where it names the key. */
    reading->complete = dataset->key < dataset->column_count;
    for (size_t i = 0; i < dataset->column_count; i++) {
        const struct dataset_column *column = &dataset->columns[i];
        if (csv_column(header, column->name, &reading->columns[i]))
            continue;
        const char *hint = csv_column_hint(header, column->name, d->arena);
        problem_at(d->problems, column->where, "%s has no column %s%s %s", dataset->path,
                   value_shown(column->name, d->arena), text_starts(hint, "did") ? "," : ":", hint);
        reading->columns[i] = dataset_none;
        reading->complete = false;
    }
    if (reading->complete)
        dataset_reserve(dataset, reading->rows_expected, d->arena);
    return true;
}

/* Where case does not count, an ID in small letters is found as well. */
static const char *
capitals(const char *text, struct arena *arena)
{
    char *copy = arena_copy(arena, text);
    for (char *at = copy; *at; at++)
        *at = (char)toupper((unsigned char)*at);
    return copy;
}

static bool
key_check(struct reading *reading, const struct cell *cell)
{
    struct decoding *d = reading->d;
    const struct dataset *dataset = reading->dataset;
    if (!cell->text[0]) {
        problem_at(d->problems, cell->where, "this row has no %s: fill it in, or take the row out",
                   value_shown(cell->column, d->arena));
        return false;
    }
    if (dataset->match_by == MATCH_BY_ANSWER)
        return true;
    enum cell_id kind = dataset->match_by == MATCH_BY_WORKER ? CELL_WORKER : CELL_ASSIGNMENT;
    const char *folded = dataset->folds ? capitals(cell->text, d->arena) : NULL;
    if (folded && (kind == CELL_WORKER ? text_is_worker(folded) : text_is_id(folded)))
        return true;
    return cell_id(d, cell, kind);
}

static bool
cell_check(struct reading *reading, size_t column, const struct cell *cell)
{
    if (column == reading->dataset->key && !key_check(reading, cell))
        return false;
    switch (reading->dataset->columns[column].takes) {
    case COLUMN_TEXT:
        return true;
    case COLUMN_MONEY:
        return cell_money(reading->d, cell);
    case COLUMN_SCORE:
        return cell_score(reading->d, cell);
    }
    return false;
}

static void
twin_refuse(struct reading *reading, const struct csv_row *row, size_t twin)
{
    struct decoding *d = reading->d;
    const struct dataset *dataset = reading->dataset;
    const char *key = reading->cells[dataset->key],
               *there = dataset_cell(dataset, twin, dataset->key);
    const char *as =
        text_same(key, there) ? "" : arena_print(d->arena, ", as %s", value_shown(there, d->arena));
    problem_at(d->problems, row->where,
               "%s stands in line %u already%s: each %s has one row, so keep one of the two",
               value_shown(key, d->arena), dataset_place(dataset, twin).line, as,
               dataset->columns[dataset->key].name);
}

static bool
row_take(void *self, const struct csv_row *row)
{
    struct reading *reading = self;
    struct dataset *dataset = reading->dataset;
    struct arena *arena = reading->d->arena;
    bool fits = true;
    for (size_t i = 0; i < dataset->column_count; i++) {
        if (reading->columns[i] == dataset_none)
            continue;
        reading->cells[i] = row->cells[reading->columns[i]];
        struct cell cell = {row->where, dataset->columns[i].name, reading->cells[i]};
        fits &= cell_check(reading, i, &cell);
    }
    if (!fits || !reading->complete)
        return true;
    for (size_t i = 0; i < dataset->column_count; i++)
        reading->cells[i] = arena_copy(arena, reading->cells[i]);
    size_t twin;
    if (!dataset_row_add(dataset, reading->cells, row->where.line, &twin, arena))
        twin_refuse(reading, row, twin);
    return true;
}

void
tables_dataset_decode(struct decoding *d, size_t at, const char *path, const char *bytes,
                      size_t size)
{
    struct dataset *dataset = &d->campaign->datasets[at];
    dataset->path = path;
    struct reading reading = {
        .d = d,
        .dataset = dataset,
        .rows_expected = rows_expect(bytes, size),
        .columns = arena_alloc(d->arena, dataset->column_count * sizeof *reading.columns),
        .cells = arena_alloc(d->arena, dataset->column_count * sizeof *reading.cells),
    };
    struct csv_taker taker = {&reading, header_take, row_take};
    csv_read(&(struct csv_input){path, bytes, size}, &taker, d->problems, d->arena);
}
