/* What would keep a run from starting: limits, expectations, the balance, conflicts. Each refusal
 * says what to do next. */
#ifndef CORE_GUARD_H
#define CORE_GUARD_H

#include "core/plan.h"

/* Fills the plan's totals and its refusals. Called once, when all actions are decided. */
void guard_plan(const struct plan_input *input, struct plan *plan, struct arena *arena);

#endif
