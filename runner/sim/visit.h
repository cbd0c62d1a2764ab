/* One request, from its first byte to the end of its answer. */
#ifndef SIM_VISIT_H
#define SIM_VISIT_H

#include <microhttpd.h>

#include "base/buffer.h"
#include "sim/server.h"

enum { VISIT_HEADERS_MAX = 40 };

struct visit {
    struct MHD_Connection *connection;
    struct buffer body; /* of the request, then of the answer */
    struct header headers[VISIT_HEADERS_MAX];
    size_t header_count;
    bool too_large;
    bool answered; /* the clerk was asked */
    stamp_t due_ms;
    struct response response;
    struct arena arena;
    struct visit *next, **link; /* in the line */
};

/* libmicrohttpd's two callbacks: a request's next part has come; a request is over. */
enum MHD_Result visit_take(void *server, struct MHD_Connection *connection, const char *path,
                           const char *method, const char *version, const char *data,
                           size_t *data_size, void **place);
void visit_end(void *server, struct MHD_Connection *connection, void **place,
               enum MHD_RequestTerminationCode why);

/* Whether one that waits can go on, and letting it. */
bool visit_is_due(const struct visit *visit, stamp_t at_ms);
void visit_leave(struct visit *visit);

#endif
