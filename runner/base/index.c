/* Open addressing, kept at most half full. The hash is FNV-1a; names come from the person's own
 * account, so a flood of equal hashes is not a threat worth a keyed hash. */
#include "base/index.h"

#include <stdint.h>
#include <string.h>

enum { CAPACITY_LEAST = 16 };

static struct index_slot *
slot_find(const struct index *index, const char *name)
{
    uint64_t hash = 14695981039346656037u;
    for (const char *at = name; *at; at++)
        hash = (hash ^ (unsigned char)*at) * 1099511628211u;
    size_t at = (size_t)(hash ^ hash >> 32) & (index->capacity - 1);
    while (index->slots[at].name && strcmp(index->slots[at].name, name) != 0)
        at = (at + 1) & (index->capacity - 1);
    return &index->slots[at];
}

static void
widen(struct index *index, size_t capacity, struct arena *arena)
{
    struct index wider = {.capacity = capacity, .count = index->count};
    wider.slots = arena_alloc(arena, wider.capacity * sizeof *wider.slots);
    for (size_t i = 0; i < index->capacity; i++)
        if (index->slots[i].name)
            *slot_find(&wider, index->slots[i].name) = index->slots[i];
    *index = wider;
}

void
index_reserve(struct index *index, size_t count, struct arena *arena)
{
    size_t capacity = CAPACITY_LEAST;
    while (capacity / 2 < count)
        capacity *= 2;
    if (capacity > index->capacity)
        widen(index, capacity, arena);
}

bool
index_add(struct index *index, const char *name, size_t value, struct arena *arena)
{
    if (index->count * 2 >= index->capacity)
        widen(index, index->capacity ? index->capacity * 2 : CAPACITY_LEAST, arena);
    struct index_slot *slot = slot_find(index, name);
    if (slot->name)
        return false;
    *slot = (struct index_slot){.name = name, .value = value};
    index->count++;
    return true;
}

size_t *
index_find(const struct index *index, const char *name)
{
    if (index->capacity == 0)
        return NULL;
    struct index_slot *slot = slot_find(index, name);
    return slot->name ? &slot->value : NULL;
}
