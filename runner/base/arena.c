/* Blocks in a chain, the newest in front; the first is smaller, because most arenas hold a few
 * texts for a moment. What is larger than BLOCK_SIZE_BYTES has a block to itself, behind the
 * newest, which goes on being filled; that one can be given back singly. */
#include "base/arena.h"

#include <assert.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Under the address checker what was given back cannot be read any more, however small it was. */
#if defined(__SANITIZE_ADDRESS__)
#define CHECKED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CHECKED 1
#endif
#endif
#ifdef CHECKED
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(memory, size_bytes) ((void)(memory), (void)(size_bytes))
#endif

enum { FIRST_SIZE_BYTES = 8 * 1024, BLOCK_SIZE_BYTES = 64 * 1024, ALIGNMENT_BYTES = 16 };

struct arena_block {
    struct arena_block *older;
    size_t size_bytes;
    size_t used_bytes;
    size_t padding; /* keeps what follows aligned to 16 */
};

_Static_assert(sizeof(struct arena_block) % ALIGNMENT_BYTES == 0, "blocks keep alignment");

void
arena_give_up(const char *what)
{
    enum { STOPPED = 1 }; /* STATUS_STOPPED, which stands above this file */
    fprintf(stderr, "bursar: %s; what was journalled stands, run again\n", what);
    _Exit(STOPPED);
}

void
arena_out_of_memory(void)
{
    arena_give_up("out of memory");
}

static struct arena_block *
block_make(struct arena_block *older, size_t size_bytes)
{
    if (size_bytes > SIZE_MAX - sizeof(struct arena_block))
        arena_out_of_memory();
    /* What comes from the system is zero already, and untouched it costs nothing. */
    struct arena_block *block = calloc(1, sizeof *block + size_bytes);
    if (!block)
        arena_out_of_memory();
    *block = (struct arena_block){.older = older, .size_bytes = size_bytes};
    return block;
}

/* A block that holds one thing. */
static void *
take_apart(struct arena *arena, size_t size_bytes)
{
    struct arena_block **place = arena->newest ? &arena->newest->older : &arena->newest;
    *place = block_make(*place, size_bytes);
    (*place)->used_bytes = size_bytes;
    return *place + 1;
}

/* `size_bytes` that begin at a multiple of `alignment`. What is taken is zero still: what a reset
 * left to be used again was cleared. */
static void *
take(struct arena *arena, size_t size_bytes, size_t alignment)
{
    if (size_bytes > SIZE_MAX / 2)
        arena_out_of_memory();
    if (size_bytes > BLOCK_SIZE_BYTES)
        return take_apart(arena, size_bytes);
    struct arena_block *block = arena->newest;
    size_t padding = block ? -block->used_bytes & (alignment - 1) : 0;
    if (!block || block->size_bytes - block->used_bytes < padding ||
        block->size_bytes - block->used_bytes - padding < size_bytes) {
        bool small = !block && size_bytes <= FIRST_SIZE_BYTES;
        block = arena->newest = block_make(block, small ? FIRST_SIZE_BYTES : BLOCK_SIZE_BYTES);
        padding = 0;
    }
    char *memory = (char *)(block + 1) + block->used_bytes + padding;
    block->used_bytes += padding + size_bytes;
    return memory;
}

void *
arena_alloc(struct arena *arena, size_t size_bytes)
{
    return take(arena, size_bytes, ALIGNMENT_BYTES);
}

/* Where the block of what stands apart is linked; NULL stands there when it is not of this arena.
 */
static struct arena_block **
place_of(struct arena *arena, const void *memory)
{
    struct arena_block **place = &arena->newest;
    while (*place && (const void *)(*place + 1) != memory)
        place = &(*place)->older;
    return place;
}

void
arena_give_back(struct arena *arena, void *memory, size_t size_bytes)
{
    if (!memory)
        return;
    ASAN_POISON_MEMORY_REGION(memory, size_bytes);
    if (size_bytes <= BLOCK_SIZE_BYTES)
        return;
    struct arena_block **place = place_of(arena, memory), *block = *place;
    if (!block)
        return;
    *place = block->older;
    free(block);
}

size_t
arena_size_bytes(const struct arena *arena)
{
    size_t size_bytes = 0;
    for (const struct arena_block *block = arena->newest; block; block = block->older)
        size_bytes += block->used_bytes;
    return size_bytes;
}

/* Texts stand close together: of a table there are millions. */
char *
arena_text(struct arena *arena, const char *bytes, size_t size_bytes)
{
    char *text = take(arena, size_bytes + 1, 1);
    if (size_bytes)
        memcpy(text, bytes, size_bytes);
    return text;
}

char *
arena_copy(struct arena *arena, const char *text)
{
    return text ? arena_text(arena, text, strlen(text)) : NULL;
}

char *
arena_vprint(struct arena *arena, const char *format, va_list values)
{
    char small[256]; /* most fit, and need not be printed twice */
    va_list again;
    va_copy(again, values);
    int size = vsnprintf(small, sizeof small, format, again);
    va_end(again);
    assert(size >= 0);
    if ((size_t)size < sizeof small)
        return arena_text(arena, small, (size_t)size);
    char *text = arena_alloc(arena, (size_t)size + 1);
    vsnprintf(text, (size_t)size + 1, format, values);
    return text;
}

char *
arena_print(struct arena *arena, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    char *text = arena_vprint(arena, format, values);
    va_end(values);
    return text;
}

/* Makes an array larger. What stands apart need not be copied: the system moves its pages. */
static void *
widen(struct arena *arena, void *items, size_t size_bytes, size_t wider_bytes)
{
    struct arena_block **place = size_bytes > BLOCK_SIZE_BYTES ? place_of(arena, items) : NULL;
    if (place && *place) {
        struct arena_block *block = realloc(*place, sizeof *block + wider_bytes);
        if (!block)
            arena_out_of_memory();
        block->size_bytes = block->used_bytes = wider_bytes;
        *place = block;
        return block + 1;
    }
    void *moved = arena_alloc(arena, wider_bytes);
    if (size_bytes)
        memcpy(moved, items, size_bytes);
    arena_give_back(arena, items, size_bytes);
    return moved;
}

void *
arena_push(struct arena *arena, void *items, size_t count, size_t *capacity, size_t item_size_bytes)
{
    if (count == *capacity) {
        size_t wider = *capacity ? *capacity * 2 : 8;
        if (wider > SIZE_MAX / 4 / item_size_bytes)
            arena_out_of_memory();
        items = widen(arena, items, count * item_size_bytes, wider * item_size_bytes);
        *capacity = wider;
    }
    memset((char *)items + count * item_size_bytes, 0, item_size_bytes);
    return items;
}

static void
blocks_free(struct arena_block *block)
{
    while (block) {
        struct arena_block *older = block->older;
        free(block);
        block = older;
    }
}

/* A block is kept, because a new one would be cleared whole and this only where it was used. Under
 * the address checker none is, so that nothing that was forgotten can be read. */
void
arena_reset(struct arena *arena)
{
#ifdef CHECKED
    arena_close(arena);
#else
    struct arena_block *block = arena->newest;
    if (!block || block->size_bytes > BLOCK_SIZE_BYTES) {
        arena_close(arena);
        return;
    }
    blocks_free(block->older);
    block->older = NULL;
    memset(block + 1, 0, block->used_bytes);
    block->used_bytes = 0;
#endif
}

void
arena_close(struct arena *arena)
{
    blocks_free(arena->newest);
    arena->newest = NULL;
}
