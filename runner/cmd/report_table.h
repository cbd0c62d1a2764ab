/* A report's table, on standard output in pieces (a journal may have a million rows), or in a file.
 */
#ifndef CMD_REPORT_TABLE_H
#define CMD_REPORT_TABLE_H

#include "codec/report_csv.h"
#include "core/statement.h"

struct report_table {
    const char *path; /* NULL: standard output; to be set */
    struct buffer rows;
    size_t row_count;
};

/* Adds the actions of one journal that belong to the span. Fails when standard output does. */
bool report_table_add(struct report_table *table, const struct report_csv *csv,
                      const struct span *span, struct error *err);

/* Brings out what is left: in a file, mode 0600, whole or not at all. Fails with 64 when something
 * else than such a table is there. */
bool report_table_finish(struct report_table *table, struct error *err);

void report_table_close(struct report_table *table);

#endif
