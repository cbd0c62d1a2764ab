#include "sim/world.h"

#include <assert.h>

#include "base/text.h"

struct worker *
world_worker(const struct world *world, const char *id)
{
    const uint32_t *at = index_find(&world->workers_by_id, id);
    return at ? &world->workers[*at] : NULL;
}

struct hit *
world_hit(const struct world *world, const char *id)
{
    const uint32_t *at = index_find(&world->hits_by_id, id);
    return at ? &world->hits[*at] : NULL;
}

struct assignment *
world_assignment(const struct world *world, const char *id)
{
    const uint32_t *at = index_find(&world->assignments_by_id, id);
    return at ? &world->assignments[*at] : NULL;
}

struct qualification *
world_qualification(const struct world *world, const char *id)
{
    const uint32_t *at = index_find(&world->qualifications_by_id, id);
    return at ? &world->qualifications[*at] : NULL;
}

struct grant *
world_grant(const struct qualification *qualification, const char *worker)
{
    const uint32_t *at = index_find(&qualification->holders, worker);
    return at ? &qualification->grants[*at] : NULL;
}

size_t
world_add_worker(struct world *world, const char *id)
{
    const uint32_t *known = index_find(&world->workers_by_id, id);
    if (known)
        return *known;
    size_t at = world->worker_count++;
    world->workers = arena_push(&world->arena, world->workers, at, &world->worker_capacity,
                                sizeof *world->workers);
    world->workers[at] = (struct worker){.id = arena_copy(&world->arena, id)};
    index_add(&world->workers_by_id, world->workers[at].id, at, &world->arena);
    return at;
}

bool
world_add_hit(struct world *world, const struct hit *hit)
{
    if (!index_add(&world->hits_by_id, hit->id, world->hit_count, &world->arena))
        return false;
    world->hits = arena_push(&world->arena, world->hits, world->hit_count, &world->hit_capacity,
                             sizeof *world->hits);
    world->hits[world->hit_count++] = *hit;
    return true;
}

bool
world_add_assignment(struct world *world, const struct assignment *assignment)
{
    if (!index_add(&world->assignments_by_id, assignment->id, world->assignment_count,
                   &world->arena))
        return false;
    world->assignments = arena_push(&world->arena, world->assignments, world->assignment_count,
                                    &world->assignment_capacity, sizeof *world->assignments);
    world->assignments[world->assignment_count++] = *assignment;
    if (assignment->status == ASSIGNMENT_APPROVED || assignment->status == ASSIGNMENT_REJECTED)
        world->workers[assignment->worker].decided++;
    return true;
}

bool
world_add_qualification(struct world *world, const struct qualification *qualification)
{
    size_t at = world->qualification_count;
    if (index_find(&world->qualifications_by_name, qualification->name) ||
        !index_add(&world->qualifications_by_id, qualification->id, at, &world->arena))
        return false;
    index_add(&world->qualifications_by_name, qualification->name, at, &world->arena);
    world->qualifications =
        arena_push(&world->arena, world->qualifications, at, &world->qualification_capacity,
                   sizeof *world->qualifications);
    world->qualifications[world->qualification_count++] = *qualification;
    return true;
}

static void
series_add(struct series *series, size_t item, struct arena *arena)
{
    series->items =
        arena_push(arena, series->items, series->count, &series->capacity, sizeof *series->items);
    series->items[series->count++] = item;
}

void
world_add_bonus(struct world *world, const struct bonus *bonus)
{
    size_t at = world->bonus_count++;
    world->bonuses = arena_push(&world->arena, world->bonuses, at, &world->bonus_capacity,
                                sizeof *world->bonuses);
    world->bonuses[at] = *bonus;
    world->bonuses[at].reason = arena_copy(&world->arena, bonus->reason);
    struct assignment *assignment = &world->assignments[bonus->assignment];
    series_add(&assignment->bonuses, at, &world->arena);
    series_add(&world->hits[assignment->hit].bonuses, at, &world->arena);
}

void
world_set_grant(struct world *world, struct qualification *qualification, size_t worker,
                int64_t value, stamp_t at_ms)
{
    const char *id = world->workers[worker].id;
    struct grant *grant = world_grant(qualification, id);
    if (!grant) {
        size_t at = qualification->grant_count++;
        index_add(&qualification->holders, id, at, &world->arena);
        qualification->grants = arena_push(&world->arena, qualification->grants, at,
                                           &qualification->grant_capacity, sizeof *grant);
        grant = &qualification->grants[at];
    }
    *grant = (struct grant){.worker = worker, .value = value, .granted_ms = at_ms};
}

bool
world_token_used(const struct world *world, const char *token, stamp_t now_ms)
{
    const uint32_t *at = index_find(&world->tokens, token);
    return at && now_ms - world->token_times[*at] < STAMP_DAY_MS;
}

void
world_token_note(struct world *world, const char *token, stamp_t now_ms)
{
    const uint32_t *known = index_find(&world->tokens, token);
    size_t at = known ? *known : world->tokens.count;
    if (!known) {
        world->token_times = arena_push(&world->arena, world->token_times, at,
                                        &world->token_capacity, sizeof *world->token_times);
        index_add(&world->tokens, arena_copy(&world->arena, token), at, &world->arena);
    }
    world->token_times[at] = now_ms;
}

static cents_t
fee_of(cents_t cents, unsigned percent)
{
    cents_t fee = money_percent(cents, percent);
    return fee < 1 ? 1 : fee;
}

cents_t
world_bonus_fee(cents_t bonus)
{
    return fee_of(bonus, 20);
}

cents_t
world_reward_fee(const struct hit *hit)
{
    return fee_of(hit->reward,
                  20 + (hit->max_assignments >= 10 ? 20u : 0u) + (hit->masters ? 5u : 0u));
}

bool
worker_met(const struct worker *worker)
{
    return worker->known || worker->decided > 0;
}

void
world_close(struct world *world)
{
    book_close(&world->book);
    arena_close(&world->arena);
    *world = (struct world){0};
}
