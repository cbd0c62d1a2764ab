/* The verbs a step can have, one row each. Adding a verb begins here; README says which places
 * follow. */
#ifndef CORE_VERB_H
#define CORE_VERB_H

#include <stdbool.h>
#include <stddef.h>

enum verb {
    VERB_APPROVE,
    VERB_REJECT,
    VERB_CREATE, /* makes the qualification of a qualify step; no step of its own */
    VERB_QUALIFY,
    VERB_UNQUALIFY,
    VERB_BONUS,
    VERB_NOTIFY,
    VERB_BLOCK,
    VERB_UNBLOCK,
};
enum { VERB_COUNT = VERB_UNBLOCK + 1 };

/* What the marketplace takes, in characters and as a score, written in the file or looked up. Where
 * it names no bound for words, ours is that of a message. */
enum {
    FEEDBACK_LENGTH_MAX = 1024,
    WORDS_LENGTH_MAX = 4096,
    SUBJECT_LENGTH_MAX = 200,
    SCORE_MOST = 2147483647,
};

/* What one action of a verb is about, and so what its identity is made of. */
enum target {
    TARGET_ASSIGNMENT,
    TARGET_WORKER,
    TARGET_NAME, /* a qualification that does not exist yet */
};

/* How an unknown outcome may be settled without asking a person. */
enum settle {
    SETTLE_BY_REPEATING, /* the same call again changes nothing */
    SETTLE_BY_LOOKING,   /* only after the marketplace's own list shows it absent */
    SETTLE_BY_PERSON,    /* nothing to look at: the operator says so */
};

struct verb_row {
    const char *name;
    enum target target; /* bonus: per worker when the step says so */
    enum settle settle;
    bool pays_bonus;  /* moves a bonus and its fee */
    bool pays_reward; /* lets the reward and its fee go */
    bool decides;     /* on the work: its status is another one afterwards */
    bool scores;      /* gives a worker a qualification's score, or takes it away */
    bool harms;       /* the worker: needs a `where` of its own, and the number is asked for */
    size_t batch_max; /* workers one call may carry */
    size_t words_max; /* characters of what the worker reads */
    const char *done; /* "paid": what has happened, for people */
};

const struct verb_row *verb_row(enum verb verb);

/* True for what moves money: bonuses and rewards. */
bool verb_moves_money(enum verb verb);

/* False when no verb has that name. */
bool verb_find(const char *name, enum verb *verb);

#endif
