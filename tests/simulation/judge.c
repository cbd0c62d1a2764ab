/* The ledger and the exit status against the marketplace's book. */
#include <string.h>

#include "oracle_state.h"
#include "road.h"

static bool
happened(const struct planned *planned)
{
    return planned_is_void(planned) ||
           planned_alike_happened(planned) >= planned_alike_count(planned);
}

static size_t
alike_done(const struct planned *planned)
{
    size_t count = 0;
    for (size_t i = 0; i < cast.planned_count; i++)
        count += cast.planned[i].alike == planned->alike && cast.planned[i].has_standing &&
                 cast.planned[i].standing == STANDING_DONE;
    return count;
}

/* The ledger against the book, action by action. */
static void
planned_judge(const struct planned *planned)
{
    if (!planned->has_standing)
        return;
    if (planned->standing == STANDING_DONE && !planned_is_so(planned) &&
        alike_done(planned) > planned_alike_happened(planned))
        wrong("unexpected: the journal says that %s is done, and it never happened",
              planned_name(planned));
    /* A refusal speaks for its own attempt; of those in a lost journal nobody knows any more. */
    if (oracle.meddled && oracle.paid_ms[planned - cast.planned] < oracle.meddled_ms)
        return;
    bool settled = planned->standing == STANDING_REFUSED || planned->standing == STANDING_RELEASED;
    if (settled && planned_alike_count(planned) == 1 && planned->happened &&
        planned->verb != VERB_QUALIFY && !oracle.repeats[planned - cast.planned])
        wrong("lost: the journal says that %s is %s, and it happened", planned_name(planned),
              standing_name(planned->standing));
}

void
oracle_session(const struct session *session)
{
    const struct ledger *ledger = &session->journal.ledger;
    if (disturbance.journal || !session->plan)
        return;
    for (size_t i = 0; i < cast.planned_count; i++) {
        struct planned *planned = &cast.planned[i];
        const struct deed *deed = ledger_find(ledger, planned->key);
        const struct action *action = plan_find(session->plan, planned->key);
        planned->has_standing = deed != NULL;
        planned->standing = deed ? deed->standing : STANDING_RELEASED;
        planned->decision = action ? action->decision : DECISION_SKIP;
        planned->why = action ? action->why : WHY_DONE_BEFORE;
    }
    memset(&oracle.ledger, 0, sizeof oracle.ledger);
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        if (!planned_by_key(deed->key))
            wrong("unexpected: a deed of step %s that the campaign does not ask for", deed->step);
        if (deed->standing != STANDING_DONE)
            continue;
        bool bonus = deed->verb == VERB_BONUS, reward = deed->verb == VERB_APPROVE;
        oracle.ledger.bonuses += bonus;
        oracle.ledger.approvals += reward;
        oracle.ledger.bonus += bonus ? deed->amount : 0;
        oracle.ledger.bonus_fee += bonus ? deed->fee : 0;
        oracle.ledger.reward += reward ? deed->amount : 0;
        oracle.ledger.reward_fee += reward ? deed->fee : 0;
    }
    for (size_t i = 0; i < cast.planned_count; i++)
        planned_judge(&cast.planned[i]);
}

void
oracle_run_ended(enum status status)
{
    if (status != STATUS_DONE)
        return;
    for (size_t i = 0; i < cast.planned_count; i++) {
        const struct planned *planned = &cast.planned[i];
        bool open = planned->has_standing && (planned->standing == STANDING_INTENDED ||
                                              planned->standing == STANDING_UNKNOWN);
        if (open || !happened(planned))
            wrong("lost: the run ended with 0, and %s is %s", planned_name(planned),
                  open ? "not decided" : "not done");
    }
}

static bool
is_held_by_a_refusal(const struct planned *planned)
{
    for (size_t i = 0; i < cast.planned_count; i++) {
        const struct planned *other = &cast.planned[i];
        bool theirs = strcmp(other->work->worker, planned->work->worker) == 0;
        bool refused = other->has_standing && other->standing == STANDING_REFUSED;
        if (other->step < planned->step && refused && theirs)
            return true;
        if (other->verb == VERB_CREATE && refused && other->step <= planned->step)
            return true;
    }
    return false;
}

/* To the cent. Of approvals that a lost journal let go the marketplace keeps no list. */
static void
money_judge(void)
{
    struct sim_totals totals = inside_totals(road_marketplace());
    bool bonuses = oracle.ledger.bonuses == totals.bonus_count &&
                   oracle.ledger.bonus == totals.bonuses &&
                   oracle.ledger.bonus_fee == totals.bonus_fees;
    bool rewards = oracle.ledger.approvals == totals.approvals &&
                   oracle.ledger.reward == totals.rewards &&
                   oracle.ledger.reward_fee == totals.reward_fees;
    if (!bonuses)
        wrong("the ledger has %zu bonuses of %lld and %lld in fees, the book %zu of %lld and %lld",
              oracle.ledger.bonuses, (long long)oracle.ledger.bonus,
              (long long)oracle.ledger.bonus_fee, totals.bonus_count, (long long)totals.bonuses,
              (long long)totals.bonus_fees);
    if (!rewards && !oracle.meddled)
        wrong("the ledger has %zu approvals of %lld and %lld in fees, the book %zu of %lld and "
              "%lld",
              oracle.ledger.approvals, (long long)oracle.ledger.reward,
              (long long)oracle.ledger.reward_fee, totals.approvals, (long long)totals.rewards,
              (long long)totals.reward_fees);
    if (inside_sum(road_marketplace()) != 0)
        wrong("the marketplace's own book is wrong");
}

void
oracle_final(enum status status)
{
    for (size_t i = 0; i < cast.planned_count; i++) {
        const struct planned *planned = &cast.planned[i];
        bool known = planned->has_standing && planned->standing != STANDING_RELEASED;
        bool said = known && (planned->standing == STANDING_REFUSED ||
                              planned->standing == STANDING_DONE); /* DONE was judged before */
        if (!happened(planned) && !said && (known || !is_held_by_a_refusal(planned)))
            wrong("lost: %s was never done, and nobody says why (exit %d)", planned_name(planned),
                  status);
    }
    money_judge();
}
