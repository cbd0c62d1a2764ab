/* Deeds that ask something of a person, counted by step. */
#ifndef CMD_DOUBTS_H
#define CMD_DOUBTS_H

#include "base/arena.h"
#include "base/index.h"
#include "core/verb.h"

/* What is in doubt in one step, and some of those who could tell. */
enum { ASKED_MOST = 3 };

struct doubt {
    const char *step;
    enum verb verb;
    size_t count;
    const char *workers[ASKED_MOST];
    size_t worker_count;
};

struct doubts {
    struct doubt *items;
    size_t count, capacity;
    size_t total;
    struct index by_step;
    struct arena *arena;
};

/* One more in that step; `worker` may be NULL. `arena` of the doubts must be set. */
void doubt_add(struct doubts *doubts, const char *step, enum verb verb, const char *worker);

#endif
