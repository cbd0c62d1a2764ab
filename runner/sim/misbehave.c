#include "sim/misbehave.h"

#include <string.h>

bool
fault_lets_it_happen(const struct fault *fault)
{
    switch ((enum fault_kind)fault->kind) {
    case FAULT_THROTTLE:
    case FAULT_RATE:
    case FAULT_SERVER_ERROR:
    case FAULT_REFUSE:
    case FAULT_HANG_UP_BEFORE:
        return false;
    case FAULT_GARBAGE:
    case FAULT_HANG:
        return fault->applied;
    case FAULT_LATENCY:
    case FAULT_SERVER_ERROR_AFTER:
    case FAULT_HANG_UP_AFTER:
    case FAULT_HALF_ANSWER:
        break;
    }
    return true;
}

static void
server_error(const struct fault *fault, stamp_t now_ms, struct arena *arena,
             struct response *response)
{
    const char *message = arena_print(
        arena, "Amazon Mechanical Turk is temporarily unable to process your request. (%lld)",
        (long long)now_ms);
    response_error(response, (int)fault->status, "ServiceFault", message,
                   "AWS.MechanicalTurk.ServiceFault", arena);
}

/* Somewhere in the middle of the whole answer, unless the row names the byte. */
static void
cut(const struct fault *fault, struct response *response)
{
    struct buffer whole = {0};
    response_print(response, &whole);
    response->cut = true;
    response->cut_end = (enum cut_end)fault->end;
    response->cut_at_byte = fault->at_byte ? (size_t)fault->at_byte : whole.size / 2;
    if (response->cut_at_byte >= whole.size)
        response->cut_at_byte = whole.size - 1;
    buffer_close(&whole);
}

void
misbehave(const struct fault *fault, stamp_t now_ms, struct arena *arena, struct response *response)
{
    switch ((enum fault_kind)fault->kind) {
    case FAULT_THROTTLE:
    case FAULT_RATE:
        response_error(response, 400, "ThrottlingException", "Rate exceeded", NULL, arena);
        break;
    case FAULT_SERVER_ERROR:
    case FAULT_SERVER_ERROR_AFTER:
        server_error(fault, now_ms, arena, response);
        break;
    case FAULT_REFUSE:
        response_error(response, (int)fault->status, fault->code, fault->message, fault->turk_code,
                       arena);
        break;
    case FAULT_HANG_UP_BEFORE:
    case FAULT_HANG_UP_AFTER:
        response->hang_up = true;
        break;
    case FAULT_HALF_ANSWER:
        cut(fault, response);
        break;
    case FAULT_GARBAGE:
        response->status = 200;
        response->body = "<html><body>It works!</body></html>";
        response->body_size = strlen(response->body);
        break;
    case FAULT_HANG:
        response->hang = true;
        break;
    case FAULT_LATENCY:
        break;
    }
}
