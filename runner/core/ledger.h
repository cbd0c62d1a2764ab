/* What the journal says has happened, action by action: the fold of all its records. */
#ifndef CORE_LEDGER_H
#define CORE_LEDGER_H

#include "base/arena.h"
#include "base/error.h"
#include "base/index.h"
#include "core/deed.h"
#include "core/payees.h"

/* One run as the journal tells it. */
struct run_note {
    stamp_t at_ms;
    const char *who;
    const char *host;
    const char *commit;
    bool brought; /* by a merge: what it left says nothing of how things stand here */
    bool ended;
    stamp_t ended_ms;
    size_t done, refused, unknown, pending; /* as it counted at its end … */
    size_t waiting; /* … and what was held back by an earlier step in trouble, with its sum */
    cents_t waiting_cents;
};

/* Another journal whose records were brought here. */
struct merge_note {
    const char *journal;
    const char *head; /* the sum of its last record then */
};

struct ledger {
    struct deed **deeds; /* in the order of their first intents; each stays where it is */
    size_t deed_count;
    size_t deed_capacity;
    struct index by_key;
    struct index decided; /* assignment → the deed that decided on it */
    struct payees payees;
    struct deed **tried; /* what the run that is going on has begun to send, perhaps twice */
    size_t tried_count, tried_capacity;
    struct run_note *runs;
    size_t run_count;
    size_t run_capacity;
    size_t elsewhere; /* what the last run saw done by somebody else and nobody decided since */
    struct merge_note *merges;
    size_t merge_count;
    size_t merge_capacity;
    stamp_t erased_before_ms; /* everybody was, in what was settled before; or 0 */
    bool has_genesis;
    struct entry genesis;
    stamp_t last_ms; /* the latest time in the journal */
};

/* Takes in one entry; texts must live as long as the ledger. Fails when the entry cannot follow
 * what the ledger already holds. */
bool ledger_apply(struct ledger *ledger, const struct entry *entry, struct arena *arena,
                  struct error *err);

/* The last run, when it ended in order and nothing was joined since: what it left is how things
 * stand. NULL otherwise. */
const struct run_note *ledger_last_end(const struct ledger *ledger);

/* The deed under a key, or NULL. */
struct deed *ledger_find(const struct ledger *ledger, const char *key);

/* The deed by which this campaign decided on an assignment (the first that counts), or NULL. */
const struct deed *ledger_decided(const struct ledger *ledger, const char *assignment);

/* Notes which deed decided on an assignment: the first that counts. */
void ledger_note_decided(struct ledger *ledger, size_t deed, struct arena *arena);

/* How many deeds are for people who were erased. */
size_t ledger_erased(const struct ledger *ledger);

/* How many deeds still name a person that a record says was erased. */
size_t ledger_lingering(const struct ledger *ledger);

/* True when all that the journal `id` held up to the record with that sum was brought here. */
bool ledger_has_merged(const struct ledger *ledger, const char *id, const char *head);

#endif
