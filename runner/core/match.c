#include "core/match.h"

#include "base/digest.h"
#include "base/text.h"
#include "core/identity.h"

static const size_t chain_end = (size_t)-1;

static void
payments_chain(struct match *match, struct arena *arena)
{
    struct roster *roster = match->roster;
    match->next_payment = arena_alloc(arena, roster->payment_count * sizeof(size_t));
    match->contents = arena_alloc(arena, roster->payment_count * sizeof(char *));
    for (size_t i = roster->payment_count; i-- > 0;) {
        const struct payment *payment = &roster->payments[i];
        char *content = arena_alloc(arena, DIGEST_TEXT_SIZE);
        identity_bonus_content(payment->amount, payment->words, content, arena);
        match->contents[i] = content;
        uint32_t *first = index_find(&match->first_payment, payment->assignment);
        match->next_payment[i] = first ? *first : chain_end;
        if (first)
            *first = (uint32_t)i;
        else
            index_add(&match->first_payment, payment->assignment, i, arena);
    }
}

void
match_init(struct match *match, struct roster *roster, bool per_worker, struct arena *arena)
{
    *match = (struct match){.roster = roster};
    payments_chain(match, arena);
    if (per_worker)
        works_init(&match->works, roster, arena);
}

static struct payment *
assignment_find(const struct match *match, const char *assignment, const struct match_wish *wish)
{
    const uint32_t *first = index_find(&match->first_payment, assignment);
    for (size_t at = first ? *first : chain_end; at != chain_end; at = match->next_payment[at]) {
        struct payment *payment = &match->roster->payments[at];
        if (payment->matched || payment->at_ms < wish->since_ms ||
            !text_same(payment->worker, wish->worker))
            continue;
        bool worded = !wish->content || text_same(match->contents[at], wish->content);
        if (worded && (wish->amount == 0 || payment->amount == wish->amount))
            return payment;
    }
    return NULL;
}

struct payment *
match_find(const struct match *match, const struct match_wish *wish)
{
    if (wish->assignment)
        return assignment_find(match, wish->assignment, wish);
    struct payment *oldest = NULL;
    size_t at;
    for (bool more = works_first(&match->works, wish->worker, &at); more;
         more = works_next(&match->works, &at)) {
        struct payment *found = assignment_find(match, match->roster->assignments[at].id, wish);
        if (found && (!oldest || found->at_ms < oldest->at_ms))
            oldest = found;
    }
    return oldest;
}

stamp_t
match_since_ms(const struct deed *deed)
{
    const stamp_t slack_ms = 5 * STAMP_MINUTE_MS;
    return deed->first_intent_ms - slack_ms;
}

stamp_t
match_granted_ms(const struct match *match, const struct deed *deed)
{
    stamp_t latest_ms = 0;
    const uint32_t *first =
        deed->assignment ? index_find(&match->first_payment, deed->assignment) : NULL;
    for (size_t at = first ? *first : chain_end; at != chain_end; at = match->next_payment[at]) {
        const struct payment *payment = &match->roster->payments[at];
        if (payment->at_ms <= deed->settled_ms && payment->at_ms > latest_ms &&
            text_same(payment->worker, deed->worker) &&
            text_same(match->contents[at], deed->content))
            latest_ms = payment->at_ms;
    }
    return latest_ms ? latest_ms : deed->settled_ms;
}

void
match_deeds(struct match *match, const struct ledger *ledger)
{
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        if (deed->verb != VERB_BONUS || deed->standing != STANDING_DONE || !deed->worker)
            continue;
        struct match_wish wish = {.worker = deed->worker,
                                  .assignment = deed->assignment,
                                  .content = deed->content,
                                  .since_ms = deed->intended ? match_since_ms(deed) : INT64_MIN};
        struct payment *payment = match_find(match, &wish);
        if (payment)
            payment->matched = true;
    }
}
