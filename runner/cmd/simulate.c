/* bursar simulate: the pretended marketplace on a port of this machine, for any client. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "cmd/commands.h"
#include "cmd/say.h"
#include "cmd/pretend.h"
#include "io/file.h"
#include "sim/sim.h"

static volatile sig_atomic_t stopped;

static void
stop(int number)
{
    (void)number;
    stopped = 1;
}

static bool
signals_catch(struct error *err)
{
    struct sigaction action = {.sa_handler = stop};
    sigemptyset(&action.sa_mask);
    bool caught = sigaction(SIGINT, &action, NULL) == 0 && sigaction(SIGTERM, &action, NULL) == 0 &&
                  sigaction(SIGHUP, &action, NULL) == 0;
    return caught || error_say(err, "signals cannot be caught");
}

static bool
announce(const struct arguments *arguments, const struct sim *sim, struct error *err)
{
    struct buffer out = {0};
    const char *endpoint = sim_endpoint(sim), *token = sim_session_token(sim);
    buffer_print(&out, "AWS_ENDPOINT_URL_MTURK=%s\nAWS_DEFAULT_REGION=us-east-1\n", endpoint);
    if (token)
        buffer_print(&out, "AWS_SESSION_TOKEN=%s\n", token);
    buffer_print(&out, "AWS_ACCESS_KEY_ID=%s\nAWS_SECRET_ACCESS_KEY=%s\n", sim_key_id(sim),
                 sim_secret(sim));
    bool worked = say_out(&out, err);
    const char *port_file = arguments->values[OPTION_PORT_FILE];
    if (worked && port_file) {
        const char *port = endpoint;
        for (const char *at = endpoint; *at; at++)
            port = *at == ':' ? at + 1 : port;
        buffer_print(&out, "%s\n", port);
        worked = file_write(port_file, out.bytes, out.size, 0600, err);
    }
    buffer_close(&out);
    return worked;
}

enum status
cmd_simulate(const struct arguments *arguments)
{
    struct arena arena = {0};
    struct error err = {0};
    struct pretend_files files = {.world_file = arguments->values[OPTION_WORLD],
                                  .faults_file = arguments->values[OPTION_FAULTS],
                                  .book_file = arguments->values[OPTION_BOOK]};
    unsigned long port, seed;
    struct sim *sim = NULL;
    bool worked = files.world_file || error_end(&err, STATUS_USAGE,
                                                "simulate needs a world: --world FILE (its format "
                                                "is in schema/world.md)");
    worked = worked && option_number(arguments, OPTION_PORT, 0, 65535, 0, &port, &err) &&
             option_number(arguments, OPTION_SEED, 0, 4294967295ul, 1, &seed, &err);
    if (worked) {
        files.port = (uint16_t)port;
        files.seed = seed;
        sim = pretend_open(&files, &arena, &err);
    }
    worked = sim && signals_catch(&err) && announce(arguments, sim, &err);
    if (worked && !sim_serve(sim, &stopped))
        worked = error_say(&err, "the simulator cannot wait for its clients");
    if (sim)
        sim_close(sim);
    enum status status = worked ? STATUS_DONE : say_error(&err);
    arena_close(&arena);
    return status;
}
