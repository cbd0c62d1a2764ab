#include "cmd/step_sum.h"

struct step_sum
step_sum_make(const struct plan *plan, size_t step, enum verb verb)
{
    struct step_sum sum = {0};
    for (size_t i = plan->steps[step].first; i < plan->steps[step].end; i++) {
        const struct action *action = &plan->actions[i];
        if (action->verb != verb)
            continue;
        sum.by_decision[action->decision]++;
        if (action->decision != DECISION_DO)
            continue;
        sum.amount += action->terms->amount + action->terms->reward;
        sum.fee += action->terms->fee + action->terms->reward_fee;
    }
    return sum;
}
