/* Memory by life span. Everything made during one command, or during one turn of the run's loop,
 * comes from an arena named for that span and goes away with it; only what grew out of its place is
 * given back singly. Running out of memory ends the process: ending is always safe here, because
 * what matters is in the journal before it happens. `{0}` is an empty arena. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena_block;

struct arena {
    struct arena_block *newest;
};

/* How the process ends without memory, or without a library that it cannot do without: with a line
 * on standard error and exit code 1. */
_Noreturn void arena_out_of_memory(void);
_Noreturn void arena_give_up(const char *what);

/* Zeroed memory, aligned for anything; lives until the arena is reset or closed. */
void *arena_alloc(struct arena *arena, size_t size_bytes);

/* A copy of bytes with a NUL added behind them. */
char *arena_text(struct arena *arena, const char *bytes, size_t size_bytes);

/* A copy of a NUL-terminated text; NULL gives NULL. */
char *arena_copy(struct arena *arena, const char *text);

/* A formatted text. */
char *arena_print(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
char *arena_vprint(struct arena *arena, const char *format, va_list values)
    __attribute__((format(printf, 2, 0)));

/* Room, zeroed, for one more item behind `count` items of an array that lives in the arena: gives
 * the array back, moved when its `*capacity` (in items) had to grow. `items` may be NULL at first.
 * After that nothing points into the old place any more. */
void *arena_push(struct arena *arena, void *items, size_t count, size_t *capacity,
                 size_t item_size_bytes);

/* Gives back what `arena_alloc` gave, of that size, when nothing uses it any more. Where it is
 * small its memory stays with the arena. */
void arena_give_back(struct arena *arena, void *memory, size_t size_bytes);

/* How much it holds for those who took from it. */
size_t arena_size_bytes(const struct arena *arena);

/* Forgets all contents, and may keep some memory for what comes. */
void arena_reset(struct arena *arena);
/* Forgets all contents and keeps nothing. */
void arena_close(struct arena *arena);

#endif
