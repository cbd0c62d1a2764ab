#include "cmd/session.h"

#include <stdlib.h>

#include "base/text.h"
#include "cmd/next.h"
#include "cmd/place.h"
#include "cmd/saved.h"
#include "cmd/say.h"
#include "engine/credentials.h"
#include "io/clock.h"
#include "io/file.h"
#include "io/folder.h"
#include "io/peer.h"
#include "io/person.h"

enum { CONCURRENCY_DEFAULT = 64, CONCURRENCY_MAX = 256, RATE_MAX = 100000 };

void
session_init(struct session *session, const struct arguments *arguments)
{
    *session = (struct session){.arguments = arguments,
                                .market = market_find("mturk"),
                                .wake_descriptor = -1,
                                .retry_refused = option_is_set(arguments, OPTION_RETRY_REFUSED)};
    session->problems.arena = session->warnings.arena = &session->arena;
    session->journal.store.descriptor = -1;
    session->line.offset_ms = clock_wall_ms() - clock_boot_ms(); /* until the other side speaks */
}

bool
session_load(struct session *session, const char *file)
{
    struct error err = {0};
    if (saved_is(file) &&
        !saved_decline(file, session->arguments->command->name, &session->arena, &err)) {
        say_error(&err);
        return false;
    }
    bool fine = load_campaign(file, &session->load, &session->problems, &session->arena);
    say_problems(&session->problems, "error");
    session->problems.count = 0;
    return fine;
}

bool
session_place(struct session *session, struct error *err)
{
    const struct campaign *campaign = session->load.campaign;
    struct place place = {.market = session->market,
                          .file_environment = campaign ? campaign->environment : NULL,
                          .environment = session->arguments->values[OPTION_ENVIRONMENT],
                          .endpoint = session->arguments->values[OPTION_ENDPOINT],
                          .remembered = session->saved ? session->saved->plan.endpoint : NULL};
    if (session->sim)
        place.endpoint = sim_endpoint(session->sim);
    if (session->sim)
        place.file_environment = place.environment = NULL;
    if (!place_settle(&place, campaign ? campaign->file : NULL, &session->arena, err))
        return false;
    session->environment = place.environment;
    session->endpoint = place.endpoint;
    session->play = place.loopback;
    if (!session->journal_path)
        session->journal_path = session->arguments->values[OPTION_JOURNAL];
    if (!session->journal_path && campaign)
        session->journal_path =
            place_journal(campaign->file, session->environment, &session->arena);
    session->identity = (struct identity){.marketplace = session->market->name,
                                          .environment = session->environment,
                                          .campaign = campaign ? campaign->name : ""};
    return true;
}

bool
session_place_journal(struct session *session, const char *file, struct error *err)
{
    bool valid = true;
    session->journal_path = session->arguments->values[OPTION_JOURNAL];
    if (text_ends(file, ".jsonl"))
        session->journal_path = file;
    if (!file_exists(session->journal_path ? session->journal_path : file))
        return error_end(err, STATUS_USAGE, "there is no file '%s'",
                         session->journal_path ? session->journal_path : file);
    if (folder_is(session->journal_path ? session->journal_path : file))
        return error_end(err, STATUS_USAGE,
                         "%s is a folder: this takes one campaign file, or one journal",
                         session->journal_path ? session->journal_path : file);
    if (session->journal_path)
        return true;
    if (saved_is(file))
        return saved_decline(file, session->arguments->command->name, &session->arena, err);
    if (!session->load.campaign) /* loaded once, a file that changes meanwhile cannot matter */
        valid = load_campaign(file, &session->load, &session->problems, &session->arena);
    session->problems.count = 0;
    const struct campaign *campaign = session->load.campaign;
    const char *named = session->arguments->values[OPTION_ENVIRONMENT];
    if (!named && campaign)
        named = campaign->environment;
    session->journal_path = place_journal_find(session->market, file, named, &session->arena, err);
    if (session->journal_path && !valid && !file_exists(session->journal_path)) {
        say_note("warning: there is no journal beside %s, and it cannot be run as it is; what is "
                 "wrong with it:",
                 file);
        next_file_say("check", file);
    }
    return session->journal_path != NULL;
}

static bool
sim_credentials(struct session *session)
{
    session->line.credentials =
        (struct credentials){.key_id = sim_key_id(session->sim),
                             .secret = sim_secret(session->sim),
                             .session_token = sim_session_token(session->sim),
                             .source = "the embedded simulator"};
    return true;
}

