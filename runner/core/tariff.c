#include "core/tariff.h"

static cents_t
at_least(cents_t fee, cents_t least)
{
    return fee < least ? least : fee;
}

cents_t
tariff_bonus_fee(const struct tariff *tariff, cents_t amount)
{
    return at_least(money_percent(amount, tariff->bonus_percent), tariff->least_fee);
}

cents_t
tariff_reward_fee(const struct tariff *tariff, const struct task *task)
{
    unsigned percent = tariff->reward_percent;
    if (task->places >= tariff->many_places)
        percent += tariff->many_percent;
    if (task->masters)
        percent += tariff->masters_percent;
    return at_least(money_percent(task->reward, percent), tariff->least_fee);
}
