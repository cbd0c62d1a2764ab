/* What an action says, and what it costs: mostly the same for many of a step, who share it. */
#ifndef CORE_TERMS_H
#define CORE_TERMS_H

#include "base/arena.h"
#include "base/index.h"
#include "base/money.h"

struct terms {
    const char *subject; /* what the worker reads, as it is sent; or NULL */
    const char *message;
    const char *qualification; /* its id, NULL while it is still to be made; of an action that makes
                                  one, its name */
    const char *content;       /* the digest of what is said; "" while that is not known yet */
    cents_t amount;            /* of the bonus */
    cents_t fee;
    cents_t reward; /* an approval lets go */
    cents_t reward_fee;
    int value;
};

/* The terms of one step's actions. Where the words are looked up for each, only neighbours share
 * theirs; else all who have the same sums. */
struct terms_list {
    bool worded; /* … the words are looked up */
    const struct terms *last;
    struct index by_sums; /* "AMOUNT REWARD VALUE" → items */
    const struct terms **items;
    size_t item_capacity;
};

/* The same terms, as an earlier action has them; or NULL. `content` follows from the rest. */
const struct terms *terms_find(struct terms_list *list, const struct terms *terms);

/* Notes terms that were not found; they must live as long as the list. */
void terms_add(struct terms_list *list, const struct terms *terms, struct arena *arena);

#endif
