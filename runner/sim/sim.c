/* The simulator put together: the world and the faults read from their files, a clerk for them,
 * and a server for the clerk. */
#include "sim/sim.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <time.h>

#include "sim/clerk.h"
#include "sim/server.h"

enum { STOP_CHECK_MS = 200 }; /* how late a signal may be noticed */

struct sim {
    struct world world;
    struct faults faults;
    struct clerk clerk;
    struct server server;
};

static bool
files_read(struct sim *sim, const struct sim_options *o, struct problems *problems,
           struct error *err)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    struct world_options world = {.name = o->world_name,
                                  .bytes = o->world,
                                  .size_bytes = o->world_size,
                                  .seed = o->seed,
                                  .now_ms = (stamp_t)now.tv_sec * 1000 + now.tv_nsec / 1000000,
                                  .book_path = o->book_path};
    bool faults_fit = !o->faults || faults_open(&sim->faults, o->faults_name, o->faults,
                                                o->faults_size, o->seed, problems);
    bool world_fits = world_read(&sim->world, &world, problems, err);
    return faults_fit && world_fits;
}

struct sim *
sim_open(const struct sim_options *options, struct problems *problems, struct error *err)
{
    struct sim *sim = calloc(1, sizeof *sim);
    if (!sim) {
        error_say(err, "out of memory");
        return NULL;
    }
    clerk_init(&sim->clerk, &sim->world, options->faults ? &sim->faults : NULL);
    sim->server.clerk = &sim->clerk;
    if (files_read(sim, options, problems, err)) {
        sim->server.offset_ms = sim->world.start_ms - server_monotonic_ms();
        if (server_open(&sim->server, options->port, err))
            return sim;
    }
    sim_close(sim);
    return NULL;
}

void
sim_close(struct sim *sim)
{
    if (!sim)
        return;
    server_close(&sim->server);
    faults_close(&sim->faults);
    world_close(&sim->world);
    free(sim);
}

const char *
sim_endpoint(const struct sim *sim)
{
    return sim->server.endpoint;
}

const char *
sim_key_id(const struct sim *sim)
{
    return sim->world.credentials.key_id;
}

const char *
sim_secret(const struct sim *sim)
{
    return sim->world.credentials.secret;
}

const char *
sim_session_token(const struct sim *sim)
{
    return sim->world.credentials.session_token;
}

struct sim_totals
sim_totals(const struct sim *sim)
{
    return sim->world.book.totals;
}

int
sim_descriptor(const struct sim *sim)
{
    return sim->server.descriptor;
}

int
sim_timeout_ms(const struct sim *sim)
{
    return server_timeout_ms(&sim->server);
}

void
sim_step(struct sim *sim)
{
    server_step(&sim->server);
}

bool
sim_serve(struct sim *sim, const volatile sig_atomic_t *stop)
{
    while (!*stop) {
        int wait_ms = sim_timeout_ms(sim);
        struct pollfd ready = {.fd = sim->server.descriptor, .events = POLLIN};
        if (wait_ms < 0 || wait_ms > STOP_CHECK_MS)
            wait_ms = STOP_CHECK_MS;
        if (poll(&ready, 1, wait_ms) < 0 && errno != EINTR)
            return false;
        sim_step(sim);
    }
    return true;
}
