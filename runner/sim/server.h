/* Carries calls and answers over HTTP on a loopback port, without a thread of its own: whoever
 * owns the event loop drives it. All meaning is in the clerk; an answer is carried late, cut or
 * not at all when it says so. */
#ifndef SIM_SERVER_H
#define SIM_SERVER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/stamp.h"
#include "sim/clerk.h"

struct MHD_Daemon;
struct visit;

struct server {
    struct clerk *clerk; /* the caller sets these two first */
    stamp_t offset_ms;   /* from the monotonic clock to the world's */
    struct MHD_Daemon *daemon;
    int descriptor;
    char endpoint[64];
    struct visit *waiting; /* whose answers are not due yet */
};

/* A clock that no one sets, and that goes on while the machine sleeps. */
stamp_t server_monotonic_ms(void);

/* The time in the world that is served. */
stamp_t server_now_ms(const struct server *server);

/* Starts listening; `server` must stay where it is. */
bool server_open(struct server *server, uint16_t port, struct error *err);
void server_close(struct server *server);

/* As sim_timeout_ms and sim_step. */
int server_timeout_ms(const struct server *server);
void server_step(struct server *server);

#endif
