/* The embedded simulator: a pretended MTurk marketplace on a loopback port, driven by whoever
 * owns the event loop. It checks what Amazon checks, keeps its own books and misbehaves on
 * request; real AWS clients work against it unchanged.
 *
 * One thread: wait until `sim_descriptor` is readable or `sim_timeout_ms` has passed, then call
 * `sim_step`. The formats of the world file, the faults file and the book are in
 * schema/world.md. */
#ifndef SIM_SIM_H
#define SIM_SIM_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/money.h"

struct sim;

struct sim_options {
    const char *world_name; /* for messages */
    const char *world;      /* the YAML text; needed only during sim_open */
    size_t world_size;
    const char *faults_name;
    const char *faults; /* NULL: it behaves */
    size_t faults_size;
    uint64_t seed;
    uint16_t port;         /* 0: any free one */
    const char *book_path; /* NULL: none; emptied at the start */
};

/* Starts listening. NULL on failure: what is wrong in the two files goes to `problems`, what is
 * wrong with the port or the book to `err`. */
struct sim *sim_open(const struct sim_options *options, struct problems *problems,
                     struct error *err);

/* "http://127.0.0.1:PORT"; this and the keys live as long as the simulator. */
const char *sim_endpoint(const struct sim *sim);
const char *sim_key_id(const struct sim *sim);
const char *sim_secret(const struct sim *sim);
const char *sim_session_token(const struct sim *sim); /* or NULL */

/* Readable when sim_step has something to do. */
int sim_descriptor(const struct sim *sim);

/* At most this long until sim_step must be called again; -1: only when the descriptor says so. */
int sim_timeout_ms(const struct sim *sim);

/* Handles what is ready; never blocks. */
void sim_step(struct sim *sim);

/* The book's totals since the start, for tests and a demonstration's closing figures. */
struct sim_totals {
    cents_t balance;
    cents_t bonuses;
    cents_t bonus_fees;
    cents_t rewards;
    cents_t reward_fees;
    size_t bonus_count;
    size_t approvals;
    size_t qualifications_set;
    size_t messages; /* delivered, each worker counted */
    size_t writes;   /* calls of operations that change something, accepted or not */
};

struct sim_totals sim_totals(const struct sim *sim);

void sim_close(struct sim *sim);

/* The version of the library that serves, as it is loaded. */
const char *sim_library(void);

/* Serves until `*stop` is set by a signal handler. False when waiting itself failed. */
bool sim_serve(struct sim *sim, const volatile sig_atomic_t *stop);

#endif
