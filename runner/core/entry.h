/* One record of the journal, as a struct: what was intended, sent, heard or decided, when, by the
 * marketplace's clock. `codec/record` writes and reads its line; `ledger` folds it into what is
 * known. Only the members that belong to the kind are set. */
#ifndef CORE_ENTRY_H
#define CORE_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/money.h"
#include "base/stamp.h"
#include "core/campaign.h"
#include "core/roster.h"
#include "core/verb.h"

enum entry_kind {
    ENTRY_GENESIS,   /* first line: whose journal this is */
    ENTRY_RUN,       /* a run begins to act */
    ENTRY_BODY,      /* words that a batch shares, once */
    ENTRY_INTEND,    /* an action may be sent from here on */
    ENTRY_RESEND,    /* … may be sent once more */
    ENTRY_DONE,      /* the marketplace said yes */
    ENTRY_REFUSED,   /* the marketplace said that it did nothing, and why */
    ENTRY_RELEASED,  /* the attempts provably did nothing; the action is pending again */
    ENTRY_UNKNOWN,   /* sent, and no telling */
    ENTRY_LOOK,      /* the marketplace's list was read for an unknown outcome */
    ENTRY_ADOPT,     /* found done at the marketplace */
    ENTRY_RESOLVE,   /* a person decided */
    ENTRY_RECOVERED, /* a torn group was cut off and kept beside */
    ENTRY_ERASED,    /* person members are taken out, or will be */
    ENTRY_END,       /* a run ended in order */
    ENTRY_MERGE,     /* what follows in this group was brought from another journal */
};
enum { ENTRY_KIND_COUNT = ENTRY_MERGE + 1 };

const char *entry_kind_name(enum entry_kind kind);
bool entry_kind_find(const char *name, enum entry_kind *kind);

/* What a person decided about an action. */
enum decided {
    DECIDED_DONE,     /* it happened */
    DECIDED_NOT_DONE, /* it did not; what looks like it is something else */
    DECIDED_KEEP,     /* what was done stands, whatever the file says now */
    DECIDED_WAIVE,    /* the refusal is accepted */
};
enum { DECIDED_COUNT = DECIDED_WAIVE + 1 };

/* "done", "not-done", "keep", "waive": options, records and people. */
const char *decided_name(enum decided decided);
bool decided_find(const char *name, enum decided *decided);

/* A file that went into a run, with the digest of what it held. */
struct entry_input {
    const char *path;
    const char *digest; /* "sha256:…" */
};

struct entry {
    uint64_t seq;   /* 0, 1, 2 … without a gap */
    uint64_t group; /* the seq of the last record written and synced together with this one */
    stamp_t at_ms;
    enum entry_kind kind;

    const char *key; /* intend, resend, done, refused, released, unknown, adopt, resolve */

    /* intend; an adoption without an intent carries step, verb, amounts and content too */
    const char *step;
    const char *was; /* the step's name in its actions' identity, when that is another one */
    enum verb verb;
    bool has_verb;
    cents_t amount; /* of the bonus, or the reward an approval lets go */
    cents_t fee;
    const char *content;
    const char *qualification; /* qualify, unqualify: which, and the value given; create: its name,
                                  and where it is done, its id */
    int value;
    bool held; /* qualify, unqualify: the worker had it before the first intent or the finding */
    bool has_status_before;
    enum work_status status_before;
    uint64_t body_seq; /* intend: the body record with the words, when a batch shares them */
    bool has_body_seq;

    unsigned attempt;       /* resend: 2 is the first repetition */
    const char *request_id; /* done */
    const char *code;       /* refused */
    const char *text;       /* refused, body */
    const char *why;        /* unknown, released, recovered */
    /* unknown, adopt: the first intent, when another journal had it earlier; or 0 */
    stamp_t first_ms;
    /* adopt: when the bonus was granted, as the marketplace's list has it; or 0 */
    stamp_t granted_ms;
    bool foreign; /* unknown, adopt: another run of this campaign sent it, not this journal's */
    enum decided decided; /* resolve */

    /* look; erased: whose records, where it is not all before a moment */
    const char **keys;
    size_t key_count;
    bool found;
    unsigned pages;

    stamp_t wall_ms;   /* erased: when that was said, by the clock of the machine */
    stamp_t before_ms; /* erased: all that was settled before it; or 0 */

    /* person: what concerns one worker, in one member that can be taken out */
    const char *worker;
    const char *assignment;
    const char *task;
    const char *body;     /* the exact bytes that were or will be sent */
    const char *evidence; /* what was seen at the marketplace */
    const char *salt;     /* random, so that a sum tells nothing about who it was */
    bool erased;          /* the member was taken out */

    /* genesis */
    unsigned format;
    const char *journal; /* 128 random bits, hex */
    const char *campaign;
    const char *marketplace;
    const char *environment;
    const char *endpoint;
    const char *redacted; /* of a copy for everybody: the last sum of what it is a copy of */
    const struct label *labels;
    size_t label_count;

    /* merge: `journal` is the other's */
    const char *head; /* the sum of its last record */
    uint64_t split;   /* the first seq at which it holds another record */
    size_t records;   /* what it holds from there on; erased: how many were meant */

    /* brought by a merge: its seq in the other journal. Its time is the other's, too. */
    bool has_from;
    uint64_t from;

    /* run; `who` also of resolve, merge and erased */
    const char *who;
    const char *host;
    unsigned pid;
    const char *version;
    const char *plan;        /* digest of the plan carried out */
    const char *plan_by;     /* who made it */
    const char *commit;      /* NULL when not known */
    int64_t clock_offset_ms; /* the marketplace's clock less this machine's */
    cents_t balance;
    const struct entry_input *inputs;
    size_t input_count;

    /* end; recovered */
    size_t done, refused, unknown, pending;
    size_t waiting;        /* end: held back by an earlier step that is in trouble … */
    cents_t waiting_cents; /* … and what that comes to, with fees */
    size_t elsewhere;      /* end: look done by somebody else, and nothing here intended them */
    size_t bytes;          /* recovered: cut off */
    const char *side;      /* recovered: the file that keeps them */
};

#endif
