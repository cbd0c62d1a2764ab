/* From a campaign and its people to the list of its actions, before anything is decided about
 * them. Used by `plan` only. */
#ifndef CORE_LISTING_H
#define CORE_LISTING_H

#include "core/plan.h"

/* Counts whom the campaign selects, task by task, and whom it leaves out. */
void listing_count(const struct plan_input *input, struct plan *plan, struct arena *arena);

/* Lists the actions step by step, people in the roster's order. What is wrong with a person's data
 * becomes a refusal. */
void listing_actions(const struct plan_input *input, struct plan *plan, struct arena *arena);

#endif
