/* What the files of this folder owe each other: the four functions behind `struct market`, and the
 * service's name for each thing asked. The wire is JSON 1.1 over POST: one object out, one object
 * or nothing back (botocore's model mturk/2017-01-17, jsonVersion 1.1). The account alone is asked
 * for elsewhere and in another form: account.h. */
#ifndef MARKET_MTURK_WIRE_H
#define MARKET_MTURK_WIRE_H

#include "market/market.h"

/* The operation of the Requester API 2017-01-17 that carries an ask: "GetHIT"; of STS for the
 * account. */
const char *mturk_operation(enum ask_kind kind);

/* The request's JSON, the same bytes for the same ask. Members that the ask does not have are left
 * out, because the service refuses null. The ask has been checked: what its kind needs is there
 * and every text is UTF-8; else it is our mistake and the process stops. */
const char *mturk_body(const struct ask *ask, struct arena *arena);

/* True when a body of TELL_QUALIFY asks the service to write to the worker. */
bool mturk_body_mails(const char *body);

/* A signed POST around a body. `body` must live as long as the request; the rest is in the arena.
 * The credentials have passed `credentials_fit`, and the endpoint is "https://HOST[:PORT]" or the
 * same with http: anything that could break out of a header stops the process. */
struct request mturk_request(enum ask_kind kind, const char *body, const char *endpoint,
                             const struct credentials *credentials, stamp_t now_ms,
                             struct arena *arena);

/* What a reply means. `token` is the one the request carried, or NULL. Whatever is not understood
 * for certain is VERDICT_UNKNOWN, with words that say what was missing. */
struct answer mturk_answer(enum ask_kind kind, const struct reply *reply, const char *token,
                           struct arena *arena);

#endif
