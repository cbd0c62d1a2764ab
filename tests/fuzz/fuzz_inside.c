/* Calls of any content to the simulator, most of them well signed: it never crashes, its book sums
 * to zero after each, and the account only gets poorer. */
#include "fuzz.h"

#include "base/sign.h"
#include "sim/inside.h"

#define START_MS 1795442400000

static const char world[] =
    "balance: 100.00\n"
    "qualifications:\n"
    "  - { id: 3Q, name: best-joke, description: told a joke, holders: { AHOLDER: 5 } }\n"
    "hits:\n"
    "  - id: 3H\n"
    "    title: Tell a joke\n"
    "    reward: 0.20\n"
    "    max_assignments: 5\n"
    "    assignments:\n"
    "      - { id: 3A1, worker: AW1, answers: { joke: <é & x> } }\n"
    "      - { id: 3A2, worker: AW2, status: Approved }\n"
    "      - { id: 3A3, worker: AW3, status: Rejected }\n"
    "bonuses: [ { assignment: 3A2, worker: AW2, amount: 1.00, reason: x } ]\n"
    "unreachable: [AGONE]\n"
    "blocked: [ABAD]\n";

static struct inside *
open_world(struct arena *arena)
{
    struct problems problems = {.arena = arena};
    struct error err = {0};
    struct sim_options options = {.world_name = "world.yaml", .world = world, .seed = 1};
    options.world_size = strlen(world);
    struct inside *inside = inside_open(&options, START_MS, &problems, &err);
    CLAIM(inside);
    return inside;
}

/* What a client would send; `bend` breaks it in one place. */
static struct request
request_make(const struct inside *inside, const char *target, const char *body, size_t size,
             unsigned bend, stamp_t now_ms, struct arena *arena)
{
    static const struct sign_scope scope = {"us-east-1", "mturk-requester"};
    char *date = arena_alloc(arena, STAMP_TEXT_SIZE);
    const struct header headers[] = {
        {"content-type", bend == 1 ? target : "application/x-amz-json-1.1"},
        {"host", "127.0.0.1"},
        {"x-amz-date", bend == 2 ? target : stamp_print_amz(date, now_ms)},
        {"x-amz-target", arena_print(arena, "MTurkRequesterServiceV20170117.%s", target)},
    };
    struct request request = {.url = "http://127.0.0.1/", .body = body, .body_size = size};
    memcpy(request.headers, headers, sizeof headers);
    struct sign_input input = {.method = "POST",
                               .path = "/",
                               .query = "",
                               .headers = headers,
                               .header_count = 4,
                               .body = body,
                               .body_size = size};
    input.amz_date = stamp_print_amz(arena_alloc(arena, STAMP_TEXT_SIZE), now_ms);
    char signature[DIGEST_TEXT_SIZE];
    sign_make(&input, &scope, inside_secret(inside), NULL, signature, arena);
    const char *authorization =
        sign_authorization(&input, &scope, inside_key_id(inside), signature, arena);
    /* `host` is added again by who carries the request, from its address. */
    request.headers[1] = (struct header){"authorization", bend == 3 ? target : authorization};
    request.header_count = 4;
    return request;
}

/* Calls: a byte that says what to bend, the operation, a NUL, the body, a NUL. */
int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    enum { CALLS_MAX = 8 };
    struct arena arena = {0};
    struct feed feed = {bytes, size};
    struct inside *inside = open_world(&arena);
    cents_t balance = inside_totals(inside).balance;
    for (int call = 0; call < CALLS_MAX && feed.left; call++) {
        unsigned bend = feed_byte(&feed);
        const char *target = feed_text(&feed, &size, &arena);
        const char *body = feed_text(&feed, &size, &arena);
        struct request request =
            request_make(inside, target, body, size, bend, START_MS + call, &arena);
        struct reply reply = inside_answer(inside, &request, START_MS + call, &arena);
        CLAIM(reply.sent && reply.whole && reply.status >= 200);
        CLAIM(reply.status != 200 || (bend != 2 && bend != 3));
        CLAIM(inside_sum(inside) == 0);
        CLAIM(inside_totals(inside).balance <= balance && inside_totals(inside).balance >= 0);
        balance = inside_totals(inside).balance;
    }
    inside_close(inside);
    arena_close(&arena);
    return 0;
}
