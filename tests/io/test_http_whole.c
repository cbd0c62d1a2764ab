/* When an answer counts as whole: cut at every byte, by a clean close and by a reset, it never
 * does; and neither does one that does not say where it ends. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "client.h"
#include "raw_server.h"

#define BODY "{\"a\":\"0123456789\"}" /* 18 bytes */

static const char with_length[] = "HTTP/1.1 200 OK\r\n"
                                  "x-amzn-RequestId: 4b7a\r\n"
                                  "Date: Mon, 23 Nov 2026 14:00:00 GMT\r\n"
                                  "Content-Length: 18\r\n"
                                  "Content-Type: application/x-amz-json-1.1\r\n"
                                  "\r\n" BODY;
static const char with_chunks[] = "HTTP/1.1 200 OK\r\n"
                                  "Transfer-Encoding: chunked\r\n"
                                  "\r\n"
                                  "8\r\n{\"a\":\"01\r\n"
                                  "A\r\n23456789\"}\r\n"
                                  "0\r\n"
                                  "\r\n";
static const char with_trailer[] = "HTTP/1.1 200 OK\r\n"
                                   "Transfer-Encoding: chunked\r\n"
                                   "Trailer: Content-Length\r\n"
                                   "\r\n"
                                   "12\r\n" BODY "\r\n"
                                   "0\r\n"
                                   "Content-Length: 4\r\n"
                                   "\r\n";
static const char after_continue[] = "HTTP/1.1 100 Continue\r\n"
                                     "Content-Length: 0\r\n"
                                     "\r\n"
                                     "HTTP/1.1 200 OK\r\n"
                                     "Content-Length: 18\r\n"
                                     "\r\n" BODY;
static const char without_body[] = "HTTP/1.1 204 No Content\r\n"
                                   "Date: Mon, 23 Nov 2026 14:00:00 GMT\r\n"
                                   "\r\n";
static const char refusal[] = "HTTP/1.1 400 Bad Request\r\n"
                              "Content-Length: 18\r\n"
                              "\r\n" BODY;

static const struct {
    const char *bytes;
    size_t size;
    /* The fewest bytes that say all. A chunked body is complete with its zero-sized chunk (RFC
     * 9112 8), so libcurl does not ask for the very last line feed. */
    size_t least;
    int status;
    const char *body;
} answers[] = {
    {with_length, sizeof with_length - 1, sizeof with_length - 1, 200, BODY},
    {with_chunks, sizeof with_chunks - 1, sizeof with_chunks - 2, 200, BODY},
    {with_trailer, sizeof with_trailer - 1, sizeof with_trailer - 2, 200, BODY},
    {after_continue, sizeof after_continue - 1, sizeof after_continue - 1, 200, BODY},
    {without_body, sizeof without_body - 1, sizeof without_body - 1, 204, ""},
    {refusal, sizeof refusal - 1, sizeof refusal - 1, 400, BODY},
};
enum { ANSWERS = sizeof answers / sizeof *answers };

/* The reply to an answer of which only the first `size` bytes come. */
static struct reply
reply_to_cut(struct raw_server *server, struct client *client, size_t which, size_t size,
             enum raw_end end)
{
    struct raw_answer answer = {.bytes = answers[which].bytes, .size = size, .end = end};
    arena_reset(&client->arena);
    raw_set(server, &answer, 1);
    struct reply reply = client_get_reply(client, server->url);
    assert_int_equal(raw_requests(server), 1);
    return reply;
}

static void
an_answer_closed_at_any_byte_is_whole_only_at_its_end(void **state)
{
    (void)state;
    struct raw_answer none = {0};
    struct raw_server *server = raw_open(&none, 1, true);
    struct client client = client_open(client_options());
    for (size_t which = 0; which < ANSWERS; which++)
        for (size_t size = 0; size <= answers[which].size; size++) {
            struct reply reply = reply_to_cut(server, &client, which, size, RAW_CLOSE);
            assert_true(reply.sent);
            assert_int_equal(reply.whole, size >= answers[which].least);
            assert_int_equal(reply.trouble == NULL, reply.whole);
        }
    client_close(&client);
    raw_close(server);
}

static void
an_answer_reset_at_any_byte_is_never_whole_before_its_end(void **state)
{
    (void)state;
    struct raw_answer none = {0};
    struct raw_server *server = raw_open(&none, 1, true);
    struct client client = client_open(client_options());
    for (size_t which = 0; which < ANSWERS; which++)
        for (size_t size = 0; size < answers[which].least; size++) {
            struct reply reply = reply_to_cut(server, &client, which, size, RAW_RESET);
            assert_true(reply.sent);
            assert_false(reply.whole);
            assert_non_null(reply.trouble);
        }
    client_close(&client);
    raw_close(server);
}

static void
an_uncut_answer_is_whole_on_a_connection_that_stays_open(void **state)
{
    (void)state;
    struct raw_answer none = {0};
    struct raw_server *server = raw_open(&none, 1, true);
    struct client client = client_open(client_options());
    for (size_t which = 0; which < ANSWERS; which++) {
        struct reply reply = reply_to_cut(server, &client, which, answers[which].size, RAW_KEEP);
        assert_true(reply.whole);
        assert_null(reply.trouble);
        assert_int_equal(reply.status, answers[which].status);
        assert_string_equal(reply.body, answers[which].body);
        assert_int_equal(reply.body_size, strlen(answers[which].body));
    }
    assert_int_equal(raw_connections(server), 1);
    client_close(&client);
    raw_close(server);
}

