/* Which of the bonuses that the marketplace lists is which action of ours. The list carries no
 * token and no id, so a payment is known by assignment, worker, amount and words; equal ones are
 * counted off, oldest first. */
#ifndef CORE_MATCH_H
#define CORE_MATCH_H

#include "base/arena.h"
#include "base/index.h"
#include "core/campaign.h"
#include "core/ledger.h"
#include "core/works.h"

struct match {
    struct roster *roster;
    struct index first_payment; /* assignment → its oldest payment */
    size_t *next_payment;       /* payment → the next one of the same assignment */
    const char **contents;      /* payment → identity of its amount and words */
    struct works works;         /* … where bonuses are paid per worker */
};

struct match_wish {
    const char *worker;
    const char *assignment; /* NULL: on any of the worker's assignments */
    const char *content;    /* NULL: any amount and words … */
    cents_t amount;         /* … or, unless 0, this amount in any words */
    stamp_t since_ms;       /* granted at this time or later */
};

/* Payments on the roster must be sorted by time. Who pays per worker needs to know the works of
 * each: only then a wish may name no assignment. */
void match_init(struct match *match, struct roster *roster, bool per_worker, struct arena *arena);

/* The oldest payment that fits and is not accounted for yet, or NULL. Does not mark it. */
struct payment *match_find(const struct match *match, const struct match_wish *wish);

/* From when on a payment may be this deed's: the marketplace's clock and ours may have differed a
 * little when the intent was written. */
stamp_t match_since_ms(const struct deed *deed);

/* When the payment that a done deed accounts for was granted, at the latest: equal ones are not
 * told apart. What is not listed was granted before it was written down. */
stamp_t match_granted_ms(const struct match *match, const struct deed *deed);

/* Marks the payments that deeds known as done account for. */
void match_deeds(struct match *match, const struct ledger *ledger);

#endif
