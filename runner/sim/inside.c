#include "sim/inside.h"

#include <stdlib.h>
#include <string.h>

#include "sim/clerk.h"

struct inside {
    struct world world;
    struct faults faults;
    struct clerk clerk;
};

struct inside *
inside_open(const struct sim_options *options, stamp_t now_ms, struct problems *problems,
            struct error *err)
{
    struct inside *inside = calloc(1, sizeof *inside);
    if (!inside) {
        error_say(err, "out of memory");
        return NULL;
    }
    struct world_options world = {.name = options->world_name,
                                  .bytes = options->world,
                                  .size_bytes = options->world_size,
                                  .seed = options->seed,
                                  .now_ms = now_ms};
    bool fine = world_read(&inside->world, &world, problems, err);
    if (fine && options->faults)
        fine = faults_open(&inside->faults, options->faults_name, options->faults,
                           options->faults_size, options->seed, problems);
    if (!fine) {
        inside_close(inside);
        return NULL;
    }
    clerk_init(&inside->clerk, &inside->world, options->faults ? &inside->faults : NULL);
    return inside;
}

const char *
inside_key_id(const struct inside *inside)
{
    return inside->world.credentials.key_id;
}

const char *
inside_secret(const struct inside *inside)
{
    return inside->world.credentials.secret;
}

/* The headers as they would travel: the request's own, and the host of its address. */
static size_t
headers_make(const struct request *request, struct header headers[REQUEST_HEADERS_MAX + 1],
             struct arena *arena)
{
    memcpy(headers, request->headers, request->header_count * sizeof *headers);
    const char *host = strstr(request->url, "://");
    host = host ? host + 3 : request->url;
    headers[request->header_count] =
        (struct header){"Host", arena_text(arena, host, strcspn(host, "/"))};
    return request->header_count + 1;
}

static struct reply
reply_make(const struct response *response)
{
    struct reply reply = {.sent = true};
    if (response->hang_up || response->hang || response->cut) {
        reply.trouble = "the connection was lost before an answer came";
        return reply;
    }
    reply.whole = true;
    reply.status = response->status;
    reply.body = response->body;
    reply.body_size = response->body_size;
    for (size_t i = 0; i < response->header_count; i++) {
        if (strcmp(response->headers[i].name, "Date") == 0)
            reply.date = response->headers[i].value;
        if (strcmp(response->headers[i].name, "x-amzn-RequestId") == 0)
            reply.request_id = response->headers[i].value;
    }
    return reply;
}

struct reply
inside_answer(struct inside *inside, const struct request *request, stamp_t now_ms,
              struct arena *arena)
{
    struct header headers[REQUEST_HEADERS_MAX + 1];
    struct call call = {.method = "POST",
                        .path = "/",
                        .query = "",
                        .headers = headers,
                        .header_count = headers_make(request, headers, arena),
                        .body = request->body,
                        .body_size = request->body_size};
    struct response response = {0};
    clerk_answer(&inside->clerk, &call, now_ms, arena, &response);
    return reply_make(&response);
}

struct sim_totals
inside_totals(const struct inside *inside)
{
    return inside->world.book.totals;
}

cents_t
inside_sum(const struct inside *inside)
{
    return book_sum(&inside->world.book);
}

void
inside_close(struct inside *inside)
{
    faults_close(&inside->faults);
    world_close(&inside->world);
    free(inside);
}
