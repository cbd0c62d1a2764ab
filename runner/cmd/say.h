/* Words on the terminal. What a person may pipe goes to standard output, everything else to
 * standard error. Whatever came from outside is escaped on its way. */
#ifndef CMD_SAY_H
#define CMD_SAY_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/money.h"

/* A line on standard error: "bursar: …". */
void say_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* "bursar: error: …", with its place when it has one; gives the exit status of the error. */
enum status say_error(const struct error *err);

/* "file:line:column: error: …" (or `kind` in the place of "error") for each, on standard error. */
void say_problems(const struct problems *problems, const char *kind);

/* Writes a buffer to standard output and empties it; false (with err) when that fails. */
bool say_out(struct buffer *out, struct error *err);

/* Adds a line for standard output, its end included; what steers a terminal is escaped. */
void say_line(struct buffer *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A table whose columns are as wide as their widest cell. */
enum { TABLE_COLUMNS_MAX = 10 };

struct table {
    struct arena *arena;
    const char **cells;
    size_t count, capacity;
    size_t columns;
    bool right[TABLE_COLUMNS_MAX];    /* aligned to the right: numbers */
    size_t widest[TABLE_COLUMNS_MAX]; /* cells longer than this are cut with "…"; 0: never */
};

/* Adds a cell; rows fill from left to right. Texts must live as long as the table. */
void table_cell(struct table *table, const char *text);
void table_number(struct table *table, size_t number); /* 0 shows as "–" */
void table_money(struct table *table, cents_t cents);  /* 0 shows as "–" */

/* Cuts one column so that the table fits into so many columns of a terminal, when it can. */
void table_fit(struct table *table, size_t column, size_t columns);

/* Adds all rows to the buffer, each after `indent`. */
void table_print(const struct table *table, const char *indent, struct buffer *out);

#endif
