/* Chance that a seed decides: everything the simulator makes up comes out the same when it is
 * started again. The generator is splitmix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom
 * Number Generators, 2014); a stream is its 64 bits of state. */
#ifndef SIM_CHANCE_H
#define SIM_CHANCE_H

#include <stdint.h>

#include "base/arena.h"

/* A stream of its own for each `purpose` under one seed. */
uint64_t chance_make(uint64_t seed, uint64_t purpose);

uint64_t chance_next(uint64_t *stream);

/* A marketplace id: the first character given, then capitals and digits. */
char *chance_id(uint64_t *stream, char first, unsigned length, struct arena *arena);

enum { CHANCE_UUID_SIZE = 37 };

/* A request id in the form of a UUID. */
char *chance_uuid(uint64_t *stream, char out[CHANCE_UUID_SIZE]);

#endif
