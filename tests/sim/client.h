/* A client for tests of the simulator's inside: it signs a call, hands it to the clerk without
 * any socket, and holds the answer. Time stands still until a test moves it. */
#ifndef TESTS_SIM_CLIENT_H
#define TESTS_SIM_CLIENT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <string.h>

#include "base/sign.h"
#include "base/text.h"
#include "sim/clerk.h"

enum { CLIENT_HEADERS = 6 };

struct client {
    struct world world;
    struct faults faults;
    struct clerk clerk;
    stamp_t now_ms;
    struct arena arena;
    struct response response;
    json_t *body; /* of the last answer; NULL when it was empty or is not JSON */
};

/* A small world that most tests begin with. */
static const char client_world[] =
    "now: 2026-11-23T14:00:00Z\n"
    "balance: 100.00\n"
    "qualifications:\n"
    "  - { id: 3Q, name: best-joke, description: told a good joke, holders: { AHOLDER: 5 } }\n"
    "hits:\n"
    "  - id: 3H\n"
    "    title: Tell a joke\n"
    "    reward: 0.20\n"
    "    max_assignments: 5\n"
    "    assignments:\n"
    "      - { id: 3A1, worker: AW1, submitted: 2026-11-21T10:00:00Z, answers: { joke: <é & x> } "
    "}\n"
    "      - { id: 3A2, worker: AW2, status: Approved }\n"
    "      - { id: 3A3, worker: AW3, status: Rejected, submitted: 2026-11-01T00:00:00Z }\n"
    "      - { id: 3A4, worker: AW4, status: Accepted }\n"
    "      - { id: 3A5, worker: AW5, status: Rejected, submitted: 2026-10-01T00:00:00Z }\n"
    "workers: [ANEW]\n"
    "known_workers: [AKNOWN, AGONE, ALATER]\n"
    "unreachable: [AGONE]\n"
    "unreachable_now: [ALATER]\n"
    "blocked: [ABAD]\n";

static inline void
client_open(struct client *client, const char *world, const char *faults)
{
    *client = (struct client){0};
    struct problems problems = {.arena = &client->arena};
    struct error err = {0};
    struct world_options options = {
        .name = "world.yaml", .bytes = world, .size_bytes = strlen(world), .seed = 1};
    bool opened = world_read(&client->world, &options, &problems, &err);
    if (problems.count)
        fail_msg("%u: %s", problems.items[0].where.line, problems.items[0].text);
    assert_true(opened);
    if (faults &&
        !faults_open(&client->faults, "faults.yaml", faults, strlen(faults), 1, &problems))
        fail_msg("%u: %s", problems.items[0].where.line, problems.items[0].text);
    clerk_init(&client->clerk, &client->world, faults ? &client->faults : NULL);
    client->now_ms = client->world.start_ms;
}

static inline void
client_close(struct client *client)
{
    assert_int_equal(book_sum(&client->world.book), 0);
    json_decref(client->body);
    faults_close(&client->faults);
    world_close(&client->world);
    arena_close(&client->arena);
}

/* Hands over a call as it stands. */
static inline void
client_send(struct client *client, const struct call *call)
{
    json_decref(client->body);
    clerk_answer(&client->clerk, call, client->now_ms, &client->arena, &client->response);
    client->body = json_loadb(client->response.body, client->response.body_size, 0, NULL);
}

/* The headers of a well-signed call; `scope` is where it is signed for. The last header is the
 * Authorization, the others are signed. */
static inline size_t
client_sign(struct client *client, struct call *call, const char *type, const char *target,
            const struct sign_scope *scope, struct header headers[CLIENT_HEADERS])
{
    struct arena *arena = &client->arena;
    const struct credentials *keys = &client->world.credentials;
    char *date = arena_alloc(arena, STAMP_TEXT_SIZE);
    size_t count = 0;
    headers[count++] = (struct header){"content-type", type};
    headers[count++] = (struct header){"host", "127.0.0.1"};
    headers[count++] = (struct header){"x-amz-date", stamp_print_amz(date, client->now_ms)};
    if (keys->session_token)
        headers[count++] = (struct header){"x-amz-security-token", keys->session_token};
    if (target)
        headers[count++] = (struct header){"x-amz-target", target};
    struct sign_input input = {.method = call->method,
                               .path = call->path,
                               .query = call->query,
                               .headers = headers,
                               .header_count = count,
                               .body = call->body,
                               .body_size = call->body_size,
                               .amz_date = date};
    char signature[DIGEST_TEXT_SIZE];
    sign_make(&input, scope, keys->secret, NULL, signature, arena);
    headers[count++] = (struct header){
        "authorization", sign_authorization(&input, scope, keys->key_id, signature, arena)};
    call->headers = headers;
    call->header_count = count;
    return count;
}

/* Signs and sends; gives the HTTP status. */
static inline int
client_call(struct client *client, const char *operation, const char *body)
{
    static const struct sign_scope scope = {"us-east-1", "mturk-requester"};
    struct header headers[CLIENT_HEADERS];
    struct call call = {
        .method = "POST", .path = "/", .query = "", .body = body, .body_size = strlen(body)};
    const char *target =
        arena_print(&client->arena, "MTurkRequesterServiceV20170117.%s", operation);
    client_sign(client, &call, "application/x-amz-json-1.1", target, &scope, headers);
    client_send(client, &call);
    return client->response.status;
}

/* A member of the last answer: "HIT.Title", "Assignments.0.WorkerId". NULL when it is not there. */
static inline json_t *
client_find(const struct client *client, const char *path)
{
    json_t *at = client->body;
    while (at && *path) {
        size_t size = strcspn(path, ".");
        char name[64] = {0};
        memcpy(name, path, size < 63 ? size : 63);
        at = json_is_array(at) ? json_array_get(at, strtoul(name, NULL, 10))
                               : json_object_get(at, name);
        path += size + (path[size] == '.');
    }
    return at;
}

static inline const char *
client_text(const struct client *client, const char *path)
{
    const char *text = json_string_value(client_find(client, path));
    return text ? text : "(none)";
}

static inline void
assert_done(struct client *client, const char *operation, const char *body)
{
    if (client_call(client, operation, body) != 200)
        fail_msg("%s was refused: %s", operation, client->response.body);
}

/* A call and how it is refused; an empty code is an answer without TurkErrorCode. */
struct refusal {
    const char *operation;
    const char *body;
    const char *type;
    const char *code;
    const char *words; /* the message begins with them */
};

static inline void
assert_refused(struct client *client, const struct refusal *r)
{
    cents_t before = book_balance(&client->world.book, "requester");
    size_t posted = client->world.book.posted;
    assert_int_not_equal(client_call(client, r->operation, r->body), 200);
    assert_string_equal(client_text(client, "__type"), r->type);
    const char *code =
        client_find(client, "TurkErrorCode") ? client_text(client, "TurkErrorCode") : "";
    assert_string_equal(text_starts(code, "AWS.MechanicalTurk.") ? code + 19 : code, r->code);
    const char *message = client_text(client, "Message");
    if (!client_find(client, "Message"))
        message = client_text(client, "message");
    if (!text_starts(message, r->words))
        assert_string_equal(message, r->words);
    assert_int_equal(book_balance(&client->world.book, "requester"), before);
    assert_int_equal(client->world.book.posted, posted);
}

static inline void
assert_all_refused(struct client *client, const struct refusal *refusals, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_refused(client, &refusals[i]);
}

static inline cents_t
client_balance(const struct client *client)
{
    return book_balance(&client->world.book, "requester");
}

#endif
