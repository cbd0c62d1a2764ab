#include "sim/gate.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

enum { SIGNED_MAX = 32, SKEW_MINUTES = 5 };

/* The parts of an Authorization header. */
struct authorization {
    const char *key_id;
    const char *day;
    const char *region;
    const char *service;
    const char *end; /* "aws4_request" */
    const char *signed_headers;
    const char *signature;
};

static struct gate_verdict
refuse(enum gate gate, const char *message)
{
    return (struct gate_verdict){gate, message};
}

/* "Name=value" inside the header, up to a comma or the end. */
static const char *
part_find(const char *header, const char *name, struct arena *arena)
{
    const char *at = strstr(header, name);
    if (!at)
        return NULL;
    at += strlen(name);
    return text_trim(arena, at, strcspn(at, ","));
}

static bool
authorization_read(const char *header, struct authorization *a, struct arena *arena)
{
    static const char algorithm[] = "AWS4-HMAC-SHA256 ";
    if (!text_starts(header, algorithm))
        return false;
    char *credential = arena_copy(arena, part_find(header, "Credential=", arena));
    a->signed_headers = part_find(header, "SignedHeaders=", arena);
    a->signature = part_find(header, "Signature=", arena);
    if (!credential || !a->signed_headers || !a->signature)
        return false;
    const char **parts[] = {&a->key_id, &a->day, &a->region, &a->service, &a->end};
    char *rest = credential;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (!rest)
            return false;
        *parts[i] = rest;
        rest = strchr(rest, '/');
        if (rest)
            *rest++ = '\0';
    }
    return rest == NULL;
}

/* The signed headers with their values. NULL when one is missing or they are out of order. */
static struct header *
signed_collect(const struct call *call, const char *names, size_t *count, struct arena *arena)
{
    struct header *headers = arena_alloc(arena, SIGNED_MAX * sizeof *headers);
    char *rest = arena_copy(arena, names);
    for (*count = 0; rest; (*count)++) {
        char *name = rest;
        rest = strchr(rest, ';');
        if (rest)
            *rest++ = '\0';
        const char *value = call_header(call, name);
        if (!value || *count == SIGNED_MAX)
            return NULL;
        if (*count && strcmp(headers[*count - 1].name, name) >= 0)
            return NULL;
        headers[*count] = (struct header){name, value};
    }
    return headers;
}

static bool
is_signed(const struct header *headers, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcasecmp(headers[i].name, name) == 0)
            return true;
    return false;
}

/* The host and every x-amz header that came must be signed; NULL when they are. */
static const char *
unsigned_find(const struct call *call, const struct header *headers, size_t count)
{
    if (!is_signed(headers, count, "host"))
        return "host";
    for (size_t i = 0; i < call->header_count; i++)
        if (strncasecmp(call->headers[i].name, "x-amz-", 6) == 0 &&
            !is_signed(headers, count, call->headers[i].name))
            return call->headers[i].name;
    return NULL;
}

static struct gate_verdict
time_check(const char *amz_date, stamp_t now_ms, struct arena *arena)
{
    stamp_t signed_ms;
    if (!stamp_read_amz(amz_date, &signed_ms))
        return refuse(GATE_MALFORMED, "Date must be in ISO-8601 'basic format'.");
    stamp_t skew_ms = SKEW_MINUTES * STAMP_MINUTE_MS;
    char now[STAMP_TEXT_SIZE], limit[STAMP_TEXT_SIZE];
    stamp_print_amz(now, now_ms);
    if (signed_ms < now_ms - skew_ms)
        return refuse(GATE_LATE,
                      arena_print(arena,
                                  "Signature expired: %s is now earlier than %s (%s - 5 min.)",
                                  amz_date, stamp_print_amz(limit, now_ms - skew_ms), now));
    if (signed_ms > now_ms + skew_ms)
        return refuse(
            GATE_EARLY,
            arena_print(arena, "Signature not yet current: %s is still later than %s (%s + 5 min.)",
                        amz_date, stamp_print_amz(limit, now_ms + skew_ms), now));
    return (struct gate_verdict){0};
}

static struct gate_verdict
scope_check(const struct authorization *a, const struct sign_scope *scope, const char *amz_date,
            struct arena *arena)
{
    if (!text_same(a->end, "aws4_request"))
        return refuse(GATE_FORGED, "Credential should be scoped with a valid terminator: "
                                   "'aws4_request'.");
    if (!text_same(a->region, scope->region))
        return refuse(GATE_FORGED,
                      arena_print(arena, "Credential should be scoped to a valid region, not '%s'.",
                                  a->region));
    if (!text_same(a->service, scope->service))
        return refuse(GATE_FORGED,
                      arena_print(arena, "Credential should be scoped to correct service: '%s'.",
                                  scope->service));
    if (strncmp(a->day, amz_date, 8) != 0 || strlen(a->day) != 8)
        return refuse(GATE_FORGED,
                      arena_print(arena,
                                  "Date in Credential scope does not match YYYYMMDD from ISO-8601 "
                                  "version of date from HTTP: '%s' != '%.8s'.",
                                  a->day, amz_date));
    return (struct gate_verdict){0};
}

