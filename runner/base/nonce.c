#include "base/nonce.h"

#include "base/digest.h"

char *
nonce_make(struct arena *arena)
{
    unsigned char bits[16];
    char *text = arena_alloc(arena, 2 * sizeof bits + 1);
    digest_random(bits, sizeof bits);
    digest_print(bits, sizeof bits, text);
    return text;
}
