/* Where one call is handled: the world, the checked input, the time, and the answer being made.
 * An operation reads its input here, does its deed and gives the output; a refusal is written
 * into the answer in Amazon's form, and the operation gives NULL. */
#ifndef SIM_DESK_H
#define SIM_DESK_H

#include <jansson.h>

#include "base/arena.h"
#include "base/stamp.h"
#include "sim/call.h"
#include "sim/world.h"

struct desk {
    struct world *world;
    const char *operation;
    const json_t *input; /* checked against the operation's members */
    stamp_t now_ms;
    uint64_t ordinal; /* calls before this one */
    struct arena *arena;
    struct response *response;
};

/* The input's members; `otherwise` when the member is absent. */
const char *desk_text(const struct desk *desk, const char *member);
int64_t desk_number(const struct desk *desk, const char *member, int64_t otherwise);
bool desk_flag(const struct desk *desk, const char *member, bool otherwise);

/* What the input names, or NULL after the refusal for things that do not exist. */
struct hit *desk_hit(struct desk *desk, const char *member);
struct assignment *desk_assignment(struct desk *desk, const char *member);
struct qualification *desk_qualification(struct desk *desk, const char *member);
struct worker *desk_worker(struct desk *desk, const char *member);

/* Refusals; each gives NULL. `turk_code` stands without "AWS.MechanicalTurk.", and may be NULL.
 * Amazon ends its messages with the clock in milliseconds: so do these. */
json_t *desk_refuse(struct desk *desk, const char *turk_code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
json_t *desk_invalid(struct desk *desk, const char *member, const char *value);
json_t *desk_status(struct desk *desk, const char *turk_code, const char *statuses);
json_t *desk_fault(struct desk *desk);

/* Posts a deed with the desk's time. False after the fault when the book cannot take it: then
 * the deed must not happen. */
bool desk_post(struct desk *desk, struct posting posting);

/* The answer of an operation that has no output. */
json_t *desk_nothing(struct desk *desk);

/* A time as the JSON protocol carries it: seconds since the epoch, with a fraction. */
json_t *desk_time(stamp_t at_ms);

/* Cents as Amazon writes them. */
json_t *desk_money(cents_t cents);

#endif
