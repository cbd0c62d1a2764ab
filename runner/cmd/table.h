/* Rows and columns of text. */
#ifndef CMD_TABLE_H
#define CMD_TABLE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/money.h"
#include "cmd/paint.h"

/* A table whose columns are as wide as their widest cell. */
enum { TABLE_COLUMNS_MAX = 10 };

struct table_cell {
    const char *text;
    enum paint paint;
};

struct table {
    struct arena *arena;
    struct table_cell *cells;
    size_t count, capacity;
    size_t columns;
    bool right[TABLE_COLUMNS_MAX];    /* aligned to the right: numbers */
    size_t widest[TABLE_COLUMNS_MAX]; /* cells longer than this are cut with "…"; 0: never */
};

/* Adds the first row, which says how many columns there are; ends in NULL. */
void table_heads(struct table *table, const char *const *heads);

/* Adds a cell; rows fill from left to right. Texts must live as long as the table. */
void table_cell(struct table *table, const char *text);
void table_number(struct table *table, size_t number); /* 0 shows as "–" */
void table_money(struct table *table, cents_t cents);  /* 0 shows as "–" */

/* The cell that was added last stands out, unless it is a "–". */
void table_paint(struct table *table, enum paint paint);

/* On a terminal: cuts one column so that the table fits, when it can. */
void table_fit(struct table *table, size_t column);

/* Adds all rows to the buffer, each after `indent`: for standard output, whose paint it takes. */
void table_print(const struct table *table, const char *indent, struct buffer *out);

#endif
