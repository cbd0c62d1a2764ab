/* What is kept of the marketplace's answers. A reply, and all that was read of it, goes away before
 * the next is taken; of what a plan needs a copy stays, and a text that many rows have stays once.
 */
#ifndef ENGINE_KEEP_H
#define ENGINE_KEEP_H

#include "base/index.h"
#include "core/roster.h"

struct keep {
    struct arena *arena; /* where the copies live */
    struct index texts;  /* those that stand in many rows */
};

/* The same struct, its texts copied. Of a payment on work that the roster has, the names are the
 * roster's own. */
struct task keep_task(struct keep *keep, const struct task *task);
struct assignment keep_assignment(struct keep *keep, const struct assignment *assignment);
struct payment keep_payment(struct keep *keep, const struct roster *roster,
                            const struct payment *payment);

#endif
