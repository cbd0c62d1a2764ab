/* What http refuses, and where it does not let itself be led: addresses, redirects,
 * proxies, the environment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"
#include "client.h"
#include "io/peer.h"
#include "raw_server.h"

#define WHOLE "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"

static const struct raw_answer whole[] = {{WHOLE, sizeof WHOLE - 1, RAW_KEEP, false}};

static void
only_https_or_this_machine_is_spoken_to(void **state)
{
    (void)state;
    static const struct {
        const char *url;
        bool allowed, loopback;
    } cases[] = {
        {"https://mturk-requester.us-east-1.amazonaws.com/", true, false},
        {"https://127.0.0.1:8443/", true, true},
        {"http://127.0.0.1:80/", true, true},
        {"http://127.250.0.9:8000/", true, true},
        {"http://127.1:8000/", true, true},
        {"http://localhost:8000", true, true},
        {"http://LocalHost:8000", true, true},
        {"http://[::1]:8000/", true, true},
        {"http://example.org/", false, false},
        {"http://128.0.0.1/", false, false},
        {"http://localhost.example.org/", false, false},
        {"http://127.0.0.1.example.org/", false, false},
        {"http://127.0.0.1@example.org/", false, false},
        {"https://user:SECRET@example.org/", false, false},
        {"http://[::2]/", false, false},
        {"ftp://127.0.0.1/", false, true},
        {"file:///etc/passwd", false, false},
        {"127.0.0.1:8000", false, true},
        {"", false, false},
        {"HTTP://127.0.0.1:8000", true, true},
        {"http://127.0.0.%31:8000/", true, true},
        {"https://example.org//", true, false},
        {"https://example.org/path", false, false},
        {"https://example.org/?key=SECRET", false, false},
        {"https://example.org?SECRET", false, false},
        {"https://example.org/#SECRET", false, false},
        {"https://ex%0aample.org/", false, false},
        {"https://b\u00fccher.example/", false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct peer peer;
        struct error err = {0};
        assert_int_equal(peer_read(&peer, cases[i].url, &err), cases[i].allowed);
        assert_int_equal(err.text[0] == '\0', cases[i].allowed);
        assert_true(!cases[i].allowed || peer.loopback == cases[i].loopback);
        assert_null(strstr(err.text, "SECRET"));
    }
}

static void
a_header_that_would_become_two_is_not_sent(void **state)
{
    (void)state;
    static const struct header bad[] = {
        {"X-A", "SECRET\r\nX-B: 2"}, {"X-A", "SECRET\n"}, {"X-A", "\x01"}, {"X-A", "\x7f"},
        {"X-A\r\nX-B", "1"},         {"X A", "1"},        {"X:A", "1"},    {"", "1"},
    };
    struct raw_server *server = raw_open(whole, 1, true);
    struct client client = client_open(client_options());
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct request request = {.url = server->url, .headers = {bad[i]}, .header_count = 1};
        struct error err = {0};
        assert_false(client.transport.start(client.http, 1, &request, &err));
        assert_non_null(strstr(err.text, "header"));
        assert_null(strstr(err.text, "SECRET"));
    }
    assert_true(client_get_reply(&client, server->url).whole);
    assert_int_equal(raw_requests(server), 1);
    client_close(&client);
    raw_close(server);
}

static void
a_redirect_is_an_answer_and_is_not_followed(void **state)
{
    (void)state;
    struct raw_server *server = raw_open(whole, 1, true);
    char text[200];
    snprintf(text, sizeof text,
             "HTTP/1.1 307 Temporary Redirect\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n",
             server->url);
    struct raw_answer answer = {text, strlen(text), RAW_KEEP, false};
    raw_set(server, &answer, 1);
    struct client client = client_open(client_options());
    struct reply reply = client_get_reply(&client, server->url);
    assert_int_equal(reply.status, 307);
    assert_true(reply.whole);
    assert_int_equal(raw_requests(server), 1);
    client_close(&client);
    raw_close(server);
}

static void
this_machine_is_reached_without_a_proxy(void **state)
{
    (void)state;
    struct raw_server *server = raw_open(whole, 1, true), *proxy = raw_open(whole, 1, true);
    setenv("http_proxy", proxy->url, 1);
    setenv("all_proxy", proxy->url, 1);
    struct http_options options = client_options();
    options.proxy = proxy->url;
    options.no_proxy = "elsewhere.example";
    struct client client = client_open(options);
    assert_true(client_get_reply(&client, server->url).whole);
    assert_int_equal(raw_requests(server), 1);
    assert_int_equal(raw_connections(proxy), 0);
    client_close(&client);
    raw_close(server);
    raw_close(proxy);
    unsetenv("http_proxy");
    unsetenv("all_proxy");
}

static void
a_proxy_in_the_environment_alone_is_not_used(void **state)
{
    (void)state;
    struct raw_server *proxy = raw_open(whole, 1, true);
    setenv("https_proxy", proxy->url, 1);
    setenv("ALL_PROXY", proxy->url, 1);
    struct client client = client_open(client_options());
    /* Not this machine, and yet no packet leaves it. */
    struct reply reply = client_get_reply(&client, "https://255.255.255.255/");
    assert_false(reply.sent);
    assert_non_null(strstr(reply.trouble, "no connection to 255.255.255.255"));
    assert_int_equal(raw_connections(proxy), 0);
    client_close(&client);
    raw_close(proxy);
    unsetenv("https_proxy");
    unsetenv("ALL_PROXY");
}

