#include "market/mturk/credentials.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "market/mturk/reading.h"

/* Where we are in a file of sections. `option_indent` is the indentation of the keys of this
 * section: a deeper line belongs to the key above it. */
struct scan {
    struct where where;
    const char *wanted;
    bool config_style;
    bool inside;
    bool has_option;
    size_t option_indent;
};

static const struct {
    const char *name;
    size_t offset;
} keys[] = {
    {"aws_access_key_id", offsetof(struct profile, key_id)},
    {"aws_secret_access_key", offsetof(struct profile, secret)},
    {"aws_session_token", offsetof(struct profile, session_token)},
    {"credential_process", offsetof(struct profile, process)},
    {"endpoint_url", offsetof(struct profile, endpoint_url)},
};

static bool
refuse_at(struct error *err, struct where where, const char *what)
{
    error_at(err, where, "%s", what);
    err->status = STATUS_CREDENTIALS;
    return false;
}

static char *
unquoted(char *name)
{
    size_t size = strlen(name);
    if (size < 2 || (*name != '"' && *name != '\'') || name[size - 1] != *name)
        return name;
    name[size - 1] = '\0';
    return name + 1;
}

/* "[profile ana]" in the config file, "[ana]" in the credentials file, "[default]" in both. */
static bool
is_wanted(const struct scan *scan, const char *title, struct arena *arena)
{
    if (!scan->config_style)
        return text_same(title, scan->wanted);
    size_t word = strlen("profile");
    bool named = text_starts(title, "profile") && (title[word] == ' ' || title[word] == '\t');
    if (!named)
        return text_same(title, "default") && text_same(scan->wanted, "default");
    char *name = text_trim(arena, title + word, strlen(title + word));
    return text_same(unquoted(name), scan->wanted);
}

static bool
section_take(struct scan *scan, const char *line, struct profile *profile, struct arena *arena,
             struct error *err)
{
    const char *end = strchr(line, ']');
    if (!end)
        return refuse_at(err, scan->where, "a section begins with '[' and needs its ']'");
    const char *title = text_trim(arena, line + 1, (size_t)(end - line - 1));
    scan->inside = is_wanted(scan, title, arena);
    scan->has_option = false;
    profile->found |= scan->inside;
    return true;
}

static bool
needs_login(const char *key)
{
    return strncasecmp(key, "sso_", 4) == 0 || strcasecmp(key, "role_arn") == 0 ||
           strcasecmp(key, "login_session") == 0;
}

static void
key_apply(const char *key, const char *value, struct profile *profile)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (strcasecmp(key, keys[i].name) == 0) {
            const char **slot = (const char **)(void *)((char *)profile + keys[i].offset);
            *slot = *value ? value : NULL;
        }
    profile->needs_login |= needs_login(key) && *value;
}

static bool
option_take(struct scan *scan, const char *line, struct profile *profile, struct arena *arena,
            struct error *err)
{
    size_t name_size = strcspn(line, "=:");
    if (line[name_size] == '\0')
        return refuse_at(err, scan->where, "a line of a profile is NAME = VALUE");
    const char *key = text_trim(arena, line, name_size);
    const char *value = line + name_size + 1;
    const char *comment = scan->config_style ? strstr(value, " #") : NULL;
    size_t value_size = comment ? (size_t)(comment - value) : strlen(value);
    key_apply(key, text_trim(arena, value, value_size), profile);
    return true;
}

/* The rules of Python's configparser, which the SDK uses: a line deeper than the key above it is
 * that key's; blank lines and comments change nothing. */
static bool
line_take(struct scan *scan, const char *line, struct profile *profile, struct arena *arena,
          struct error *err)
{
    size_t indent = strspn(line, " \t");
    const char *text = line + indent;
    if (*text == '\0' || *text == '#' || *text == ';')
        return true;
    if (scan->has_option && indent > scan->option_indent)
        return true;
    scan->option_indent = indent;
    if (*text == '[')
        return section_take(scan, text, profile, arena, err);
    scan->has_option = true;
    return !scan->inside || option_take(scan, text, profile, arena, err);
}

