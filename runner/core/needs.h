/* Which step may reach which worker: dependency is per worker. Without `needs` a worker is held
 * back from a step while an earlier action of theirs is in trouble (refused, unknown, held). With
 * `needs` only workers pass who have at least one action in each named step, all done. */
#ifndef CORE_NEEDS_H
#define CORE_NEEDS_H

#include "base/arena.h"
#include "base/index.h"
#include "core/campaign.h"

/* How one action stands for those that come after it. */
enum need_state {
    NEED_DONE,    /* done, or in a plan: will be */
    NEED_NEUTRAL, /* not done, and no trouble either: the opposite was decided already */
    NEED_TROUBLE, /* refused, unknown, held, or in a run: not done yet */
};

struct need_cell {
    unsigned total;
    unsigned done;
    unsigned trouble;
};

struct needs {
    const struct campaign *campaign;
    struct index workers;
    struct need_cell *cells; /* worker × step */
    size_t *troubled;        /* worker → their first step in trouble, or the number of steps */
    size_t worker_capacity;
};

void needs_init(struct needs *needs, const struct campaign *campaign, size_t workers_max,
                struct arena *arena);

/* Notes one more action of a worker in a step. */
void needs_add(struct needs *needs, const char *worker, size_t step, enum need_state state,
               struct arena *arena);

/* An action noted as trouble is done after all. */
void needs_done(struct needs *needs, const char *worker, size_t step);

/* True when the step may reach the worker; else `*held_by` is the step that it waits for. */
bool needs_allow(const struct needs *needs, const char *worker, size_t step, size_t *held_by);

#endif
