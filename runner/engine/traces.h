/* Where else people's IDs stand, as far as it is easily seen. */
#ifndef ENGINE_TRACES_H
#define ENGINE_TRACES_H

#include "base/arena.h"
#include "base/index.h"

struct traces {
    struct index sought; /* IDs of workers and of their work */
    const char **paths;
    size_t count, capacity;
};

/* Looks into the files that lie directly in a journal's folder, and adds those in which one of
 * the IDs stands. The journal itself is left out. */
void traces_beside(struct traces *traces, const char *journal_path, struct arena *arena);

/* Looks into one file more. */
void traces_in(struct traces *traces, const char *path, struct arena *arena);

#endif