static void
sim_step_any(void *sim)
{
    sim_step(sim);
}

static int
sim_timeout_any(const void *sim)
{
    return sim_timeout_ms(sim);
}

static const char *
environment_of(const char *name, const char *other)
{
    const char *value = getenv(name);
    return value && value[0] ? value : other ? environment_of(other, NULL) : NULL;
}

/* What the environment decides about whom we speak to, and what others can do with our keys. Of a
 * proxy's address only the host: it may hold a password. */
static void
surroundings_say(const struct session *session, const struct http_options *options)
{
    const char *file = session->line.credentials.file;
    const char *exposure = file ? file_exposure(file) : NULL;
    struct peer peer, proxy;
    struct error ignored = {0};
    if (exposure)
        say_note("warning: %s holds an AWS key and %s (chmod 600)", file, exposure);
    if (!peer_read(&peer, session->endpoint, &ignored))
        return;
    if (options->proxy && !peer.loopback && peer_read_proxy(&proxy, options->proxy, &ignored))
        say_note("through the proxy %s (HTTPS_PROXY)%s%s%s", proxy.name,
                 options->no_proxy ? ", except to " : "",
                 options->no_proxy ? options->no_proxy : "",
                 options->no_proxy ? " (NO_PROXY)" : "");
    if (options->ca_bundle && peer.encrypted)
        say_note("certificates are trusted by %s (AWS_CA_BUNDLE)", options->ca_bundle);
}

/* While the marketplace is read. */
static void
rest_say(void *self, const char *text)
{
    (void)self;
    say_note("%s", text);
}

/* Reading that takes its time is seen to go on. */
static void
read_say(void *self, size_t answers)
{
    const stamp_t soon_ms = STAMP_SECOND_MS, every_ms = 250;
    struct session *session = self;
    stamp_t now_ms = clock_boot_ms();
    if (option_is_set(session->arguments, OPTION_QUIET) || now_ms - session->begun_ms < soon_ms ||
        now_ms - session->read_ms < every_ms)
        return;
    session->read_ms = now_ms;
    struct arena arena = {0};
    const char *text =
        arena_print(&arena, "reading %s: %zu answers", session->market->title, answers);
    say_passing(arena_print(&arena, "%.*s", (int)person_width() - 1, text));
    arena_close(&arena);
}

bool
session_connect(struct session *session, struct error *err)
{
    unsigned long width, rate;
    if (!option_number(session->arguments, OPTION_CONCURRENCY, 1, CONCURRENCY_MAX,
                       CONCURRENCY_DEFAULT, &width, err) ||
        !option_number(session->arguments, OPTION_RATE, 1, RATE_MAX, 0, &rate, err))
        return false;
    bool keyed = session->sim ? sim_credentials(session)
                              : credentials_find(session->arguments->values[OPTION_PROFILE],
                                                 &session->line.credentials, &session->arena, err);
    if (!keyed || !person_catch_signals(&session->wake_descriptor, err))
        return false;
    struct http_options options = {
        .connections = (unsigned)width,
        .ca_bundle = environment_of("AWS_CA_BUNDLE", NULL),
        .proxy = environment_of("HTTPS_PROXY", "https_proxy"),
        .no_proxy = environment_of("NO_PROXY", "no_proxy"),
        .wake_descriptor = session->wake_descriptor,
        .companion_descriptor = session->sim ? sim_descriptor(session->sim) : -1,
        .companion_step = sim_step_any,
        .companion_timeout_ms = sim_timeout_any,
        .companion = session->sim,
    };
    session->http = http_open(&options, err);
    if (!session->http)
        return false;
    surroundings_say(session, &options);
    session->line.market = session->market;
    session->line.endpoint = session->endpoint;
    session->line.transport = http_transport(session->http);
    line_init(&session->line, (unsigned)width, (unsigned)rate, &session->arena);
    session->line.tell = rest_say;
    session->line.read = read_say;
    session->line.read_self = session;
    session->begun_ms = clock_boot_ms();
    session->connected = true;
    return true;
}

void
session_close(struct session *session)
{
    say_problems(&session->warnings, "warning"); /* of what happened since the journal was read */
    if (session->connected)
        line_close(&session->line);
    if (session->http)
        http_close(session->http);
    if (session->journal_open || session->journal.locked)
        journal_close(&session->journal);
    if (session->sim)
        sim_close(session->sim);
    arena_close(&session->arena);
}
