/* The recipe, step by step: canonical request → its hash → string to sign → HMAC with a key
 * derived from the secret, the day, the region and the service. */
#include "base/sign.h"

#include <string.h>

#include "base/buffer.h"

/* Values are trimmed and inner runs of blanks become one ("Trimall" in the specification). */
static void
value_add(struct buffer *out, const char *value)
{
    while (*value == ' ' || *value == '\t')
        value++;
    for (; *value; value++) {
        bool blank = *value == ' ' || *value == '\t';
        bool next_blank = value[1] == ' ' || value[1] == '\t' || value[1] == '\0';
        if (blank && next_blank)
            continue;
        buffer_add(out, blank ? " " : value, 1);
    }
}

static void
signed_names_add(struct buffer *out, const struct sign_input *input)
{
    for (size_t i = 0; i < input->header_count; i++)
        buffer_print(out, "%s%s", i ? ";" : "", input->headers[i].name);
}

void
sign_canonical_hash(const struct sign_input *input, char out[DIGEST_TEXT_SIZE], struct arena *arena)
{
    (void)arena;
    struct buffer canonical = {0};
    buffer_print(&canonical, "%s\n%s\n%s\n", input->method, input->path, input->query);
    for (size_t i = 0; i < input->header_count; i++) {
        buffer_print(&canonical, "%s:", input->headers[i].name);
        value_add(&canonical, input->headers[i].value);
        buffer_text(&canonical, "\n");
    }
    buffer_text(&canonical, "\n");
    signed_names_add(&canonical, input);
    char payload[DIGEST_TEXT_SIZE];
    digest_hex(input->body, input->body_size, payload);
    buffer_print(&canonical, "\n%s", payload);
    digest_hex(canonical.bytes, canonical.size, out);
    buffer_close(&canonical);
}

void
sign_key_derive(const char *secret, const char *amz_date, const struct sign_scope *scope,
                unsigned char out[DIGEST_SIZE])
{
    struct buffer seed = {0};
    buffer_print(&seed, "AWS4%s", secret);
    size_t day_size = strnlen(amz_date, 8);
    digest_hmac(seed.bytes, seed.size, amz_date, day_size, out);
    digest_wipe(seed.bytes, seed.size);
    buffer_close(&seed);
    digest_hmac(out, DIGEST_SIZE, scope->region, strlen(scope->region), out);
    digest_hmac(out, DIGEST_SIZE, scope->service, strlen(scope->service), out);
    digest_hmac(out, DIGEST_SIZE, "aws4_request", strlen("aws4_request"), out);
}

static void
key_recall(struct sign_memory *memory, const char *secret, const char *amz_date,
           const struct sign_scope *scope)
{
    size_t day_size = sizeof memory->day - 1;
    if (memory->scope == scope && strncmp(memory->day, amz_date, day_size) == 0)
        return;
    sign_key_derive(secret, amz_date, scope, memory->key);
    memory->scope = scope;
    strncpy(memory->day, amz_date, day_size);
}

void
sign_make(const struct sign_input *input, const struct sign_scope *scope, const char *secret,
          struct sign_memory *memory, char out[DIGEST_TEXT_SIZE], struct arena *arena)
{
    struct sign_memory once = {0};
    memory = memory ? memory : &once;
    char canonical[DIGEST_TEXT_SIZE];
    sign_canonical_hash(input, canonical, arena);
    const char *to_sign =
        arena_print(arena, "AWS4-HMAC-SHA256\n%s\n%.8s/%s/%s/aws4_request\n%s", input->amz_date,
                    input->amz_date, scope->region, scope->service, canonical);
    unsigned char signature[DIGEST_SIZE];
    key_recall(memory, secret, input->amz_date, scope);
    digest_hmac(memory->key, sizeof memory->key, to_sign, strlen(to_sign), signature);
    digest_wipe(&once, sizeof once);
    digest_print(signature, sizeof signature, out);
}

char *
sign_authorization(const struct sign_input *input, const struct sign_scope *scope,
                   const char *key_id, const char *signature, struct arena *arena)
{
    struct buffer names = {0};
    signed_names_add(&names, input);
    char *value =
        arena_print(arena,
                    "AWS4-HMAC-SHA256 Credential=%s/%.8s/%s/%s/aws4_request, "
                    "SignedHeaders=%s, Signature=%s",
                    key_id, input->amz_date, scope->region, scope->service, names.bytes, signature);
    buffer_close(&names);
    return value;
}
