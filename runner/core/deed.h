/* One action as the journal knows it: what it was to do, and how far it came.
 *
 * Its standing:
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
#ifndef CORE_DEED_H
#define CORE_DEED_H

#include "base/error.h"
#include "base/money.h"
#include "base/stamp.h"
#include "core/entry.h"
#include "core/roster.h"

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
    const char *identity; /* the step's name as it is part of the key */
    enum verb verb;
    /* NULL after the person was erased, until core/recall finds them by the key */
    const char *worker;
    const char *assignment;
    const char *task;
    uint64_t erased_seq; /* the last record that says so, or 0 … */
    bool lingers;        /* … and the person stands here all the same: it was not finished */
    cents_t amount;
    cents_t fee;
    const char *content;
    const char *qualification;
    int value;
    bool held; /* qualify, unqualify: the worker had it before the first intent or the finding */
    bool has_status_before;
    enum work_status status_before;
    enum standing standing;
    uint64_t call;           /* of a message: the record of the words that its call shared, or 0 */
    const char *body;        /* the recorded bytes, the only ones a resend may use; or NULL */
    stamp_t first_intent_ms; /* of the content that now stands */
    stamp_t last_attempt_ms;
    stamp_t settled_ms; /* when it became done or refused */
    stamp_t granted_ms; /* of a bonus: when, as the marketplace's list has it; or 0 */
    unsigned attempts;
    bool doubtful;           /* some attempt since the last proven absence has no known outcome */
    stamp_t doubtful_ms;     /* the latest such attempt */
    stamp_t first_absent_ms; /* the first look after the last attempt that did not find it, or 0 */
    bool intended;           /* there ever was an intent: not only found at the marketplace */
    bool found;              /* seen done at the marketplace, and no attempt of ours was in doubt */
    bool foreign;            /* another run of this campaign sent it, which this journal lacks */
    const char *request_id;  /* of the marketplace's yes, when it was heard */
    const char *code;
    const char *text;
    const char *why;
    const char *evidence;     /* what the marketplace showed, where that decided it */
    size_t run;               /* index into the ledger's runs: who did it */
    size_t tried_run;         /* the run of the last attempt */
    const char *resolved_by;  /* the operator whose word decided it, or NULL */
    bool said;                /* that word, and nothing else, says that it was done */
    bool kept;                /* a difference to the file stands: what was done stays … */
    const char *kept_against; /* … while the file has this content; NULL: whatever it has */
    bool waived;              /* the refusal is accepted */
    bool cleared;             /* said not to be done: what looks like it is something else … */
    uint64_t cleared_seq;     /* the record that said so */
    stamp_t cleared_ms;       /* … as far as it was paid before this was said; 0: never said */
    const struct deed *bonus_before; /* the worker's, where core/payees was asked for them */
};

/* True while nobody can say whether it happened. */
bool deed_is_open(const struct deed *deed);

/* True when nobody can say for whom it was. A qualification that is made is for nobody. */
bool deed_is_erased(const struct deed *deed);

/* True for what counts against limits: done, or perhaps done. */
bool deed_is_counted(const struct deed *deed);

/* True for a bonus that shows a run of this campaign of which this journal knows nothing. */
bool deed_is_foreign(const struct deed *deed);

/* True for what is done, and no run of this journal, or of one that was brought into it, heard the
 * marketplace's yes to: it was seen there. What they had sent themselves does not count as found.
 */
bool deed_is_found(const struct deed *deed);

/* How it leaves a journal, as an exit status: 4 while it is open, 3 when it was refused and nobody
 * has accepted that, else 0. */
enum status deed_status(const struct deed *deed);

/* When it became what it is: settled, or, while it is open, last tried. */
stamp_t deed_moment(const struct deed *deed);

/* When the money moved: as the marketplace's list has it, where that was read, or else when it was
 * known to be done. */
stamp_t deed_paid_ms(const struct deed *deed);

/* True when a person said that it stands although the file's content is this one. */
bool deed_is_kept(const struct deed *deed, const char *content);

/* True when no list that is read for this roster would show it: it was sent on work whose task the
 * file no longer lists. */
bool deed_is_out_of_sight(const struct deed *deed, const struct roster *roster);

/* True when nothing of ours can still be under way `now_ms`, by the marketplace's clock. */
bool deed_is_quiet(const struct deed *deed, stamp_t now_ms);

/* From when on that is so. */
stamp_t deed_quiet_from_ms(const struct deed *deed);

/* True for a payment granted while none of this journal's attempts can have been under way: before
 * it meant to pay, or long after it last tried. Another run of the campaign paid it. */
bool deed_is_outside(const struct deed *deed, stamp_t granted_ms);

/* True when two looks, minutes apart and both long after the last attempt, did not show it. */
bool deed_is_absent(const struct deed *deed, stamp_t now_ms);

/* True while an attempt with no known outcome may still reach the marketplace: then a refusal is no
 * outcome. */
bool deed_may_arrive(const struct deed *deed, stamp_t now_ms);

/* What the ledger folds into a deed; `run` is the index of the run that wrote the record. Which
 * record can follow which is the ledger's to know. */
void deed_describe(struct deed *deed, const struct entry *entry, size_t run);
void deed_intend(struct deed *deed, const struct entry *entry, size_t run);
void deed_resend(struct deed *deed, const struct entry *entry, size_t run);
void deed_conclude(struct deed *deed, const struct entry *entry, size_t run,
                   enum standing standing);

/* The person is to be taken out, by the record with that seq. */
void deed_erase(struct deed *deed, uint64_t seq);

/* Whether a person's word (`resolve`) can follow what is known of an action; a deed of NULL is one
 * of which nothing is known. Fails with what stands in the way. */
bool deed_takes_word(const struct deed *deed, const struct entry *entry, struct error *err);

/* Its last attempt has no known outcome, whatever becomes of a later one. */
void deed_doubt(struct deed *deed);

/* How an open bonus that the list does not show may go on (facts: the token is forgotten after
 * 24 hours, a signed request is refused 5 minutes after its time). */
enum settling { SETTLING_RESEND, SETTLING_WAIT };

/* `now_ms` is the marketplace's time of a look that did not show the deed. WAIT fills
 * `*come_back_ms`. */
enum settling deed_settle(const struct deed *deed, stamp_t now_ms, stamp_t *come_back_ms);

#endif
