/* What a marketplace adds to what workers get. Each marketplace fills one row. */
#ifndef CORE_TARIFF_H
#define CORE_TARIFF_H

#include "base/money.h"
#include "core/roster.h"

struct tariff {
    unsigned bonus_percent;
    unsigned reward_percent;
    unsigned many_percent; /* more on the reward when the task has many places … */
    unsigned many_places;  /* … this many or more */
    unsigned masters_percent;
    cents_t least_fee; /* of one bonus or one reward */
};

/* Half a cent is rounded up, then the least fee applies (mturk.com/pricing and FAQ). */
cents_t tariff_bonus_fee(const struct tariff *tariff, cents_t amount);

/* The fee for approving one assignment of a task; an estimate within two cents, because whether
 * the parts round together is nowhere stated. */
cents_t tariff_reward_fee(const struct tariff *tariff, const struct task *task);

#endif
