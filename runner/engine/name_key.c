#include "engine/name_key.h"

#include <stdlib.h>

#include "base/buffer.h"
#include "engine/state.h"
#include "io/file.h"
#include "io/fresh.h"

static bool
key_decode(const char *text, unsigned char bytes[PSEUDONYM_KEY_SIZE])
{
    for (size_t i = 0; i < PSEUDONYM_KEY_SIZE; i++) {
        char pair[] = {text[2 * i], text[2 * i + 1], '\0'};
        bytes[i] = (unsigned char)strtoul(pair, NULL, 16);
    }
    return true;
}

/* *exists tells whether there is one. */
static bool
key_read(const char *path, struct name_key *key, bool *exists, struct error *err)
{
    enum { READ_BYTES_MAX = 4096 };
    struct buffer content = {0};
    bool worked = file_read(path, READ_BYTES_MAX, &content, exists, err);
    if (worked && *exists) {
        bool whole = content.size == DIGEST_TEXT_SIZE && content.bytes[content.size - 1] == '\n';
        if (whole)
            content.bytes[content.size - 1] = '\0';
        key->kept = worked =
            whole && digest_is(content.bytes) && key_decode(content.bytes, key->bytes);
        if (!worked)
            error_end(err, STATUS_STOPPED,
                      "%s holds no key: it takes 64 hex digits. Bring it back as it was, or delete "
                      "it: then everybody gets a new name in the reports to come",
                      path);
    }
    if (content.bytes)
        digest_wipe(content.bytes, content.size);
    buffer_close(&content);
    return worked;
}

/* Of two that are made at once, one stays. */
static bool
key_keep(const char *folder, const char *path, const struct name_key *key, struct arena *arena)
{
    char text[DIGEST_TEXT_SIZE + 1];
    struct error ignored = {0};
    digest_print(key->bytes, sizeof key->bytes, text);
    text[DIGEST_TEXT_SIZE - 1] = '\n';
    bool kept = file_folder_make(folder, &ignored) &&
                fresh_write(path, text, DIGEST_TEXT_SIZE, arena, &ignored);
    digest_wipe(text, sizeof text);
    return kept;
}

bool
name_key_find(struct name_key *key, struct problems *warnings, struct arena *arena,
              struct error *err)
{
    const char *folder = state_folder(arena);
    const char *path = folder ? arena_print(arena, "%s/report-names.key", folder) : NULL;
    bool exists = false;
    *key = (struct name_key){0};
    if (path && !key_read(path, key, &exists, err))
        return false;
    const char *exposure = exists ? file_exposure(path) : NULL;
    if (exposure)
        problem_at(warnings, (struct where){path, 0, 0},
                   "the key of the names in reports %s (chmod 600)", exposure);
    if (exists)
        return true;
    digest_random(key->bytes, sizeof key->bytes);
    key->kept = path && key_keep(folder, path, key, arena);
    if (key->kept || (path && key_read(path, key, &exists, err) && exists))
        return true;
    problem_at(warnings, (struct where){path ? path : "bursar", 0, 0},
               "the key of the names in reports cannot be kept: people have other names in the "
               "next report");
    digest_random(key->bytes, sizeof key->bytes);
    return true;
}
