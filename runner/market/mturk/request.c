/* From a body to a signed POST. The signature covers every header that carries meaning:
 *
 *   content-type; host; x-amz-date; [x-amz-security-token;] x-amz-target
 *
 * as the SDKs sign them. Region and service name are the same for the sandbox; the region of a
 * user's profile is not used, because the service exists in us-east-1 only. */
#include "market/mturk/wire.h"

#include <assert.h>
#include <string.h>

#include "base/sign.h"
#include "base/text.h"

static const struct sign_scope scope = {.region = "us-east-1", .service = "mturk-requester"};
static const char content_type[] = "application/x-amz-json-1.1";
static const char target_prefix[] = "MTurkRequesterServiceV20170117.";

/* The characters of a host with its port, an address in brackets included. Neither a user name
 * nor a path nor anything that ends a header line is among them. */
static const char host_characters[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_:[]";

static bool
is_safe(const char *value)
{
    for (; *value; value++)
        if (*value <= ' ' || *value > '~')
            return false;
    return true;
}

/* The Host header as an HTTP client writes it: the port is left out when it is the scheme's own
 * (RFC 9110 7.2). It is signed, so both sides must write it alike. */
static const char *
host_make(const char *endpoint, struct arena *arena)
{
    bool secure = text_starts(endpoint, "https://");
    assert(secure || text_starts(endpoint, "http://"));
    const char *host = strchr(endpoint, ':') + 3;
    size_t size = strspn(host, host_characters);
    assert(size > 0 && host[size + strspn(host + size, "/")] == '\0');
    char *named = arena_text(arena, host, size);
    const char *own_port = secure ? ":443" : ":80";
    if (text_ends(named, own_port))
        named[size - strlen(own_port)] = '\0';
    return named;
}

static const char *
url_make(const char *endpoint, struct arena *arena)
{
    size_t size = strlen(endpoint);
    while (size && endpoint[size - 1] == '/')
        size--;
    return arena_print(arena, "%.*s/", (int)size, endpoint);
}

/* What the signature covers, in the order of the names. Returns how many. */
static size_t
signed_headers_make(struct header signed_headers[5], const char *host, const char *date,
                    const char *session_token, const char *target)
{
    size_t count = 0;
    signed_headers[count++] = (struct header){"content-type", content_type};
    signed_headers[count++] = (struct header){"host", host};
    signed_headers[count++] = (struct header){"x-amz-date", date};
    if (session_token)
        signed_headers[count++] = (struct header){"x-amz-security-token", session_token};
    signed_headers[count++] = (struct header){"x-amz-target", target};
    return count;
}

static const char *
authorization_make(const struct sign_input *input, const struct credentials *credentials,
                   struct arena *arena)
{
    char signature[DIGEST_TEXT_SIZE];
    sign_make(input, &scope, credentials->secret, signature, arena);
    return sign_authorization(input, &scope, credentials->key_id, signature, arena);
}

static void
header_add(struct request *request, const char *name, const char *value)
{
    assert(request->header_count < REQUEST_HEADERS_MAX);
    request->headers[request->header_count++] = (struct header){name, value};
}

/* A mail that may have been sent cannot be looked up, and whether a second block would be told to
 * the worker again is not known: the connection of these is not one that may die between two
 * requests. A resend has only the recorded bytes, so they say whether a mail was asked for. */
static bool
needs_fresh_connection(enum ask_kind kind, const char *body)
{
    return kind == TELL_NOTIFY || kind == TELL_BLOCK ||
           (kind == TELL_QUALIFY && mturk_body_mails(body));
}

struct request
mturk_request(enum ask_kind kind, const char *body, const char *endpoint,
              const struct credentials *credentials, stamp_t now_ms, struct arena *arena)
{
    const char *session_token = arena_copy(arena, credentials->session_token);
    if (session_token && !*session_token)
        session_token = NULL;
    assert(is_safe(credentials->key_id) && (!session_token || is_safe(session_token)));
    char stamp[STAMP_TEXT_SIZE];
    const char *date = arena_copy(arena, stamp_print_amz(stamp, now_ms));
    const char *target = arena_print(arena, "%s%s", target_prefix, mturk_operation(kind));

    struct header signed_headers[5];
    size_t signed_count = signed_headers_make(signed_headers, host_make(endpoint, arena), date,
                                              session_token, target);
    struct sign_input input = {.method = "POST",
                               .path = "/",
                               .query = "",
                               .headers = signed_headers,
                               .header_count = signed_count,
                               .body = body,
                               .body_size = strlen(body),
                               .amz_date = date};

    struct request request = {.url = url_make(endpoint, arena),
                              .body = body,
                              .body_size = strlen(body),
                              .fresh_connection = needs_fresh_connection(kind, body)};
    header_add(&request, "Content-Type", content_type);
    header_add(&request, "X-Amz-Target", target);
    header_add(&request, "X-Amz-Date", date);
    if (session_token)
        header_add(&request, "X-Amz-Security-Token", session_token);
    header_add(&request, "Authorization", authorization_make(&input, credentials, arena));
    return request;
}
