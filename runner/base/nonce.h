/* A name that nothing else has: for identities and salts. */
#ifndef BASE_NONCE_H
#define BASE_NONCE_H

#include "base/arena.h"

/* 128 random bits in hex. Another one each time, so for nothing that a rerun must find again. */
char *nonce_make(struct arena *arena);

#endif
