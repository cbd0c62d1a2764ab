/* Answers that wait: their connection is suspended and stands in the server's line until it is
 * due. A hanging one is due when its client has gone, which epoll does not tell of a suspended
 * connection, so it is looked after. */
#include "sim/visit.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/socket.h>

enum { BODY_BYTES_MAX = 1024 * 1024 };

static void
line_join(struct server *server, struct visit *visit)
{
    visit->next = server->waiting;
    visit->link = &server->waiting;
    if (server->waiting)
        server->waiting->link = &visit->next;
    server->waiting = visit;
    MHD_suspend_connection(visit->connection);
}

void
visit_leave(struct visit *visit)
{
    *visit->link = visit->next;
    if (visit->next)
        visit->next->link = visit->link;
    MHD_resume_connection(visit->connection);
}

static int
socket_of(struct MHD_Connection *connection)
{
    return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
}

static bool
client_is_gone(const struct visit *visit)
{
    char byte;
    ssize_t got =
        recv(socket_of(visit->connection), &byte, 1, MSG_PEEK | MSG_DONTWAIT | MSG_NOSIGNAL);
    return got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

bool
visit_is_due(const struct visit *visit, stamp_t at_ms)
{
    return visit->response.hang ? client_is_gone(visit) : visit->due_ms <= at_ms;
}

static enum MHD_Result
header_take(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
    struct visit *visit = context;
    (void)kind;
    if (visit->header_count < VISIT_HEADERS_MAX)
        visit->headers[visit->header_count++] = (struct header){name, value ? value : ""};
    return MHD_YES;
}

/* libmicrohttpd takes the query off the path and splits it; only whether there is one matters
 * here, because no operation has one. */
static enum MHD_Result
query_take(void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
    struct buffer *query = context;
    (void)kind;
    buffer_print(query, "%s%s=%s", query->size ? "&" : "", name, value ? value : "");
    return MHD_YES;
}

static void
clerk_ask(struct server *server, struct visit *visit, const char *method, const char *path)
{
    struct buffer query = {0};
    MHD_get_connection_values(visit->connection, MHD_HEADER_KIND, header_take, visit);
    MHD_get_connection_values(visit->connection, MHD_GET_ARGUMENT_KIND, query_take, &query);
    struct call call = {.method = method,
                        .path = path,
                        .query = query.size ? query.bytes : "",
                        .headers = visit->headers,
                        .header_count = visit->header_count,
                        .body = visit->body.size ? visit->body.bytes : "",
                        .body_size = visit->body.size};
    clerk_answer(server->clerk, &call, server_now_ms(server), &visit->arena, &visit->response);
    visit->answered = true;
    visit->due_ms = server_now_ms(server) + visit->response.delay_ms;
    buffer_close(&query);
}

static enum MHD_Result
response_queue(struct visit *visit)
{
    const struct response *r = &visit->response;
    buffer_clear(&visit->body);
    buffer_add(&visit->body, r->body, r->body_size);
    struct MHD_Response *response = MHD_create_response_from_buffer(
        visit->body.size, visit->body.bytes, MHD_RESPMEM_PERSISTENT);
    if (!response)
        return MHD_NO;
    for (size_t i = 0; i < r->header_count; i++)
        MHD_add_response_header(response, r->headers[i].name, r->headers[i].value);
    enum MHD_Result queued = MHD_queue_response(visit->connection, (unsigned)r->status, response);
    MHD_destroy_response(response);
    return queued;
}

/* The part of the answer that gets through goes to the socket past libmicrohttpd. Then it is told
 * to close, which would say so to the client in order; unless there is no connection any more
 * (connect(2), AF_UNSPEC, which for TCP sends a reset), or the visit goes on as one that hangs. */
static enum MHD_Result
part_send(struct server *server, struct visit *visit)
{
    const struct sockaddr nobody = {.sa_family = AF_UNSPEC};
    struct buffer whole = {0};
    response_print(&visit->response, &whole);
    size_t sent = 0;
    while (sent < visit->response.cut_at_byte) {
        ssize_t taken = send(socket_of(visit->connection), whole.bytes + sent,
                             visit->response.cut_at_byte - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (taken <= 0)
            break;
        sent += (size_t)taken;
    }
    buffer_close(&whole);
    switch (visit->response.cut_end) {
    case CUT_CLOSE:
        break;
    case CUT_RESET:
        connect(socket_of(visit->connection), &nobody, sizeof nobody);
        break;
    case CUT_HANG:
        visit->response.hang = true;
        line_join(server, visit);
        return MHD_YES;
    }
    return MHD_NO;
}

/* Called when the answer is due; before that the connection joins the line. MHD_NO closes the
 * connection at once. */
static enum MHD_Result
answer_carry(struct server *server, struct visit *visit)
{
    if (visit->response.hang ? !client_is_gone(visit) : visit->due_ms > server_now_ms(server)) {
        line_join(server, visit);
        return MHD_YES;
    }
    if (visit->response.hang || visit->response.hang_up)
        return MHD_NO;
    return visit->response.cut ? part_send(server, visit) : response_queue(visit);
}

enum MHD_Result
visit_take(void *context, struct MHD_Connection *connection, const char *path, const char *method,
           const char *version, const char *data, size_t *data_size, void **place)
{
    struct server *server = context;
    struct visit *visit = *place;
    (void)version;
    if (!visit) {
        *place = visit = calloc(1, sizeof *visit);
        if (!visit)
            return MHD_NO;
        visit->connection = connection;
        return MHD_YES;
    }
    if (*data_size) {
        visit->too_large |= visit->body.size + *data_size > BODY_BYTES_MAX;
        if (!visit->too_large)
            buffer_add(&visit->body, data, *data_size);
        *data_size = 0;
        return MHD_YES;
    }
    if (visit->too_large)
        return MHD_NO;
    if (!visit->answered)
        clerk_ask(server, visit, method, path);
    return answer_carry(server, visit);
}

void
visit_end(void *context, struct MHD_Connection *connection, void **place,
          enum MHD_RequestTerminationCode why)
{
    struct visit *visit = *place;
    (void)context, (void)connection, (void)why;
    if (!visit)
        return;
    buffer_close(&visit->body);
    arena_close(&visit->arena);
    free(visit);
    *place = NULL;
}
