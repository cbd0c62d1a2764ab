/* One thing that a campaign would do to one worker or assignment, and what was decided about it. */
#ifndef CORE_ACTION_H
#define CORE_ACTION_H

#include "core/deed.h"
#include "core/identity.h"
#include "core/needs.h"
#include "core/roster.h"
#include "core/terms.h"

enum decision { DECISION_DO, DECISION_SKIP, DECISION_HOLD, DECISION_UNKNOWN, DECISION_CONFLICT };
enum { DECISION_COUNT = DECISION_CONFLICT + 1 };

enum why {
    WHY_NEVER_DONE,
    WHY_RETRY,   /* tried before, provably not done or absent at the marketplace */
    WHY_CHANGED, /* a qualification's value */
    WHY_DONE_BEFORE,
    WHY_FOUND,          /* done at the marketplace, though not by this journal */
    WHY_KEPT,           /* an operator let a difference stand */
    WHY_WAIVED,         /* an operator accepted the refusal */
    WHY_REFUSED_BEFORE, /* tried again only when asked to */
    WHY_TOO_LATE,       /* the marketplace decided the opposite already */
    WHY_TWIN,           /* an earlier step of this run decides on the same work */
    WHY_NEEDS,          /* waits for another action of the worker */
    WHY_NOT_NOW,        /* this run is only about a part of the campaign */
    WHY_OUTCOME_UNKNOWN,
    WHY_PAID_ELSEWHERE, /* a bonus of other amount or words is there already */
    WHY_CHANGED_AFTER_DONE,
    WHY_OPPOSED, /* the campaign approves and rejects the same work, or did the opposite before */
};
enum { WHY_COUNT = WHY_OPPOSED + 1 };

const char *decision_name(enum decision decision);
const char *why_name(enum why why);

/* The same for people: "done before". */
const char *why_words(enum why why);

/* A campaign has as many as it has people and steps, so there is no room in it for what they share,
 * nor gaps between its members. */
struct action {
    const char *key;
    const struct assignment *assignment; /* of a per-worker action: one that carries it */
    const struct terms *terms;
    const char *words; /* why, in words, where the name alone does not say it; or NULL */
    struct deed *deed; /* what the ledger knows of it, or NULL */
    const struct payment *payment; /* WHY_FOUND, WHY_PAID_ELSEWHERE: what was found … */
    stamp_t come_back_ms; /* WHY_OUTCOME_UNKNOWN: when to look again, 0 when that is no help */
    uint32_t step;        /* index into the campaign's steps */
    uint32_t row;         /* index in the roster of the one that its terms come from */
    enum verb verb : 8;   /* its step's; or VERB_CREATE, for nobody: worker and assignment are "" */
    enum decision decision : 8;
    enum why why : 8;
    bool names_assignment : 1; /* it is part of what is sent */
    bool late : 1;             /* what it says is only known when earlier steps are over */
    bool in_vain : 1;          /* it waits for a step that does nothing for this worker */
    bool foreign : 1;          /* … and another run of this campaign must have sent it */
};

/* What it says, for its content's digest. */
struct content action_content(const struct action *action);

void action_settle(struct action *action, enum decision decision, enum why why);

/* How an action stands for those that wait for it, when everything decided to be done gets done. */
enum need_state action_need_state(const struct action *action);

/* Whether what was found done is to be written down: what stands in the journal without an outcome,
 * payments, and states that another may change later, when this campaign is long over. */
bool action_is_to_note(const struct action *action);

/* Whether an action looks done by somebody else: undecided, and nothing in the journal is open. */
bool action_is_elsewhere(const struct action *action);

#endif
