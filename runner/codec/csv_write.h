/* Cells of CSV files for others to open (RFC 4180), safe in spreadsheets. */
#ifndef CODEC_CSV_WRITE_H
#define CODEC_CSV_WRITE_H

#include "base/buffer.h"

/* Adds one cell: in quotes where it needs them, and with an apostrophe in front where a spreadsheet
 * would take it for a formula and carry it out. Signed numbers are no formulas. */
void csv_cell(const char *text, struct buffer *out);

#endif
