/* One cell of a table, held against what its column takes. What does not fit is noted at the row's
 * place, with how to mend it: these are the slips of spreadsheets and of data frames. */
#ifndef CODEC_CELL_H
#define CODEC_CELL_H

#include <stdbool.h>

#include "codec/value.h"

struct cell {
    struct where where; /* of its row */
    const char *column; /* NULL: it is a line of a list */
    const char *text;   /* trimmed */
};

enum cell_id { CELL_WORKER, CELL_ASSIGNMENT, CELL_TASK };

/* Each of these notes what is wrong and returns false. */
bool cell_id(struct decoding *d, const struct cell *cell, enum cell_id kind);
/* Dollars; nothing is owed where there is a 0. */
bool cell_money(struct decoding *d, const struct cell *cell);
/* A qualification's score. */
bool cell_score(struct decoding *d, const struct cell *cell);

/* "'column' takes …; it has …: hint", where `hint` may be NULL. Returns false. */
bool cell_wrong(struct decoding *d, const struct cell *cell, const char *takes, const char *hint);

#endif
