/* The simulator without its socket: a request goes in, a reply comes out, and the time is an
 * argument. For simulations that stop a whole run at any call and go on from there. */
#ifndef SIM_INSIDE_H
#define SIM_INSIDE_H

#include "base/exchange.h"
#include "base/stamp.h"
#include "sim/sim.h"

struct inside;

/* Needs the files' members of the options and the seed; port and book path are left alone.
 * `now_ms` is when the world begins, unless its file says so itself. NULL on failure, as
 * sim_open. */
struct inside *inside_open(const struct sim_options *options, stamp_t now_ms,
                           struct problems *problems, struct error *err);

const char *inside_key_id(const struct inside *inside);
const char *inside_secret(const struct inside *inside);

/* Carries out one request at `now_ms`. A connection that a fault hangs up, cuts or leaves hanging
 * shows as a reply that is not whole. Texts live in the arena. */
struct reply inside_answer(struct inside *inside, const struct request *request, stamp_t now_ms,
                           struct arena *arena);

struct sim_totals inside_totals(const struct inside *inside);

/* The sum over the book's accounts: 0, or the book is wrong. */
cents_t inside_sum(const struct inside *inside);

void inside_close(struct inside *inside);

#endif
