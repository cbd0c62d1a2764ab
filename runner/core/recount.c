#include "core/recount.h"

enum { FOUND_ONE = 0x10000, SENT_MASK = 0xffff }; /* both counts in one number */

static bool
moves_money(const struct deed *deed)
{
    const struct verb_row *verb = verb_row(deed->verb);
    return deed->standing == STANDING_DONE && (verb->pays_bonus || verb->pays_reward);
}

/* Digests are random enough that their beginnings tell a hundred million of them apart. */
static const char *
action_name(struct recount *recount, const struct deed *deed)
{
    buffer_clear(&recount->name);
    buffer_print(&recount->name, "%.24s", deed->key);
    return recount->name.bytes;
}

/* NULL where nothing tells on which work it was. */
static const char *
bonus_name(struct recount *recount, const struct entry *genesis, const struct deed *deed)
{
    if (!verb_row(deed->verb)->pays_bonus || !deed->assignment || !deed->content)
        return NULL;
    buffer_clear(&recount->name);
    buffer_print(&recount->name, "%s %s %s %.16s", genesis->marketplace, genesis->environment,
                 deed->assignment, deed->content);
    return recount->name.bytes;
}

static bool
is_counted(struct recount *recount, const struct entry *genesis, const struct deed *deed)
{
    if (index_find(&recount->actions, action_name(recount, deed)))
        return true;
    const char *name = bonus_name(recount, genesis, deed);
    uint32_t *seen = name ? index_find(&recount->bonuses, name) : NULL;
    if (!seen)
        return false;
    if (*seen >= FOUND_ONE) {
        *seen -= FOUND_ONE;
        return true;
    }
    /* Two that were sent are two; one that was only found is the one that was sent. */
    if (!deed_is_found(deed) || !(*seen & SENT_MASK))
        return false;
    *seen -= 1;
    return true;
}

static void
count(struct recount *recount, const struct entry *genesis, const struct deed *deed)
{
    const char *key = action_name(recount, deed);
    index_add(&recount->actions, arena_copy(recount->arena, key), 0, recount->arena);
    const char *name = bonus_name(recount, genesis, deed);
    if (!name)
        return;
    uint32_t *seen = index_find(&recount->bonuses, name);
    uint32_t one = deed_is_found(deed) ? FOUND_ONE : 1;
    if (seen)
        *seen += one;
    else
        index_add(&recount->bonuses, arena_copy(recount->arena, name), one, recount->arena);
}

const bool *
recount_journal(struct recount *recount, const struct ledger *ledger, struct arena *arena)
{
    const struct entry *genesis = &ledger->genesis;
    bool *again = arena_alloc(arena, (ledger->deed_count + 1) * sizeof *again);
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        again[i] = moves_money(deed) && is_counted(recount, genesis, deed);
        recount->count += again[i];
        recount->cents += again[i] ? deed->amount + deed->fee : 0;
    }
    for (size_t i = 0; i < ledger->deed_count; i++)
        if (moves_money(ledger->deeds[i]) && !again[i])
            count(recount, genesis, ledger->deeds[i]);
    return again;
}

void
recount_close(struct recount *recount)
{
    buffer_close(&recount->name);
}
