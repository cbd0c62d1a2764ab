/* Two histories of one campaign become one: what must be added to the first journal so that it
 * knows everything that the second one knows. Two people ran the campaign, or one person on two
 * machines, each with a copy of the journal; up to some record the copies may be the same.
 *
 * Per action: done outweighs unknown, unknown outweighs refused, refused outweighs pending; but a
 * person's word that it was done does not outweigh what the marketplace refused later. What
 * only the second knows is brought record by record; what both know differently, by the second's
 * last word. Records that are brought keep their time and say which record they were (`from`).
 * Two confirmations of one action by two answers are reported: it may have happened twice. */
#ifndef CORE_JOIN_H
#define CORE_JOIN_H

#include "core/ledger.h"

struct join_input {
    const struct ledger *ours;
    const struct ledger *theirs;
    const struct entry *records; /* theirs, all of them, in order */
    size_t record_count;
    uint64_t split;     /* the first seq at which the two differ */
    uint64_t first_seq; /* which the first of the added will have in ours */
};

struct join {
    struct entry *added; /* in order; seq, group and salt are to be filled in */
    size_t count;
    size_t capacity;
    size_t news;          /* actions that ours did not know, or knew less of */
    const char **doubled; /* keys confirmed on both sides */
    size_t doubled_count;
    size_t doubled_capacity;
};

/* Pure; texts are those of the input. `ours` must not change before all of `added` was applied. */
void join_make(const struct join_input *input, struct join *join, struct arena *arena);

#endif
