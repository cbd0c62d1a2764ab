/* One request and what came back: the words that those who write requests (market), those who
 * move bytes (io) and those who decide (engine) share. No room owns it, so base carries it. */
#ifndef BASE_EXCHANGE_H
#define BASE_EXCHANGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct header {
    const char *name;
    const char *value;
};

enum { REQUEST_HEADERS_MAX = 12 };

struct request {
    const char *url;
    struct header headers[REQUEST_HEADERS_MAX];
    size_t header_count;
    const char *body;
    size_t body_size;
    bool fresh_connection; /* its loss cannot be looked up afterwards: use no connection twice */
};

/* What is known of an attempt when it is over. All texts live in the arena given to the wait. */
struct reply {
    bool sent;  /* false: proved that no byte of the request left (the send fuse did not burn) */
    bool whole; /* headers ended, the body has the length announced, nothing was cut */
    int status; /* HTTP status, 0 when there was none */
    const char *date;        /* the Date header, or NULL */
    const char *request_id;  /* the service's own name for this exchange, or NULL */
    const char *retry_after; /* the Retry-After header, or NULL */
    const char *body;        /* NUL-terminated; NUL bytes inside make it not JSON anyway */
    size_t body_size;
    const char *trouble; /* in words, when the exchange failed below HTTP; else NULL */
};

#endif
