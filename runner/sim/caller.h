/* Amazon's other service that clients ask before they spend money: whose account is this? It is
 * STS GetCallerIdentity, with the older query protocol: a form goes in, XML comes out
 * (docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html). */
#ifndef SIM_CALLER_H
#define SIM_CALLER_H

#include <stdbool.h>

#include "sim/clerk.h"

/* A call with a form in it is meant for STS. */
bool caller_is_asked(const struct call *call);

void caller_answer(struct clerk *clerk, const struct call *call, stamp_t now_ms,
                   struct arena *arena, struct response *response);

#endif
