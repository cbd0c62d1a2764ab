/* Fields of one worker's work while they are read: in order, each name once. */
#ifndef MARKET_MTURK_FIELDLIST_H
#define MARKET_MTURK_FIELDLIST_H

#include "base/index.h"
#include "core/roster.h"

/* `{.arena = …}` is an empty one. */
struct fieldlist {
    struct arena *arena;
    struct reply_field *items;
    size_t count;
    size_t capacity;
    struct index names;
};

/* Adds a field whose texts live in the arena. A name that is there already counts no more: false.
 * Of two fields with one name the service itself keeps one. */
bool fieldlist_add(struct fieldlist *list, const char *name, const char *value);

#endif
