/* The simulator on its port, with sockets of the test's own in the same thread. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/sign.h"
#include "sim/sim.h"

static const char world[] = "hits: [{ id: 3H, assignments: [{ id: 3A, worker: AW }] }]\n";

static const char bonus[] = "{\"WorkerId\":\"AW\",\"BonusAmount\":\"1.00\",\"AssignmentId\":\"3A\","
                            "\"Reason\":\"r\"}";

static struct sim *
open_with(const char *faults)
{
    struct arena arena = {0};
    struct problems problems = {.arena = &arena};
    struct error err = {0};
    struct sim_options options = {.world_name = "world.yaml",
                                  .world = world,
                                  .world_size = sizeof world - 1,
                                  .faults_name = "faults.yaml",
                                  .faults = faults,
                                  .faults_size = faults ? strlen(faults) : 0};
    struct sim *sim = sim_open(&options, &problems, &err);
    assert_non_null(sim);
    arena_close(&arena);
    return sim;
}

static uint16_t
port_of(const struct sim *sim)
{
    return (uint16_t)strtoul(strrchr(sim_endpoint(sim), ':') + 1, NULL, 10);
}

static int
connect_to(const struct sim *sim)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons(port_of(sim)),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int client = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(connect(client, (struct sockaddr *)&address, sizeof address), 0);
    return client;
}

/* A signed request as it goes over the wire. */
static void
request_send(const struct sim *sim, int client, const char *operation, const char *body)
{
    struct arena arena = {0};
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    char date[STAMP_TEXT_SIZE], signature[DIGEST_TEXT_SIZE];
    static const struct sign_scope scope = {"us-east-1", "mturk-requester"};
    const struct header headers[] = {
        {"content-type", "application/x-amz-json-1.1"},
        {"host", "127.0.0.1"},
        {"x-amz-date", stamp_print_amz(date, (stamp_t)now.tv_sec * 1000)},
        {"x-amz-target", arena_print(&arena, "MTurkRequesterServiceV20170117.%s", operation)},
    };
    struct sign_input input = {.method = "POST",
                               .path = "/",
                               .query = "",
                               .headers = headers,
                               .header_count = 4,
                               .body = body,
                               .body_size = strlen(body),
                               .amz_date = date};
    sign_make(&input, &scope, sim_secret(sim), NULL, signature, &arena);
    struct buffer text = {0};
    buffer_text(&text, "POST / HTTP/1.1\r\n");
    for (size_t i = 0; i < 4; i++)
        buffer_print(&text, "%s: %s\r\n", headers[i].name, headers[i].value);
    buffer_print(&text, "Authorization: %s\r\nContent-Length: %zu\r\n\r\n%s",
                 sign_authorization(&input, &scope, sim_key_id(sim), signature, &arena),
                 strlen(body), body);
    assert_int_equal(send(client, text.bytes, text.size, 0), text.size);
    buffer_close(&text);
    arena_close(&arena);
}

/* Drives the simulator for a while; what comes back is added to `got`. True when the connection
 * was closed by the other side. */
static bool
drive(struct sim *sim, int client, int for_ms, struct buffer *got)
{
    struct timespec begin, now;
    clock_gettime(CLOCK_MONOTONIC, &begin);
    for (now = begin;
         (now.tv_sec - begin.tv_sec) * 1000 + (now.tv_nsec - begin.tv_nsec) / 1000000 < for_ms;
         clock_gettime(CLOCK_MONOTONIC, &now)) {
        struct pollfd ready[] = {{.fd = sim_descriptor(sim), .events = POLLIN},
                                 {.fd = client, .events = POLLIN}};
        int wait_ms = sim_timeout_ms(sim);
        poll(ready, 2, wait_ms < 0 || wait_ms > 10 ? 10 : wait_ms);
        sim_step(sim);
        char bytes[4096];
        ssize_t size = recv(client, bytes, sizeof bytes, MSG_DONTWAIT);
        if (size == 0 || (size < 0 && errno != EAGAIN))
            return true;
        if (size > 0)
            buffer_add(got, bytes, (size_t)size);
    }
    return false;
}

static void
a_connection_serves_call_after_call(void **state)
{
    (void)state;
    struct sim *sim = open_with(NULL);
    int client = connect_to(sim);
    for (int i = 0; i < 3; i++) {
        struct buffer got = {0};
        request_send(sim, client, "GetAccountBalance", "{}");
        assert_false(drive(sim, client, 50, &got));
        assert_non_null(strstr(got.bytes, "HTTP/1.1 200 OK\r\n"));
        assert_non_null(strstr(got.bytes, "\r\n\r\n{\"AvailableBalance\":\"10000.00\"}"));
        buffer_close(&got);
    }
    close(client);
    sim_close(sim);
}

