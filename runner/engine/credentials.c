#include "engine/credentials.h"

#include <stdlib.h>

#include "base/digest.h"
#include "base/text.h"
#include "io/file.h"
#include "io/spawn.h"
#include "market/mturk/credentials.h"

enum { FILE_BYTES_MAX = 1024 * 1024, PROCESS_TIMEOUT_MS = 60 * 1000 };

/* Where to look; NULL members are not there. */
struct places {
    const char *profile;
    const char *credentials_file;
    const char *config_file;
};

static const char *
environment(const char *name)
{
    const char *value = getenv(name);
    return value && value[0] ? value : NULL;
}

/* A "~/" in the variable is the home folder, as for AWS's tools. */
static const char *
file_of(const char *variable, const char *in_home, struct arena *arena)
{
    const char *named = environment(variable), *home = environment("HOME");
    if (named && home && text_starts(named, "~/"))
        return arena_print(arena, "%s/%s", home, named + 2);
    if (named)
        return named;
    return home ? arena_print(arena, "%s/%s", home, in_home) : NULL;
}

static bool
environment_take(struct credentials *credentials)
{
    const char *token = environment("AWS_SESSION_TOKEN");
    *credentials = (struct credentials){
        .key_id = environment("AWS_ACCESS_KEY_ID"),
        .secret = environment("AWS_SECRET_ACCESS_KEY"),
        .session_token = token ? token : environment("AWS_SECURITY_TOKEN"),
        .source = "the environment (AWS_ACCESS_KEY_ID)",
    };
    return credentials->key_id && credentials->secret;
}

/* A file that is not there is an empty profile. */
static bool
profile_read(const char *path, bool config_style, const char *name, struct profile *profile,
             struct arena *arena, struct error *err)
{
    *profile = (struct profile){0};
    bool exists = false;
    struct buffer content = {0};
    bool worked = !path || file_read(path, FILE_BYTES_MAX, &content, &exists, err);
    if (worked && exists)
        worked = profile_decode(path, content.bytes ? content.bytes : "", content.size,
                                config_style, name, profile, arena, err);
    if (content.bytes)
        digest_wipe(content.bytes, content.size);
    buffer_close(&content);
    if (!worked)
        err->status = STATUS_CREDENTIALS;
    return worked;
}

static bool
process_take(const char *command, const char *profile, struct credentials *credentials,
             struct arena *arena, struct error *err)
{
    char **words;
    struct buffer printed = {0};
    int exit_code = 0;
    stamp_t expires_ms;
    bool worked = spawn_split(command, arena, &words, err) &&
                  spawn_read(words, PROCESS_TIMEOUT_MS, FILE_BYTES_MAX, &printed, &exit_code, err);
    if (worked && exit_code != 0)
        worked = error_say(err, "it ended with status %d", exit_code);
    worked = worked && process_credentials_decode(printed.bytes ? printed.bytes : "", printed.size,
                                                  credentials, &expires_ms, arena, err);
    if (printed.bytes)
        digest_wipe(printed.bytes, printed.size);
    buffer_close(&printed);
    credentials->source = arena_print(arena, "credential_process of profile '%s'", profile);
    if (!worked)
        error_within(err, "credential_process of profile '%s'", profile);
    err->status = worked ? err->status : STATUS_CREDENTIALS;
    return worked;
}

/* A key id without its secret is a slip. AWS's tools stop there too, so that no other identity
 * pays instead. */
static bool
half_refuse(const char *place, const char *secret, struct error *err)
{
    return error_end(err, STATUS_CREDENTIALS,
                     "%s holds an access key id and no secret for it: add %s, or take both away",
                     place, secret);
}

static void
profile_take(const struct profile *profile, const char *file, const char *name,
             struct credentials *credentials, struct arena *arena)
{
    *credentials =
        (struct credentials){.key_id = profile->key_id,
                             .secret = profile->secret,
                             .session_token = profile->session_token,
                             .source = arena_print(arena, "profile '%s' in %s", name, file),
                             .file = file};
}

static bool
nowhere(const struct places *places, bool needs_login, struct error *err)
{
    if (needs_login)
        return error_end(err, STATUS_CREDENTIALS,
                         "profile '%s' needs a login that only AWS's own tools can do. Put this "
                         "into the profile, and log in as always: credential_process = aws "
                         "configure export-credentials --profile %s --format process",
                         places->profile, places->profile);
    return error_end(err, STATUS_CREDENTIALS,
                     "no credentials. Looked for AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, and "
                     "for profile '%s' in %s and %s. To try everything without an account: "
                     "bursar rehearse FILE",
                     places->profile,
                     places->credentials_file ? places->credentials_file : "(none)",
                     places->config_file ? places->config_file : "(none)");
}

static bool
profiles_search(const struct places *places, struct credentials *credentials, struct arena *arena,
                struct error *err)
{
    struct profile shared, config;
    if (!profile_read(places->credentials_file, false, places->profile, &shared, arena, err) ||
        !profile_read(places->config_file, true, places->profile, &config, arena, err))
        return false;
    const char *process = shared.process ? shared.process : config.process;
    /* The keys beside a role are the ones that ask for it: AWS's tools never act with them. A
     * process beside a login is the way out that `nowhere` tells. */
    if (shared.needs_login || config.needs_login)
        return process ? process_take(process, places->profile, credentials, arena, err)
                       : nowhere(places, true, err);
    if (shared.key_id && shared.secret)
        profile_take(&shared, places->credentials_file, places->profile, credentials, arena);
    else if (shared.key_id)
        return half_refuse(places->credentials_file, "aws_secret_access_key", err);
    else if (process)
        return process_take(process, places->profile, credentials, arena, err);
    else if (config.key_id && !config.secret)
        return half_refuse(places->config_file, "aws_secret_access_key", err);
    else if (config.key_id)
        profile_take(&config, places->config_file, places->profile, credentials, arena);
    else
        return nowhere(places, false, err);
    return true;
}

bool
credentials_find(const char *profile, struct credentials *credentials, struct arena *arena,
                 struct error *err)
{
    struct places places = {
        .credentials_file = file_of("AWS_SHARED_CREDENTIALS_FILE", ".aws/credentials", arena),
        .config_file = file_of("AWS_CONFIG_FILE", ".aws/config", arena),
        .profile = profile ? profile : environment("AWS_DEFAULT_PROFILE"),
    };
    if (!places.profile)
        places.profile = environment("AWS_PROFILE");
    if (!places.profile)
        places.profile = "default";
    bool found = !profile && environment_take(credentials);
    if (!found && !profile && credentials->key_id)
        return half_refuse("the environment", "AWS_SECRET_ACCESS_KEY", err);
    found = found || profiles_search(&places, credentials, arena, err);
    if (found && !credentials_fit(credentials, err)) {
        err->status = STATUS_CREDENTIALS;
        return false;
    }
    return found;
}
