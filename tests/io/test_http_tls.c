/* Whom http trusts, against `openssl s_server` with certificates made for the occasion. Skipped
 * where the openssl command is not installed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "client.h"
#include "io/file.h"
#include "io/spawn.h"

struct tls_server {
    pid_t process;
    int output;
    char url[64];
};

static struct arena arena;
static char *folder;

static char *
path_of(const char *name)
{
    return arena_print(&arena, "%s/%s", folder, name);
}

static bool
run_openssl(const char *arguments)
{
    struct error err = {0};
    struct buffer out = {0};
    char **argv;
    int exit_code = -1;
    bool good = spawn_split(arena_print(&arena, "openssl %s", arguments), &arena, &argv, &err) &&
                spawn_read(argv, 30000, 65536, &out, &exit_code, &err) && exit_code == 0;
    buffer_close(&out);
    return good;
}

/* A certificate that signs itself, for one name. */
static bool
make_certificate(const char *name, const char *subject)
{
    return run_openssl(
        arena_print(&arena,
                    "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes "
                    "-subj /CN=test -addext subjectAltName=%s -days 2 -keyout %s/%s.key "
                    "-out %s/%s.pem",
                    subject, folder, name, folder, name));
}

static int
make_certificates(void **state)
{
    (void)state;
    struct error err = {0};
    if (!run_openssl("version"))
        return 0; /* each test sees that there is no folder */
    folder = file_temporary_folder(&arena, &err);
    bool made = folder && make_certificate("here", "IP:127.0.0.1") &&
                make_certificate("elsewhere", "DNS:elsewhere.example");
    return made ? 0 : -1;
}

static int
remove_certificates(void **state)
{
    (void)state;
    if (folder)
        file_folder_remove(folder);
    arena_close(&arena);
    return 0;
}

/* Starts a server on a free port, which it names on its stdout. */
static struct tls_server
serve(const char *certificate, const char *extra)
{
    struct tls_server server = {0};
    struct error err = {0};
    char **argv;
    int ends[2];
    char *command =
        arena_print(&arena, "openssl s_server -www -accept 127.0.0.1:0 -cert %s.pem -key %s.key %s",
                    path_of(certificate), path_of(certificate), extra);
    assert_true(spawn_split(command, &arena, &argv, &err));
    assert_int_equal(pipe(ends), 0);
    server.process = fork();
    if (server.process == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL); /* also when a test fails before it is stopped */
        dup2(ends[1], 1);
        dup2(ends[1], 2); /* its complaints about us are what is wanted */
        close(ends[0]);
        close(ends[1]);
        execvp(argv[0], argv);
        _exit(127);
    }
    close(ends[1]);
    server.output = ends[0];
    char text[512] = "";
    size_t size = 0;
    unsigned port = 0;
    for (char *at = NULL; !at || !strchr(at, '\n'); at = strstr(text, "ACCEPT 127.0.0.1:")) {
        ssize_t got = read(ends[0], text + size, sizeof text - 1 - size);
        assert_true(got > 0);
        size += (size_t)got;
        text[size] = '\0';
    }
    assert_int_equal(sscanf(strstr(text, "ACCEPT "), "ACCEPT 127.0.0.1:%u", &port), 1);
    snprintf(server.url, sizeof server.url, "https://127.0.0.1:%u/", port);
    return server;
}

static void
stop(struct tls_server *server)
{
    kill(server->process, SIGKILL);
    waitpid(server->process, NULL, 0);
    close(server->output);
}

static struct reply
ask(struct client *client, const char *url)
{
    struct request request = client_request(url);
    request.body = NULL;
    return client_exchange(client, &request);
}

static void
a_certificate_that_is_not_trusted_stops_us_before_sending(void **state)
{
    (void)state;
    if (!folder)
        skip();
    static const struct {
        const char *certificate, *trusted, *says;
    } cases[] = {
        {"here", NULL, "the certificate of 127.0.0.1:"},
        {"here", "elsewhere", "is not trusted: self-signed certificate"},
        {"elsewhere", "elsewhere", "target host name '127.0.0.1'"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct tls_server server = serve(cases[i].certificate, "");
        struct http_options options = client_options();
        options.ca_bundle =
            cases[i].trusted ? arena_print(&arena, "%s.pem", path_of(cases[i].trusted)) : NULL;
        struct client client = client_open(options);
        struct reply reply = ask(&client, server.url);
        assert_false(reply.sent);
        assert_int_equal(reply.status, 0);
        assert_non_null(strstr(reply.trouble, cases[i].says));
        client_close(&client);
        stop(&server);
    }
}

static void
a_certificate_in_the_given_bundle_is_trusted(void **state)
{
    (void)state;
    if (!folder)
        skip();
    struct tls_server server = serve("here", "");
    struct http_options options = client_options();
    options.ca_bundle = path_of("here.pem");
    struct client client = client_open(options);
    struct reply reply = ask(&client, server.url);
    assert_true(reply.sent);
    assert_int_equal(reply.status, 200);
    assert_false(reply.whole); /* s_server announces no length */
    client_close(&client);
    stop(&server);
}

static void
a_server_of_old_tls_gets_nothing(void **state)
{
    (void)state;
    if (!folder)
        skip();
    static const char *const old[] = {"-tls1_1 -cipher ALL:@SECLEVEL=0",
                                      "-tls1_2 -cipher ECDHE-ECDSA-AES128-SHA"};
    for (size_t i = 0; i < sizeof old / sizeof *old; i++) {
        struct tls_server server = serve("here", old[i]);
        struct http_options options = client_options();
        options.ca_bundle = path_of("here.pem");
        struct client client = client_open(options);
        struct reply reply = ask(&client, server.url);
        assert_false(reply.sent);
        assert_non_null(strstr(reply.trouble, "no encrypted connection to 127.0.0.1:"));
        client_close(&client);
        stop(&server);
    }
}

int
main(void)
{
    http_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_certificate_that_is_not_trusted_stops_us_before_sending),
        cmocka_unit_test(a_certificate_in_the_given_bundle_is_trusted),
        cmocka_unit_test(a_server_of_old_tls_gets_nothing),
    };
    return cmocka_run_group_tests(tests, make_certificates, remove_certificates);
}
