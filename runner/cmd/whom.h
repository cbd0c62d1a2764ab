/* What an operator's word is about: STEP, STEP:WORKER, STEP:ASSIGNMENT or STEP:@FILE. */
#ifndef CMD_WHOM_H
#define CMD_WHOM_H

#include "core/ledger.h"

struct whom {
    const char *step;
    const struct campaign *campaign; /* knows under which other name the step ran */
    bool everyone;                   /* STEP alone */
    struct index named;              /* workers and assignments */
};

/* Fails with STATUS_USAGE when neither file nor journal has such a step, or a name is no id. */
bool whom_read(struct whom *whom, const char *text, const struct campaign *campaign,
               const struct ledger *ledger, struct arena *arena, struct error *err);

bool whom_meets(const struct whom *whom, const char *step, const char *worker,
                const char *assignment);

#endif
