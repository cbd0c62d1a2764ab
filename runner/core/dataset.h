/* A table that a campaign reads (`data.NAME`): the rows of a CSV file, found by a key. Only the
 * columns that the campaign uses are kept. Filled by `codec`; every cell is trimmed, and its rows
 * have passed what their columns take. */
#ifndef CORE_DATASET_H
#define CORE_DATASET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/index.h"

/* What a row's key is held against. */
enum match_by { MATCH_BY_WORKER, MATCH_BY_ASSIGNMENT, MATCH_BY_ANSWER };

/* What the campaign takes from a column: checked in every row, before anything is asked. */
enum column_takes { COLUMN_TEXT, COLUMN_MONEY, COLUMN_SCORE };

struct dataset_column {
    const char *name;
    struct where where; /* where the campaign first uses it */
    enum column_takes takes;
};

struct dataset {
    const char *name;
    struct where where;
    const char *path; /* as a person would open it */
    enum match_by match_by;
    const char *field; /* MATCH_BY_ANSWER: the answer's field */
    size_t key;        /* the column that holds the keys */
    bool skips;        /* who has no row is left out of the steps that read it; else: a problem */
    bool folds;        /* keys are compared without regard to upper and lower case (ASCII) */
    struct dataset_column *columns;
    size_t column_count;
    size_t column_capacity;
    const char **cells; /* row by row, column_count each */
    unsigned *lines;    /* row → line of the file in which it begins */
    size_t row_count;
    size_t row_capacity;
    struct index by_key;
};

static const size_t dataset_none = (size_t)-1; /* no row, no column */

/* The column of that name among those used; adds it when it is new. Before rows are added. */
size_t dataset_column_use(struct dataset *dataset, const char *name, struct where where,
                          struct arena *arena);

/* Makes room for so many rows, so that none is moved on the way there. Once the columns are known.
 */
void dataset_reserve(struct dataset *dataset, size_t rows, struct arena *arena);

/* Adds a row; `cells` are column_count texts that live as long as the dataset. False when its key
 * stands in an earlier row already: then `*twin` is that row and nothing was added. A row without a
 * key is never found. */
bool dataset_row_add(struct dataset *dataset, const char *const *cells, unsigned line, size_t *twin,
                     struct arena *arena);

const char *dataset_cell(const struct dataset *dataset, size_t row, size_t column);

/* The row of a key, or `dataset_none`. The arena takes the key as it is compared. */
size_t dataset_row(const struct dataset *dataset, const char *key, struct arena *arena);

/* Where a row begins, for messages. */
struct where dataset_place(const struct dataset *dataset, size_t row);

#endif
