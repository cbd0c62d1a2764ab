/* A process that dies in the middle leaves its memory behind; the machine takes it back. The
 * linker leads every allocation of our own code here (-Wl,--wrap), and those made while product
 * code runs are kept in mind. A process that ended in order must have left none. */
#include "scene.h"

#include <assert.h>
#include <stdlib.h>

void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__real_realloc(void *bytes, size_t size);
void __real_free(void *bytes);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_realloc(void *bytes, size_t size);
void __wrap_free(void *bytes);

enum { SLOTS = 4096 };

/* Open addressing; what is taken out is filled from behind, so that nothing is lost from sight. */
static void *slots[SLOTS];
static size_t used;

static size_t
slot_of(const void *bytes)
{
    return (size_t)(((uintptr_t)bytes >> 4) * 0x9e3779b97f4a7c15u >> 40) % SLOTS;
}

static void
remember(void *bytes)
{
    if (!scene.inside || !bytes)
        return;
    assert(used < SLOTS / 2);
    size_t at = slot_of(bytes);
    while (slots[at])
        at = (at + 1) % SLOTS;
    slots[at] = bytes;
    used++;
}

/* Moves up what a hole would hide. */
static void
close_up(size_t hole)
{
    for (size_t at = (hole + 1) % SLOTS; slots[at]; at = (at + 1) % SLOTS) {
        size_t home = slot_of(slots[at]);
        bool behind = hole <= at ? hole < home && home <= at : hole < home || home <= at;
        if (behind)
            continue;
        slots[hole] = slots[at];
        hole = at;
    }
    slots[hole] = NULL;
}

static void
forget(const void *bytes)
{
    if (!bytes || !used)
        return;
    for (size_t at = slot_of(bytes); slots[at]; at = (at + 1) % SLOTS)
        if (slots[at] == bytes) {
            close_up(at);
            used--;
            return;
        }
}

size_t
memory_release(void)
{
    size_t released = used;
    for (size_t at = 0; at < SLOTS; at++) {
        __real_free(slots[at]);
        slots[at] = NULL;
    }
    used = 0;
    return released;
}

void *
__wrap_malloc(size_t size)
{
    void *bytes = __real_malloc(size);
    remember(bytes);
    return bytes;
}

void *
__wrap_calloc(size_t count, size_t size)
{
    void *bytes = __real_calloc(count, size);
    remember(bytes);
    return bytes;
}

void *
__wrap_realloc(void *bytes, size_t size)
{
    forget(bytes);
    void *moved = __real_realloc(bytes, size);
    remember(moved);
    return moved;
}

void
__wrap_free(void *bytes)
{
    forget(bytes);
    __real_free(bytes);
}

void *
world_alloc(void *bytes, size_t size)
{
    void *moved = __real_realloc(bytes, size);
    assert(moved);
    return moved;
}

void
world_free(void *bytes)
{
    __real_free(bytes);
}
