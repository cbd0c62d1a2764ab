#include "cmd/place.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "io/file.h"
#include "io/peer.h"

/* The environment of an endpoint on this machine when nothing names one. */
static const char simulator[] = "simulator";

static bool
environments_agree(struct place *place, const char *file, struct error *err)
{
    if (!place->file_environment)
        return true;
    if (place->environment && !text_same(place->environment, place->file_environment))
        return error_end(err, STATUS_GUARDED,
                         "%s names the environment '%s' and the command line '%s': nothing is "
                         "sent; change one of them",
                         file ? file : "the file", place->file_environment, place->environment);
    place->environment = place->file_environment;
    return true;
}

static bool
host_fits(const struct place *place, const char *host, struct error *err)
{
    const struct market_environment *known = market_host_find(place->market, host);
    if (known && place->environment && !text_same(known->name, place->environment))
        return error_end(err, STATUS_GUARDED,
                         "the endpoint %s is the %s of %s, and this is for %s: nothing is sent",
                         place->endpoint, known->name, place->market->title, place->environment);
    return true;
}

static bool
environment_missing(const char *file, struct error *err)
{
    if (!file)
        return error_end(err, STATUS_USAGE,
                         "say which marketplace: --environment production, --environment sandbox, "
                         "or --endpoint http://127.0.0.1:PORT for a simulator");
    return error_end(err, STATUS_GUARDED,
                     "%s names no environment; try 'bursar rehearse %s'; to pay, add "
                     "'environment: production' to the file",
                     file, file);
}

/* A plan may lead to play on this machine, and to nobody's keys elsewhere. */
static bool
is_here(const char *endpoint)
{
    struct peer peer;
    struct error ignored = {0};
    return endpoint && peer_read(&peer, endpoint, &ignored) && peer.loopback;
}

bool
place_settle(struct place *place, const char *file, struct arena *arena, struct error *err)
{
    const char *variable = getenv(place->market->endpoint_variable);
    bool given = place->endpoint != NULL;
    if (!given && variable && variable[0])
        place->endpoint = variable;
    if (!place->endpoint && is_here(place->remembered))
        place->endpoint = place->remembered;
    if (!environments_agree(place, file, err))
        return false;
    const struct market_environment *known =
        place->environment ? market_environment_find(place->market, place->environment) : NULL;
    if (!place->endpoint && known)
        place->endpoint = known->endpoint;
    if (!place->endpoint)
        return place->environment
                   ? error_end(err, STATUS_USAGE,
                               "--environment takes production or sandbox; it has '%s'",
                               place->environment)
                   : environment_missing(file, err);
    struct peer peer;
    if (!peer_read(&peer, place->endpoint, err)) {
        err->status = STATUS_USAGE;
        return error_within(err, "the endpoint %s", place->endpoint);
    }
    bool loopback = place->loopback = peer.loopback;
    if (!place->environment)
        place->environment = loopback ? simulator : NULL;
    if (!place->environment)
        return environment_missing(file, err);
    if (!known && !(loopback && text_same(place->environment, simulator)))
        return error_end(err, STATUS_USAGE,
                         "--environment takes production or sandbox; it has '%s'",
                         place->environment);
    if (!host_fits(place, peer.name, err))
        return false;
    /* In one spelling, which is also the one that is signed: HTTPS://…, a host in %41, 127.1. */
    place->endpoint = arena_print(arena, "%s://%s", peer.encrypted ? "https" : "http", peer.name);
    return true;
}

const char *
place_journal(const char *file, const char *environment, struct arena *arena)
{
    size_t size = strlen(file);
    if (text_ends(file, ".yaml"))
        size -= strlen(".yaml");
    else if (text_ends(file, ".yml"))
        size -= strlen(".yml");
    if (text_same(environment, "production"))
        return arena_print(arena, "%.*s.journal.jsonl", (int)size, file);
    return arena_print(arena, "%.*s.%s.journal.jsonl", (int)size, file, environment);
}

const char *
place_journal_find(const struct market *market, const char *file, const char *environment,
                   struct arena *arena, struct error *err)
{
    if (environment)
        return place_journal(file, environment, arena);
    const char *names[8] = {simulator};
    size_t count = 1;
    for (size_t i = 0; i < market->environment_count; i++)
        names[count++] = market->environments[i].name;
    const char *only = NULL;
    for (size_t i = 0; i < count; i++) {
        const char *path = place_journal(file, names[i], arena);
        if (!file_exists(path))
            continue;
        if (only) {
            error_end(err, STATUS_USAGE,
                      "%s has more than one journal (%s, %s): say which with --environment or "
                      "--journal",
                      file, only, path);
            return NULL;
        }
        only = path;
    }
    return only ? only : place_journal(file, simulator, arena);
}

const char *
place_told(const struct entry *genesis, struct arena *arena)
{
    bool play = is_here(genesis->endpoint) && !text_same(genesis->environment, simulator);
    return play ? arena_print(arena, "%s, play money", genesis->environment) : genesis->environment;
}