static void
a_cut_answer_and_a_hung_up_one_end_the_connection_as_the_row_says(void **state)
{
    (void)state;
    static const struct {
        const char *faults, *got;
        size_t bonuses;
        bool goes_on, reset;
    } cases[] = {
        {"[{ fault: half-answer, at_byte: 17 }]", "HTTP/1.1 200 OK\r\n", 1, false, false},
        {"[{ fault: half-answer, at_byte: 17, end: close }]", "HTTP/1.1 200 OK\r\n", 1, false,
         false},
        {"[{ fault: half-answer, at_byte: 17, end: reset }]", "HTTP/1.1 200 OK\r\n", 1, false,
         true},
        {"[{ fault: half-answer, at_byte: 17, end: hang }]", "HTTP/1.1 200 OK\r\n", 1, true, false},
        {"[{ fault: hang-up-after }]", "", 1, false, false},
        {"[{ fault: hang-up-before }]", "", 0, false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct sim *sim = open_with(cases[i].faults);
        int client = connect_to(sim);
        struct buffer got = {0};
        buffer_text(&got, "");
        request_send(sim, client, "SendBonus", bonus);
        errno = 0;
        assert_int_equal(drive(sim, client, cases[i].goes_on ? 100 : 1000, &got),
                         !cases[i].goes_on);
        assert_int_equal(errno == ECONNRESET, cases[i].reset);
        assert_string_equal(got.bytes, cases[i].got);
        assert_int_equal(sim_totals(sim).bonus_count, cases[i].bonuses);
        buffer_close(&got);
        close(client);
        sim_close(sim);
    }
}

static void
a_late_answer_comes_when_it_is_due(void **state)
{
    (void)state;
    struct sim *sim = open_with("[{ fault: latency, ms: 150 }]");
    int client = connect_to(sim);
    struct buffer got = {0};
    request_send(sim, client, "GetAccountBalance", "{}");
    assert_false(drive(sim, client, 100, &got));
    assert_int_equal(got.size, 0);
    assert_in_range(sim_timeout_ms(sim), 0, 60);
    assert_false(drive(sim, client, 200, &got));
    assert_non_null(strstr(got.bytes, "200 OK"));
    buffer_close(&got);
    close(client);
    sim_close(sim);
}

static void
a_hanging_call_ends_when_its_client_goes_or_the_simulator_closes(void **state)
{
    (void)state;
    struct sim *sim = open_with("[{ fault: hang, operation: SendBonus }]");
    int impatient = connect_to(sim), patient = connect_to(sim), other = connect_to(sim);
    struct buffer got = {0};
    request_send(sim, impatient, "SendBonus", bonus);
    request_send(sim, patient, "SendBonus", bonus);
    assert_false(drive(sim, impatient, 100, &got));
    assert_int_equal(got.size, 0);
    assert_int_equal(sim_totals(sim).bonus_count, 2);
    close(impatient);
    request_send(sim, other, "GetAccountBalance", "{}");
    assert_false(drive(sim, other, 300, &got));
    assert_non_null(strstr(got.bytes, "200 OK"));
    buffer_close(&got);
    sim_close(sim);
    close(patient);
    close(other);
}

static void
a_taken_port_is_said(void **state)
{
    (void)state;
    struct sim *sim = open_with(NULL);
    struct arena arena = {0};
    struct problems problems = {.arena = &arena};
    struct error err = {0};
    struct sim_options options = {.world_name = "world.yaml",
                                  .world = world,
                                  .world_size = sizeof world - 1,
                                  .port = port_of(sim)};
    assert_null(sim_open(&options, &problems, &err));
    assert_non_null(strstr(err.text, "cannot listen on 127.0.0.1:"));
    arena_close(&arena);
    sim_close(sim);
}

static volatile sig_atomic_t stop;

static void
stop_now(int number)
{
    (void)number;
    stop = 1;
}

static void
serving_ends_with_a_signal(void **state)
{
    (void)state;
    struct sim *sim = open_with(NULL);
    signal(SIGALRM, stop_now);
    alarm(1);
    assert_true(sim_serve(sim, &stop));
    sim_close(sim);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_connection_serves_call_after_call),
        cmocka_unit_test(a_cut_answer_and_a_hung_up_one_end_the_connection_as_the_row_says),
        cmocka_unit_test(a_late_answer_comes_when_it_is_due),
        cmocka_unit_test(a_hanging_call_ends_when_its_client_goes_or_the_simulator_closes),
        cmocka_unit_test(a_taken_port_is_said),
        cmocka_unit_test(serving_ends_with_a_signal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
