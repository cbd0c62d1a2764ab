#include "sim/desk.h"

#include <stdarg.h>
#include <string.h>

#include "base/text.h"

const char *
desk_text(const struct desk *desk, const char *member)
{
    return json_string_value(json_object_get(desk->input, member));
}

int64_t
desk_number(const struct desk *desk, const char *member, int64_t otherwise)
{
    const json_t *value = json_object_get(desk->input, member);
    return json_is_integer(value) ? (int64_t)json_integer_value(value) : otherwise;
}

bool
desk_flag(const struct desk *desk, const char *member, bool otherwise)
{
    const json_t *value = json_object_get(desk->input, member);
    return json_is_boolean(value) ? json_boolean_value(value) : otherwise;
}

json_t *
desk_refuse(struct desk *desk, const char *turk_code, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    const char *words = arena_vprint(desk->arena, format, values);
    va_end(values);
    const char *message = arena_print(desk->arena, "%s (%lld)", words, (long long)desk->now_ms);
    const char *code =
        turk_code ? arena_print(desk->arena, "AWS.MechanicalTurk.%s", turk_code) : NULL;
    response_error(desk->response, 400, "RequestError", message, code, desk->arena);
    return NULL;
}

/* Seen with SendBonus and CreateWorkerBlock for workers that the environment does not have
 * (boto3 issue 2355, aws-sdk-java issue 2055). */
json_t *
desk_invalid(struct desk *desk, const char *member, const char *value)
{
    const char *message =
        arena_print(desk->arena, "The value \"%s\" is not valid for the parameter %s. (%lld)",
                    value, member, (long long)desk->now_ms);
    response_error(desk->response, 400, "ParameterValidationError", message, NULL, desk->arena);
    return NULL;
}

json_t *
desk_status(struct desk *desk, const char *turk_code, const char *statuses)
{
    return desk_refuse(desk, turk_code, "This operation can be called with a status of: %s",
                       statuses);
}

json_t *
desk_fault(struct desk *desk)
{
    const char *message = arena_print(
        desk->arena, "Amazon Mechanical Turk is temporarily unable to process your request. (%lld)",
        (long long)desk->now_ms);
    response_error(desk->response, 500, "ServiceFault", message, "AWS.MechanicalTurk.ServiceFault",
                   desk->arena);
    return NULL;
}

struct hit *
desk_hit(struct desk *desk, const char *member)
{
    const char *id = desk_text(desk, member);
    struct hit *hit = world_hit(desk->world, id);
    if (!hit)
        desk_refuse(desk, "HITDoesNotExist", "Hit %s does not exist.", id);
    return hit;
}

struct assignment *
desk_assignment(struct desk *desk, const char *member)
{
    const char *id = desk_text(desk, member);
    struct assignment *assignment = world_assignment(desk->world, id);
    if (!assignment)
        desk_refuse(desk, "AssignmentDoesNotExist", "Assignment %s does not exist.", id);
    return assignment;
}

struct qualification *
desk_qualification(struct desk *desk, const char *member)
{
    const char *id = desk_text(desk, member);
    struct qualification *qualification = world_qualification(desk->world, id);
    if (!qualification)
        desk_refuse(desk, "QualificationTypeDoesNotExist", "QualificationType %s does not exist.",
                    id);
    return qualification;
}

struct worker *
desk_worker(struct desk *desk, const char *member)
{
    const char *id = desk_text(desk, member);
    struct worker *worker = world_worker(desk->world, id);
    if (!worker)
        desk_invalid(desk, member, id);
    return worker;
}

bool
desk_post(struct desk *desk, struct posting posting)
{
    posting.at_ms = desk->now_ms;
    if (book_post(&desk->world->book, &posting))
        return true;
    desk_fault(desk);
    return false;
}

/* Amazon's samples show no body at all, SDKs also take `{}`; a client must take both, so both
 * occur here by turns. */
json_t *
desk_nothing(struct desk *desk)
{
    desk->response->status = 200;
    desk->response->body = desk->ordinal % 2 ? "{}" : "";
    desk->response->body_size = strlen(desk->response->body);
    return NULL;
}

json_t *
desk_time(stamp_t at_ms)
{
    return json_real((double)at_ms / 1000.0);
}

json_t *
desk_money(cents_t cents)
{
    char text[MONEY_TEXT_SIZE];
    return json_string(money_print(text, cents));
}
