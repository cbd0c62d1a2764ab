#include "core/campaign.h"

#include "base/text.h"

bool
condition_value_add(struct condition *condition, const char *value, struct arena *arena)
{
    if (!index_add(&condition->among, value, condition->value_count, arena))
        return false;
    condition->values = arena_push(arena, condition->values, condition->value_count,
                                   &condition->value_capacity, sizeof *condition->values);
    condition->values[condition->value_count++] = value;
    return true;
}

const char *
step_identity(const struct step *step)
{
    return step->was ? step->was : step->id;
}

bool
step_is_per_worker(const struct step *step)
{
    return verb_row(step->verb)->target == TARGET_WORKER ||
           (step->verb == VERB_BONUS && step->per == PER_WORKER);
}

const struct step *
campaign_step_find(const struct campaign *campaign, const char *id)
{
    for (size_t i = 0; i < campaign->step_count; i++)
        if (text_same(campaign->steps[i].id, id) ||
            (campaign->steps[i].was && text_same(campaign->steps[i].was, id)))
            return &campaign->steps[i];
    return NULL;
}
