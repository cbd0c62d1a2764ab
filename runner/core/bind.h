/* Fills in what is only known when earlier steps are over: what they really paid, and the id of a
 * qualification that is made on the way. Used by `plan` only; `plan_bind` is its other half. */
#ifndef CORE_BIND_H
#define CORE_BIND_H

#include "core/plan.h"

/* Binds every late action to what is planned. What could not be sent becomes a refusal. */
void bind_plan(const struct plan_input *input, struct plan *plan, struct arena *arena);

#endif