static void
an_answer_that_stalls_is_sent_and_not_whole(void **state)
{
    (void)state;
    struct raw_answer none = {0};
    struct raw_server *server = raw_open(&none, 1, true);
    struct http_options options = client_options();
    options.timeout_ms = 150;
    struct client client = client_open(options);
    static const size_t sizes[] = {0, 17, 60, sizeof with_length - 1 - 18, sizeof with_length - 2};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct reply reply = reply_to_cut(server, &client, 0, sizes[i], RAW_STALL);
        assert_true(reply.sent);
        assert_false(reply.whole);
        assert_non_null(strstr(reply.trouble, "answer within 0.15 s"));
    }
    client_close(&client);
    raw_close(server);
}

#define OK "HTTP/1.1 200 OK\r\n"

static void
an_answer_that_is_unclear_about_its_end_is_not_whole(void **state)
{
    (void)state;
    static const char *const unclear[] = {
        OK "\r\n" BODY,
        OK "Connection: close\r\n\r\n" BODY,
        OK "Content-Length: 18\r\nContent-Length: 17\r\n\r\n" BODY,
        OK "Content-Length: 18\r\nTransfer-Encoding: chunked\r\n\r\n12\r\n" BODY "\r\n0\r\n\r\n",
        OK "Transfer-Encoding: gzip, chunked\r\n\r\n12\r\n" BODY "\r\n0\r\n\r\n",
        OK "Content-Length: 18x\r\n\r\n" BODY,
        OK "Content-Length: -18\r\n\r\n" BODY,
        OK "Content-Length: \r\n\r\n" BODY,
        OK "Content-Length: 99999999999999999999\r\n\r\n" BODY,
        OK "Transfer-Encoding: chunked\r\n\r\nzz\r\n" BODY "\r\n0\r\n\r\n",
        "HTTP/0.9 200 OK\r\nContent-Length: 18\r\n\r\n" BODY,
        "HTTP/1.1 20\r\nContent-Length: 18\r\n\r\n" BODY,
        "hello, this is no HTTP at all",
        BODY,
    };
    struct raw_answer none = {0};
    struct raw_server *server = raw_open(&none, 1, true);
    struct client client = client_open(client_options());
    for (size_t i = 0; i < sizeof unclear / sizeof *unclear; i++) {
        struct raw_answer answer = {
            .bytes = unclear[i], .size = strlen(unclear[i]), .end = RAW_CLOSE};
        raw_set(server, &answer, 1);
        struct reply reply = client_get_reply(&client, server->url);
        assert_true(reply.sent);
        assert_false(reply.whole);
        assert_non_null(reply.trouble);
    }
    client_close(&client);
    raw_close(server);
}

/* Headers, then `size` bytes of filling. */
static char *
grow(const char *headers, size_t size, size_t *total)
{
    *total = strlen(headers) + size;
    char *bytes = malloc(*total + 1);
    assert_non_null(bytes);
    strcpy(bytes, headers);
    memset(bytes + strlen(headers), 'x', size);
    return bytes;
}

static void
an_answer_without_measure_is_given_up(void **state)
{
    (void)state;
    static const size_t nine_mib = (size_t)9 * 1024 * 1024;
    static const struct {
        const char *headers;
        size_t size;
        const char *trouble;
    } cases[] = {
        {OK "Content-Length: 9437184\r\n\r\n", nine_mib, "the answer is larger than 8 MiB"},
        {OK "\r\n", nine_mib, "the answer is larger than 8 MiB"},
        {OK "Transfer-Encoding: chunked\r\n\r\n900000\r\n", nine_mib,
         "the answer is larger than 8 MiB"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct raw_answer answer = {.end = RAW_CLOSE};
        char *bytes = grow(cases[i].headers, cases[i].size, &answer.size);
        answer.bytes = bytes;
        struct raw_server *server = raw_open(&answer, 1, true);
        struct client client = client_open(client_options());
        struct reply reply = client_get_reply(&client, server->url);
        assert_true(reply.sent);
        assert_false(reply.whole);
        assert_string_equal(reply.trouble, cases[i].trouble);
        client_close(&client);
        raw_close(server);
        free(bytes);
    }
}

static void
headers_without_end_are_given_up(void **state)
{
    (void)state;
    char *bytes = calloc(1, 1024 * 1024);
    assert_non_null(bytes);
    size_t size = (size_t)sprintf(bytes, OK);
    while (size < 200 * 1024)
        size += (size_t)sprintf(bytes + size, "X-Filling: %0100d\r\n", 0);
    size += (size_t)sprintf(bytes + size, "Content-Length: 0\r\n\r\n");
    struct raw_answer answer = {.bytes = bytes, .size = size, .end = RAW_CLOSE};
    struct raw_server *server = raw_open(&answer, 1, true);
    struct client client = client_open(client_options());
    struct reply reply = client_get_reply(&client, server->url);
    assert_true(reply.sent);
    assert_false(reply.whole);
    assert_string_equal(reply.trouble, "the answer has more than 100 KiB of headers");
    client_close(&client);
    raw_close(server);
    free(bytes);
}

int
main(void)
{
    http_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_closed_at_any_byte_is_whole_only_at_its_end),
        cmocka_unit_test(an_answer_reset_at_any_byte_is_never_whole_before_its_end),
        cmocka_unit_test(an_uncut_answer_is_whole_on_a_connection_that_stays_open),
        cmocka_unit_test(an_answer_that_stalls_is_sent_and_not_whole),
        cmocka_unit_test(an_answer_that_is_unclear_about_its_end_is_not_whole),
        cmocka_unit_test(an_answer_without_measure_is_given_up),
        cmocka_unit_test(headers_without_end_are_given_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
