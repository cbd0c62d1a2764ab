/* What each person got in each calendar year (UTC), over any number of journals: for tax forms.
 * Money of different environments is never added up. */
#ifndef CORE_YEARLY_H
#define CORE_YEARLY_H

#include "base/buffer.h"
#include "core/statement.h"

struct yearly_row {
    const char *marketplace;
    const char *environment;
    int year;
    const char *worker; /* NULL: all who were erased */
    size_t payments;
    cents_t bonus, reward; /* that these journals' runs paid, without fees */
    cents_t found;   /* bonuses found at the marketplace: another campaign may count them too */
    cents_t perhaps; /* open */
};

struct yearly {
    struct yearly_row *rows;
    size_t count, capacity;
    struct index by_name;
    struct index texts; /* names once, in this arena */
    struct buffer name;
    struct arena *arena; /* outlives the journals; to be set */
};

/* Adds what a ledger's deeds within the span paid, or perhaps paid; without those that are marked
 * in `again`, which another journal counts (NULL: none is). */
void yearly_add(struct yearly *yearly, const struct ledger *ledger, const struct span *span,
                const bool *again);

cents_t yearly_sum(const struct yearly_row *row);

/* By environment, year, and sum, the largest first. Nothing may be added afterwards. */
void yearly_sort(struct yearly *yearly);

void yearly_close(struct yearly *yearly);

#endif
