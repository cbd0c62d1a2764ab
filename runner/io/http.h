/* HTTPS for the transport seam, on libcurl's multi interface: one thread, many exchanges in
 * flight, kept connections.
 *
 * What is allowed is narrow. https to anywhere, http only to this machine (127.0.0.0/8,
 * localhost, [::1]); TLS 1.2 or later, always verified; HTTP/1.1; no redirects, cookies, netrc or
 * user names in addresses; a body of at most 8 MiB and headers of at most 100 KiB. A proxy is used
 * only for https to other machines and only as a tunnel, so that TLS stays verified end to end.
 *
 * libcurl by itself sends a request again when a kept connection dies before the first byte of the
 * answer. Here a fuse counts each time a request is about to be written and stops the second:
 * the other side gets a request once or not at all, and `sent` tells which. */
#ifndef IO_HTTP_H
#define IO_HTTP_H

#include <stdbool.h>

#include "io/transport.h"

struct http;

struct http_options {
    unsigned connections;         /* kept open for the next exchange; 0 reads as 8 */
    const char *ca_bundle;        /* a file or folder of trusted certificates; NULL: the system's */
    const char *proxy, *no_proxy; /* as HTTPS_PROXY and NO_PROXY have them; NULL: none */
    int wake_descriptor;          /* -1, or: a readable byte ends a wait early, and is read */

    /* Something in this process that must be served while we wait, such as an embedded
     * marketplace: stepped at each turn of a wait, at the latest after its timeout (-1: only when
     * its descriptor is readable). Descriptor -1: there is none. */
    int companion_descriptor;
    void (*companion_step)(void *companion);
    int (*companion_timeout_ms)(const void *companion);
    void *companion;

    long connect_timeout_ms; /* name, connection and TLS together; 0 reads as 10 s */
    long timeout_ms;         /* the whole exchange; 0 reads as 60 s */
};

/* Once per process, before anything else uses OpenSSL or starts a thread. Ignores SIGPIPE, and
 * unsets the variables through which an environment could weaken or record TLS: SSLKEYLOGFILE,
 * OPENSSL_*, SSL_CERT_*, CURL_*. The proxy variables stay, because programs we start may need
 * them; libcurl itself never looks at them here. */
void http_prepare(void);

/* NULL when an option cannot be used (err says which). The options' texts must live on. */
struct http *http_open(const struct http_options *options, struct error *err);

/* The seam over this http. A request with a body is a POST, one without (NULL) a GET. Its headers
 * go out as they are, none are added but Content-Length and, if it is missing, Host. */
struct transport http_transport(struct http *http);

/* Drops whatever is in flight. NULL is allowed. */
void http_close(struct http *http);

/* Of libcurl and what it speaks TLS with: "7.88.1 with OpenSSL/3.0.22" */
const char *http_versions(void);

#endif
