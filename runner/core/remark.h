/* Remarks for the person who reads a plan. Used by `plan` only. */
#ifndef CORE_REMARK_H
#define CORE_REMARK_H

#include "core/plan.h"

/* Those on values that are compared, named or looked up. */
void remark_values(const struct plan_input *input, struct plan *plan, struct arena *arena);

/* All of them, into the plan's remarks. Needs its actions decided. */
void remark_plan(const struct plan_input *input, struct plan *plan, struct arena *arena);

#endif
