/* Sums and their limits. Used by `guard` only. */
#ifndef CORE_LIMIT_H
#define CORE_LIMIT_H

#include "core/plan.h"

/* Adds up what the plan does, and what was spent before. */
void limit_totals(const struct plan_input *input, struct plan *plan);

/* Refuses what is above a limit or the balance. Needs the totals. */
void limit_hold(const struct plan_input *input, struct plan *plan, struct arena *arena);

#endif
