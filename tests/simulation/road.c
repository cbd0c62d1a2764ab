#include "road.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "cast.h"
#include "fate.h"
#include "oracle.h"
#include "scene.h"

enum { EXCHANGES_MAX = 256, WAITS_MAX = 50000 };

static struct {
    struct inside *marketplace;
    struct exchange exchanges[EXCHANGES_MAX];
    size_t count;
    size_t writes, waits;
} road;

void
road_begin(void)
{
    struct error err = {0};
    struct buffer world = {0};
    struct problems problems = {.arena = &scene.arena};
    cast_print_world(&world);
    struct sim_options options = {.world_name = "world.yaml",
                                  .world = world.bytes,
                                  .world_size = world.size,
                                  .seed = scene.seed};
    road.count = road.writes = road.waits = 0;
    road.marketplace = inside_open(&options, scene.now_ms, &problems, &err);
    if (!road.marketplace)
        wrong("the world cannot be opened: %s%s\n%s", err.text,
              problems.count ? problems.items[0].text : "", world.bytes);
    buffer_close(&world);
}

void
road_end(void)
{
    if (road.marketplace)
        inside_close(road.marketplace);
    road.marketplace = NULL;
}

const struct inside *
road_marketplace(void)
{
    return road.marketplace;
}

size_t
road_writes(void)
{
    return road.writes;
}

static const char *
operation_of(const struct request *request)
{
    for (size_t i = 0; i < request->header_count; i++)
        if (strcmp(request->headers[i].name, "X-Amz-Target") == 0)
            return strchr(request->headers[i].value, '.') + 1;
    return "";
}

static bool
is_write(const char *operation)
{
    return strncmp(operation, "Get", 3) != 0 && strncmp(operation, "List", 4) != 0;
}

static struct request
request_copy(const struct request *request)
{
    struct request copy = *request;
    copy.url = arena_copy(&scene.arena, request->url);
    copy.body = arena_copy(&scene.arena, request->body);
    for (size_t i = 0; i < request->header_count; i++)
        copy.headers[i] = (struct header){arena_copy(&scene.arena, request->headers[i].name),
                                          arena_copy(&scene.arena, request->headers[i].value)};
    return copy;
}

static void
arrive(struct exchange *exchange)
{
    bool inside = scene.inside;
    scene.inside = false;
    exchange->travels = false;
    exchange->reply =
        inside_answer(road.marketplace, &exchange->request, scene.now_ms, &scene.arena);
    trace("  %s arrives%s: %d %.60s", operation_of(&exchange->request),
          exchange->awaited ? "" : " from a process that is gone", exchange->reply.status,
          exchange->reply.status == 200 ? "" : exchange->reply.body);
    fate_settle(exchange);
    scene.inside = inside;
}

void
road_advance(stamp_t to_ms)
{
    for (;;) {
        struct exchange *next = NULL;
        for (size_t i = 0; i < road.count; i++)
            if (road.exchanges[i].travels &&
                (!next || road.exchanges[i].arrives_ms < next->arrives_ms))
                next = &road.exchanges[i];
        if (!next || next->arrives_ms > to_ms)
            break;
        scene.now_ms = next->arrives_ms > scene.now_ms ? next->arrives_ms : scene.now_ms;
        arrive(next);
    }
    scene.now_ms = to_ms > scene.now_ms ? to_ms : scene.now_ms;
}

void
road_new_process(void)
{
    size_t kept = 0;
    for (size_t i = 0; i < road.count; i++) {
        road.exchanges[i].awaited = false;
        if (road.exchanges[i].travels)
            road.exchanges[kept++] = road.exchanges[i];
    }
    road.count = kept;
    road.writes = road.waits = 0;
}

static bool
road_start(void *self, uint64_t ticket, const struct request *request, struct error *err)
{
    (void)self;
    const char *operation = operation_of(request);
    scene.now_ms += 1;
    if (is_write(operation)) {
        road.writes++;
        oracle_sends(request, operation);
    } else {
        oracle_asks(operation);
    }
    trace("  > %s %.100s", operation, is_write(operation) ? request->body : "");
    if (dice_hit(scene.odds.crash_call / 2))
        process_die(dice_hit(scene.odds.power), "call, before it");
    if (dice_hit(scene.odds.unsent / 3))
        return error_say(err, "nothing could begin");
    bool inside = scene.inside;
    scene.inside = false;
    assert(road.count < EXCHANGES_MAX);
    struct exchange *exchange = &road.exchanges[road.count++];
    *exchange = (struct exchange){.ticket = ticket, .awaited = true};
    exchange->request = request_copy(request);
    fate_draw(exchange, operation);
    if (is_write(operation) && exchange->answer != ANSWER_MADE && exchange->answer != ANSWER_UNSENT)
        oracle_attempted(request, operation);
    scene.inside = inside;
    if (dice_hit(scene.odds.crash_call / 2))
        process_die(dice_hit(scene.odds.power), "call, after it");
    return true;
}

static struct exchange *
next_answer(void)
{
    struct exchange *next = NULL;
    for (size_t i = 0; i < road.count; i++)
        if (road.exchanges[i].awaited && (!next || road.exchanges[i].answers_ms < next->answers_ms))
            next = &road.exchanges[i];
    return next;
}

/* The machine sleeps, its clock is set, the person is impatient. */
static void
meanwhile(void)
{
    if (dice_hit(scene.odds.sleep))
        road_advance(scene.now_ms + dice_between(STAMP_MINUTE_MS, 26 * STAMP_HOUR_MS));
    if (dice_hit(scene.odds.wall))
        scene.wall_off_ms += dice_between(-3 * 24 * STAMP_HOUR_MS, 3 * 24 * STAMP_HOUR_MS);
}

static bool
road_wait(void *self, int64_t timeout_us, uint64_t *ticket, struct reply *reply,
          struct arena *arena)
{
    (void)self;
    (void)arena;
    if (++road.waits > WAITS_MAX)
        wrong("the run does not end");
    if (timeout_us)
        meanwhile();
    struct exchange *next = next_answer();
    stamp_t until_ms = scene.now_ms + (timeout_us + 999) / 1000; /* its clock has milliseconds */
    if (!next || next->answers_ms > until_ms) {
        road_advance(until_ms);
        return false;
    }
    road_advance(next->answers_ms);
    *ticket = next->ticket;
    *reply = next->reply;
    next->awaited = false;
    size_t kept = 0;
    for (size_t i = 0; i < road.count; i++)
        if (road.exchanges[i].awaited || road.exchanges[i].travels)
            road.exchanges[kept++] = road.exchanges[i];
    road.count = kept;
    return true;
}

static void
road_cancel(void *self, uint64_t ticket)
{
    (void)self;
    for (size_t i = 0; i < road.count; i++)
        if (road.exchanges[i].ticket == ticket)
            road.exchanges[i].awaited = false;
}

struct transport
road_transport(void)
{
    return (struct transport){NULL, road_start, road_wait, road_cancel};
}
