#include "core/dataset.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

size_t
dataset_column_use(struct dataset *dataset, const char *name, struct where where,
                   struct arena *arena)
{
    for (size_t i = 0; i < dataset->column_count; i++)
        if (text_same(dataset->columns[i].name, name))
            return i;
    dataset->columns = arena_push(arena, dataset->columns, dataset->column_count,
                                  &dataset->column_capacity, sizeof *dataset->columns);
    dataset->columns[dataset->column_count] = (struct dataset_column){.name = name, .where = where};
    return dataset->column_count++;
}

enum { ROWS_LEAST = 16 };

/* The key as it is compared. */
static const char *
key_fold(const struct dataset *dataset, const char *key, struct arena *arena)
{
    if (!dataset->folds)
        return key;
    char *folded = arena_copy(arena, key);
    for (char *at = folded; *at; at++)
        *at = (char)tolower((unsigned char)*at);
    return folded;
}

void
dataset_reserve(struct dataset *dataset, size_t rows, struct arena *arena)
{
    if (rows <= dataset->row_capacity)
        return;
    size_t width = dataset->column_count;
    unsigned *lines = arena_alloc(arena, rows * sizeof *lines);
    const char **cells = arena_alloc(arena, rows * width * sizeof *cells);
    if (dataset->row_count) {
        memcpy(lines, dataset->lines, dataset->row_count * sizeof *lines);
        memcpy(cells, dataset->cells, dataset->row_count * width * sizeof *cells);
    }
    dataset->lines = lines;
    dataset->cells = cells;
    dataset->row_capacity = rows;
    index_reserve(&dataset->by_key, rows, arena);
}

bool
dataset_row_add(struct dataset *dataset, const char *const *cells, unsigned line, size_t *twin,
                struct arena *arena)
{
    const char *key = key_fold(dataset, cells[dataset->key], arena);
    const uint32_t *there = index_find(&dataset->by_key, key);
    *twin = there ? *there : dataset_none;
    if (there)
        return false;
    if (*key)
        index_add(&dataset->by_key, key, dataset->row_count, arena);
    if (dataset->row_count == dataset->row_capacity)
        dataset_reserve(dataset, dataset->row_count ? dataset->row_count * 2 : ROWS_LEAST, arena);
    dataset->lines[dataset->row_count] = line;
    memcpy(dataset->cells + dataset->row_count * dataset->column_count, cells,
           dataset->column_count * sizeof *cells);
    dataset->row_count++;
    return true;
}

const char *
dataset_cell(const struct dataset *dataset, size_t row, size_t column)
{
    return dataset->cells[row * dataset->column_count + column];
}

size_t
dataset_row(const struct dataset *dataset, const char *key, struct arena *arena)
{
    const uint32_t *row = *key ? index_find(&dataset->by_key, key_fold(dataset, key, arena)) : NULL;
    return row ? *row : dataset_none;
}

struct where
dataset_place(const struct dataset *dataset, size_t row)
{
    return (struct where){dataset->path, dataset->lines[row], 0};
}
