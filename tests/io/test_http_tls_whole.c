/* When an answer counts as whole, under TLS: cut at every byte, with TLS's own word for the end,
 * without it, and torn down. The word says that nothing was cut by a stranger, not that the server
 * had said all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <signal.h>
#include <stdlib.h>

#include "client.h"
#include "io/file.h"
#include "tls_server.h"

#define BODY "{\"a\":\"0123456789\"}"                 /* 18 bytes */
#define OK "HTTP/1.1 200 OK\r\nConnection: close\r\n" /* each cut has its own connection */

static const char with_length[] = OK "x-amzn-RequestId: 4b7a\r\n"
                                     "Content-Length: 18\r\n"
                                     "\r\n" BODY;
static const char with_chunks[] = OK "Transfer-Encoding: chunked\r\n"
                                     "\r\n"
                                     "12\r\n" BODY "\r\n"
                                     "0\r\n"
                                     "\r\n";
static const char empty[] = OK "Content-Length: 0\r\n\r\n";
static const char endless[] = OK "\r\n" BODY;

static const struct {
    const char *bytes;
    size_t size;
    size_t least; /* the fewest bytes that say all */
} answers[] = {
    {with_length, sizeof with_length - 1, sizeof with_length - 1},
    {with_chunks, sizeof with_chunks - 1, sizeof with_chunks - 2},
    {empty, sizeof empty - 1, sizeof empty - 1},
    {endless, sizeof endless - 1, SIZE_MAX}, /* only the end of the connection ends it */
};
enum { ANSWERS = sizeof answers / sizeof *answers };

struct booth {
    struct arena arena;
    char *folder;
    struct tls_server server;
    struct client client;
};

static int
booth_open(void **state)
{
    struct booth *booth = calloc(1, sizeof *booth);
    struct error err = {0};
    *state = booth;
    if (!booth || !(booth->folder = file_temporary_folder(&booth->arena, &err)))
        return -1;
    char *certificate = arena_print(&booth->arena, "%s/here.pem", booth->folder);
    if (!tls_open(&booth->server, certificate))
        return -1;
    struct http_options options = client_options();
    options.ca_bundle = certificate;
    booth->client = client_open(options);
    return 0;
}

static int
booth_close(void **state)
{
    struct booth *booth = *state;
    client_close(&booth->client);
    tls_close(&booth->server);
    file_folder_remove(booth->folder);
    arena_close(&booth->arena);
    free(booth);
    return 0;
}

/* The reply to an answer of which only the first `size` bytes come. */
static struct reply
reply_to_cut(struct booth *booth, size_t which, size_t size, enum tls_end end)
{
    arena_reset(&booth->client.arena);
    tls_set(&booth->server, answers[which].bytes, size, end);
    struct reply reply = client_get_reply(&booth->client, booth->server.url);
    assert_int_equal(tls_requests(&booth->server), 1);
    assert_true(reply.sent);
    return reply;
}

static void
an_answer_that_ends_at_any_byte_is_whole_only_at_its_end(void **state)
{
    struct booth *booth = *state;
    static const enum tls_end ends[] = {TLS_NOTIFY, TLS_CLOSE};
    for (size_t i = 0; i < 2; i++)
        for (size_t which = 0; which < ANSWERS; which++)
            for (size_t size = 0; size <= answers[which].size; size++) {
                struct reply reply = reply_to_cut(booth, which, size, ends[i]);
                assert_int_equal(reply.whole, size >= answers[which].least);
                assert_int_equal(reply.trouble == NULL, reply.whole);
            }
}

static void
an_answer_torn_down_at_any_byte_is_never_whole_before_its_end(void **state)
{
    struct booth *booth = *state;
    for (size_t which = 0; which < ANSWERS; which++)
        for (size_t size = 0; size <= answers[which].size && size < answers[which].least; size++) {
            struct reply reply = reply_to_cut(booth, which, size, TLS_RESET);
            assert_false(reply.whole);
            assert_non_null(reply.trouble);
        }
}

int
main(void)
{
    signal(SIGPIPE, SIG_IGN); /* the server's: a client that has gone */
    http_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_answer_that_ends_at_any_byte_is_whole_only_at_its_end,
                                        booth_open, booth_close),
        cmocka_unit_test_setup_teardown(
            an_answer_torn_down_at_any_byte_is_never_whole_before_its_end, booth_open, booth_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
