#include "sim/clerk.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/text.h"
#include "sim/chance.h"
#include "sim/caller.h"
#include "sim/misbehave.h"
#include "sim/operation.h"

static const char content_type[] = "application/x-amz-json-1.1";
static const char target_prefix[] = "MTurkRequesterServiceV20170117.";

void
clerk_init(struct clerk *clerk, struct world *world, struct faults *faults)
{
    *clerk = (struct clerk){
        .world = world,
        .faults = faults,
        .service_lock = {.credentials = &world->credentials,
                         .scope = {"us-east-1", "mturk-requester"}},
        .caller_lock = {.credentials = &world->credentials, .scope = {"us-east-1", "sts"}},
    };
}

static const struct operation *
operation_of(const struct call *call)
{
    const char *target = call_header(call, "x-amz-target");
    if (!target || !text_starts(target, target_prefix))
        return NULL;
    return operation_find(target + strlen(target_prefix));
}

static bool
route_check(const struct call *call, const struct operation *operation, struct response *response,
            struct arena *arena)
{
    const char *type = call_header(call, "content-type");
    if (operation && text_same(call->method, "POST") && text_same(call->path, "/") &&
        text_same(call->query, "") && text_same(type, content_type))
        return true;
    response_error(response, operation ? 404 : 400, "UnknownOperationException",
                   "The requested operation is not known: it takes POST to /, content type "
                   "application/x-amz-json-1.1 and an X-Amz-Target of the service.",
                   NULL, arena);
    return false;
}

static bool
signature_check(struct clerk *clerk, const struct call *call, stamp_t now_ms,
                struct response *response, struct arena *arena)
{
    struct gate_verdict verdict = gate_check(call, &clerk->service_lock, now_ms, arena);
    if (verdict.gate == GATE_OPEN)
        return true;
    response_error(response, 400, gate_json_type(verdict.gate), verdict.message, NULL, arena);
    return false;
}

/* Keys that stand twice are refused, because readers differ on which one counts. */
static json_t *
input_read(const struct call *call, struct response *response, struct arena *arena)
{
    json_error_t trouble;
    json_t *input =
        json_loadb(call->body ? call->body : "", call->body_size, JSON_REJECT_DUPLICATES, &trouble);
    if (!input)
        response_error(response, 400, "SerializationException",
                       arena_print(arena, "The body is not JSON: %s", trouble.text), NULL, arena);
    return input;
}

/* Seconds since 1970 with milliseconds have 13 digits. */
static void
output_print(json_t *output, struct response *response, struct arena *arena)
{
    char *text = json_dumps(output, JSON_COMPACT | JSON_REAL_PRECISION(13));
    response->status = 200;
    response->body_size = strlen(text);
    response->body = arena_text(arena, text, response->body_size);
    free(text);
    json_decref(output);
}

static void
operation_answer(struct clerk *clerk, const struct operation *operation, json_t *input,
                 stamp_t now_ms, struct arena *arena, struct response *response)
{
    struct desk desk = {.world = clerk->world,
                        .operation = operation->name,
                        .input = input,
                        .now_ms = now_ms,
                        .ordinal = clerk->calls,
                        .arena = arena,
                        .response = response};
    if (!shape_check(input, operation->members, response, arena))
        return;
    json_t *output = operation->carry_out(&desk);
    if (output)
        output_print(output, response, arena);
}

static void
service_answer(struct clerk *clerk, const struct call *call, stamp_t now_ms, struct arena *arena,
               struct response *response)
{
    const struct operation *operation = operation_of(call);
    if (operation && operation->writes)
        clerk->world->book.totals.writes++;
    if (!route_check(call, operation, response, arena) ||
        !signature_check(clerk, call, now_ms, response, arena))
        return;
    json_t *input = input_read(call, response, arena);
    if (!input)
        return;
    const struct fault *fault = clerk->faults ? faults_next(clerk->faults, operation->name, input,
                                                            now_ms, &response->delay_ms)
                                              : NULL;
    if (!fault || fault_lets_it_happen(fault))
        operation_answer(clerk, operation, input, now_ms, arena, response);
    if (fault)
        misbehave(fault, now_ms, arena, response);
    json_decref(input);
}

/* Every answer carries a request id and the date, as AWS's do; clients take their clock from it. */
static void
headers_add(const struct clerk *clerk, stamp_t now_ms, const char *type, struct arena *arena,
            struct response *response)
{
    uint64_t stream = chance_make(clerk->world->seed, ~clerk->calls);
    char *id = arena_alloc(arena, CHANCE_UUID_SIZE);
    char *date = arena_alloc(arena, STAMP_TEXT_SIZE);
    response_header(response, "x-amzn-RequestId", chance_uuid(&stream, id));
    response_header(response, "Content-Type", type);
    response_header(response, "Date", stamp_print_http(date, now_ms));
}

void
clerk_answer(struct clerk *clerk, const struct call *call, stamp_t now_ms, struct arena *arena,
             struct response *response)
{
    bool asks_caller = caller_is_asked(call);
    *response = (struct response){.status = 200, .body = "", .speaks_xml = asks_caller};
    headers_add(clerk, now_ms, asks_caller ? "text/xml" : content_type, arena, response);
    if (asks_caller)
        caller_answer(clerk, call, now_ms, arena, response);
    else
        service_answer(clerk, call, now_ms, arena, response);
    clerk->calls++;
}
