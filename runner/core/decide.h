/* One action held against what the ledger and the marketplace know of it. Used by `plan` only;
 * apart because this is where the product's promises are kept or broken. */
#ifndef CORE_DECIDE_H
#define CORE_DECIDE_H

#include "core/match.h"
#include "core/plan.h"

/* Decides one action without regard to what it needs. `match` has accounted for done deeds. */
void decide_action(const struct plan_input *input, struct plan *plan, struct match *match,
                   struct action *action, struct arena *arena);

/* Gives a bonus that is neither done nor open the listed payment that equals it, if there is one,
 * before another step takes that payment for its own in other words. Comes before `decide_action`.
 */
void decide_payment(const struct plan_input *input, struct match *match, struct action *action);

/* Notes a remark for the person who reads the plan. */
void plan_remark(struct plan *plan, struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
