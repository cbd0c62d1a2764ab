/* A report as a table for spreadsheets: one row an action, whatever became of it. */
#ifndef CODEC_REPORT_CSV_H
#define CODEC_REPORT_CSV_H

#include "base/buffer.h"
#include "core/ledger.h"
#include "core/veil.h"

/* What the rows of one journal have in common. */
struct report_csv {
    const struct ledger *ledger;
    const char *currency;
    const struct veil *veil; /* names everybody otherwise, and clears what others wrote */
    const bool *again;       /* by deed: an earlier table counts the payment; NULL: none does */
    bool with_ids;           /* beside that name stand the IDs */
};

/* How each such table begins. */
#define REPORT_CSV_BEGINNING "Campaign,Environment,Step,Action,Person,"

/* Adds the line of column names, in CSV as RFC 4180 has it. */
void report_csv_head(bool with_ids, struct buffer *out);

/* Adds the row of the ledger's deed of that number. */
void report_csv_row(const struct report_csv *csv, size_t at, struct buffer *out);

#endif
