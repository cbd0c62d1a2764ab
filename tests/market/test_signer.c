/* Our signer against libcurl's own (CURLOPT_AWS_SIGV4): libcurl signs and sends a request to a
 * socket of this test, and what it sent is signed again by us, at the date that libcurl chose. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <curl/curl.h>
#include <poll.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/text.h"
#include "market/mturk/mturk.h"

static const struct credentials keys = {
    .key_id = "AKIDEXAMPLE",
    .secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
    .session_token = "TOKEN/EXAMPLE+==",
};
static const char body[] = "{\"WorkerId\":\"A1\",\"Reason\":\"Danke sch\xc3\xb6n\"}";
static const char reply[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

static int
listener_open(uint16_t *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_true(listener >= 0);
    assert_int_equal(bind(listener, (struct sockaddr *)&address, size), 0);
    assert_int_equal(listen(listener, 1), 0);
    assert_int_equal(getsockname(listener, (struct sockaddr *)&address, &size), 0);
    *port = ntohs(address.sin_port);
    return listener;
}

/* Keeps libcurl going until `file` has something to read. */
static void
wait_until_readable(CURLM *multi, int file)
{
    struct pollfd one = {.fd = file, .events = POLLIN};
    for (int round = 0; round < 2000; round++) {
        int running = 0;
        assert_int_equal(curl_multi_perform(multi, &running), CURLM_OK);
        if (poll(&one, 1, 5) == 1)
            return;
    }
    fail_msg("libcurl sent nothing");
}

static void
receive(struct buffer *received, CURLM *multi, int listener)
{
    wait_until_readable(multi, listener);
    int connection = accept(listener, NULL, NULL);
    assert_true(connection >= 0);
    while (!received->bytes || !text_ends(received->bytes, body)) {
        wait_until_readable(multi, connection);
        char bytes[4096];
        ssize_t size = read(connection, bytes, sizeof bytes);
        assert_true(size > 0);
        buffer_add(received, bytes, (size_t)size);
    }
    assert_int_equal(write(connection, reply, strlen(reply)), strlen(reply));
    close(connection);
}

static CURL *
signed_by_curl(const char *url, struct curl_slist *headers)
{
    CURL *easy = curl_easy_init();
    assert_non_null(easy);
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    curl_easy_setopt(easy, CURLOPT_AWS_SIGV4, "aws:amz:us-east-1:mturk-requester");
    curl_easy_setopt(easy, CURLOPT_USERNAME, keys.key_id);
    curl_easy_setopt(easy, CURLOPT_PASSWORD, keys.secret);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, body);
    return easy;
}

/* The value of a header line, whatever its name's case. */
static const char *
received_value(const char *received, const char *name, struct arena *arena)
{
    size_t size = strlen(name);
    for (const char *line = received; line; line = strstr(line, "\r\n")) {
        line += text_starts(line, "\r\n") ? 2 : 0;
        if (strncasecmp(line, name, size) == 0 && line[size] == ':')
            return text_trim(arena, line + size + 1, strcspn(line + size + 1, "\r"));
    }
    fail_msg("libcurl sent no %s", name);
    return "";
}

static void
our_signature_is_libcurls(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct buffer received = {0};
    uint16_t port;
    int listener = listener_open(&port);
    const char *endpoint = arena_print(&arena, "http://127.0.0.1:%u", port);
    struct curl_slist *headers =
        curl_slist_append(NULL, "Content-Type: application/x-amz-json-1.1");
    headers = curl_slist_append(headers, "X-Amz-Target: MTurkRequesterServiceV20170117.SendBonus");
    headers = curl_slist_append(
        headers, arena_print(&arena, "X-Amz-Security-Token: %s", keys.session_token));
    CURLM *multi = curl_multi_init();
    CURL *easy = signed_by_curl(arena_print(&arena, "%s/", endpoint), headers);
    curl_multi_add_handle(multi, easy);
    receive(&received, multi, listener);

    stamp_t chosen_ms = 0;
    assert_true(stamp_read_amz(received_value(received.bytes, "X-Amz-Date", &arena), &chosen_ms));
    struct request ours =
        mturk_market.request(TELL_BONUS, body, endpoint, &keys, chosen_ms, &arena);
    const struct header *last = &ours.headers[ours.header_count - 1];
    assert_string_equal(last->name, "Authorization");
    assert_string_equal(last->value, received_value(received.bytes, "Authorization", &arena));

    curl_multi_remove_handle(multi, easy);
    curl_easy_cleanup(easy);
    curl_multi_cleanup(multi);
    curl_slist_free_all(headers);
    close(listener);
    buffer_close(&received);
    arena_close(&arena);
}

int
main(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(our_signature_is_libcurls),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    curl_global_cleanup();
    return failed;
}
