/* Text and tables of an HTML page. Whatever came from outside goes through `html_text`. */
#ifndef CODEC_HTML_H
#define CODEC_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/money.h"

/* Adds a text as nothing but text, in an element or between quotes: what HTML reads as its own is
 * escaped, and what is unseen, turns the direction or is no UTF-8 is shown as \u{…} or \x{…}. */
void html_text(struct buffer *out, const char *text);

/* The same of a formatted text. */
void html_print(struct buffer *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Stands between tags, formatted text escaped: <TAG>…</TAG>; a class is given as "p class=note". */
void html_element(struct buffer *out, const char *tag, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

struct html_head {
    const char *name; /* NULL ends them */
    bool number;      /* what stands under it is set to the right */
};

/* A table with its caption and heads (or NULL), ready for rows. */
void html_table(struct buffer *out, const char *caption, const struct html_head *heads);
void html_table_end(struct buffer *out);

/* One row; each cell is one call. The first names the row. */
void html_row(struct buffer *out);
void html_row_end(struct buffer *out);
void html_row_head(struct buffer *out, const char *text);
void html_row_name(struct buffer *out,
                   const char *text); /* one that may be long: broken anywhere */
void html_cell(struct buffer *out, const char *text);
void html_cell_number(struct buffer *out, size_t number); /* a dash for none */
void html_cell_money(struct buffer *out, cents_t cents);  /* a dash for 0.00 */

void html_cell_moment(struct buffer *out, const char *text); /* "DATE TIME (…)" in three lines */
void html_cell_whole(struct buffer *out, const char *text);  /* never broken */
void html_cell_any(struct buffer *out, const char *text);    /* broken anywhere */

/* Under a table of which `shown` rows of `count` are there: "and N more WHAT, see --csv". Nothing
 * when all are. */
void html_more(struct buffer *out, size_t shown, size_t count, const char *what);

#endif
