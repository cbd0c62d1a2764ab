/* A step's row of the plan: how many actions are decided how, and what is still to be sent. */
#ifndef CMD_STEP_SUM_H
#define CMD_STEP_SUM_H

#include "core/plan.h"

struct step_sum {
    size_t by_decision[DECISION_COUNT];
    cents_t amount, fee; /* of what is to be done; rewards that approvals let go are in them */
};

/* Of a step's actions of that verb: a step that makes a qualification has two. */
struct step_sum step_sum_make(const struct plan *plan, size_t step, enum verb verb);

#endif
