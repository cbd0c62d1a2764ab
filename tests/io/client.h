/* One http and one exchange at a time, for tests. */
#ifndef TESTS_IO_CLIENT_H
#define TESTS_IO_CLIENT_H

#include <string.h>

#include "io/http.h"

struct client {
    struct http *http;
    struct transport transport;
    struct arena arena;
    uint64_t ticket;
};

static inline struct http_options
client_options(void)
{
    return (struct http_options){
        .wake_descriptor = -1, .companion_descriptor = -1, .timeout_ms = 20000};
}

static inline struct client
client_open(struct http_options options)
{
    struct error err = {0};
    struct client client = {.http = http_open(&options, &err)};
    assert_string_equal(err.text, "");
    client.transport = http_transport(client.http);
    return client;
}

static inline struct request
client_request(const char *url)
{
    return (struct request){.url = url,
                            .headers = {{"Content-Type", "application/x-amz-json-1.1"},
                                        {"X-Amz-Security-Token", "SECRET-TOKEN"},
                                        {"Authorization", "AWS4-HMAC-SHA256 SECRET-SIGNATURE"}},
                            .header_count = 3,
                            .body = "{\"a\":1}",
                            .body_size = 7};
}

static inline struct reply
client_exchange(struct client *client, const struct request *request)
{
    struct error err = {0};
    struct reply reply = {0};
    uint64_t ticket = 0, expected = ++client->ticket;
    assert_true(client->transport.start(client->transport.self, expected, request, &err));
    assert_true(
        client->transport.wait(client->transport.self, 30000000, &ticket, &reply, &client->arena));
    assert_int_equal(ticket, expected);
    assert_true(!reply.trouble || !strstr(reply.trouble, "SECRET"));
    return reply;
}

static inline struct reply
client_get_reply(struct client *client, const char *url)
{
    struct request request = client_request(url);
    return client_exchange(client, &request);
}

static inline void
client_close(struct client *client)
{
    http_close(client->http);
    arena_close(&client->arena);
}

#endif
