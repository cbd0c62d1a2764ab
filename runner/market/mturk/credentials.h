/* The texts in which AWS credentials are kept, decoded. Nothing is opened or run here: `io` reads
 * the files and runs the program, and these functions say what is in what they gave.
 *
 * Secrets: no error text repeats anything from a value, not even a line that could not be read. */
#ifndef MARKET_MTURK_CREDENTIALS_H
#define MARKET_MTURK_CREDENTIALS_H

#include "market/market.h"

/* What one profile holds; a member is NULL when the profile does not have it or leaves it empty.
 * Texts live in the arena. */
struct profile {
    bool found;                /* there is a section of that name */
    const char *key_id;        /* aws_access_key_id */
    const char *secret;        /* aws_secret_access_key */
    const char *session_token; /* aws_session_token */
    const char *process;       /* credential_process: a command that prints credentials */
    const char *endpoint_url;
    bool needs_login; /* sso_…, role_arn or login_session: keys that only AWS's own tools can get */
};

/* One profile's keys from the text of ~/.aws/credentials (sections [name]) or, `config_style`, of
 * ~/.aws/config (sections [profile name], and [default]). Reads as botocore does: comments are
 * lines that begin with # or ;, indented lines under a key belong to that key and are skipped, the
 * last of two equal keys counts; in the config file " #" begins a comment behind a value, too.
 * `file` is named in errors and must live on. Fails when the text is not such a file. */
bool profile_decode(const char *file, const char *bytes, size_t size_bytes, bool config_style,
                    const char *profile_name, struct profile *profile, struct arena *arena,
                    struct error *err);

/* What a credential_process printed:
 * {"Version": 1, "AccessKeyId": "…", "SecretAccessKey": "…", "SessionToken": "…", "Expiration":
 * "…"} (docs.aws.amazon.com/cli/latest/userguide/cli-configure-sourcing-external.html), the last
 * two optional. `expires_ms` is 0 when it does not say. Fails when it is anything else. */
bool process_credentials_decode(const char *bytes, size_t size_bytes,
                                struct credentials *credentials, stamp_t *expires_ms,
                                struct arena *arena, struct error *err);

/* True when credentials have the shape of such: key id and secret are there, nothing holds blanks
 * or control characters, so that none can break a header. What signs a request asserts this. */
bool credentials_fit(const struct credentials *credentials, struct error *err);

#endif
