/* Two journals of one campaign become one: `core/join` says what must be added, this reads the
 * other file, finds where the two part, and writes. */
#ifndef ENGINE_MERGE_H
#define ENGINE_MERGE_H

#include "engine/journal.h"

/* Where two journals part, and whose runs came next. */
struct parting {
    uint64_t split;              /* the first seq at which they hold different records */
    uint64_t ours, theirs;       /* how many records each has from there on */
    const struct entry *our_run; /* the first run after it, or the one it fell into; or NULL */
    const struct entry *their_run;
};

struct merge {
    struct parting parting;
    size_t news;          /* actions that ours did not know, or knew less of */
    size_t returned;      /* records that name again somebody who was erased from ours */
    bool forwarded;       /* ours was the beginning of the other: now it holds the same lines */
    const char **doubled; /* keys of actions confirmed on both sides by different answers */
    size_t doubled_count;
    struct ledger other; /* what the other journal says, for words about the doubled */
};

/* Both must have been read with `keeps_records`. */
struct parting parting_make(const struct journal *ours, const struct journal *theirs);

/* "they split at record 88; here 12 more, from the run of … by ana@mac on, there …": for people. */
const char *parting_print(const struct parting *parting, struct arena *arena);

/* Adds to `journal`, which is held and open for writing with `keeps_records`, what the journal at
 * `path` knows beyond it, in one group. The other file is only read. A journal of another campaign
 * or environment is refused (STATUS_GUARDED). Doing it again adds nothing. */
bool journal_merge(struct journal *journal, const char *path, const char *who, stamp_t now_ms,
                   struct merge *merge, struct error *err);

#endif
