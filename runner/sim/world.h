/* The pretended marketplace as it stands: one requester's HITs, the workers, their work, the
 * qualifications, the bonuses. Read from a world file, then changed only by the clerk's deeds,
 * each of which is posted in the book first.
 *
 * Everything is found by its id through an index; things name each other by their position in
 * the world's arrays, because arrays move when they grow. */
#ifndef SIM_WORLD_H
#define SIM_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/index.h"
#include "base/money.h"
#include "base/stamp.h"
#include "base/tree.h"
#include "sim/book.h"

/* Positions of things that belong to another thing, in the order in which they came. */
struct series {
    size_t *items;
    size_t count;
    size_t capacity;
};

enum reach { REACH_WELL, REACH_LATER, REACH_NEVER };

struct worker {
    const char *id;
    bool known; /* had work approved before the world begins */
    enum reach reach;
    bool blocked;
    const char *block_reason;
    size_t decided; /* assignments approved or rejected */
};

enum assignment_status {
    ASSIGNMENT_SUBMITTED,
    ASSIGNMENT_APPROVED,
    ASSIGNMENT_REJECTED,
    ASSIGNMENT_ACCEPTED, /* still being worked on: most operations do not see it */
};

struct assignment {
    const char *id;
    size_t worker;
    size_t hit;
    enum assignment_status status;
    stamp_t submitted_ms;
    stamp_t decided_ms;
    const char *feedback;
    const struct node *answers; /* a map of names to texts, or NULL */
    struct series bonuses;
};

enum hit_status {
    HIT_ASSIGNABLE,
    HIT_UNASSIGNABLE,
    HIT_REVIEWABLE,
    HIT_REVIEWING,
};

struct hit {
    const char *id;
    const char *type;
    const char *title;
    const char *description;
    const char *keywords;
    const char *annotation;
    cents_t reward;
    int64_t max_assignments;
    int status; /* enum hit_status */
    bool masters;
    stamp_t created_ms;
    stamp_t expires_ms;
    size_t first; /* its assignments stand together in the world's array */
    size_t count;
    struct series bonuses;
};

struct grant {
    size_t worker;
    int64_t value;
    stamp_t granted_ms;
    bool revoked;
};

struct qualification {
    const char *id;
    const char *name;
    const char *description;
    const char *keywords;
    bool inactive;
    bool auto_granted;
    int64_t auto_value;
    stamp_t created_ms;
    struct index holders; /* worker id -> position of the grant */
    struct grant *grants;
    size_t grant_count;
    size_t grant_capacity;
};

struct bonus {
    size_t assignment;
    cents_t cents;
    const char *reason;
    stamp_t at_ms;
};

struct credentials {
    const char *key_id;
    const char *secret;
    const char *session_token; /* NULL: none is wanted */
};

struct world {
    struct credentials credentials;
    const char *account;
    stamp_t start_ms;
    uint64_t seed;
    int64_t bonus_lag_s; /* a bonus shows in lists this much later */

    struct worker *workers;
    size_t worker_count, worker_capacity;
    struct hit *hits;
    size_t hit_count, hit_capacity;
    struct assignment *assignments;
    size_t assignment_count, assignment_capacity;
    struct qualification *qualifications;
    size_t qualification_count, qualification_capacity;
    struct bonus *bonuses;
    size_t bonus_count, bonus_capacity;

    struct index workers_by_id;
    struct index hits_by_id;
    struct index assignments_by_id;
    struct index qualifications_by_id;
    struct index qualifications_by_name;

    /* Tokens of calls that were carried out, and when; remembered for a day. */
    struct index tokens;
    stamp_t *token_times;
    size_t token_capacity;

    struct book book;
    uint64_t stream; /* for ids made on the way */
    struct arena arena;
};

struct world_options {
    const char *name;
    const char *bytes;
    size_t size_bytes;
    uint64_t seed;
    stamp_t now_ms;
    const char *book_path; /* or NULL */
};

/* Reads a world file (schema/world.md), opens the book and posts the opening balance. `now_ms` is
 * when the world begins unless the file says so itself. The name is needed on, the bytes are not.
 * False when anything was noted in `problems`, or when the book cannot be written (`err`). */
bool world_read(struct world *world, const struct world_options *options, struct problems *problems,
                struct error *err);
void world_close(struct world *world);

/* By id; NULL when the marketplace has none. */
struct worker *world_worker(const struct world *world, const char *id);
struct hit *world_hit(const struct world *world, const char *id);
struct assignment *world_assignment(const struct world *world, const char *id);
struct qualification *world_qualification(const struct world *world, const char *id);
struct grant *world_grant(const struct qualification *qualification, const char *worker);

/* Things are added with an id that is not there yet; each gives the new position. */
size_t world_add_worker(struct world *world, const char *id);
bool world_add_hit(struct world *world, const struct hit *hit);
bool world_add_assignment(struct world *world, const struct assignment *assignment);
bool world_add_qualification(struct world *world, const struct qualification *qualification);
void world_add_bonus(struct world *world, const struct bonus *bonus);
void world_set_grant(struct world *world, struct qualification *qualification, size_t worker,
                     int64_t value, stamp_t at_ms);

/* Whether a token was used less than a day ago, and the note that it was used now. */
bool world_token_used(const struct world *world, const char *token, stamp_t now_ms);
void world_token_note(struct world *world, const char *token, stamp_t now_ms);

/* Amazon's fees: 20 %, at least a cent; on rewards 20 % more from 10 assignments on, and 5 %
 * more for Masters (mturk.com/pricing). */
cents_t world_bonus_fee(cents_t bonus);
cents_t world_reward_fee(const struct hit *hit);

/* Whether a worker may be written to: some of their work was approved or rejected. */
bool worker_met(const struct worker *worker);

#endif