/* The string to sign, under the day's key. */
static void
signature_make(const struct sign_input *input, struct gate_lock *lock, char out[DIGEST_TEXT_SIZE],
               struct arena *arena)
{
    if (strncmp(lock->day, input->amz_date, 8) != 0) {
        snprintf(lock->day, sizeof lock->day, "%.8s", input->amz_date);
        sign_key_derive(lock->credentials->secret, lock->day, &lock->scope, lock->key);
    }
    char canonical[DIGEST_TEXT_SIZE];
    sign_canonical_hash(input, canonical, arena);
    const char *to_sign =
        arena_print(arena, "AWS4-HMAC-SHA256\n%s\n%s/%s/%s/aws4_request\n%s", input->amz_date,
                    lock->day, lock->scope.region, lock->scope.service, canonical);
    unsigned char signature[DIGEST_SIZE];
    digest_hmac(lock->key, sizeof lock->key, to_sign, strlen(to_sign), signature);
    digest_print(signature, sizeof signature, out);
}

static struct gate_verdict
signature_check(const struct call *call, const struct authorization *a, struct gate_lock *lock,
                struct arena *arena)
{
    size_t count;
    struct header *headers = signed_collect(call, a->signed_headers, &count, arena);
    if (!headers)
        return refuse(GATE_FORGED,
                      "SignedHeaders must be sorted, lower-case and name headers of the request.");
    const char *left_out = unsigned_find(call, headers, count);
    if (left_out)
        return refuse(GATE_FORGED,
                      arena_print(arena,
                                  "'Host' or ':authority' and every 'x-amz' header must be a "
                                  "'SignedHeader' in the AWS Authorization; '%s' is not.",
                                  left_out));
    struct sign_input input = {.method = call->method,
                               .path = call->path,
                               .query = call->query,
                               .headers = headers,
                               .header_count = count,
                               .body = call->body,
                               .body_size = call->body_size,
                               .amz_date = call_header(call, "x-amz-date")};
    char expected[DIGEST_TEXT_SIZE];
    signature_make(&input, lock, expected, arena);
    if (!text_same(expected, a->signature))
        return refuse(GATE_FORGED,
                      "The request signature we calculated does not match the signature you "
                      "provided. Check your AWS Secret Access Key and signing method. Consult the "
                      "service documentation for details.");
    return (struct gate_verdict){0};
}

struct gate_verdict
gate_check(const struct call *call, struct gate_lock *lock, stamp_t now_ms, struct arena *arena)
{
    const char *header = call_header(call, "authorization");
    const char *amz_date = call_header(call, "x-amz-date");
    struct authorization a;
    if (!header)
        return refuse(GATE_UNSIGNED, "Missing Authentication Token");
    if (!amz_date || !authorization_read(header, &a, arena))
        return refuse(GATE_MALFORMED,
                      "Authorization header requires 'Credential', 'SignedHeaders' and 'Signature' "
                      "parameters, and the existence of an 'X-Amz-Date' header.");
    if (!text_same(a.key_id, lock->credentials->key_id) ||
        !text_same(call_header(call, "x-amz-security-token"), lock->credentials->session_token))
        return refuse(GATE_STRANGER, "The security token included in the request is invalid.");
    struct gate_verdict verdict = scope_check(&a, &lock->scope, amz_date, arena);
    if (verdict.gate == GATE_OPEN)
        verdict = time_check(amz_date, now_ms, arena);
    if (verdict.gate == GATE_OPEN)
        verdict = signature_check(call, &a, lock, arena);
    return verdict;
}

static const struct {
    const char *json;
    const char *xml;
} types[] = {
    [GATE_OPEN] = {"", ""},
    [GATE_UNSIGNED] = {"MissingAuthenticationTokenException", "MissingAuthenticationToken"},
    [GATE_MALFORMED] = {"IncompleteSignatureException", "IncompleteSignature"},
    [GATE_STRANGER] = {"UnrecognizedClientException", "InvalidClientTokenId"},
    [GATE_FORGED] = {"InvalidSignatureException", "SignatureDoesNotMatch"},
    [GATE_LATE] = {"RequestExpired", "SignatureDoesNotMatch"},
    [GATE_EARLY] = {"InvalidSignatureException", "SignatureDoesNotMatch"},
};

const char *
gate_json_type(enum gate gate)
{
    return types[gate].json;
}

const char *
gate_xml_code(enum gate gate)
{
    return types[gate].xml;
}
