/* The way to the marketplace and back. A call that was made is an exchange: when it arrives, if it
 * arrives, when its answer comes, and what that is. Calls go on after their process died. */
#ifndef SIMULATION_ROAD_H
#define SIMULATION_ROAD_H

#include "io/transport.h"
#include "sim/inside.h"

/* Opens the marketplace in the world of the seed. */
void road_begin(void);
void road_end(void);

struct transport road_transport(void);
const struct inside *road_marketplace(void);

/* Time passes; what is on its way arrives. */
void road_advance(stamp_t to_ms);

/* Nobody waits for answers any more; a new process begins to ask. */
void road_new_process(void);

/* How many calls that change something the process made. */
size_t road_writes(void);

#endif
