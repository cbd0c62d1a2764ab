/* One action held against what the ledger and the marketplace know of it. Used by `plan` only;
 * apart because this is where the product's promises are kept or broken. */
#ifndef CORE_DECIDE_H
#define CORE_DECIDE_H

#include "core/match.h"
#include "core/plan.h"

/* Decides one action without regard to what it needs. `match` has accounted for done deeds. */
void decide_action(const struct plan_input *input, struct plan *plan, struct match *match,
                   struct action *action, struct arena *arena);

/* True when the marketplace shows as done already what this action is to do. Of bonuses and
 * messages nothing is shown so. */
bool decide_is_so(const struct plan_input *input, const struct action *action);

#endif
