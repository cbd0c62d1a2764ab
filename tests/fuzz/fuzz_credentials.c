/* AWS's files and what a credential_process prints, of any content. What fits can stand in a
 * header, and no error repeats a value: those of the samples all hold the word SECRET. */
#include "fuzz.h"

#include "base/text.h"
#include "market/mturk/credentials.h"

static void
fit_claim(const struct credentials *credentials)
{
    struct error err = {0};
    if (!credentials_fit(credentials, &err)) {
        CLAIM(err.text[0] && !strstr(err.text, "SECRET"));
        return;
    }
    const char *const texts[] = {credentials->key_id, credentials->secret,
                                 credentials->session_token};
    for (size_t i = 0; i < 3; i++)
        for (const char *at = texts[i]; at && *at; at++)
            CLAIM((unsigned char)*at > ' ' && *at != 0x7f);
    CLAIM(*credentials->key_id && *credentials->secret);
}

static void
files_read(const char *text, size_t size, struct arena *arena)
{
    for (int config = 0; config < 2; config++) {
        struct profile profile = {0};
        struct error err = {0};
        if (!profile_decode("credentials", text, size, config, "ana", &profile, arena, &err)) {
            CLAIM(err.text[0] && !strstr(err.text, "SECRET"));
            continue;
        }
        CLAIM(profile.found || (!profile.key_id && !profile.secret && !profile.process));
        CLAIM(!profile.key_id || *profile.key_id);
        CLAIM(!profile.secret || *profile.secret);
        fit_claim(&(struct credentials){.key_id = profile.key_id,
                                        .secret = profile.secret,
                                        .session_token = profile.session_token,
                                        .source = "a file"});
    }
}

static void
process_read(const char *text, size_t size, struct arena *arena)
{
    struct credentials credentials = {0};
    struct error err = {0};
    stamp_t expires_ms;
    if (!process_credentials_decode(text, size, &credentials, &expires_ms, arena, &err))
        CLAIM(err.text[0] && !strstr(err.text, "SECRET"));
    else
        fit_claim(&credentials);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena arena = {0};
    struct feed feed = {bytes, size};
    char *text = feed_rest(&feed, &size);
    files_read(text, size, &arena);
    process_read(text, size, &arena);
    free(text);
    arena_close(&arena);
    return 0;
}
