/* What keeps an action that could be done from being done: the campaign wants the opposite too, the
 * run is about another part of it, or something else must come first. Used by `plan` only, in this
 * order, when every action is decided by itself. */
#ifndef CORE_HOLD_H
#define CORE_HOLD_H

#include "core/plan.h"

/* The campaign approves and rejects the same work: nothing of that is done. */
void hold_opposites(struct plan *plan);

/* True when not all of the campaign is asked for. */
bool part_is_asked(const struct part *part);

/* Actions that this run is not about stay as they are, and hold back what depends on them. */
void hold_others(const struct plan_input *input, struct plan *plan);

/* Waits for the qualification that is to be made, and for the worker's earlier actions. `last`: of
 * two steps that decide on the same work only one does; not before the part that is asked for is
 * known, because the other one may not be in it. */
void hold_by_needs(const struct plan_input *input, struct plan *plan, bool last,
                   struct arena *arena);

#endif
