/* Finds things by name: a table from a text to a number. Names are not copied; they must live as
 * long as the index. `{0}` is an empty index. */
#ifndef BASE_INDEX_H
#define BASE_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

struct index_name {
    const char *text;
    uint32_t hash;
    uint32_t value;
};

/* Numbers and places have 32 bits: a campaign may have a hundred million names, not billions. */
struct index {
    struct index_name *names; /* in the order in which they were added */
    size_t count;
    size_t name_capacity;
    uint32_t *slots; /* where a name's hash leads to: its place, counted from 1; 0 is free */
    size_t capacity;
};

/* Makes room for so many names, which spares the steps on the way there. */
void index_reserve(struct index *index, size_t count, struct arena *arena);

/* Adds a name that is not there yet; false (and no change) when it is. */
bool index_add(struct index *index, const char *name, size_t value, struct arena *arena);

/* The number under a name, or NULL; may be written through until the next name is added. */
uint32_t *index_find(const struct index *index, const char *name);

/* The same name as the index has it; a copy goes there first when it is new. So a text that many
 * have is kept once. NULL stays NULL. */
const char *index_once(struct index *index, const char *name, struct arena *arena);

#endif
