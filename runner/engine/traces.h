/* Where else a worker's ID stands, as far as it is easily seen. */
#ifndef ENGINE_TRACES_H
#define ENGINE_TRACES_H

#include "base/arena.h"

struct traces {
    const char **paths;
    size_t count, capacity;
};

/* Looks into the files that lie directly in a journal's folder, and adds those in which the ID
 * stands. The journal itself is left out. */
void traces_beside(struct traces *traces, const char *journal_path, const char *worker,
                   struct arena *arena);

/* Looks into one file more. */
void traces_in(struct traces *traces, const char *path, const char *worker, struct arena *arena);

#endif
