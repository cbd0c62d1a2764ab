/* Open addressing, kept at most half full. The names stand close together in a list of their own,
 * so that a free slot costs four bytes; their hashes with them, so that few texts are looked at,
 * and none when the slots become more. The hash takes eight bytes at a time, because most names are
 * digests and long IDs. Names come from the person's own account, so a flood of equal hashes is not
 * a threat worth a keyed hash. */
#include "base/index.h"

#include <assert.h>
#include <string.h>

enum { CAPACITY_LEAST = 16 };

/* A multiplication carries what differs to the upper half, and folding brings it down again. */
static uint64_t
mix(uint64_t hash, uint64_t more)
{
    hash = (hash ^ more) * UINT64_C(0x9e3779b97f4a7c15); /* 2^64 divided by the golden ratio */
    return hash ^ hash >> 32;
}

static uint32_t
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
    return (uint32_t)mix(mix(hash, eight), 0);
}

/* The slot that leads to the name, or the free one where it would. */
static uint32_t *
slot_find(const struct index *index, const char *name, uint32_t hash)
{
    size_t at = hash & (index->capacity - 1);
    for (; index->slots[at]; at = (at + 1) & (index->capacity - 1)) {
        const struct index_name *there = &index->names[index->slots[at] - 1];
        if (there->hash == hash && strcmp(there->text, name) == 0)
            break;
    }
    return &index->slots[at];
}

static void
widen(struct index *index, size_t capacity, struct arena *arena)
{
    arena_give_back(arena, index->slots, index->capacity * sizeof *index->slots);
    index->slots = arena_alloc(arena, capacity * sizeof *index->slots);
    index->capacity = capacity;
    for (size_t i = 0; i < index->count; i++) {
        size_t at = index->names[i].hash & (capacity - 1);
        while (index->slots[at])
            at = (at + 1) & (capacity - 1);
        index->slots[at] = (uint32_t)i + 1;
    }
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
    uint32_t hash = hash_of(name), *slot = slot_find(index, name, hash);
    if (*slot)
        return false;
    assert(value <= UINT32_MAX && index->count < UINT32_MAX);
    index->names =
        arena_push(arena, index->names, index->count, &index->name_capacity, sizeof *index->names);
    index->names[index->count++] = (struct index_name){name, hash, (uint32_t)value};
    *slot = (uint32_t)index->count;
    return true;
}

static struct index_name *
name_find(const struct index *index, const char *name)
{
    if (index->count == 0)
        return NULL;
    uint32_t place = *slot_find(index, name, hash_of(name));
    return place ? &index->names[place - 1] : NULL;
}

uint32_t *
index_find(const struct index *index, const char *name)
{
    struct index_name *there = name_find(index, name);
    return there ? &there->value : NULL;
}

const char *
index_once(struct index *index, const char *name, struct arena *arena)
{
    if (!name)
        return NULL;
    const struct index_name *there = name_find(index, name);
    if (there)
        return there->text;
    name = arena_copy(arena, name);
    index_add(index, name, 0, arena);
    return name;
}
