/* From a body to a signed POST. The signature covers every header that carries meaning:
 *
 *   content-type; host; x-amz-date; [x-amz-security-token;] [x-amz-target]
 *
 * as the SDKs sign them. Region and service name are the same for the sandbox; the region of a
 * user's profile is not used, because the service exists in us-east-1 only. */
#include "market/mturk/wire.h"

#include <assert.h>
#include <string.h>

#include "base/sign.h"
#include "base/text.h"
#include "market/mturk/account.h"

/* Who is asked, and in which form. */
struct service {
    struct sign_scope scope;
    const char *content_type;
    bool has_target; /* the operation stands in a header, not in the body */
};

static const struct service marketplace = {
    .scope = {.region = "us-east-1", .service = "mturk-requester"},
    .content_type = "application/x-amz-json-1.1",
    .has_target = true,
};
static const struct service identity = {
    .scope = {.region = "us-east-1", .service = "sts"},
    .content_type = mturk_account_content_type,
};
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

/* What the signature covers, in the order of the names; what has no value is left out. Returns how
 * many are left. */
static size_t
signed_headers_pack(struct header *headers, size_t count)
{
    size_t left = 0;
    for (size_t i = 0; i < count; i++)
        if (headers[i].value)
            headers[left++] = headers[i];
    return left;
}

static const char *
authorization_make(const struct sign_input *input, const struct sign_scope *scope,
                   const struct credentials *credentials, struct arena *arena)
{
    char signature[DIGEST_TEXT_SIZE];
    sign_make(input, scope, credentials->secret, credentials->signing, signature, arena);
    return sign_authorization(input, scope, credentials->key_id, signature, arena);
}

static void
header_add(struct request *request, const char *name, const char *value)
{
    assert(request->header_count < REQUEST_HEADERS_MAX);
    if (value)
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
    const struct service *service = kind == ASK_ACCOUNT ? &identity : &marketplace;
    if (kind == ASK_ACCOUNT)
        endpoint = mturk_account_endpoint(endpoint);
    const char *session_token = arena_copy(arena, credentials->session_token);
    if (session_token && !*session_token)
        session_token = NULL;
    assert(is_safe(credentials->key_id) && (!session_token || is_safe(session_token)));
    char stamp[STAMP_TEXT_SIZE];
    const char *date = arena_copy(arena, stamp_print_amz(stamp, now_ms));
    const char *target = arena_print(arena, "%s%s", target_prefix, mturk_operation(kind));
    if (!service->has_target)
        target = NULL;

    struct header signed_headers[] = {{"content-type", service->content_type},
                                      {"host", host_make(endpoint, arena)},
                                      {"x-amz-date", date},
                                      {"x-amz-security-token", session_token},
                                      {"x-amz-target", target}};
    size_t signed_count = sizeof signed_headers / sizeof *signed_headers;
    struct sign_input input = {.method = "POST",
                               .path = "/",
                               .query = "",
                               .headers = signed_headers,
                               .header_count = signed_headers_pack(signed_headers, signed_count),
                               .body = body,
                               .body_size = strlen(body),
                               .amz_date = date};

    struct request request = {.url = url_make(endpoint, arena),
                              .body = body,
                              .body_size = strlen(body),
                              .fresh_connection = needs_fresh_connection(kind, body)};
    header_add(&request, "Content-Type", service->content_type);
    header_add(&request, "X-Amz-Target", target);
    header_add(&request, "X-Amz-Date", date);
    header_add(&request, "X-Amz-Security-Token", session_token);
    header_add(&request, "Authorization",
               authorization_make(&input, &service->scope, credentials, arena));
    return request;
}
