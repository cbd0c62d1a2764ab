/* The options are those of a study of libcurl 7.88.1; each closes a way in which bytes could go
 * elsewhere, go twice, or come back as something other than the service's answer. */
#include "io/transfer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "io/trouble.h"

static const struct {
    CURLoption option;
    long value;
} fixed_numbers[] = {
    {CURLOPT_NOSIGNAL, 1},
    {CURLOPT_FOLLOWLOCATION, 0},
    {CURLOPT_MAXREDIRS, 0},
    {CURLOPT_POSTREDIR, 0},
    {CURLOPT_UNRESTRICTED_AUTH, 0},
    {CURLOPT_HTTPAUTH, (long)CURLAUTH_NONE},
    {CURLOPT_DISALLOW_USERNAME_IN_URL, 1},
    {CURLOPT_NETRC, CURL_NETRC_IGNORED},
    {CURLOPT_PATH_AS_IS, 1},
    {CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2},
    {CURLOPT_SSL_VERIFYPEER, 1},
    {CURLOPT_SSL_VERIFYHOST, 2},
    {CURLOPT_PROXY_SSLVERSION, CURL_SSLVERSION_TLSv1_2},
    {CURLOPT_PROXY_SSL_VERIFYPEER, 1},
    {CURLOPT_PROXY_SSL_VERIFYHOST, 2},
    {CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_1_1},
    {CURLOPT_SSL_ENABLE_ALPN, 0},
    {CURLOPT_HTTP09_ALLOWED, 0},
    {CURLOPT_HTTPPROXYTUNNEL, 1},
    {CURLOPT_HEADEROPT, CURLHEADER_SEPARATE}, /* a proxy sees none of the request's headers */
    {CURLOPT_SUPPRESS_CONNECT_HEADERS, 1},
    {CURLOPT_TCP_NODELAY, 1},
    /* A request on a kept connection that the other side is just closing has no known outcome,
     * so none is kept for long. */
    {CURLOPT_MAXAGE_CONN, 20},
    {CURLOPT_MAXLIFETIME_CONN, 300},
    {CURLOPT_HTTP_CONTENT_DECODING, 0},
    {CURLOPT_TRANSFER_ENCODING, 0},
    {CURLOPT_FAILONERROR, 0},
    {CURLOPT_VERBOSE, 0}, /* it would print the signature and the session token */
};

static const struct {
    CURLoption option;
    const char *value;
} fixed_texts[] = {
    {CURLOPT_REDIR_PROTOCOLS_STR, "https"},
    {CURLOPT_DEFAULT_PROTOCOL, "https"},
    /* No configuration of OpenSSL is loaded, so its floor is set here. */
    {CURLOPT_SSL_CIPHER_LIST, "ECDHE+AESGCM:ECDHE+CHACHA20:@SECLEVEL=2"},
    {CURLOPT_ACCEPT_ENCODING, NULL},
};

/* Called when the connection stands and each time the request is about to be written. */
static int
count_send(void *context, char *remote, char *local, int remote_port, int local_port)
{
    struct transfer *transfer = context;
    (void)remote, (void)local, (void)remote_port, (void)local_port;
    return transfer->sends++ == 0 ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

static size_t
take_header(char *line, size_t one, size_t size, void *context)
{
    struct transfer *transfer = context;
    (void)one; /* documented to be 1 */
    return arrival_header(&transfer->arrival, line, size) ? size : 0;
}

static size_t
take_body(char *bytes, size_t one, size_t size, void *context)
{
    struct transfer *transfer = context;
    (void)one;
    return arrival_body(&transfer->arrival, bytes, size) ? size : 0;
}

/* With a bundle of their own people mean that one and no other. */
static CURLcode
trust(CURL *easy, const char *ca_bundle)
{
    struct stat info;
    bool folder = stat(ca_bundle, &info) == 0 && S_ISDIR(info.st_mode);
    const char *file = folder ? NULL : ca_bundle, *path = folder ? ca_bundle : NULL;
    CURLcode result = curl_easy_setopt(easy, CURLOPT_CAINFO, file);
    result = result ? result : curl_easy_setopt(easy, CURLOPT_CAPATH, path);
    result = result ? result : curl_easy_setopt(easy, CURLOPT_PROXY_CAINFO, file);
    return result ? result : curl_easy_setopt(easy, CURLOPT_PROXY_CAPATH, path);
}

struct transfer *
transfer_open(const struct http_options *options, struct error *err)
{
    struct transfer *transfer = calloc(1, sizeof *transfer);
    CURL *easy = transfer ? curl_easy_init() : NULL;
    if (!easy) {
        free(transfer);
        error_say(err, "no memory for another connection");
        return NULL;
    }
    *transfer = (struct transfer){.easy = easy, .options = options};
    CURLcode result = CURLE_OK;
    for (size_t i = 0; !result && i < sizeof fixed_numbers / sizeof *fixed_numbers; i++)
        result = curl_easy_setopt(easy, fixed_numbers[i].option, fixed_numbers[i].value);
    for (size_t i = 0; !result && i < sizeof fixed_texts / sizeof *fixed_texts; i++)
        result = curl_easy_setopt(easy, fixed_texts[i].option, fixed_texts[i].value);
    curl_off_t body_max = ARRIVAL_BODY_MAX;
    if (result || (result = curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer)) ||
        (result = curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->detail)) ||
        (result = curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, count_send)) ||
        (result = curl_easy_setopt(easy, CURLOPT_PREREQDATA, transfer)) ||
        (result = curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header)) ||
        (result = curl_easy_setopt(easy, CURLOPT_HEADERDATA, transfer)) ||
        (result = curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body)) ||
        (result = curl_easy_setopt(easy, CURLOPT_WRITEDATA, transfer)) ||
        (result = curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, body_max)) ||
        (result = curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, options->connect_timeout_ms)) ||
        (result = curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, options->timeout_ms)) ||
        (result = options->ca_bundle ? trust(easy, options->ca_bundle) : CURLE_OK)) {
        error_say(err, "this libcurl cannot be used safely: %s; install version 7.85 or later",
                  curl_easy_strerror(result));
        transfer_close(transfer);
        return NULL;
    }
    return transfer;
}