static void
a_proxy_that_refuses_sees_no_header_and_its_password_is_not_shown(void **state)
{
    (void)state;
    static const char refusal[] = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n";
    struct raw_answer answer = {refusal, sizeof refusal - 1, RAW_CLOSE, false};
    struct raw_server *proxy = raw_open(&answer, 1, true);
    char address[100], shown[100];
    snprintf(address, sizeof address, "http://user:SECRET@127.0.0.1:%u", (unsigned)proxy->port);
    snprintf(shown, sizeof shown, "127.0.0.1:%u", (unsigned)proxy->port);
    struct http_options options = client_options();
    options.proxy = address;
    struct client client = client_open(options);
    struct reply reply = client_get_reply(&client, "https://service.invalid/");
    assert_false(reply.sent);
    assert_int_equal(reply.status, 0);
    assert_non_null(strstr(reply.trouble, "403"));
    assert_non_null(strstr(reply.trouble, shown));
    assert_true(text_starts(proxy->last, "CONNECT service.invalid:443 HTTP/1.1\r\n"));
    assert_null(strstr(proxy->last, "Amz"));
    assert_null(strstr(proxy->last, "AWS4"));
    client_close(&client);
    raw_close(proxy);
}

static void
options_that_cannot_be_used_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *proxy, *ca_bundle, *says;
    } cases[] = {
        {"socks5://user:SECRET@127.0.0.1:1080", NULL, "socks5://127.0.0.1:1080"},
        {"http://user:SECRET@[bad", NULL, "HTTPS_PROXY"},
        {NULL, "/nowhere/bundle.pem", "/nowhere/bundle.pem"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct http_options options = client_options();
        struct error err = {0};
        options.proxy = cases[i].proxy;
        options.ca_bundle = cases[i].ca_bundle;
        assert_null(http_open(&options, &err));
        assert_non_null(strstr(err.text, cases[i].says));
        assert_null(strstr(err.text, "SECRET"));
    }
}

static void
a_server_that_speaks_no_tls_gets_nothing(void **state)
{
    (void)state;
    static const struct raw_answer answers[] = {{WHOLE, sizeof WHOLE - 1, RAW_CLOSE, true}};
    struct raw_server *server = raw_open(answers, 1, true);
    char url[64];
    snprintf(url, sizeof url, "https://127.0.0.1:%u/", (unsigned)server->port);
    struct client client = client_open(client_options());
    struct reply reply = client_get_reply(&client, url);
    assert_false(reply.sent);
    assert_non_null(strstr(reply.trouble, "no encrypted connection to 127.0.0.1"));
    assert_null(strstr(server->last, "AWS4"));
    client_close(&client);
    raw_close(server);
}

static void
preparing_disarms_the_environment(void **state)
{
    (void)state;
    static const char *const hostile[] = {"SSLKEYLOGFILE",   "OPENSSL_CONF", "OPENSSL_MODULES",
                                          "SSL_CERT_FILE",   "SSL_CERT_DIR", "CURL_CA_BUNDLE",
                                          "CURL_SSL_BACKEND"};
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++)
        setenv(hostile[i], "/tmp/hostile", 1);
    setenv("HTTPS_PROXY", "http://proxy.example:3128", 1);
    http_prepare();
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++)
        assert_null(getenv(hostile[i]));
    assert_string_equal(getenv("HTTPS_PROXY"), "http://proxy.example:3128");
    unsetenv("HTTPS_PROXY");
    assert_non_null(strstr(http_versions(), " with OpenSSL/"));
}

int
main(void)
{
    http_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_https_or_this_machine_is_spoken_to),
        cmocka_unit_test(a_header_that_would_become_two_is_not_sent),
        cmocka_unit_test(a_redirect_is_an_answer_and_is_not_followed),
        cmocka_unit_test(this_machine_is_reached_without_a_proxy),
        cmocka_unit_test(a_proxy_in_the_environment_alone_is_not_used),
        cmocka_unit_test(a_proxy_that_refuses_sees_no_header_and_its_password_is_not_shown),
        cmocka_unit_test(options_that_cannot_be_used_are_named),
        cmocka_unit_test(a_server_that_speaks_no_tls_gets_nothing),
        cmocka_unit_test(preparing_disarms_the_environment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
