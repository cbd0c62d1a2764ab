#include "core/payees.h"

void
payees_note(struct payees *payees, struct deed *const *deeds, size_t count, struct arena *arena)
{
    for (; payees->noted < count; payees->noted++) {
        struct deed *deed = deeds[payees->noted];
        if (deed->verb != VERB_BONUS || !deed->worker)
            continue;
        if (index_add(&payees->latest, deed->worker, payees->noted, arena))
            continue;
        uint32_t *latest = index_find(&payees->latest, deed->worker);
        deed->bonus_before = deeds[*latest];
        *latest = (uint32_t)payees->noted;
    }
}

const struct deed *
payees_find(const struct payees *payees, struct deed *const *deeds, const char *worker)
{
    const uint32_t *latest = index_find(&payees->latest, worker);
    return latest ? deeds[*latest] : NULL;
}
