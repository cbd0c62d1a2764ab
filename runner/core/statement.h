/* What a journal says of money and of people, as figures: the fold of a ledger's deeds over a span
 * of days. Every figure is a sum over deeds, so those of a whole journal are the journal's own.
 *
 * What is counted is done, or open (unknown, and in flight). What only was found at the marketplace
 * is among what is done, and told apart. */
#ifndef CORE_STATEMENT_H
#define CORE_STATEMENT_H

#include "core/ledger.h"
#include "core/spread.h"
#include "core/veil.h"

/* Moments from … up to, not included; both 0: all. */
struct span {
    stamp_t from_ms, before_ms;
};

/* True when a moment belongs to it. */
bool span_holds(const struct span *span, stamp_t at_ms);

/* Bonuses and rewards, each with its fees. */
struct outlay {
    cents_t bonus, bonus_fee;
    cents_t reward, reward_fee;
};

cents_t outlay_sum(const struct outlay *outlay);
void outlay_add(struct outlay *outlay, const struct deed *deed);

struct statement_step {
    const char *step;
    enum verb verb;
    size_t by_standing[STANDING_COUNT];
    cents_t amount, fee;   /* done */
    cents_t perhaps;       /* open, with fees */
    struct spread bonuses; /* of a bonus step: those done */
};

struct statement_day {
    int64_t day; /* since 1970-01-01 UTC */
    size_t count;
    struct outlay outlay;
};

enum { GROUP_PEOPLE_MOST = 6, STATEMENT_GROUPS_MOST = 60, STATEMENT_PAYMENTS_MOST = 200 };

/* Deeds of one step that are not done, stand alike, and for the same reason. */
struct statement_group {
    const char *step;
    enum verb verb;
    enum standing standing; /* REFUSED, UNKNOWN or RELEASED */
    bool waived;            /* refused, and that was accepted */
    uint64_t call;          /* of messages: the call that they shared, or 0 */
    const char *reason;     /* "" when none was given; without anybody's ID */
    size_t count;
    cents_t cents; /* with fees */
    stamp_t first_ms, last_ms;
    const struct deed *some[GROUP_PEOPLE_MOST];
    size_t some_count;
};

struct statement {
    const struct ledger *ledger;
    struct span span;
    struct statement_step *steps;
    size_t step_count, step_capacity;
    struct statement_day *days; /* on which money moved, in order */
    size_t day_count, day_capacity;
    struct statement_group *groups;
    size_t group_count, group_capacity;
    size_t ungrouped; /* that belong to groups beyond the most there may be */
    size_t by_standing[STANDING_COUNT];
    size_t refused_open; /* refused, and nobody has accepted that */
    struct outlay done, found, open;
    size_t found_count;
    struct outlay
        *by_run; /* sent by each run of the ledger, done: of the whole run, whatever the span */
    const struct deed *payments[STATEMENT_PAYMENTS_MOST]; /* the first of all that moved money */
    size_t payment_count;                                 /* all */
    size_t people;                                        /* who got money, without … */
    size_t erased;                /* … payments to people who were erased */
    size_t outside, outside_open; /* deeds not of that span */
    struct spread bonuses;        /* done, all steps */
};

/* The moment by which a deed belongs to a span: when its money moved, it was settled, or, while it
 * is open, last tried. */
stamp_t statement_moment(const struct deed *deed);

/* Texts stay the ledger's. `veil` clears the reasons that others gave. */
void statement_make(struct statement *statement, const struct ledger *ledger, struct span span,
                    const struct veil *veil, struct arena *arena);

#endif
