/* Open addressing, kept at most half full. The hash is FNV-1a; names come from the person's own
 * account, so a flood of equal hashes is not a threat worth a keyed hash. */
#include "base/index.h"

#include <stdint.h>
#include <string.h>

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
grow(struct index *index, struct arena *arena)
{
    struct index wider = {.capacity = index->capacity ? index->capacity * 2 : 16};
    wider.slots = arena_alloc(arena, wider.capacity * sizeof *wider.slots);
    wider.count = index->count;
    for (size_t i = 0; i < index->capacity; i++)
        if (index->slots[i].name)
            *slot_find(&wider, index->slots[i].name) = index->slots[i];
    *index = wider;
}

bool
index_add(struct index *index, const char *name, size_t value, struct arena *arena)
{
    if (index->count * 2 >= index->capacity)
        grow(index, arena);
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
