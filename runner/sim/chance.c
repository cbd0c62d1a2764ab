#include "sim/chance.h"

#include <stdio.h>

uint64_t
chance_next(uint64_t *stream)
{
    uint64_t mixed = *stream += 0x9e3779b97f4a7c15u;
    mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9u;
    mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebu;
    return mixed ^ mixed >> 31;
}

uint64_t
chance_make(uint64_t seed, uint64_t purpose)
{
    uint64_t stream = seed;
    return chance_next(&stream) ^ purpose * 0xd1342543de82ef95u;
}

char *
chance_id(uint64_t *stream, char first, unsigned length, struct arena *arena)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    char *id = arena_alloc(arena, (size_t)length + 1);
    id[0] = first;
    for (unsigned i = 1; i < length; i++)
        id[i] = digits[chance_next(stream) % 36];
    return id;
}

char *
chance_uuid(uint64_t *stream, char out[CHANCE_UUID_SIZE])
{
    uint64_t high = chance_next(stream), low = chance_next(stream);
    snprintf(out, CHANCE_UUID_SIZE, "%08x-%04x-4%03x-%04x-%012llx", (unsigned)(high >> 32),
             (unsigned)(high >> 16 & 0xffff), (unsigned)(high & 0xfff),
             (unsigned)(0x8000 | (low >> 48 & 0x3fff)),
             (unsigned long long)(low & 0xffffffffffffu));
    return out;
}
