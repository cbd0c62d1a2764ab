/* One call to the pretended service, and what it answers: plain values without any socket, so
 * that a simulation with its own clock can hold the whole conversation in memory. */
#ifndef SIM_CALL_H
#define SIM_CALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/exchange.h"

struct call {
    const char *method;
    const char *path;
    const char *query;            /* without the question mark; "" when there is none */
    const struct header *headers; /* names in any case, as they came */
    size_t header_count;
    const char *body;
    size_t body_size;
};

enum { RESPONSE_HEADERS_MAX = 4 };

/* What follows the part of an answer that is let through. */
enum cut_end {
    CUT_CLOSE, /* the connection is closed */
    CUT_RESET, /* … torn down */
    CUT_HANG,  /* nothing, until the client gives up */
};

/* Status, headers and body say what the service means; the rest says how badly it says it.
 * Texts live in the arena of the call. Content-Length is not among the headers: who carries the
 * answer adds it. */
struct response {
    int status;
    struct header headers[RESPONSE_HEADERS_MAX];
    size_t header_count;
    const char *body;
    size_t body_size;
    bool speaks_xml;    /* the caller asked a service whose errors are XML */
    int64_t delay_ms;   /* the answer leaves this much later */
    bool hang;          /* no answer at all until the client gives up */
    bool hang_up;       /* the connection is closed without an answer */
    bool cut;           /* no more comes after … */
    size_t cut_at_byte; /* … this many bytes of the whole answer, headers included */
    enum cut_end cut_end;
};

/* The first value of a header, or NULL. */
const char *call_header(const struct call *call, const char *name);

void response_header(struct response *response, const char *name, const char *value);

/* Makes the answer an error as the caller's protocol carries it. `turk_code` may be NULL, and has
 * no place in XML. The first header is the request's id. */
void response_error(struct response *response, int status, const char *type, const char *message,
                    const char *turk_code, struct arena *arena);

/* The answer byte for byte, as it goes over the wire when nothing is cut. */
void response_print(const struct response *response, struct buffer *out);

#endif
