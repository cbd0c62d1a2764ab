/* The whole service without a socket: a call goes in, an answer comes out, and the time is an
 * argument. Server and tests use the same clerk, and a simulation with its own clock can.
 *
 * The order in which a call is judged: is there such an operation, is the signature good, can
 * the body be read, does a fault strike, has the input the right shape, and then the operation. */
#ifndef SIM_CLERK_H
#define SIM_CLERK_H

#include "base/arena.h"
#include "base/stamp.h"
#include "sim/call.h"
#include "sim/fault.h"
#include "sim/gate.h"
#include "sim/world.h"

struct clerk {
    struct world *world;
    struct faults *faults;
    uint64_t calls;
    struct gate_lock service_lock;
    struct gate_lock caller_lock; /* of STS, which tells the caller's account */
};

/* World and faults must outlive the clerk; `faults` may be NULL. */
void clerk_init(struct clerk *clerk, struct world *world, struct faults *faults);

/* Carries out one call at `now_ms`. The answer's texts live in `arena`. */
void clerk_answer(struct clerk *clerk, const struct call *call, stamp_t now_ms, struct arena *arena,
                  struct response *response);

#endif
