/* The balance and the bonuses. */
#include "sim/listing.h"
#include "sim/operation.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

json_t *
clerk_balance(struct desk *desk)
{
    json_t *output = json_object();
    json_object_set_new(output, "AvailableBalance",
                        desk_money(book_balance(&desk->world->book, "requester")));
    return output;
}

/* Amounts match ^[0-9]+(\.)?[0-9]{0,2}$ by now: "5", "5.", "0.5" and "12345678901.00" all do. */
static bool
amount_read(const char *text, cents_t *cents)
{
    size_t whole = strspn(text, "0123456789");
    const char *decimals = text + whole + (text[whole] == '.');
    if (whole > 12)
        return false;
    *cents = (cents_t)strtoll(text, NULL, 10) * 100;
    if (decimals[0])
        *cents += (decimals[0] - '0') * 10 + (decimals[1] ? decimals[1] - '0' : 0);
    return *cents > 0;
}

/* A token is remembered only when the bonus was paid: after a refusal the call may come again. */
static bool
token_fresh(struct desk *desk, const char *token)
{
    if (!token || !world_token_used(desk->world, token, desk->now_ms))
        return true;
    desk_refuse(desk, NULL, "The idempotency token \"%s\" has already been processed.", token);
    return false;
}

json_t *
clerk_send_bonus(struct desk *desk)
{
    struct world *world = desk->world;
    const char *token = desk_text(desk, "UniqueRequestToken");
    cents_t cents;
    if (!token_fresh(desk, token))
        return NULL;
    if (!amount_read(desk_text(desk, "BonusAmount"), &cents))
        return desk_invalid(desk, "BonusAmount", desk_text(desk, "BonusAmount"));
    struct worker *worker = desk_worker(desk, "WorkerId");
    struct assignment *assignment = worker ? desk_assignment(desk, "AssignmentId") : NULL;
    if (!assignment)
        return NULL;
    if (&world->workers[assignment->worker] != worker || assignment->status == ASSIGNMENT_ACCEPTED)
        return desk_refuse(desk, "AssignmentDoesNotExist", "Assignment %s does not exist.",
                           assignment->id);
    cents_t fee = world_bonus_fee(cents);
    if (book_balance(&world->book, "requester") < cents + fee)
        return desk_refuse(desk, "InsufficientFunds",
                           "This Requester has insufficient funds in their account to complete "
                           "this transaction.");
    struct bonus bonus = {.assignment = (size_t)(assignment - world->assignments),
                          .cents = cents,
                          .reason = desk_text(desk, "Reason"),
                          .at_ms = desk->now_ms};
    if (!desk_post(desk, (struct posting){.deed = DEED_BONUS,
                                          .worker = worker->id,
                                          .assignment = assignment->id,
                                          .hit = world->hits[assignment->hit].id,
                                          .token = token,
                                          .words = bonus.reason,
                                          .pay = cents,
                                          .fee = fee}))
        return NULL;
    world_add_bonus(world, &bonus);
    if (token)
        world_token_note(world, token, desk->now_ms);
    return desk_nothing(desk);
}

static bool
bonus_shows(const struct desk *desk, const void *of, size_t at)
{
    const struct series *series = of;
    const struct bonus *bonus = &desk->world->bonuses[series->items[at]];
    return bonus->at_ms + desk->world->bonus_lag_s * STAMP_SECOND_MS <= desk->now_ms;
}

static json_t *
bonus_item(const struct desk *desk, const void *of, size_t at)
{
    const struct world *world = desk->world;
    const struct series *series = of;
    const struct bonus *bonus = &world->bonuses[series->items[at]];
    const struct assignment *assignment = &world->assignments[bonus->assignment];
    json_t *item = json_object();
    json_object_set_new(item, "WorkerId", json_string(world->workers[assignment->worker].id));
    json_object_set_new(item, "BonusAmount", desk_money(bonus->cents));
    json_object_set_new(item, "AssignmentId", json_string(assignment->id));
    json_object_set_new(item, "Reason", json_string(bonus->reason));
    json_object_set_new(item, "GrantTime", desk_time(bonus->at_ms));
    return item;
}

/* Of one assignment when it is named, of the whole HIT otherwise; one of them is needed. */
json_t *
clerk_list_bonuses(struct desk *desk)
{
    const struct series *series = NULL;
    if (desk_text(desk, "AssignmentId")) {
        const struct assignment *assignment = desk_assignment(desk, "AssignmentId");
        series = assignment ? &assignment->bonuses : NULL;
    } else if (desk_text(desk, "HITId")) {
        const struct hit *hit = desk_hit(desk, "HITId");
        series = hit ? &hit->bonuses : NULL;
    } else {
        return desk_refuse(desk, "MissingParameter",
                           "Either the HITId or the AssignmentId parameter must be specified.");
    }
    if (!series)
        return NULL;
    return listing_answer(desk, &(struct listing){.member = "BonusPayments",
                                                  .of = series,
                                                  .count = series->count,
                                                  .shows = bonus_shows,
                                                  .item = bonus_item});
}
