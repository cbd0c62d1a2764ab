/* How requests leave: once or not at all, to whom they were meant for, with nothing added. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "client.h"
#include "raw_server.h"

#define WHOLE "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"

static const struct raw_answer whole[] = {{WHOLE, sizeof WHOLE - 1, RAW_KEEP, false}};

/* A port of this machine where nobody listens. */
static void
make_refused_url(char out[64])
{
    struct raw_server *server = raw_open(whole, 1, false);
    strcpy(out, server->url);
    raw_close(server);
}

static void
a_request_goes_out_as_it_is(void **state)
{
    (void)state;
    struct raw_server *server = raw_open(whole, 1, true);
    struct client client = client_open(client_options());
    struct request request = {
        .url = server->url,
        .headers = {{"host", "service.example"}, {"X-Empty", ""}, {"X-Amz-Date", "20261123T"}},
        .header_count = 3,
        .body = "{\"a\":1}",
        .body_size = 7};
    assert_true(client_exchange(&client, &request).whole);
    assert_string_equal(server->last, "POST / HTTP/1.1\r\n"
                                      "Host: service.example\r\n"
                                      "X-Empty:\r\n"
                                      "X-Amz-Date: 20261123T\r\n"
                                      "Content-Length: 7\r\n"
                                      "\r\n"
                                      "{\"a\":1}");
    request = (struct request){.url = server->url, .headers = {{"Host", "a"}}, .header_count = 1};
    assert_true(client_exchange(&client, &request).whole);
    assert_string_equal(server->last, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    client_close(&client);
    raw_close(server);
}

static void
a_large_body_is_sent_without_asking_first(void **state)
{
    (void)state;
    static char body[1200 * 1024]; /* libcurl asks from 1 MiB on */
    memset(body, 'x', sizeof body);
    struct raw_server *server = raw_open(whole, 1, true);
    struct client client = client_open(client_options());
    struct request request = client_request(server->url);
    request.body = body;
    request.body_size = sizeof body;
    assert_true(client_exchange(&client, &request).whole);
    assert_null(strstr(server->last, "Expect"));
    client_close(&client);
    raw_close(server);
}

static void
what_the_headers_say_is_handed_on(void **state)
{
    (void)state;
    static const char text[] = "HTTP/1.1 429 Too Many Requests\r\n"
                               "X-AMZN-REQUESTID:  4b7a-1 \r\n"
                               "Date: Mon, 23 Nov 2026 14:00:00 GMT\r\n"
                               "Retry-After: 7\r\n"
                               "Retry-After: 8\r\n"
                               "Content-Length: 0\r\n\r\n";
    struct raw_answer answer = {text, sizeof text - 1, RAW_KEEP, false};
    struct raw_server *server = raw_open(&answer, 1, true);
    struct client client = client_open(client_options());
    struct reply reply = client_get_reply(&client, server->url);
    assert_true(reply.whole);
    assert_int_equal(reply.status, 429);
    assert_string_equal(reply.request_id, "4b7a-1");
    assert_string_equal(reply.date, "Mon, 23 Nov 2026 14:00:00 GMT");
    assert_string_equal(reply.retry_after, "7");
    assert_string_equal(reply.body, "");
    raw_set(server, whole, 1);
    reply = client_get_reply(&client, server->url);
    assert_null(reply.request_id);
    assert_null(reply.date);
    assert_null(reply.retry_after);
    client_close(&client);
    raw_close(server);
}

static void
a_refused_connection_is_proof_that_nothing_was_sent(void **state)
{
    (void)state;
    char url[64];
    make_refused_url(url);
    struct client client = client_open(client_options());
    struct reply reply = client_get_reply(&client, url);
    assert_false(reply.sent);
    assert_false(reply.whole);
    assert_int_equal(reply.status, 0);
    assert_non_null(strstr(reply.trouble, "was refused"));
    client_close(&client);
}

static void
a_kept_connection_that_dies_does_not_send_again(void **state)
{
    (void)state;
    static const struct raw_answer answers[] = {
        {WHOLE, sizeof WHOLE - 1, RAW_KEEP, false},
        {"", 0, RAW_CLOSE, false}, /* took the second request, and went */
        {WHOLE, sizeof WHOLE - 1, RAW_KEEP, false},
    };
    static const struct raw_answer reset[] = {
        {WHOLE, sizeof WHOLE - 1, RAW_KEEP, false},
        {"", 0, RAW_RESET, false},
        {WHOLE, sizeof WHOLE - 1, RAW_KEEP, false},
    };
    struct raw_server *server = raw_open(answers, 3, true);
    struct client client = client_open(client_options());
    const struct raw_answer *const both[] = {answers, reset};
    for (size_t i = 0; i < 2; i++) {
        raw_set(server, both[i], 3);
        assert_true(client_get_reply(&client, server->url).whole);
        struct reply reply = client_get_reply(&client, server->url);
        assert_true(reply.sent);
        assert_false(reply.whole);
        assert_int_equal(reply.status, 0);
        assert_non_null(strstr(reply.trouble, "was lost before an answer came"));
        assert_int_equal(raw_requests(server), 2);
    }
    client_close(&client);
    raw_close(server);
}

static void
connections_are_kept_unless_a_fresh_one_is_asked_for(void **state)
{
    (void)state;
    struct raw_server *server = raw_open(whole, 1, true);
    struct client client = client_open(client_options());
    struct request request = client_request(server->url);
    for (size_t i = 0; i < 3; i++)
        assert_true(client_exchange(&client, &request).whole);
    assert_int_equal(raw_connections(server), 1);
    request.fresh_connection = true;
    for (size_t i = 0; i < 3; i++)
        assert_true(client_exchange(&client, &request).whole);
    assert_int_equal(raw_connections(server), 4);
    /* And none of the fresh ones is kept: the server sees them end while the first stays. */
    for (size_t i = 0; raw_closed(server) < 3 && i < 10000; i++)
        usleep(1000);
    assert_int_equal(raw_closed(server), 3);
    request.fresh_connection = false;
    assert_true(client_exchange(&client, &request).whole);
    assert_int_equal(raw_connections(server), 4);
    client_close(&client);
    raw_close(server);
}

static void
many_exchanges_run_side_by_side(void **state)
{
    (void)state;
    enum { COUNT = 40 };
    struct raw_server *server = raw_open(whole, 1, true);
    struct client client = client_open(client_options());
    struct request request = client_request(server->url);
    struct error err = {0};
    unsigned seen[COUNT] = {0};
    for (uint64_t ticket = 0; ticket < COUNT; ticket++)
        assert_true(client.transport.start(client.http, ticket, &request, &err));
    for (size_t i = 0; i < COUNT; i++) {
        uint64_t ticket = COUNT;
        struct reply reply;
        assert_true(client.transport.wait(client.http, 20000000, &ticket, &reply, &client.arena));
        assert_true(reply.whole);
        assert_true(ticket < COUNT);
        seen[ticket]++;
    }
    for (size_t i = 0; i < COUNT; i++)
        assert_int_equal(seen[i], 1);
    assert_int_equal(raw_requests(server), COUNT);
    client_close(&client);
    raw_close(server);
}

static void
a_cancelled_exchange_brings_no_reply(void **state)
{
    (void)state;
    static const struct raw_answer silent[] = {{"", 0, RAW_STALL, false}};
    struct raw_server *server = raw_open(silent, 1, true);
    struct client client = client_open(client_options());
    struct request request = client_request(server->url);
    struct error err = {0};
    struct reply reply;
    uint64_t ticket;
    assert_true(client.transport.start(client.http, 900, &request, &err));
    while (raw_requests(server) == 0)
        assert_false(client.transport.wait(client.http, 1000, &ticket, &reply, &client.arena));
    client.transport.cancel(client.http, 900);
    client.transport.cancel(client.http, 901); /* unknown: nothing to do */
    raw_close(server); /* would be the end of the exchange, if there still were one */
    assert_false(client.transport.wait(client.http, 50000, &ticket, &reply, &client.arena));
    server = raw_open(whole, 1, true);
    assert_true(client_get_reply(&client, server->url).whole);
    client_close(&client);
    raw_close(server);
}

static void
a_byte_on_the_wake_descriptor_ends_a_wait(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    struct http_options options = client_options();
    options.wake_descriptor = ends[0];
    struct client client = client_open(options);
    struct reply reply;
    uint64_t ticket;
    assert_int_equal(write(ends[1], "!", 1), 1);
    /* Would outlast the test's own time limit. */
    assert_false(client.transport.wait(client.http, 600000000, &ticket, &reply, &client.arena));
    /* And the byte is taken: an exchange can be waited for now. */
    struct raw_server *server = raw_open(whole, 1, true);
    assert_true(client_get_reply(&client, server->url).whole);
    client_close(&client);
    raw_close(server);
    close(ends[0]);
    close(ends[1]);
}

static void
step_companion(void *companion)
{
    raw_step(companion, 0);
}

static int
companion_timeout(const void *companion)
{
    (void)companion;
    return -1;
}

static void
a_companion_in_the_same_thread_is_served_while_we_wait(void **state)
{
    (void)state;
    struct raw_server *server = raw_open(whole, 1, false);
    struct http_options options = client_options();
    options.companion_descriptor = server->events;
    options.companion_step = step_companion;
    options.companion_timeout_ms = companion_timeout;
    options.companion = server;
    struct client client = client_open(options);
    for (size_t i = 0; i < 3; i++)
        assert_true(client_get_reply(&client, server->url).whole);
    assert_int_equal(raw_requests(server), 3);
    client_close(&client);
    raw_close(server);
}

int
main(void)
{
    http_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_request_goes_out_as_it_is),
        cmocka_unit_test(a_large_body_is_sent_without_asking_first),
        cmocka_unit_test(what_the_headers_say_is_handed_on),
        cmocka_unit_test(a_refused_connection_is_proof_that_nothing_was_sent),
        cmocka_unit_test(a_kept_connection_that_dies_does_not_send_again),
        cmocka_unit_test(connections_are_kept_unless_a_fresh_one_is_asked_for),
        cmocka_unit_test(many_exchanges_run_side_by_side),
        cmocka_unit_test(a_cancelled_exchange_brings_no_reply),
        cmocka_unit_test(a_byte_on_the_wake_descriptor_ends_a_wait),
        cmocka_unit_test(a_companion_in_the_same_thread_is_served_while_we_wait),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
