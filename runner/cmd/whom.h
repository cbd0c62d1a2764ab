/* What an operator's word is about: STEP, STEP:WORKER, STEP:ASSIGNMENT or STEP:@FILE; and
 * STEP:WORKER+, everyone whose message went out in the same call as this worker's. */
#ifndef CMD_WHOM_H
#define CMD_WHOM_H

#include "core/ledger.h"

struct whom {
    const char *step;
    const struct campaign *campaign; /* knows under which other name the step ran */
    bool everyone;                   /* STEP alone */
    struct index named;              /* workers and assignments */
    uint64_t call;                   /* STEP:WORKER+: the call; else 0 */
};

/* Fails with STATUS_USAGE when neither file nor journal has such a step, or a name is no id. */
bool whom_read(struct whom *whom, const char *text, const struct campaign *campaign,
               const struct ledger *ledger, struct arena *arena, struct error *err);

/* `call` is the deed's, or 0. */
bool whom_meets(const struct whom *whom, const char *step, uint64_t call, const char *worker,
                const char *assignment);

#endif
