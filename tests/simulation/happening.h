/* What the marketplace's book says has happened, in words that both the simulator's rooms and the
 * product's can read: their headers have names in common and cannot be opened together. */
#ifndef SIMULATION_HAPPENING_H
#define SIMULATION_HAPPENING_H

#include <stdint.h>

#include "base/money.h"
#include "core/verb.h"

struct happening {
    enum verb verb;
    /* As far as it has them. */
    const char *worker, *assignment, *token, *subject, *words, *qualification;
    const int64_t *value;
    cents_t pay;
};

void oracle_happens(const struct happening *happening);

#endif
