#include "cmd/step_sum.h"

struct step_sum
step_sum_make(const struct plan *plan, size_t step, enum verb verb)
{
    struct step_sum sum = {0};
    for (size_t i = 0; i < plan->action_count; i++) {
        const struct action *action = &plan->actions[i];
        if (action->step != step || action->verb != verb)
            continue;
        sum.by_decision[action->decision]++;
        if (action->decision != DECISION_DO)
            continue;
        sum.amount += action->amount + action->reward;
        sum.fee += action->fee + action->reward_fee;
    }
    return sum;
}
