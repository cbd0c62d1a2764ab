/* The rules for the end of an answer, without a socket: what a transport that errs, or a server
 * that lies, could bring. Cut answers over real connections are in test_http_whole.c. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "io/arrival.h"

/* Feeds the lines of a head one by one, and a body. */
static bool
is_whole(struct arrival *arrival, const char *head, const char *body, bool ended)
{
    arrival_init(arrival);
    for (const char *line = head; *line;) {
        size_t size = strcspn(line, "\n") + 1;
        assert_true(arrival_header(arrival, line, size));
        line += size;
    }
    assert_true(arrival_body(arrival, body, strlen(body)));
    return arrival_is_whole(arrival, ended);
}

#define OK "HTTP/1.1 200 OK\r\n"
#define LENGTH "Content-Length: 2\r\n"
#define CHUNKS "Transfer-Encoding: chunked\r\n"

static void
an_answer_is_whole_when_its_announced_end_was_reached(void **state)
{
    (void)state;
    static const struct {
        const char *head, *body;
        bool ended, whole;
    } cases[] = {
        {OK LENGTH "\r\n", "{}", true, true},
        {OK LENGTH "\r\n", "{}", false, false},
        {OK LENGTH "\r\n", "{", true, false},
        {OK LENGTH "\r\n", "{}}", true, false},
        {OK LENGTH LENGTH "\r\n", "{}", true, true},
        {OK LENGTH "Content-Length: 3\r\n\r\n", "{}", true, false},
        {OK "content-LENGTH:2\r\n\r\n", "{}", true, true},
        {"HTTP/1.1 200 OK\ncontent-length: 2 \n\n", "{}", true, true},
        {OK "Content-Length: +2\r\n\r\n", "{}", true, false},
        {OK "Content-Length: 2, 2\r\n\r\n", "{}", true, false},
        {OK LENGTH, "{}", true, false},
        {OK CHUNKS "\r\n", "{}", true, true},
        {OK CHUNKS "\r\n", "{}", false, false},
        {OK LENGTH CHUNKS "\r\n", "{}", true, false},
        {OK CHUNKS CHUNKS "\r\n", "{}", true, false},
        {OK CHUNKS "\r\nContent-Length: 9\r\n\r\n", "{}", true, true}, /* a trailer */
        {OK "\r\n", "{}", true, false},
        {"HTTP/1.1 204 No Content\r\n\r\n", "", true, true},
        {"HTTP/1.1 304 Not Modified\r\nContent-Length: 70\r\n\r\n", "", true, true},
        {"HTTP/1.1 204 No Content\r\n\r\n", "{}", true, false},
        {"HTTP/1.1 204 No Content\r\n", "", true, false},
        {"HTTP/1.1 100 Continue\r\n" LENGTH "\r\n", "{}", true, false},
        {"HTTP/1.1 100 Continue\r\n\r\n" OK LENGTH "\r\n", "{}", true, true},
        {"HTTP/1.1 100 Continue\r\n" LENGTH "\r\n" OK "\r\n", "{}", true, false},
        {LENGTH "\r\n", "{}", true, false},
        {"\r\n", "", true, false},
        {"", "", true, false},
    };
    struct arrival arrival = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(is_whole(&arrival, cases[i].head, cases[i].body, cases[i].ended),
                         cases[i].whole);
    arrival_close(&arrival);
}

static void
a_body_over_its_measure_is_not_taken(void **state)
{
    (void)state;
    static char mebibyte[1024 * 1024];
    struct arrival arrival = {0};
    arrival_init(&arrival);
    for (size_t i = 0; i < 8; i++)
        assert_true(arrival_body(&arrival, mebibyte, sizeof mebibyte));
    assert_false(arrival_body(&arrival, "x", 1));
    assert_string_equal(arrival.excess, "the answer is larger than 8 MiB");
    arrival_init(&arrival); /* nothing of it is left for the next answer */
    assert_null(arrival.excess);
    assert_int_equal(arrival.body.size, 0);
    arrival_close(&arrival);
}

static void
what_is_missing_is_put_in_words(void **state)
{
    (void)state;
    static const struct {
        const char *head, *body, *lack;
    } cases[] = {
        {"", "", "the connection ended before an answer began"},
        {OK LENGTH, "", "the answer was cut off within its headers"},
        {OK LENGTH "\r\n", "{", "the answer was cut off: 1 of 2 bytes came"},
        {OK CHUNKS "\r\n", "{", "the answer was cut off: its last chunk did not come"},
        {OK LENGTH CHUNKS "\r\n", "{", "the answer contradicts itself about where it ends"},
        {OK "\r\n", "{", "the answer does not say where it ends, so it may be cut off"},
    };
    struct arrival arrival = {0};
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_false(is_whole(&arrival, cases[i].head, cases[i].body, false));
        assert_string_equal(arrival_lack(&arrival, &arena), cases[i].lack);
    }
    arrival_close(&arrival);
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_is_whole_when_its_announced_end_was_reached),
        cmocka_unit_test(a_body_over_its_measure_is_not_taken),
        cmocka_unit_test(what_is_missing_is_put_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
