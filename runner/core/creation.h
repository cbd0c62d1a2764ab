/* Qualifications that the campaign makes on the way (`create`), and those that it names and does
 * not make. Used by `listing` only. */
#ifndef CORE_CREATION_H
#define CORE_CREATION_H

#include "core/plan.h"

/* Notes in the roster what the step's making of its qualification has brought before: it may not be
 * listed yet. */
void creation_recall(const struct plan_input *input, const struct step *step, struct arena *arena);

/* Refuses a name that is not there and is made by no step so far: it can be given to nobody. */
void creation_check(const struct plan_input *input, struct plan *plan, const struct step *step,
                    struct arena *arena);

/* Adds the making of the step's qualification, an action of its own, before those that give it:
 * `first` is the first of them. */
void creation_add(const struct plan_input *input, struct plan *plan, size_t step_at, size_t first,
                  struct arena *arena);

#endif
