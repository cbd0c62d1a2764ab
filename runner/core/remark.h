/* Remarks for the person who reads a plan. Used by `plan` only. */
#ifndef CORE_REMARK_H
#define CORE_REMARK_H

#include "core/plan.h"

void remark_plan(const struct plan_input *input, struct plan *plan, struct arena *arena);

#endif
