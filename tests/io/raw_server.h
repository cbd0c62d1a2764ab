/* A server for tests of the client: it takes requests as raw bytes, answers with the bytes it was
 * given, cut where it was told, and ends the connection as it was told. It runs in a thread of its
 * own, or is stepped by the one who waits. */
#ifndef TESTS_IO_RAW_SERVER_H
#define TESTS_IO_RAW_SERVER_H

#include <arpa/inet.h>
#include <assert.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum raw_end { RAW_KEEP, RAW_CLOSE, RAW_RESET, RAW_STALL };

struct raw_answer {
    const char *bytes;
    size_t size;
    enum raw_end end;
    bool at_once; /* whatever has come counts as a request: for clients that speak TLS */
};

enum { RAW_REQUEST_MAX = 1536 * 1024, RAW_CONNECTIONS_MAX = 1024, RAW_ANSWERS_MAX = 4 };

struct raw_server {
    int listener;
    int events;   /* epoll: readable when there is something to do */
    int stops[2]; /* a byte in it ends the thread */
    uint16_t port;
    char url[64];
    pthread_t thread;
    bool threaded;
    pthread_mutex_t guard;                      /* over all that follows */
    struct raw_answer answers[RAW_ANSWERS_MAX]; /* the n-th request gets the n-th, later ones the
                                                   last; their bytes must live on */
    size_t answer_count;
    unsigned requests;
    unsigned connections;
    unsigned closed;                  /* of them, by the client */
    char last[RAW_REQUEST_MAX];       /* the latest request */
    char *taken[RAW_CONNECTIONS_MAX]; /* by descriptor: what came of the next request */
    size_t taken_size[RAW_CONNECTIONS_MAX];
};

static inline void
raw_watch(struct raw_server *server, int descriptor)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = descriptor};
    int failed = epoll_ctl(server->events, EPOLL_CTL_ADD, descriptor, &event);
    assert(!failed);
    (void)failed;
}

static inline void
raw_drop(struct raw_server *server, int descriptor, bool reset)
{
    struct linger linger = {.l_onoff = 1, .l_linger = 0};
    if (reset)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    free(server->taken[descriptor]);
    server->taken[descriptor] = NULL;
    server->taken_size[descriptor] = 0;
    close(descriptor);
}

/* Whether all of a request has come: its headers, and as much body as they announce. */
static inline bool
raw_is_request(const char *bytes, size_t size)
{
    const char *end = strstr(bytes, "\r\n\r\n");
    const char *length = strstr(bytes, "Content-Length: ");
    if (!end)
        return false;
    size_t body = length && length < end ? (size_t)atol(length + 16) : 0;
    return size >= (size_t)(end + 4 - bytes) + body;
}

static inline void
raw_answer_one(struct raw_server *server, int descriptor)
{
    size_t number = server->requests++;
    if (number >= server->answer_count)
        number = server->answer_count - 1;
    const struct raw_answer *answer = &server->answers[number];
    memcpy(server->last, server->taken[descriptor], server->taken_size[descriptor] + 1);
    server->taken_size[descriptor] = 0;
    for (size_t sent = 0; sent < answer->size;) {
        ssize_t size = send(descriptor, answer->bytes + sent, answer->size - sent, MSG_NOSIGNAL);
        if (size <= 0)
            break; /* the client has gone */
        sent += (size_t)size;
    }
    if (answer->end == RAW_CLOSE || answer->end == RAW_RESET)
        raw_drop(server, descriptor, answer->end == RAW_RESET);
}

static inline void
raw_receive(struct raw_server *server, int descriptor)
{
    if (!server->taken[descriptor])
        server->taken[descriptor] = calloc(1, RAW_REQUEST_MAX);
    char *taken = server->taken[descriptor];
    size_t *size = &server->taken_size[descriptor];
    ssize_t got = recv(descriptor, taken + *size, RAW_REQUEST_MAX - 1 - *size, 0);
    if (got <= 0) {
        server->closed++;
        raw_drop(server, descriptor, false);
        return;
    }
    *size += (size_t)got;
    taken[*size] = '\0';
    if (server->answers[0].at_once || raw_is_request(taken, *size))
        raw_answer_one(server, descriptor);
}