bool
profile_decode(const char *file, const char *bytes, size_t size_bytes, bool config_style,
               const char *profile_name, struct profile *profile, struct arena *arena,
               struct error *err)
{
    *profile = (struct profile){0};
    struct scan scan = {
        .where = {.file = file}, .wanted = profile_name, .config_style = config_style};
    if (size_bytes && memchr(bytes, '\0', size_bytes))
        return refuse_at(err, scan.where, "this is not a text file: it holds a NUL");
    size_t at = size_bytes >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (at < size_bytes) {
        const char *end = memchr(bytes + at, '\n', size_bytes - at);
        size_t size = end ? (size_t)(end - (bytes + at)) : size_bytes - at;
        size_t taken = size + (end != NULL);
        while (size && bytes[at + size - 1] == '\r')
            size--;
        scan.where.line++;
        const char *line = arena_text(arena, bytes + at, size);
        if (!line_take(&scan, line, profile, arena, err))
            return false;
        at += taken;
    }
    return true;
}

static const char *
printed_take(struct reading *reading, const json_t *body, const char *name)
{
    const char *text = reading_needed(reading, body, name);
    if (!*text)
        reading_complain(reading, name, "is empty");
    return text;
}

bool
process_credentials_decode(const char *bytes, size_t size_bytes, struct credentials *credentials,
                           stamp_t *expires_ms, struct arena *arena, struct error *err)
{
    *credentials = (struct credentials){.source = "credential_process"};
    *expires_ms = 0;
    json_t *body = mturk_json_load(bytes, size_bytes);
    struct reading reading = {.arena = arena};
    if (json_is_object(body)) {
        if (reading_integer(&reading, body, "Version", 1) != 1)
            reading_complain(&reading, "Version", "is not 1");
        credentials->key_id = printed_take(&reading, body, "AccessKeyId");
        credentials->secret = printed_take(&reading, body, "SecretAccessKey");
        const char *token = reading_text(&reading, body, "SessionToken", "");
        credentials->session_token = *token ? token : NULL;
        const char *expires = reading_text(&reading, body, "Expiration", "");
        if (*expires && !mturk_time_read(expires, expires_ms))
            reading_complain(&reading, "Expiration", "is not a time such as 2026-11-23T14:00:00Z");
    } else {
        reading.trouble = "it is not one JSON object";
    }
    json_decref(body);
    if (reading.trouble)
        return error_end(err, STATUS_CREDENTIALS,
                         "what credential_process printed cannot be used: %s", reading.trouble);
    return true;
}

/* Every byte is a visible ASCII character, and none of `unfit`. */
static bool
is_visible(const char *text, const char *unfit)
{
    for (const char *at = text; *at; at++)
        if (*at <= ' ' || *at > '~' || strchr(unfit, *at))
            return false;
    return true;
}

bool
credentials_fit(const struct credentials *credentials, struct error *err)
{
    /* The key id stands in "Credential=KEYID/DATE/…, SignedHeaders=…". */
    const struct {
        const char *name, *value, *unfit;
        bool needed;
    } parts[] = {
        {"access key id", credentials->key_id, "/,=\"", true},
        {"secret access key", credentials->secret, "", true},
        {"session token", credentials->session_token, "", false},
    };
    const char *source = credentials->source ? credentials->source : "the credentials";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *value = parts[i].value;
        if ((!value || !*value) && parts[i].needed)
            return error_end(err, STATUS_CREDENTIALS, "%s: there is no %s", source, parts[i].name);
        if (value && !is_visible(value, parts[i].unfit))
            return error_end(err, STATUS_CREDENTIALS,
                             "%s: the %s holds characters that no key has (a blank, a quote, a "
                             "line end?); copy it again",
                             source, parts[i].name);
    }
    return true;
}
