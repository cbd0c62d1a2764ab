/* Open addressing, kept at most half full. The hash takes eight bytes at a time, because most names
 * are digests and long IDs. Names come from the person's own account, so a flood of equal hashes is
 * not a threat worth a keyed hash. */
#include "base/index.h"

#include <stdint.h>
#include <string.h>

enum { CAPACITY_LEAST = 16 };

/* A multiplication carries what differs to the upper half, and folding brings it down again. */
static uint64_t
mix(uint64_t hash, uint64_t more)
{
    hash = (hash ^ more) * UINT64_C(0x9e3779b97f4a7c15); /* 2^64 divided by the golden ratio */
    return hash ^ hash >> 32;
}

static size_t
hash_of(const char *name)
{
    size_t size = strlen(name);
    uint64_t hash = size, eight;
    for (; size >= sizeof eight; name += sizeof eight, size -= sizeof eight) {
        memcpy(&eight, name, sizeof eight);
        hash = mix(hash, eight);
    }
    eight = 0;
    memcpy(&eight, name, size);
    return (size_t)mix(mix(hash, eight), 0);
}

static struct index_slot *
slot_find(const struct index *index, const char *name)
{
    size_t at = hash_of(name) & (index->capacity - 1);
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
    arena_give_back(arena, index->slots, index->capacity * sizeof *index->slots);
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

const char *
index_once(struct index *index, const char *name, struct arena *arena)
{
    if (!name)
        return NULL;
    if (!index_find(index, name))
        index_add(index, arena_copy(arena, name), 0, arena);
    return slot_find(index, name)->name;
}
