#include "core/recount.h"

/* What earlier journals say of payments that nothing tells apart, in one number. */
enum { COUNTED_SHIFT = 16, SENT_MASK = 0xffff };

/* The same of the journal at hand. */
struct claim {
    uint32_t sent, found;
    uint32_t fresh; /* so many of them no earlier journal counts */
};

struct claims {
    struct index by_name;
    struct claim *items;
    size_t count, capacity;
    struct arena arena;
};

static bool
is_payment(const struct deed *deed)
{
    return deed->standing == STANDING_DONE && verb_moves_money(deed->verb);
}

/* Digests are random enough that their beginnings tell a hundred million of them apart. */
static const char *
action_name(struct recount *recount, const struct deed *deed)
{
    buffer_clear(&recount->name);
    buffer_print(&recount->name, "%.24s", deed->key);
    return recount->name.bytes;
}

/* Work is approved once; a bonus is known by its work, its amount and its words. NULL where nothing
 * tells on which work it was. */
static const char *
payment_name(struct recount *recount, const struct entry *genesis, const struct deed *deed)
{
    bool bonus = verb_row(deed->verb)->pays_bonus;
    if (!deed->assignment || (bonus && !deed->content))
        return NULL;
    buffer_clear(&recount->name);
    buffer_print(&recount->name, "%s %s %s %.16s", genesis->marketplace, genesis->environment,
                 deed->assignment, bonus ? deed->content : "reward");
    return recount->name.bytes;
}

static void
claim(struct recount *recount, struct claims *claims, const struct entry *genesis,
      const struct deed *deed)
{
    const char *name = payment_name(recount, genesis, deed);
    if (!name)
        return;
    if (!index_find(&claims->by_name, name)) {
        index_add(&claims->by_name, arena_copy(&claims->arena, name), claims->count,
                  &claims->arena);
        claims->items = arena_push(&claims->arena, claims->items, claims->count, &claims->capacity,
                                   sizeof *claims->items);
        claims->items[claims->count++] = (struct claim){0};
    }
    struct claim *found = &claims->items[*index_find(&claims->by_name, name)];
    found->found += deed_is_found(deed);
    found->sent += !deed_is_found(deed);
}

/* What was sent by several journals was paid as often; what one of them shows at all was paid at
 * least so often. More than that is not known to have been paid. */
static void
claims_settle(struct recount *recount, struct claims *claims)
{
    for (size_t i = 0; i < claims->count; i++) {
        struct claim *mine = &claims->items[i];
        const char *name = claims->by_name.names[i].text;
        const uint32_t *seen = index_find(&recount->payments, name);
        uint32_t sent = mine->sent + (seen ? *seen & SENT_MASK : 0);
        uint32_t before = seen ? *seen >> COUNTED_SHIFT : 0, counted = before;
        counted = sent > counted ? sent : counted;
        counted = mine->sent + mine->found > counted ? mine->sent + mine->found : counted;
        mine->fresh = counted - before;
        if (!seen)
            index_add(&recount->payments, arena_copy(recount->arena, name), 0, recount->arena);
        *index_find(&recount->payments, name) = counted << COUNTED_SHIFT | (sent & SENT_MASK);
    }
}

/* Takes one of what is fresh under the deed's name; false when nothing is left. */
static bool
fresh_take(struct recount *recount, struct claims *claims, const struct entry *genesis,
           const struct deed *deed)
{
    const char *name = payment_name(recount, genesis, deed);
    if (!name)
        return true;
    struct claim *mine = &claims->items[*index_find(&claims->by_name, name)];
    if (!mine->fresh)
        return false;
    mine->fresh--;
    return true;
}

const bool *
recount_journal(struct recount *recount, const struct ledger *ledger, struct arena *arena)
{
    const struct entry *genesis = &ledger->genesis;
    bool *again = arena_alloc(arena, (ledger->deed_count + 1) * sizeof *again);
    struct claims claims = {0};
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        if (!is_payment(deed))
            continue;
        again[i] = index_find(&recount->actions, action_name(recount, deed)) != NULL;
        if (!again[i])
            claim(recount, &claims, genesis, deed);
    }
    claims_settle(recount, &claims);
    for (int found = 0; found < 2; found++) /* what was sent goes first */
        for (size_t i = 0; i < ledger->deed_count; i++) {
            const struct deed *deed = ledger->deeds[i];
            if (is_payment(deed) && !again[i] && deed_is_found(deed) == found)
                again[i] = !fresh_take(recount, &claims, genesis, deed);
        }
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        if (is_payment(deed))
            index_add(&recount->actions, arena_copy(recount->arena, action_name(recount, deed)), 0,
                      recount->arena);
        recount->erased |= is_payment(deed) && !deed->worker;
    }
    arena_close(&claims.arena);
    return again;
}

void
recount_close(struct recount *recount)
{
    buffer_close(&recount->name);
}
