/* libmicrohttpd in external epoll mode: no thread, no waiting inside. */
#include "sim/server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <microhttpd.h>

#include "sim/sim.h"
#include "sim/visit.h"

enum {
    CONNECTIONS_MAX = 4096,
    BACKLOG = 1024,
    GONE_CHECK_MS = 200, /* how often a hanging client is looked after */
    ROUNDS_MAX = 64,     /* of libmicrohttpd within one step */
};

stamp_t
server_monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_BOOTTIME, &now);
    return (stamp_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

stamp_t
server_now_ms(const struct server *server)
{
    return server_monotonic_ms() + server->offset_ms;
}

static int
listen_on_loopback(uint16_t port, uint16_t *bound, struct error *err)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int one = 1;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) != 0 ||
        bind(listener, (struct sockaddr *)&address, size) != 0 || listen(listener, BACKLOG) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &size) != 0) {
        error_say(err, "cannot listen on 127.0.0.1:%u: %s", (unsigned)port, strerror(errno));
        if (listener >= 0)
            close(listener);
        return -1;
    }
    *bound = ntohs(address.sin_port);
    return listener;
}

/* The Date header is the clerk's, by the world's clock. */
bool
server_open(struct server *server, uint16_t port, struct error *err)
{
    uint16_t bound;
    int listener = listen_on_loopback(port, &bound, err);
    if (listener < 0)
        return false;
    server->daemon = MHD_start_daemon(
        MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_SUPPRESS_DATE_NO_CLOCK, 0, NULL, NULL,
        visit_take, server, MHD_OPTION_LISTEN_SOCKET, listener, MHD_OPTION_CONNECTION_LIMIT,
        (unsigned)CONNECTIONS_MAX, MHD_OPTION_NOTIFY_COMPLETED, visit_end, server, MHD_OPTION_END);
    if (!server->daemon) {
        close(listener);
        return error_say(err, "cannot start the simulator's HTTP server: %s", strerror(errno));
    }
    server->descriptor = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD)->epoll_fd;
    snprintf(server->endpoint, sizeof server->endpoint, "http://127.0.0.1:%u", (unsigned)bound);
    return true;
}

/* libmicrohttpd stops only when no connection is suspended. */
void
server_close(struct server *server)
{
    while (server->waiting) {
        server->waiting->response = (struct response){.hang_up = true};
        server->waiting->due_ms = 0;
        visit_leave(server->waiting);
    }
    if (server->daemon) {
        MHD_run(server->daemon);
        MHD_stop_daemon(server->daemon);
    }
    *server = (struct server){0};
}

int
server_timeout_ms(const struct server *server)
{
    stamp_t wait_ms = -1, at_ms = server->waiting ? server_now_ms(server) : 0;
    for (const struct visit *visit = server->waiting; visit; visit = visit->next) {
        stamp_t left_ms = visit->response.hang ? GONE_CHECK_MS : visit->due_ms - at_ms;
        left_ms = left_ms < 0 ? 0 : left_ms;
        wait_ms = wait_ms < 0 || left_ms < wait_ms ? left_ms : wait_ms;
    }
    MHD_UNSIGNED_LONG_LONG http_ms;
    if (MHD_get_timeout(server->daemon, &http_ms) == MHD_YES &&
        (wait_ms < 0 || http_ms < (unsigned long long)wait_ms))
        wait_ms = http_ms > STAMP_HOUR_MS ? STAMP_HOUR_MS : (stamp_t)http_ms;
    return wait_ms > STAMP_HOUR_MS ? (int)STAMP_HOUR_MS : (int)wait_ms;
}

/* libmicrohttpd asks to be run again at once while it has data that epoll will not report. */
void
server_step(struct server *server)
{
    stamp_t at_ms = server_now_ms(server);
    for (struct visit *visit = server->waiting, *next; visit; visit = next) {
        next = visit->next;
        if (visit_is_due(visit, at_ms))
            visit_leave(visit);
    }
    MHD_UNSIGNED_LONG_LONG http_ms;
    int rounds = 0;
    do
        MHD_run(server->daemon);
    while (MHD_get_timeout(server->daemon, &http_ms) == MHD_YES && http_ms == 0 &&
           ++rounds < ROUNDS_MAX);
}

const char *
sim_library(void)
{
    return MHD_get_version();
}
