/* A marketplace, seen by those who do not speak its language: what it calls itself, where it
 * lives, what it charges, and four pure functions from questions to requests and from replies to
 * answers. One folder per marketplace fills one `struct market`. */
#ifndef MARKET_MARKET_H
#define MARKET_MARKET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/exchange.h"
#include "base/money.h"
#include "base/sign.h"
#include "base/stamp.h"
#include "core/roster.h"
#include "core/tariff.h"
#include "core/verb.h"
#include "core/verdict.h"

/* Who pays. All texts NULL-terminated; `session_token` NULL when there is none. */
struct credentials {
    const char *key_id;
    const char *secret;
    const char *session_token;
    const char *source;          /* where they came from, for people; never the secret */
    const char *file;            /* the file they lie in; NULL when in none */
    struct sign_memory *signing; /* kept between requests that are signed with them; or NULL */
};

struct market_environment {
    const char *name;     /* "production", "sandbox" */
    const char *endpoint; /* its URL, without a trailing slash */
    const char *hosts[4]; /* every host known to be this environment's; NULL ends the list */
};

/* What can be asked or told. Questions change nothing. */
enum ask_kind {
    ASK_ACCOUNT, /* whose keys these are */
    ASK_BALANCE,
    ASK_TASK,                 /* task */
    ASK_ASSIGNMENTS,          /* task, page: all states */
    ASK_ASSIGNMENTS_ANSWERED, /* the same, and what the workers filled in */
    ASK_ASSIGNMENT,           /* assignment: its state now */
    ASK_PAYMENTS,             /* task, page: bonuses paid on it */
    ASK_ASSIGNMENT_PAYMENTS,  /* assignment, page */
    ASK_SCORE,                /* qualification, worker */
    ASK_TYPES,                /* name, page: own qualifications that a search for it shows */
    ASK_HOLDERS,              /* qualification, page: who has it now, and with which score */
    ASK_BLOCKS,               /* page: whom this account has blocked */
    TELL_APPROVE,             /* assignment, words or none, override */
    TELL_REJECT,              /* assignment, words */
    TELL_QUALIFY,             /* qualification, worker, value, email */
    TELL_UNQUALIFY,           /* qualification, worker, words or none: the reason */
    TELL_BONUS,               /* worker, assignment, amount, words, token */
    TELL_NOTIFY,              /* subject, words, workers */
    TELL_BLOCK,               /* worker, words: the reason */
    TELL_UNBLOCK,             /* worker, words or none: the reason */
    TELL_CREATE,              /* name, words: makes a qualification that the words describe */
};
enum { ASK_KIND_COUNT = TELL_CREATE + 1 };

struct ask {
    enum ask_kind kind;
    const char *task;
    const char *assignment;
    const char *worker;
    const char *qualification;
    const char *name;      /* of a qualification, as people know it */
    const char *page;      /* NULL: the first */
    unsigned pages_before; /* how many were read before it, for those who ask */
    const char *subject;
    const char *words;
    const char *token; /* 64 characters that name the action: asked twice, done once */
    cents_t amount;
    int value;
    bool override; /* approve what was rejected */
    bool email;    /* the marketplace writes to the worker about it */
    const char *const *workers;
    size_t worker_count;
};

/* A worker whom a message did not reach. */
struct unreached {
    const char *worker;
    const char *code;
    const char *text;
};

/* A qualification of ours. A search finds more than was meant: the asker compares the names. */
struct qualification_type {
    const char *id;
    const char *name;
};

/* Who has a qualification. */
struct holder {
    const char *worker;
    int value;
};

/* What came back. Only the members that belong to the question are set. Texts and arrays live in
 * the arena given to `answer`. */
struct answer {
    enum verdict verdict;
    const char *code; /* the service's own code, or ours when it gave none; never NULL if refused */
    const char *text; /* the service's words without its trailing time stamp */
    const char *request_id;
    stamp_t date_ms; /* the service's clock, 0 when it did not say */
    bool has_date;
    stamp_t rest_ms; /* for so long the service wants to be left alone (Retry-After) */
    bool missing;    /* refused because the thing asked for does not exist */

    const char *account; /* its number, 12 digits */
    cents_t balance;
    struct task task;
    struct assignment *assignments; /* `.task` is 0; the asker knows the task … */
    const char **task_ids; /* … and holds it against what each row says: an ID, or NULL */
    size_t assignment_count;
    struct payment *payments;
    size_t payment_count;
    const char *next_page; /* NULL: this was the last */
    bool has_score;        /* false: the worker does not have the qualification */
    int score;
    struct qualification_type *types;
    size_t type_count;
    struct holder *holders;
    size_t holder_count;
    const char **blocked; /* workers */
    size_t blocked_count;
    const char *qualification; /* the one that was made */
    struct unreached *unreached;
    size_t unreached_count;
};

struct market {
    const char *name;  /* "mturk": part of every action's identity */
    const char *title; /* "Amazon Mechanical Turk", for people */
    const char *currency;
    const char *endpoint_variable; /* AWS_ENDPOINT_URL_MTURK */
    struct tariff tariff;
    const struct market_environment *environments;
    size_t environment_count;
    const char *closed_words; /* what to say when the service refuses its first read */
    bool serial_money; /* it wants payments one at a time, each after the last one's answer */

    /* The bytes of a request's body: what an intent records and every resend repeats. */
    const char *(*body)(const struct ask *ask, struct arena *arena);
    /* A signed request around such a body, which also says whether it needs a fresh connection: a
     * resend has no ask. `now_ms` is the service's time as far as we know it. */
    struct request (*request)(enum ask_kind kind, const char *body, const char *endpoint,
                              const struct credentials *credentials, stamp_t now_ms,
                              struct arena *arena);
    /* What a reply to that question means. Cannot fail: what cannot be read is VERDICT_UNKNOWN. */
    struct answer (*answer)(enum ask_kind kind, const struct reply *reply, const char *token,
                            struct arena *arena);
};

/* The marketplace with that name, or NULL. */
const struct market *market_find(const char *name);

/* The environment with that name, or NULL. */
const struct market_environment *market_environment_find(const struct market *market,
                                                         const char *name);

/* Which environment a host is known to belong to, or NULL. */
const struct market_environment *market_host_find(const struct market *market, const char *host);

/* The version of the library that reads what the marketplaces send, as it is loaded. */
const char *market_library(void);

/* True when asking changes nothing. */
bool ask_is_question(enum ask_kind kind);

#endif
