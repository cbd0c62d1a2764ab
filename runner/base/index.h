/* Finds things by name: a table from a text to a number. Names are not copied; they must live as
 * long as the index. `{0}` is an empty index. */
#ifndef BASE_INDEX_H
#define BASE_INDEX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

struct index_slot {
    const char *name;
    size_t value;
};

struct index {
    struct index_slot *slots;
    size_t capacity;
    size_t count;
};

/* Makes room for so many names, which spares the steps on the way there. */
void index_reserve(struct index *index, size_t count, struct arena *arena);

/* Adds a name that is not there yet; false (and no change) when it is. */
bool index_add(struct index *index, const char *name, size_t value, struct arena *arena);

/* The number under a name, or NULL; may be written through. */
size_t *index_find(const struct index *index, const char *name);

/* The same name as the index has it; a copy goes there first when it is new. So a text that many
 * have is kept once. NULL stays NULL. */
const char *index_once(struct index *index, const char *name, struct arena *arena);

#endif
