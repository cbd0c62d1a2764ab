/* What workers filled in, as a table of results has it: a column `Answer.FIELD` for each field. Of
 * a crowd-form there may be one column `Answer.taskAnswers` that holds all fields as JSON. */
#ifndef CODEC_RESULTS_ANSWERS_H
#define CODEC_RESULTS_ANSWERS_H

#include <stddef.h>

#include "codec/csv.h"
#include "core/roster.h"

struct results_answers {
    const char **names; /* without "Answer." */
    size_t *columns;
    size_t count;
};

/* The columns with answers that a header has. Their names are the header's. */
struct results_answers results_answers_make(const struct csv_row *header, struct arena *arena);

/* The fields of a row, in the order of their columns; each column gives one, if an empty one. The
 * JSON of a crowd-form, `[{"country":"FR","sentiment":{"label":"good"}}]`, is followed by the
 * fields `taskAnswers.country` and `taskAnswers.sentiment.label`, as where the marketplace is
 * asked: by number from 0 in an array, null is empty. JSON that cannot be read to its end makes the
 * work unreadable. */
void results_answers_take(const struct results_answers *answers, const struct csv_row *row,
                          struct assignment *assignment, struct arena *arena);

#endif
