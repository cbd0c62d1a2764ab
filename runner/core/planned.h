/* One action as a saved plan has it, held against the plan that was made anew. Whoever agreed to a
 * saved plan agreed to these rows: a row that would now be another deed must not be done in its
 * place. Pure. */
#ifndef CORE_PLANNED_H
#define CORE_PLANNED_H

#include "core/plan.h"

/* Texts that do not apply are NULL, amounts 0. */
struct planned {
    const char *key;
    const char *step;
    enum verb verb;
    const char *worker;
    const char *assignment;
    const char *task;
    cents_t amount;
    cents_t fee;
    cents_t reward;
    cents_t reward_fee;
    enum decision decision;
    const char *subject;
    const char *message;
    const char *qualification; /* its ID, or the name of one that was still to be made */
    bool has_value;
    int value;
};

/* True when a run of this plan was refused the action: that stands, also where the plan tries again
 * what was refused before it was made. `runs_before` is how many runs the journal held then. */
bool planned_is_refused(const struct planned *row, const struct ledger *ledger, size_t runs_before);

/* Why `plan` does not allow a row that was to be done, in words; NULL when it does: it would do the
 * same, or leaves it out because runs of the saved plan, or somebody else, have been there since.
 */
const char *planned_differs(const struct planned *row, const struct plan *plan, size_t runs_before,
                            struct arena *arena);

#endif
