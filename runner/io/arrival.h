/* What has arrived of an answer, and whether that is all of it. Fed line by line and piece by
 * piece; knows HTTP's rules for the end of an answer (RFC 9112 6.3) and no socket.
 *
 * "The connection ended without an error and the status is 200" proves nothing: an answer cut in
 * its headers looks exactly so. Whole means: a final status line, the blank line after the
 * headers, and a body whose announced end was reached: all bytes of its length, or the zero-sized
 * chunk (RFC 9112 8). An answer whose body simply runs until the connection closes can never be
 * known to be whole. */
#ifndef IO_ARRIVAL_H
#define IO_ARRIVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"

enum { ARRIVAL_BODY_MAX = 8 * 1024 * 1024, ARRIVAL_HEADERS_MAX = 100 * 1024 };

/* How the answer announces the end of its body. */
enum ending {
    ENDING_NONE,          /* it does not */
    ENDING_LENGTH,        /* Content-Length */
    ENDING_CHUNKS,        /* Transfer-Encoding: chunked */
    ENDING_CONTRADICTORY, /* in two ways, or in one that we do not know */
};

/* The headers that are kept, by their places in `kept`. */
enum { KEPT_DATE, KEPT_REQUEST_ID, KEPT_RETRY_AFTER, KEPT_COUNT };

struct arrival {
    int status; /* of the latest status line; 0 before any */
    bool headers_ended;
    enum ending ending;
    uint64_t length; /* ENDING_LENGTH: bytes announced */
    size_t header_bytes;
    const char *excess; /* what was more than we take, in words; NULL: nothing */
    struct buffer kept[KEPT_COUNT];
    struct buffer body;
};

/* Nothing has arrived yet; memory of an earlier arrival is used again. */
void arrival_init(struct arrival *arrival);

/* One line as it came, its end included: a status line, a header, the blank line, a trailer.
 * False when the headers grow past ARRIVAL_HEADERS_MAX. */
bool arrival_header(struct arrival *arrival, const char *line, size_t size);

/* A piece of the body, chunks already taken apart. False past ARRIVAL_BODY_MAX. */
bool arrival_body(struct arrival *arrival, const void *bytes, size_t size);

/* Whether this is the whole answer. `ended` says that the transport saw the end of the exchange
 * and no fault in it, the last chunk included where there are chunks. */
bool arrival_is_whole(const struct arrival *arrival, bool ended);

/* What is missing, in words, of an answer that ended without a fault and is not whole. */
char *arrival_lack(const struct arrival *arrival, struct arena *arena);

void arrival_close(struct arrival *arrival);

#endif
