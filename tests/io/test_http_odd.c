/* Answers that ask for more than an answer: to send again, to wait, to unpack, to speak otherwise.
 * Each is taken as it is or not at all, and no request goes out twice. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "client.h"
#include "io/clock.h"
#include "raw_server.h"

#define TWO "Content-Length: 2\r\n\r\n{}"

/* What comes back when the server answers so, and how often it was asked. */
static struct reply
reply_to(const char *bytes, size_t size, struct client *client, unsigned *requests)
{
    struct raw_answer answer = {.bytes = bytes, .size = size, .end = RAW_CLOSE};
    struct raw_server *server = raw_open(&answer, 1, true);
    struct reply reply = client_get_reply(client, server->url);
    *requests = raw_requests(server);
    raw_close(server);
    return reply;
}

static void
a_status_that_asks_for_another_request_is_an_answer(void **state)
{
    (void)state;
    static const struct {
        int status;
        const char *bytes;
    } cases[] = {
        {301, "HTTP/1.1 301 Moved\r\nLocation: /elsewhere\r\n" TWO},
        {303, "HTTP/1.1 303 See Other\r\nLocation: http://127.0.0.1:1/\r\n" TWO},
        {308, "HTTP/1.1 308 Permanent\r\nLocation: https://127.0.0.1:1/\r\n" TWO},
        {401, "HTTP/1.1 401 Who\r\nWWW-Authenticate: Basic realm=\"x\"\r\n" TWO},
        {401, "HTTP/1.1 401 Who\r\nWWW-Authenticate: Negotiate\r\n" TWO},
        {407, "HTTP/1.1 407 Who\r\nProxy-Authenticate: Basic realm=\"x\"\r\n" TWO},
        {408, "HTTP/1.1 408 Too Slow\r\n" TWO},
        {417, "HTTP/1.1 417 Expectation Failed\r\n" TWO},
        {421, "HTTP/1.1 421 Misdirected\r\n" TWO},
        {425, "HTTP/1.1 425 Too Early\r\n" TWO},
        {426, "HTTP/1.1 426 Upgrade\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n" TWO},
        {503, "HTTP/1.1 503 Busy\r\nRetry-After: 1\r\n" TWO},
        {200, "HTTP/1.1 200 OK\r\nAlt-Svc: h2=\"127.0.0.1:1\"\r\nRefresh: 0; url=/\r\n" TWO},
        {200, "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nStrict-Transport-Security: max-age=9\r\n" TWO},
    };
    struct client client = client_open(client_options());
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unsigned requests;
        struct reply reply = reply_to(cases[i].bytes, strlen(cases[i].bytes), &client, &requests);
        assert_int_equal(requests, 1);
        assert_int_equal(reply.status, cases[i].status);
        assert_true(reply.whole);
        assert_string_equal(reply.body, "{}");
    }
    client_close(&client);
}

static void
another_protocol_is_not_spoken(void **state)
{
    (void)state;
    static const char *const answers[] = {
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n{}",
        "HTTP/2 200\r\n" TWO,
        "ICY 200 OK\r\n" TWO,
        "\x16\x03\x01\x02\x00\x01",
    };
    struct client client = client_open(client_options());
    for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
        unsigned requests;
        struct reply reply = reply_to(answers[i], strlen(answers[i]), &client, &requests);
        assert_int_equal(requests, 1);
        assert_true(reply.sent);
        assert_false(reply.whole);
    }
    client_close(&client);
}

/* Unpacked, 20 bytes could become as many megabytes; and nobody asked for it. */
static void
what_is_packed_stays_packed(void **state)
{
    (void)state;
    static const char packed[] =
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
        "Content-Length: 22\r\n\r\n"
        "\x1f\x8b\x08\0\0\0\0\0\0\x03\xab\xae\x05\0\x43\xbf\xa6\xa3\x02\0\0\0";
    struct client client = client_open(client_options());
    unsigned requests;
    struct reply reply = reply_to(packed, sizeof packed - 1, &client, &requests);
    assert_true(reply.whole);
    assert_int_equal(reply.body_size, 22);
    assert_memory_equal(reply.body, "\x1f\x8b", 2);
    client_close(&client);
}

/* Forerunners are answers of their own to libcurl, so they have a measure of their own here. */
static void
forerunners_without_end_are_given_up(void **state)
{
    (void)state;
    static const char forerunner[] = "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n";
    enum { COUNT = 3000 }; /* libcurl's own measure, 300 KiB, is not reached */
    size_t size = 0, one = sizeof forerunner - 1;
    char *bytes = malloc(COUNT * one + 100);
    assert_non_null(bytes);
    for (int i = 0; i < COUNT; i++, size += one)
        memcpy(bytes + size, forerunner, one);
    size += (size_t)sprintf(bytes + size, "HTTP/1.1 200 OK\r\n" TWO);
    struct client client = client_open(client_options());
    unsigned requests;
    struct reply reply = reply_to(bytes, size, &client, &requests);
    assert_int_equal(requests, 1);
    assert_true(reply.sent);
    assert_false(reply.whole);
    assert_string_equal(reply.trouble, "the answer has more than 100 KiB of headers");
    client_close(&client);
    free(bytes);
}

/* One byte at a time, for ever. */
static void *
drip(void *context)
{
    int listener = *(int *)context, taken = accept(listener, NULL, NULL);
    static const char begin[] = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";
    ssize_t sent = send(taken, begin, sizeof begin - 1, MSG_NOSIGNAL);
    while (sent > 0) {
        usleep(10 * 1000);
        sent = send(taken, "x", 1, MSG_NOSIGNAL);
    }
    close(taken);
    return NULL;
}

static void
an_answer_that_drips_is_waited_for_no_longer_than_any_other(void **state)
{
    (void)state;
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    pthread_t thread;
    char url[64];
    assert_int_equal(bind(listener, (void *)&address, size), 0);
    assert_int_equal(listen(listener, 8), 0);
    assert_int_equal(getsockname(listener, (void *)&address, &size), 0);
    assert_int_equal(pthread_create(&thread, NULL, drip, &listener), 0);
    snprintf(url, sizeof url, "http://127.0.0.1:%u/", (unsigned)ntohs(address.sin_port));
    struct http_options options = client_options();
    options.timeout_ms = 400;
    struct client client = client_open(options);
    stamp_t begin_ms = clock_boot_ms();
    struct reply reply = client_get_reply(&client, url);
    assert_true(clock_boot_ms() - begin_ms < 10000);
    assert_true(reply.sent);
    assert_false(reply.whole);
    assert_non_null(strstr(reply.trouble, "no complete answer within 0.4 s"));
    client_close(&client);
    pthread_join(thread, NULL);
    close(listener);
}

int
main(void)
{
    http_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_status_that_asks_for_another_request_is_an_answer),
        cmocka_unit_test(another_protocol_is_not_spoken),
        cmocka_unit_test(what_is_packed_stays_packed),
        cmocka_unit_test(forerunners_without_end_are_given_up),
        cmocka_unit_test(an_answer_that_drips_is_waited_for_no_longer_than_any_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
