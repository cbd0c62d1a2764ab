/* What a fault that struck does to an answer. */
#ifndef SIM_MISBEHAVE_H
#define SIM_MISBEHAVE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/stamp.h"
#include "sim/call.h"
#include "sim/fault.h"

/* Whether the call is carried out all the same. */
bool fault_lets_it_happen(const struct fault *fault);

/* Turns the answer made so far, if there is one, into what the caller sees. */
void misbehave(const struct fault *fault, stamp_t now_ms, struct arena *arena,
               struct response *response);

#endif