/* Handles what is ready, waiting for it at most timeout_ms. False when it was told to stop. */
static inline bool
raw_step(struct raw_server *server, int timeout_ms)
{
    struct epoll_event events[16];
    int count = epoll_wait(server->events, events, 16, timeout_ms);
    for (int i = 0; i < count; i++) {
        int descriptor = events[i].data.fd;
        if (descriptor == server->stops[0])
            return false;
        pthread_mutex_lock(&server->guard);
        if (descriptor == server->listener) {
            int taken = accept(server->listener, NULL, NULL);
            assert(taken >= 0 && taken < RAW_CONNECTIONS_MAX);
            server->connections++;
            raw_watch(server, taken);
        } else {
            raw_receive(server, descriptor);
        }
        pthread_mutex_unlock(&server->guard);
    }
    return true;
}

static inline void *
raw_serve(void *context)
{
    while (raw_step(context, -1))
        continue;
    return NULL;
}

/* Begins to listen; with `threaded` also to serve. */
static inline struct raw_server *
raw_open(const struct raw_answer *answers, size_t count, bool threaded)
{
    struct raw_server *server = calloc(1, sizeof *server);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    assert(server);
    assert(count >= 1 && count <= RAW_ANSWERS_MAX);
    memcpy(server->answers, answers, count * sizeof *answers);
    server->answer_count = count;
    server->threaded = threaded;
    server->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    server->events = epoll_create1(EPOLL_CLOEXEC);
    bool good = bind(server->listener, (void *)&address, size) == 0 &&
                listen(server->listener, 128) == 0 &&
                getsockname(server->listener, (void *)&address, &size) == 0 &&
                pipe(server->stops) == 0 && pthread_mutex_init(&server->guard, NULL) == 0;
    assert(good);
    (void)good;
    server->port = ntohs(address.sin_port);
    snprintf(server->url, sizeof server->url, "http://127.0.0.1:%u/", (unsigned)server->port);
    raw_watch(server, server->listener);
    raw_watch(server, server->stops[0]);
    if (threaded && pthread_create(&server->thread, NULL, raw_serve, server) != 0)
        abort();
    return server;
}

/* Other answers, which are copied, from now on, counted from the first again. */
static inline void
raw_set(struct raw_server *server, const struct raw_answer *answers, size_t count)
{
    pthread_mutex_lock(&server->guard);
    assert(count >= 1 && count <= RAW_ANSWERS_MAX);
    memcpy(server->answers, answers, count * sizeof *answers);
    server->answer_count = count;
    server->requests = 0;
    pthread_mutex_unlock(&server->guard);
}

static inline unsigned
raw_requests(struct raw_server *server)
{
    pthread_mutex_lock(&server->guard);
    unsigned requests = server->requests;
    pthread_mutex_unlock(&server->guard);
    return requests;
}

static inline unsigned
raw_connections(struct raw_server *server)
{
    pthread_mutex_lock(&server->guard);
    unsigned connections = server->connections;
    pthread_mutex_unlock(&server->guard);
    return connections;
}

static inline unsigned
raw_closed(struct raw_server *server)
{
    pthread_mutex_lock(&server->guard);
    unsigned closed = server->closed;
    pthread_mutex_unlock(&server->guard);
    return closed;
}

static inline void
raw_close(struct raw_server *server)
{
    if (server->threaded) {
        ssize_t written = write(server->stops[1], "", 1);
        assert(written == 1);
        (void)written;
        pthread_join(server->thread, NULL);
    }
    for (int i = 0; i < RAW_CONNECTIONS_MAX; i++)
        if (server->taken[i])
            raw_drop(server, i, false);
    close(server->listener);
    close(server->events);
    close(server->stops[0]);
    close(server->stops[1]);
    pthread_mutex_destroy(&server->guard);
    free(server);
}

#endif
