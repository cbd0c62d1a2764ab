/* A report's table, on standard output or in a file. It goes out in pieces: a journal may have a
 * million rows. */
#ifndef CMD_REPORT_TABLE_H
#define CMD_REPORT_TABLE_H

#include "codec/report_csv.h"
#include "core/statement.h"
#include "io/draft.h"

struct report_table {
    const char *path; /* NULL: standard output */
    struct draft draft;
    bool drafted;
    struct buffer rows;
    size_t row_count;
};

/* Begins it. A file that is there and is no such table is left alone (64). */
bool report_table_begin(struct report_table *table, const char *path, bool with_ids,
                        struct error *err);

/* Adds the actions of one journal that belong to the span. */
bool report_table_add(struct report_table *table, const struct report_csv *csv,
                      const struct span *span, struct error *err);

/* Brings out what is left and, when the table is `whole`, puts the file in place; else there is
 * none. */
bool report_table_end(struct report_table *table, bool whole, struct error *err);

#endif
