#include "cmd/advice.h"

#include "cmd/doubts.h"
#include "cmd/next.h"
#include "cmd/open_ends.h"
#include "cmd/say.h"

static void
refused_say(const struct session *session)
{
    struct arena arena = {0};
    struct doubts refused = {.arena = &arena};
    const struct ledger *ledger = &session->journal.ledger;
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        if (deed->standing == STANDING_REFUSED && !deed->waived)
            doubt_add(&refused, deed->step, 0, deed->verb, deed->worker);
    }
    if (refused.count) {
        if (session->plan) {
            say_note("the marketplace refused %zu action%s; which, and why:", refused.total,
                     say_s(refused.total));
            next_say(session, "status", "");
        }
        say_note("to try %s again:", session->plan ? "them" : "what was refused");
        next_say(session, "run", "--retry-refused");
        say_note("to leave them undone:");
        open_ends_commands(session, "--waive", &refused);
    }
    arena_close(&arena);
}

/* The person stopped it, perhaps because something about it was wrong. */
static void
interrupted_say(const struct session *session, const struct run *run)
{
    struct arena arena = {0};
    struct doubts paid = {.arena = &arena};
    cents_t amount = 0;
    for (size_t i = 0; i < session->plan->action_count; i++) {
        const struct action *action = &session->plan->actions[i];
        const struct step *step = &session->load.campaign->steps[action->step];
        const struct deed *deed = ledger_find(&session->journal.ledger, action->key);
        if (action->decision != DECISION_DO || action->verb != VERB_BONUS || !deed ||
            deed->standing != STANDING_DONE)
            continue;
        doubt_add(&paid, step->id, 0, step->verb, NULL);
        amount += deed->amount;
    }
    char money[MONEY_TEXT_SIZE];
    if (paid.count) {
        say_note("%zu bonus%s paid before it stopped, %s together without fees: what was paid "
                 "cannot be taken back. %s",
                 paid.total, paid.total == 1 ? " was" : "es were", money_print(money, amount),
                 run->counts.done == paid.total && !run->counts.unknown
                     ? "Nothing else was sent."
                     : "No other bonus was paid for certain.");
        say_note("if the amount is wrong, correct the file, and let what was paid stand; then look "
                 "at the plan for the others:");
        open_ends_commands(session, "--keep", &paid);
        next_say(session, "plan", "");
        say_note("if nothing is wrong, this goes on where it stopped:");
    } else {
        say_note("no bonus was paid. This goes on where it stopped:");
    }
    next_say(session, "run", "");
    arena_close(&arena);
}

/* What it would still cost. */
static cents_t
pending_cost(const struct session *session)
{
    cents_t cost = 0;
    for (size_t i = 0; i < session->plan->action_count; i++) {
        const struct action *action = &session->plan->actions[i];
        const struct deed *deed = ledger_find(&session->journal.ledger, action->key);
        bool done = deed && deed->standing == STANDING_DONE;
        if (action->decision == DECISION_DO && !done)
            cost += action->terms->amount + action->terms->fee + action->terms->reward +
                    action->terms->reward_fee;
    }
    return cost;
}

static void
pending_say(const struct session *session, const struct run *run)
{
    char money[MONEY_TEXT_SIZE];
    if (run->stop == STATUS_CREDENTIALS)
        say_note("what is pending is done by the next run, with keys that are accepted:");
    else if (run->funds_gone)
        say_note("what is pending costs %s with its fees. Add that to the account; the next run "
                 "does the rest:",
                 money_print(money, pending_cost(session)));
    else
        say_note("what is pending is done by the next run:");
    next_say(session, "run", "");
}

void
advice_say(struct session *session, const struct run *run, enum status status)
{
    if (session->sim || status == STATUS_DONE || session->journal.ledger.genesis.redacted)
        return;
    if (status == STATUS_UNKNOWN || status == STATUS_INTERRUPTED)
        open_ends_say(session, run ? run->counts.pending : 0);
    if (run && run->withheld) {
        say_note("%zu message%s withheld; to whom, and what decides it:", run->withheld,
                 run->withheld == 1 ? " was" : "s were");
        next_say(session, "plan", "");
    }
    refused_say(session);
    if (run && run->stop == STATUS_INTERRUPTED)
        interrupted_say(session, run);
    else if (run && run->counts.pending && status != STATUS_UNKNOWN && status != STATUS_REFUSED)
        pending_say(session, run);
}

void
advice_go_on(const struct session *session)
{
    const struct ledger *ledger = &session->journal.ledger;
    const struct run_note *run = ledger_last_end(ledger);
    if (!run || !(run->waiting + run->pending))
        return;
    say_note("%zu action%s waiting when the last run ended; what may go on now is done by:",
             run->waiting + run->pending, run->waiting + run->pending == 1 ? " was" : "s were");
    next_say(session, "run", "");
}

void
advice_broken(const struct session *session)
{
    if (session->sim)
        return;
    say_note("once the journal can be written again, the next run asks the marketplace about "
             "whatever was under way, before it sends anything:");
    next_say(session, "run", "");
}

void
advice_rest(const struct session *session)
{
    const struct ledger *ledger = &session->journal.ledger;
    const struct run_note *run = ledger_last_end(ledger);
    if (!run || ledger->genesis.redacted)
        return;
    if (run->waiting) {
        say_note("%zu action%s held back by an earlier step; which, and by what:", run->waiting,
                 run->waiting == 1 ? " is" : "s are");
        next_say(session, "plan", "");
    }
    if (!run->pending)
        return;
    const char *which = ledger->elsewhere   ? "those that are not withheld"
                        : run->pending == 1 ? "it"
                                            : "them";
    say_note("%zu action%s left pending by the last run; the next one does %s:", run->pending,
             run->pending == 1 ? " was" : "s were", which);
    next_say(session, "run", "");
}
