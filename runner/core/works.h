/* Whose work is whose: the assignments of each worker, in the roster's order. */
#ifndef CORE_WORKS_H
#define CORE_WORKS_H

#include "core/roster.h"

struct works {
    struct index first; /* worker → one of their assignments */
    size_t *next;       /* assignment → the worker's next one */
};

void works_init(struct works *works, const struct roster *roster, struct arena *arena);

/* Walks over the assignments of one worker: indexes into the roster's assignments. */
bool works_first(const struct works *works, const char *worker, size_t *at);
bool works_next(const struct works *works, size_t *at);

#endif
