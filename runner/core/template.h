/* A text with lookups in it, as a person wrote it: `You scored ${{ scores.score }} of 20.` A lookup
 * names a value and nothing more; there are no conditions and no arithmetic. Everything outside
 * the marks is literal, also `$1.00` and `{ }`. */
#ifndef CORE_TEMPLATE_H
#define CORE_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

enum lookup {
    LOOKUP_LITERAL, /* the text itself */
    LOOKUP_WORKER,
    LOOKUP_ASSIGNMENT,
    LOOKUP_TASK,
    LOOKUP_CAMPAIGN,
    LOOKUP_ANSWER, /* a field of the work */
    LOOKUP_CELL,   /* a column of a table */
    LOOKUP_PAID,   /* what a step really paid to this worker */
};

struct piece {
    enum lookup lookup;
    struct where where;
    const char *text; /* the literal; the answer's field, "colour" of `answer.colour` */
    size_t dataset;   /* LOOKUP_CELL: index into the campaign's datasets … */
    size_t column;    /* … and into its columns */
    size_t step;      /* LOOKUP_PAID: index of an earlier bonus step */
};

struct template
{
    struct piece *pieces;
    size_t count;
    struct where where;
};

/* True when one of the lookups is of that kind. `template` may be NULL: nothing is looked up. */
bool template_looks_up(const struct template *template, enum lookup lookup);

#endif
