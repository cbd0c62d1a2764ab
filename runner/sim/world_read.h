/* What the two halves of reading a world file share. */
#ifndef SIM_WORLD_READ_H
#define SIM_WORLD_READ_H

#include "sim/world.h"

struct reading {
    struct world *world;
    struct problems *problems;
};

/* One HIT with its assignments, listed and made up. */
void world_read_hit(struct reading *reading, const struct node *map);

#endif