/* A header with a line end or another control character would become two headers. */
static bool
header_is_clean(const struct header *header)
{
    for (const char *at = header->name; *at; at++)
        if (*at <= ' ' || *at == ':' || *at == ';' || *at == 0x7f)
            return false;
    for (const char *at = header->value; *at; at++)
        if (((unsigned char)*at < ' ' && *at != '\t') || *at == 0x7f)
            return false;
    return header->name[0] != '\0';
}

/* Adds "name: value"; with a NULL value "name:", by which libcurl leaves its own one out. */
static bool
add_header(struct curl_slist **headers, const char *name, const char *value)
{
    struct buffer line = {0};
    if (value && !value[0])
        buffer_print(&line, "%s;", name); /* libcurl's way to say: send it, empty */
    else
        buffer_print(&line, "%s:%s%s", name, value ? " " : "", value ? value : "");
    struct curl_slist *longer = curl_slist_append(*headers, line.bytes);
    buffer_close(&line);
    if (longer)
        *headers = longer;
    return longer != NULL;
}

static bool
set_headers(struct transfer *transfer, const struct request *request, struct error *err)
{
    static const char *const unwanted[] = {"Expect", "Accept", "Content-Type", "User-Agent"};
    bool given[sizeof unwanted / sizeof *unwanted] = {false};
    bool good = true;
    for (size_t i = 0; good && i < request->header_count; i++) {
        const struct header *header = &request->headers[i];
        if (!header_is_clean(header))
            return error_say(err,
                             "the request's header '%.40s' has a character in it that no "
                             "header may have",
                             header_is_clean(&(struct header){header->name, ""}) ? header->name
                                                                                 : "?");
        for (size_t k = 0; k < sizeof unwanted / sizeof *unwanted; k++)
            given[k] = given[k] || strcasecmp(header->name, unwanted[k]) == 0;
        good = add_header(&transfer->headers, header->name, header->value);
    }
    for (size_t k = 0; good && k < sizeof unwanted / sizeof *unwanted; k++)
        good = given[k] || add_header(&transfer->headers, unwanted[k], NULL);
    return good || error_say(err, "no memory for the request's headers");
}

static CURLcode
set_route(CURL *easy, const struct peer *peer, const struct http_options *options)
{
    /* Both are always set, so that libcurl never looks into the environment for them. */
    bool direct = peer->loopback || !options->proxy;
    const char *no_proxy = direct ? "*" : options->no_proxy ? options->no_proxy : "";
    CURLcode result = curl_easy_setopt(easy, CURLOPT_PROXY, direct ? "" : options->proxy);
    result = result ? result : curl_easy_setopt(easy, CURLOPT_NOPROXY, no_proxy);
    return result ? result
                  : curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR,
                                     peer->loopback ? "http,https" : "https");
}

static CURLcode
set_body(CURL *easy, const struct request *request)
{
    if (!request->body)
        return curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    CURLcode result = curl_easy_setopt(easy, CURLOPT_POST, 1L);
    result = result ? result : curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->body);
    return result ? result
                  : curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                                     (curl_off_t)request->body_size);
}

bool
transfer_start(struct transfer *transfer, const struct request *request, struct error *err)
{
    CURL *easy = transfer->easy;
    curl_slist_free_all(transfer->headers);
    transfer->headers = NULL;
    transfer->sends = 0;
    transfer->detail[0] = '\0';
    arrival_init(&transfer->arrival);
    if (!peer_read(&transfer->peer, request->url, err) || !set_headers(transfer, request, err))
        return false;
    CURLcode result = curl_easy_setopt(easy, CURLOPT_URL, request->url);
    result = result ? result : set_route(easy, &transfer->peer, transfer->options);
    result = result ? result : set_body(easy, request);
    result = result ? result : curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer->headers);
    long fresh = request->fresh_connection;
    result = result ? result : curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, fresh);
    result = result ? result : curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, fresh);
    return !result || error_say(err, "no request to %s could be made: %s", transfer->peer.name,
                                curl_easy_strerror(result));
}

void
transfer_finish(struct transfer *transfer, CURLcode result, struct reply *reply,
                struct arena *arena)
{
    const struct arrival *arrival = &transfer->arrival;
    const char *kept[KEPT_COUNT];
    for (size_t i = 0; i < KEPT_COUNT; i++)
        kept[i] = arrival->kept[i].size ? arena_copy(arena, arrival->kept[i].bytes) : NULL;
    bool whole = arrival_is_whole(arrival, result == CURLE_OK);
    *reply = (struct reply){
        .sent = transfer->sends > 0,
        .whole = whole,
        .status = arrival->status,
        .date = kept[KEPT_DATE],
        .request_id = kept[KEPT_REQUEST_ID],
        .retry_after = kept[KEPT_RETRY_AFTER],
        .body = arena_text(arena, arrival->body.bytes, arrival->body.size),
        .body_size = arrival->body.size,
        .trouble = whole ? NULL : trouble_words(transfer, result, arena),
    };
}

void
transfer_close(struct transfer *transfer)
{
    curl_easy_cleanup(transfer->easy);
    curl_slist_free_all(transfer->headers);
    arrival_close(&transfer->arrival);
    free(transfer);
}
