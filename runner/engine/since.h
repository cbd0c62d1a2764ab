/* What was written to a journal since a plan was made of it: runs of that plan, or something that
 * the plan does not know. */
#ifndef ENGINE_SINCE_H
#define ENGINE_SINCE_H

#include "core/entry.h"

struct since {
    const char *head; /* the sum of the last record when the plan was made; NULL: none was there */
    const char *plan; /* the digest by which runs of it name it */
    bool there;       /* that record was read; true from the beginning where none is needed */
    bool moved;       /* something else was written behind it: … */
    struct entry by;  /* … the first such record */
    size_t runs;      /* how many runs there were up to it */
};

/* Nothing is read yet. Both texts must live as long as `since`. */
void since_init(struct since *since, const char *head, const char *plan);

/* Takes in a whole group, in the journal's order; `sum` is that of its last record, after which a
 * plan may have been made. */
void since_apply(struct since *since, const struct entry *entries, size_t count, const char *sum);

#endif
