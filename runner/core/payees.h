/* The bonuses of each worker among a journal's deeds. Asked for only when the marketplace's list is
 * held against one action, so it is made then, and goes on from where it was. */
#ifndef CORE_PAYEES_H
#define CORE_PAYEES_H

#include "base/arena.h"
#include "base/index.h"
#include "core/deed.h"

struct payees {
    struct index latest; /* worker → their bonus that was added last */
    size_t noted;        /* of so many deeds */
};

/* Takes in the deeds that were added since. */
void payees_note(struct payees *payees, struct deed *const *deeds, size_t count,
                 struct arena *arena);

/* The worker's bonus that was added last, or NULL; each names the one before it. */
const struct deed *payees_find(const struct payees *payees, struct deed *const *deeds,
                               const char *worker);

#endif
