/* Names that say nothing of whom they stand for: HMAC-SHA-256 under a key that stays on one
 * machine. One person has one name in all that is made under one key, and without it nobody can try
 * out which worker it is. */
#ifndef CORE_PSEUDONYM_H
#define CORE_PSEUDONYM_H

#include "base/arena.h"
#include "base/digest.h"

enum { PSEUDONYM_KEY_SIZE = DIGEST_SIZE };

/* "k7m2-9qx3-fhd0": 60 bits in Crockford's base 32, in small letters, so that none can be taken
 * for an ID. Among a million people two share one with probability 4 in ten million. */
const char *pseudonym_make(const unsigned char key[PSEUDONYM_KEY_SIZE], const char *marketplace,
                           const char *id, struct arena *arena);

#endif
