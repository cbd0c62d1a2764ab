/* A file of comma-separated values, read strictly (RFC 4180): a header, then one row after the
 * other. Money hangs on these files, so nothing is guessed: a row that does not fit the header, a
 * quote that is not closed, a separator that is not a comma are refused in words that say how to
 * mend them, never read in some way.
 *
 * Taken: a first column without a name, as R and pandas put one in front; UTF-8 with or without a
 * byte order mark; line ends CR, LF and CRLF; cells in quotes with commas, line ends and doubled
 * quotes in them. White space at the ends of a cell is cut off. Blank lines, and rows of empty
 * cells such as spreadsheets leave behind, are no rows. */
#ifndef CODEC_CSV_H
#define CODEC_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

enum {
    CSV_SIZE_BYTES_MAX = 1024 * 1024 * 1024,
    CSV_ROW_BYTES_MAX = 16 * 1024 * 1024, /* as it stands in the file */
    CSV_COLUMNS_MAX = 16384,              /* what spreadsheets have */
};

struct csv_input {
    const char *path; /* named in every place, must live on */
    const char *bytes;
    size_t size_bytes;
};

struct csv_row {
    struct where where;       /* of its beginning: the line, and no column */
    size_t number;            /* 0 is the header, 1 the first row handed over */
    const char *const *cells; /* never NULL; there are as many as the header has */
    size_t count;
};

/* Who takes the rows. The header's cells live in the arena; those of a row are gone with the next
 * one, so what is needed longer is copied. What is wrong in a cell is noted by the taker, at the
 * row's place. False ends the reading. */
struct csv_taker {
    void *self;
    bool (*header)(void *self, const struct csv_row *header);
    bool (*row)(void *self, const struct csv_row *row);
};

/* True when the file was read to its end and was in form. Rows that are not in form are noted and
 * not handed over; after ten problems, the taker's among them, the rest is not read, and that is
 * said. Below a header that is not in form no row is handed over. Time is linear; beside the
 * header, one row is held in memory. */
bool csv_read(const struct csv_input *input, const struct csv_taker *taker,
              struct problems *problems, struct arena *arena);

/* Finds a column by the very name it has in the header. */
bool csv_column(const struct csv_row *header, const char *name, size_t *column);

/* Finds it also when case and what joins the words differ, as in worker_id for WorkerId: for
 * columns whose name no person chose. The very name counts alone; otherwise gives how many there
 * are, and `column` is the first. */
size_t csv_column_alike(const struct csv_row *header, const char *name, size_t *column);

/* libcsv's version. It tells none when it runs: this is the one bursar was built with. */
const char *csv_library(void);

/* How to go on when there is no such column: "did you mean 'worker_id'?", or the names there are:
 * "its columns are 'worker_id' and 'bonus_usd'". */
const char *csv_column_hint(const struct csv_row *header, const char *name, struct arena *arena);

#endif
