/* A plan as one JSON value: what `plan --json` prints and `plan -o` keeps for a later run.
 *
 * Amounts are texts with two decimals, in `currency`. Every action has the same members; those
 * that do not apply are null, amounts that do not apply "0.00". `why` of a held action is "needs
 * STEP". `detail` says in words what `why` does not. */
#ifndef CODEC_PLANFILE_H
#define CODEC_PLANFILE_H

#include "base/buffer.h"
#include "core/entry.h"
#include "core/plan.h"

enum { PLANFILE_FORMAT = 1 };

struct planfile {
    const struct campaign *campaign;
    const struct roster *roster;
    const struct plan *plan;
    const char *marketplace;
    const char *environment;
    const char *currency;
    const char *journal;
    const char *journal_head; /* sum of its last record; NULL when there is no journal yet */
    const char *endpoint;
    const char *account; /* NULL when the campaign names none */
    const char *worker;  /* only this person's actions; NULL: everybody's */
    bool retry_refused;  /* what was refused before is to be tried again */
    const struct entry_input *inputs;
    size_t input_count;
    stamp_t made_at_ms;
    const char *made_by;
};

/* How far it is encoded. */
struct planfile_progress {
    size_t action; /* the next one */
    bool begun;
    bool rows; /* one has been written */
    bool ended;
};

/* Adds the next piece of the plan, which begins with `{0}`; false when nothing is left. A plan may
 * have a million rows, so whoever takes the pieces need not hold them all. */
bool planfile_encode(const struct planfile *file, struct planfile_progress *progress,
                     struct buffer *out);

#endif
