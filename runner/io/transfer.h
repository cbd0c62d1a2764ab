/* One exchange on one libcurl handle, from request to reply: the options that narrow libcurl, the
 * send fuse, and what its end means. Used by `http`, which lets many run side by side. */
#ifndef IO_TRANSFER_H
#define IO_TRANSFER_H

#include <curl/curl.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/exchange.h"
#include "io/arrival.h"
#include "io/http.h"
#include "io/peer.h"

struct transfer {
    struct transfer *next; /* in the list of whoever owns it */
    uint64_t ticket;
    CURL *easy;
    const struct http_options *options;
    struct curl_slist *headers;
    struct peer peer;
    unsigned sends; /* the fuse: how often the request was about to be written */
    struct arrival arrival;
    char detail[CURL_ERROR_SIZE]; /* libcurl's words; not for people: see trouble.c */
};

/* A handle with everything set that is the same for all requests. It serves one request after
 * another and keeps its TLS session. NULL when an option is not supported. */
struct transfer *transfer_open(const struct http_options *options, struct error *err);

/* Makes it ready for a request. False when the request cannot be sent as it is. */
bool transfer_start(struct transfer *transfer, const struct request *request, struct error *err);

/* What is known when libcurl is done with it, texts in the arena. */
void transfer_finish(struct transfer *transfer, CURLcode result, struct reply *reply,
                     struct arena *arena);

void transfer_close(struct transfer *transfer);

#endif
