#include "core/pseudonym.h"

#include <string.h>

const char *
pseudonym_make(const unsigned char key[PSEUDONYM_KEY_SIZE], const char *marketplace, const char *id,
               struct arena *arena)
{
    enum { LETTERS = 12, BITS = 5, PART = 4 };
    static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
    unsigned char bytes[DIGEST_SIZE];
    const char *what = arena_print(arena, "bursar/person/1 %s %s", marketplace, id);
    digest_hmac(key, PSEUDONYM_KEY_SIZE, what, strlen(what), bytes);
    char *name = arena_alloc(arena, LETTERS + LETTERS / PART);
    size_t at = 0;
    for (size_t letter = 0; letter < LETTERS; letter++) {
        unsigned value = 0;
        for (size_t bit = letter * BITS; bit < (letter + 1) * BITS; bit++)
            value = value << 1 | ((unsigned)bytes[bit / 8] >> (7 - bit % 8) & 1u);
        if (letter && letter % PART == 0)
            name[at++] = '-';
        name[at++] = alphabet[value];
    }
    return name;
}
