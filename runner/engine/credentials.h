/* Finds out who pays: looks where AWS's own tools look, in their order.
 *
 *   1. --profile NAME, which leaves the environment's keys aside
 *   2. AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN
 *   3. the shared credentials file (AWS_SHARED_CREDENTIALS_FILE, ~/.aws/credentials)
 *   4. credential_process of the profile
 *   5. keys in the config file (AWS_CONFIG_FILE, ~/.aws/config)
 *
 * (docs.aws.amazon.com/cli/latest/userguide/cli-chap-configure.html.) The region of a profile is
 * never used. No message holds a secret. */
#ifndef ENGINE_CREDENTIALS_H
#define ENGINE_CREDENTIALS_H

#include "market/market.h"

/* `profile` is --profile, or NULL. Fails with STATUS_CREDENTIALS and where it was looked. */
bool credentials_find(const char *profile, struct credentials *credentials, struct arena *arena,
                      struct error *err);

#endif
