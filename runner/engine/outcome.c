#include "engine/outcome.h"

#include "base/nonce.h"

struct entry
outcome_describe(struct run *run, enum entry_kind kind, const struct action *action)
{
    const struct step *step = &run->campaign->steps[action->step];
    const struct assignment *assignment = action->assignment;
    bool named = action->names_assignment;
    return (struct entry){
        .kind = kind,
        .key = action->key,
        .step = step->id,
        .was = step->was,
        .verb = action->verb,
        .has_verb = true,
        .amount = action->terms->amount + action->terms->reward,
        .fee = action->terms->fee + action->terms->reward_fee,
        .content = action->terms->content,
        .qualification = action->terms->qualification,
        .value = action->terms->value,
        .worker = assignment->worker[0] ? assignment->worker : NULL,
        .assignment = named ? assignment->id : NULL,
        .task = named ? run->roster->tasks[assignment->task].id : NULL,
        .salt = nonce_make(run->arena),
    };
}

static bool
settle(struct run *run, size_t at, struct entry *entry, size_t *count, struct error *err)
{
    entry->key = run->plan->actions[at].key;
    run->counts.pending--;
    (*count)++;
    return journal_add(run->journal, entry, line_now(run->line), err);
}

static void
money_count(struct run *run, const struct action *action)
{
    run->counts.amount += action->terms->amount + action->terms->reward;
    run->counts.fee += action->terms->fee + action->terms->reward_fee;
}

bool
outcome_done(struct run *run, size_t at, const struct answer *answer, struct error *err)
{
    const struct action *action = &run->plan->actions[at];
    struct entry entry = {.kind = ENTRY_DONE,
                          .request_id = arena_copy(run->arena, answer->request_id)};
    if (action->verb == VERB_CREATE) {
        entry.qualification = arena_copy(run->arena, answer->qualification);
        roster_kind_add(run->roster, action->terms->qualification, entry.qualification, run->arena);
    }
    needs_done(&run->needs, action->assignment->worker, action->step);
    money_count(run, action);
    return settle(run, at, &entry, &run->counts.done, err);
}

struct sighting
sighting_of_payment(const struct payment *payment, struct arena *arena)
{
    char money[MONEY_TEXT_SIZE], when[STAMP_TEXT_SIZE];
    return (struct sighting){.words = arena_print(arena, "listed: %s granted %s",
                                                  money_print(money, payment->amount),
                                                  stamp_print(when, payment->at_ms)),
                             .granted_ms = payment->at_ms};
}

static const char *
state_print(const struct run *run, const struct action *action)
{
    switch (action->verb) {
    case VERB_QUALIFY:
        return arena_print(run->arena, "the score is %d", action->terms->value);
    case VERB_UNQUALIFY:
        return "the worker does not have it";
    case VERB_CREATE:
        return arena_print(run->arena, "there is one of that name: %s",
                           roster_kind_find(run->roster, action->terms->qualification));
    case VERB_BLOCK:
        return "the list of blocks shows the worker";
    case VERB_UNBLOCK:
        return "the list of blocks does not show the worker";
    case VERB_REJECT:
        return "the assignment is Rejected";
    case VERB_BONUS:
    case VERB_APPROVE:
    case VERB_NOTIFY:
        break;
    }
    return "the assignment is Approved";
}

struct sighting
sighting_of(struct run *run, const struct action *action)
{
    if (action->verb == VERB_BONUS)
        return sighting_of_payment(action->payment, run->arena);
    return (struct sighting){.words = state_print(run, action)};
}

bool
outcome_adopt(struct run *run, size_t at, const struct sighting *seen, bool foreign,
              struct error *err)
{
    const struct action *action = &run->plan->actions[at];
    struct entry entry = outcome_describe(run, ENTRY_ADOPT, action);
    entry.evidence = arena_copy(run->arena, seen->words);
    entry.granted_ms = seen->granted_ms;
    entry.foreign = foreign;
    if (action->verb == VERB_CREATE)
        entry.qualification = roster_kind_find(run->roster, action->terms->qualification);
    if (action->payment) {
        entry.assignment = action->payment->assignment;
        entry.amount = action->payment->amount;
    }
    const struct deed *deed = ledger_find(&run->journal->ledger, action->key);
    bool ours = deed && deed->doubtful && !foreign;
    /* Built anew, the journal takes what it finds for its own campaign's doing. */
    entry.held = deed && deed->intended
                     ? deed->held
                     : action->verb == (run->rebuild ? VERB_UNQUALIFY : VERB_QUALIFY);
    if (deed && deed_is_open(deed)) { /* what was sent, whatever the file says now */
        entry.content = deed->content;
        entry.value = deed->value;
        if (action->verb != VERB_CREATE)
            entry.qualification = deed->qualification;
        entry.fee = deed->fee;
    }
    if (action->decision != DECISION_DO) {
        run->counts.found++;
        return journal_add(run->journal, &entry, line_now(run->line), err);
    }
    needs_done(&run->needs, action->assignment->worker, action->step);
    if (ours)
        money_count(run, action);
    return settle(run, at, &entry, ours ? &run->counts.done : &run->counts.found, err);
}

bool
outcome_refuse(struct run *run, size_t at, const char *code, const char *text,
               const char *request_id, struct error *err)
{
    struct entry entry = {.kind = ENTRY_REFUSED,
                          .code = arena_copy(run->arena, code),
                          .text = arena_copy(run->arena, text),
                          .request_id = arena_copy(run->arena, request_id),
                          .salt = nonce_make(run->arena),
                          .key = run->plan->actions[at].key};
    if (run->plan->actions[at].decision != DECISION_DO)
        return journal_add(run->journal, &entry, line_now(run->line), err);
    return settle(run, at, &entry, &run->counts.refused, err);
}

bool
outcome_unknown(struct run *run, size_t at, const char *why, bool foreign, struct error *err)
{
    struct entry entry = {.kind = ENTRY_UNKNOWN,
                          .why = arena_copy(run->arena, why),
                          .foreign = foreign,
                          .salt = nonce_make(run->arena)};
    return settle(run, at, &entry, &run->counts.unknown, err);
}

bool
outcome_release(struct run *run, size_t at, const char *why, struct error *err)
{
    struct entry entry = {.kind = ENTRY_RELEASED,
                          .why = arena_copy(run->arena, why),
                          .key = run->plan->actions[at].key};
    return journal_add(run->journal, &entry, line_now(run->line), err);
}
