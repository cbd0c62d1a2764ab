/* When things happened: the fold of a journal's records, in their order, into what each run did
 * over time. The ledger says how every action stands; this says how it came about.
 *
 * What a run did is counted in bins of equal width. They begin fine and are joined two by two
 * whenever the run outlasts them, so that a run of any length has at most CHRONICLE_BINS_MOST. */
#ifndef CORE_CHRONICLE_H
#define CORE_CHRONICLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "core/deed.h"
#include "core/entry.h"

enum event {
    EVENT_INTENDED, /* written down, and sent */
    EVENT_DONE,     /* the marketplace said yes */
    EVENT_REFUSED,  /* it said no */
    EVENT_RETRIED,  /* throttled, or provably not sent: sent once more in the same run */
    EVENT_RELEASED, /* provably nothing happened, and it was left for later */
    EVENT_UNKNOWN,  /* sent, and no telling */
    EVENT_LOOKED,   /* looked for in the marketplace's list */
    EVENT_FOUND,    /* found done there */
    EVENT_RESENT,   /* sent once more, after the list did not show it */
};
enum { EVENT_COUNT = EVENT_RESENT + 1 };

/* "done", for people. */
const char *event_name(enum event event);

enum { CHRONICLE_BINS_MOST = 120 };

struct chronicle_bin {
    uint32_t counts[EVENT_COUNT];
};

/* One run: the same number is its index in the ledger's runs. */
struct chronicle_run {
    struct entry entry; /* the record by which it began */
    stamp_t last_ms;    /* its last record */
    stamp_t width_ms;   /* of a bin; the first begins with the run */
    struct chronicle_bin *bins;
    size_t bin_count, bin_capacity;
    size_t totals[EVENT_COUNT];
};

/* What was not a run's doing: a person's word, a merge, a torn end, an erasure. Those of one kind
 * written down together are one note. */
struct chronicle_note {
    struct entry entry; /* the first of them */
    size_t count;
};

struct chronicle {
    struct chronicle_run *runs;
    size_t run_count, run_capacity;
    struct chronicle_note *notes;
    size_t note_count, note_capacity;
    size_t record_count;
};

/* Takes in the next record; texts must live as long as the chronicle. `before` is its deed as it
 * stood before, or NULL: a repetition tells by it what it is. `{0}` has no records. */
void chronicle_apply(struct chronicle *chronicle, const struct entry *entry,
                     const struct deed *before, struct arena *arena);

#endif
