/* Taking people out of a journal, its second copies, and what was kept beside it.
 *
 * First it is weighed whom that means; then it is written down (`erased`, with keys, which name
 * nobody), durably; then each file is written anew without them, the journal last. So an erasure
 * that was stopped anywhere is known by the journal, and the next one finishes it. What is open may
 * have to be sent again as it was: nobody of whom something is open is erased. */
#ifndef ENGINE_ERASE_H
#define ENGINE_ERASE_H

#include "engine/journal.h"

/* Another file in which people stand. */
struct erase_file {
    const char *path;
    const char *id; /* of a second copy: its journal's; NULL: it lies beside the journal */
    bool same;      /* the second copy of this very journal: the same records */
    size_t records; /* from which somebody is to be taken out */
    bool removed;   /* it cannot be kept without them */
};

struct erasure {
    const char *worker; /* this person, or … */
    stamp_t before_ms;  /* … all that was settled before; NULL and 0: what was begun before */
    struct index meant; /* keys of all that is meant … */
    const char **keys;  /* … and of what is newly so */
    size_t key_count;
    struct index workers;   /* whom that is about … */
    struct index works;     /* … and the ids of their work */
    size_t open;            /* so many of the actions are open: then nothing can be done */
    size_t records;         /* in the journal, from which somebody is to be taken out */
    size_t outside;         /* records that name the worker where nothing can be taken out … */
    uint64_t first_outside; /* … the first of them */
    struct erase_file *files;
    size_t file_count, file_capacity;
};

/* Whom that means and where they stand. The journal must be open for writing, and whole. */
bool erase_weigh(struct journal *journal, struct erasure *erasure, struct error *err);

/* True when there is nobody to take out anywhere. */
bool erase_is_empty(const struct erasure *erasure);

/* Does it. `wall_ms` is this machine's time, which is only told: it may be wrong by days, and a
 * time from tomorrow would be the earliest that all later records can have. The journal cannot be
 * used afterwards, only closed. */
bool erase_perform(struct journal *journal, struct erasure *erasure, const char *who,
                   stamp_t wall_ms, struct error *err);

#endif
