/* Deeds that ask something of a person, counted by step and by call. */
#ifndef CMD_DOUBTS_H
#define CMD_DOUBTS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/index.h"
#include "core/verb.h"

/* What is in doubt in one step, and some of those who could tell. */
enum { ASKED_MOST = 3 };

/* Of a call whose answer was lost: whom it reached, and when it may be sent again. One person alone
 * may be somebody whom no message reaches, so the word of one is no proof. */
#define DOUBT_CALL_REACHES "to all who can be reached or to nobody"
#define DOUBT_NOBODY_HAS_IT \
    "none of several has it (one alone may be out of reach), and the next run shall send it"

struct doubt {
    const char *step;
    uint64_t call; /* the call that carried these messages; 0: not by calls */
    enum verb verb;
    size_t count;
    const char *workers[ASKED_MOST];
    size_t worker_count;
};

struct doubts {
    struct doubt *items;
    size_t count, capacity;
    size_t total;
    size_t unbegun;       /* of them, those of which the journal knows nothing */
    struct index by_name; /* step and call */
    struct arena *arena;
};

/* One more in that step and call; `worker` may be NULL. `arena` of the doubts must be set. */
void doubt_add(struct doubts *doubts, const char *step, uint64_t call, enum verb verb,
               const char *worker);

/* What a word about that doubt is given: its step, or, where a step's messages went out in several
 * calls, everyone of one call. */
const char *doubt_target(const struct doubts *doubts, const struct doubt *doubt);

/* Whether some step's messages went out in several calls: each has a fate of its own. */
bool doubts_in_calls(const struct doubts *doubts);

/* In how many calls of that step there is doubt. */
size_t doubts_calls(const struct doubts *doubts, const char *step);

#endif
