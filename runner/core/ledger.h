/* What the journal says has happened, action by action: the fold of all its records.
 *
 * A deed's standing:
 *
 *     (none) ── intend ──► INTENDED ──► DONE       (done, adopt)
 *                  ▲          │  ├────► REFUSED    (refused)
 *                  │          │  └────► UNKNOWN    (unknown, or the process died)
 *                  │          ▼                │
 *                  └────── RELEASED ◄──────────┘   (released; look, when it proves absence)
 *
 * A person may decide (`resolve`): an open deed, or one that only looks done, becomes DONE or
 * RELEASED; a DONE one is kept as it is, a REFUSED one waived.
 *
 * An INTENDED deed in a journal that nobody holds is as unknown as an UNKNOWN one. A refusal
 * speaks only for its own attempt: while an earlier attempt of the key is unknown, the deed
 * stays UNKNOWN until the marketplace's list decides. */
#ifndef CORE_LEDGER_H
#define CORE_LEDGER_H

#include "base/arena.h"
#include "base/error.h"
#include "base/index.h"
#include "core/entry.h"

enum standing {
    STANDING_INTENDED,
    STANDING_DONE,
    STANDING_REFUSED,
    STANDING_UNKNOWN,
    STANDING_RELEASED,
};
enum { STANDING_COUNT = STANDING_RELEASED + 1 };

const char *standing_name(enum standing standing);

struct deed {
    const char *key;
    const char *step;
    enum verb verb;
    const char *worker; /* NULL after the person was erased */
    const char *assignment;
    const char *task;
    cents_t amount;
    cents_t fee;
    const char *content;
    const char *qualification;
    int value;
    bool has_status_before;
    enum work_status status_before;
    enum standing standing;
    const char *body;        /* the recorded bytes, the only ones a resend may use; or NULL */
    stamp_t first_intent_ms; /* of the content that now stands */
    stamp_t last_attempt_ms;
    stamp_t settled_ms; /* when it became done or refused */
    unsigned attempts;
    bool doubtful;           /* some attempt since the last proven absence has no known outcome */
    stamp_t doubtful_ms;     /* the latest such attempt */
    stamp_t first_absent_ms; /* the first look after the last attempt that did not find it, or 0 */
    bool intended;           /* there ever was an intent: not only found at the marketplace */
    const char *request_id;  /* of the marketplace's yes, when it was heard */
    const char *code;
    const char *text;
    const char *why;
    size_t run;              /* index into the ledger's runs: who did it */
    size_t tried_run;        /* the run of the last attempt */
    const char *resolved_by; /* the operator whose word decided it, or NULL */
    bool said;               /* that word, and nothing else, says that it was done */
    bool kept;               /* a difference to the file stands: what was done stays */
    bool waived;             /* the refusal is accepted */
    bool cleared;            /* said not to be done: what looks like it is something else … */
    uint64_t cleared_seq;    /* the record that said so */
    stamp_t cleared_ms;      /* … as far as it was paid before this was said; 0: never said */
};

/* One run as the journal tells it. */
struct run_note {
    stamp_t at_ms;
    const char *who;
    const char *host;
    const char *commit;
    bool ended;
    stamp_t ended_ms;
    size_t done, refused, unknown, pending; /* as it counted at its end */
};

/* Another journal whose records were brought here. */
struct merge_note {
    const char *journal;
    const char *head; /* the sum of its last record then */
};

struct ledger {
    struct deed *deeds; /* in the order of their first intents */
    size_t deed_count;
    size_t deed_capacity;
    struct index by_key;
    struct index decided; /* assignment → the deed that decided on it */
    struct run_note *runs;
    size_t run_count;
    size_t run_capacity;
    size_t elsewhere; /* what the last run saw done by somebody else and nobody decided since */
    struct merge_note *merges;
    size_t merge_count;
    size_t merge_capacity;
    bool has_genesis;
    struct entry genesis;
    stamp_t last_ms; /* the latest time in the journal */
};

/* Takes in one entry; texts must live as long as the ledger. Fails when the entry cannot follow
 * what the ledger already holds. */
bool ledger_apply(struct ledger *ledger, const struct entry *entry, struct arena *arena,
                  struct error *err);

/* The deed under a key, or NULL. */
struct deed *ledger_find(const struct ledger *ledger, const char *key);

/* The deed by which this campaign decided on an assignment (the first that counts), or NULL. */
const struct deed *ledger_decided(const struct ledger *ledger, const char *assignment);

/* True when all that the journal `id` held up to the record with that sum was brought here. */
bool ledger_has_merged(const struct ledger *ledger, const char *id, const char *head);

/* True while nobody can say whether it happened. */
bool deed_is_open(const struct deed *deed);

/* True for what counts against limits: done, or perhaps done. */
bool deed_is_counted(const struct deed *deed);

/* How an open bonus that the list does not show may go on (facts: the token is forgotten after
 * 24 hours, a signed request is refused 5 minutes after its time). */
enum settling { SETTLING_RESEND, SETTLING_WAIT };

/* `now_ms` is the marketplace's time of a look that did not show the deed. WAIT fills
 * `*come_back_ms`. */
enum settling deed_settle(const struct deed *deed, stamp_t now_ms, stamp_t *come_back_ms);

#endif
