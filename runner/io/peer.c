#include "io/peer.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"

/* One part of an address; "" when it is not there. */
static void
copy_part(CURLU *url, CURLUPart part, char *out, size_t size)
{
    char *text = NULL;
    out[0] = '\0';
    if (curl_url_get(url, part, &text, 0) == CURLUE_OK)
        snprintf(out, size, "%s", text);
    curl_free(text);
}

/* libcurl never asks a name server for "localhost", and writes every form of an IPv4 address
 * ("127.1") as four numbers. */
static bool
is_loopback(const char *host)
{
    struct in_addr address;
    return strcasecmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0 ||
           (inet_pton(AF_INET, host, &address) == 1 && ntohl(address.s_addr) >> 24 == 127);
}

/* Of the name of a service, in ASCII: what may stand in a Host header that is signed. */
static bool
is_plain(const char *name)
{
    static const char characters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_:[]";
    return name[strspn(name, characters)] == '\0';
}

/* Whether an address names a service and nothing on it. */
static bool
is_bare(const char *text)
{
    static const CURLUPart parts[] = {CURLUPART_QUERY, CURLUPART_FRAGMENT};
    char part[16];
    CURLU *url = curl_url();
    bool bare =
        url && curl_url_set(url, CURLUPART_URL, text, CURLU_NON_SUPPORT_SCHEME) == CURLUE_OK;
    for (size_t i = 0; bare && i < sizeof parts / sizeof *parts; i++) {
        copy_part(url, parts[i], part, sizeof part);
        bare = part[0] == '\0';
    }
    if (bare) {
        copy_part(url, CURLUPART_PATH, part, sizeof part);
        bare = part[strspn(part, "/")] == '\0';
    }
    curl_url_cleanup(url);
    return bare;
}

/* Fills `peer` and gives scheme and user; false when the text is no address. */
static bool
take_apart(struct peer *peer, const char *text, unsigned flags, char scheme[16], char user[16])
{
    CURLU *url = curl_url();
    bool good = url && curl_url_set(url, CURLUPART_URL, text, flags) == CURLUE_OK;
    *peer = (struct peer){0};
    if (good) {
        char host[256], port[16];
        copy_part(url, CURLUPART_SCHEME, scheme, 16);
        copy_part(url, CURLUPART_USER, user, 16);
        copy_part(url, CURLUPART_HOST, host, sizeof host);
        copy_part(url, CURLUPART_PORT, port, sizeof port);
        snprintf(peer->name, sizeof peer->name, "%s%s%s", host, port[0] ? ":" : "", port);
        peer->encrypted = strcmp(scheme, "https") == 0;
        peer->loopback = is_loopback(host);
        good = host[0] != '\0';
    }
    curl_url_cleanup(url);
    return good;
}

bool
peer_read(struct peer *peer, const char *url, struct error *err)
{
    char scheme[16], user[16];
    if (!take_apart(peer, url, CURLU_NON_SUPPORT_SCHEME, scheme, user))
        return error_say(err, "the address of the service is not a URL; it takes https://HOST");
    if (user[0])
        return error_say(err, "the address of %s has a user name in it; take it out", peer->name);
    if (!peer->encrypted && !(peer->loopback && strcmp(scheme, "http") == 0))
        return error_say(err,
                         "%s://%s is not used: requests go by https, or by http only to this "
                         "machine (127.0.0.1, localhost)",
                         scheme, peer->name);
    if (!is_plain(peer->name))
        return error_say(err, "the name %s has characters in it that no host has", peer->name);
    return is_bare(url) ||
           error_say(err, "the address of %s has a path or more behind it; it takes https://HOST",
                     peer->name);
}

bool
peer_read_proxy(struct peer *peer, const char *proxy, struct error *err)
{
    char scheme[16], user[16];
    unsigned flags = CURLU_NON_SUPPORT_SCHEME | CURLU_GUESS_SCHEME;
    if (!take_apart(peer, proxy, flags, scheme, user))
        return error_say(err, "the proxy's address (HTTPS_PROXY) cannot be read; it takes "
                              "http://HOST:PORT");
    if (!peer->encrypted && strcmp(scheme, "http") != 0 && strstr(proxy, "://"))
        return error_say(err,
                         "the proxy %s://%s (HTTPS_PROXY) cannot be used: only http and https "
                         "proxies can",
                         scheme, peer->name);
    return true;
}
