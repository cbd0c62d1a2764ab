/* How long to wait before something is tried again: twice as long each time, with jitter so that
 * many that failed together do not come back together. */
#ifndef CORE_PACE_H
#define CORE_PACE_H

#include "base/stamp.h"

/* A pause before the repetition number `attempt` (1 is the first repetition), between half and all
 * of 250 ms × 2^(attempt-1), at most 20 s. `*seed` is the state of the jitter. */
stamp_t pace_pause_ms(unsigned attempt, uint64_t *seed);

#endif
