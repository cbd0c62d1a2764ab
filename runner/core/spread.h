/* How amounts are spread: their bounds, their middle, and how many lie in each of a few ranges. */
#ifndef CORE_SPREAD_H
#define CORE_SPREAD_H

#include <stddef.h>

#include "base/money.h"

enum { SPREAD_BARS_MOST = 16 };

/* Amounts from … to …, both included. */
struct spread_bar {
    cents_t from, to;
    size_t count;
};

struct spread {
    size_t count;
    cents_t sum;
    cents_t least, median, mean, most; /* the last two rounded to the cent, a half up */
    struct spread_bar bars[SPREAD_BARS_MOST];
    size_t bar_count;
};

/* Sorts `amounts`. There will be `bars_most` ranges or fewer: one for each amount where that is
 * enough, else ranges as wide as 1, 2 or 5 and zeros; those in which nothing lies are left out. */
void spread_make(struct spread *spread, cents_t *amounts, size_t count, size_t bars_most);

#endif
