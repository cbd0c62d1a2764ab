#include "fate.h"

#include <string.h>

static struct reply
reply_make(int status, const char *body)
{
    char date[STAMP_TEXT_SIZE + 16];
    stamp_print_http(date, scene.now_ms);
    return (struct reply){.sent = true,
                          .whole = true,
                          .status = status,
                          .date = arena_copy(&scene.arena, date),
                          .body = body,
                          .body_size = strlen(body)};
}

void
fate_settle(struct exchange *exchange)
{
    switch (exchange->answer) {
    case ANSWER_REAL:
    case ANSWER_MADE:
        break;
    case ANSWER_NONE:
        exchange->reply = (struct reply){.sent = true, .trouble = "the connection was lost"};
        break;
    case ANSWER_CUT:
        exchange->reply.whole = false;
        exchange->reply.body_size /= 2;
        exchange->reply.body =
            arena_text(&scene.arena, exchange->reply.body ? exchange->reply.body : "",
                       exchange->reply.body ? exchange->reply.body_size : 0);
        break;
    case ANSWER_ERROR:
        exchange->reply =
            reply_make(500, "{\"__type\":\"ServiceFault\",\"Message\":\"try again\"}");
        break;
    case ANSWER_GARBAGE:
        exchange->reply = reply_make(200, "<html>It works!</html>");
        break;
    case ANSWER_UNSENT:
        exchange->reply = (struct reply){.trouble = "no connection"};
        break;
    }
}

/* The marketplace, or what stands before it, says no before it looks. */
static bool
is_turned_away(struct exchange *exchange, const char *operation)
{
    static const char throttled[] =
        "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}";
    static const char refused[] =
        "{\"__type\":\"RequestError\",\"Message\":\"This worker cannot be "
        "paid.\",\"TurkErrorCode\":\"AWS.MechanicalTurk.NoWay\"}";
    static const char funds[] = "{\"__type\":\"RequestError\",\"Message\":\"None left.\","
                                "\"TurkErrorCode\":\"AWS.MechanicalTurk.InsufficientFunds\"}";
    bool bonus = strcmp(operation, "SendBonus") == 0;
    bool asks = strncmp(operation, "Get", 3) == 0 || strncmp(operation, "List", 4) == 0;
    bool may_refuse = !asks && strcmp(operation, "NotifyWorkers") != 0;
    const char *body = dice_hit(scene.odds.throttled)               ? throttled
                       : may_refuse && dice_hit(scene.odds.refused) ? refused
                       : bonus && dice_hit(scene.odds.funds)        ? funds
                                                                    : NULL;
    if (!body)
        return false;
    exchange->travels = false;
    exchange->answer = ANSWER_MADE;
    exchange->reply = reply_make(400, body);
    trace("  … turned away: %.40s", body + 11);
    return true;
}

void
fate_draw(struct exchange *exchange, const char *operation)
{
    const struct odds *odds = &scene.odds;
    stamp_t timeout_ms = dice_hit(500) ? dice_between(5, 2000) : dice_between(20000, 60000);
    exchange->travels = true;
    exchange->answer = ANSWER_REAL;
    exchange->arrives_ms = scene.now_ms + dice_between(1, 80);
    exchange->answers_ms = exchange->arrives_ms + dice_between(1, 80);
    if (dice_hit(odds->unsent)) {
        exchange->travels = false;
        exchange->answer = ANSWER_UNSENT;
    } else if (is_turned_away(exchange, operation)) {
        return;
    } else if (dice_hit(odds->lost)) {
        exchange->travels = dice_hit(500);
        exchange->answer = ANSWER_NONE;
        exchange->answers_ms = exchange->arrives_ms + timeout_ms;
    } else if (dice_hit(odds->late)) {
        exchange->arrives_ms += dice_between(100, 330 * STAMP_SECOND_MS);
        exchange->answer = ANSWER_NONE;
        exchange->answers_ms = scene.now_ms + timeout_ms;
    } else if (dice_hit(odds->cut)) {
        exchange->answer = ANSWER_CUT;
    } else if (dice_hit(odds->server_error)) {
        exchange->travels = dice_hit(500);
        exchange->answer = ANSWER_ERROR;
    } else if (dice_hit(odds->garbage)) {
        exchange->travels = dice_hit(500);
        exchange->answer = ANSWER_GARBAGE;
    }
    if (!exchange->travels || exchange->answer == ANSWER_NONE)
        fate_settle(exchange);
}
