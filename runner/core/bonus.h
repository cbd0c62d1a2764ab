/* Bonuses held against the marketplace's list of payments: what was paid is not paid again, and
 * what may have been is not sent either. Used by `plan` and `decide` only. */
#ifndef CORE_BONUS_H
#define CORE_BONUS_H

#include "core/match.h"
#include "core/plan.h"

/* Gives a bonus that is not done the listed payment that equals it, if there is one, before another
 * action takes that payment for its own in other words. Comes before the bonuses are decided, and
 * for what is open before what is new. `match` has accounted for done deeds. */
void bonus_match(const struct plan_input *input, struct match *match, struct action *action);

/* A bonus of which nothing stands in the journal, or which provably was not paid. */
void bonus_decide_new(const struct plan_input *input, struct plan *plan, struct match *match,
                      struct action *action, struct arena *arena);

/* Settles an open bonus that was sent on work which the roster no longer has: no list that is read
 * shows it. False when it is in sight. */
bool bonus_is_out_of_sight(const struct plan_input *input, struct action *action,
                           struct arena *arena);

/* A bonus with an intent in the journal, and no outcome, that is in sight. */
void bonus_decide_open(const struct plan_input *input, struct plan *plan, struct match *match,
                       struct action *action, struct arena *arena);

#endif
