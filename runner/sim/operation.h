/* The operations of the Requester API, version 2017-01-17: what each takes and who carries it
 * out. The members and their constraints are those of Amazon's service model
 * (docs.aws.amazon.com/AWSMechTurk/latest/AWSMturkAPI/). */
#ifndef SIM_OPERATION_H
#define SIM_OPERATION_H

#include <stdbool.h>

#include "sim/desk.h"
#include "sim/shape.h"

struct operation {
    const char *name;
    const struct member *members; /* ends with a row without a name */
    bool writes;
    json_t *(*carry_out)(struct desk *desk); /* the output, or NULL: the answer is made */
};

/* By the name behind the dot of X-Amz-Target; NULL when there is none. */
const struct operation *operation_find(const char *name);

/* The n-th operation's name, NULL behind the last: for the faults file. */
const char *operation_name(size_t ordinal);

/* clerk_money.c */
json_t *clerk_balance(struct desk *desk);
json_t *clerk_send_bonus(struct desk *desk);
json_t *clerk_list_bonuses(struct desk *desk);

/* clerk_hits.c */
json_t *clerk_hit(struct desk *desk);
json_t *clerk_list_hits(struct desk *desk);
json_t *clerk_list_reviewable(struct desk *desk);
json_t *clerk_expire(struct desk *desk);
json_t *hit_json(const struct world *world, const struct hit *hit);

/* clerk_work.c */
json_t *clerk_assignment(struct desk *desk);
json_t *clerk_list_assignments(struct desk *desk);
json_t *clerk_approve(struct desk *desk);
json_t *clerk_reject(struct desk *desk);

/* clerk_scores.c */
json_t *clerk_associate(struct desk *desk);
json_t *clerk_disassociate(struct desk *desk);
json_t *clerk_score(struct desk *desk);
json_t *clerk_list_holders(struct desk *desk);

/* clerk_types.c */
json_t *clerk_type(struct desk *desk);
json_t *clerk_list_types(struct desk *desk);
json_t *clerk_create_type(struct desk *desk);

/* clerk_people.c */
json_t *clerk_notify(struct desk *desk);
json_t *clerk_block(struct desk *desk);
json_t *clerk_unblock(struct desk *desk);
json_t *clerk_list_blocks(struct desk *desk);

#endif
