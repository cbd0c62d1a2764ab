/* bursar resolve: decides what is open, by asking the marketplace or by the operator's word. */
#include <stdio.h>

#include "base/nonce.h"
#include "base/text.h"
#include "cmd/advice.h"
#include "cmd/carry.h"
#include "cmd/commands.h"
#include "cmd/say.h"
#include "cmd/session.h"
#include "cmd/whom.h"
#include "core/wording.h"
#include "io/person.h"

/* The option that was given, and what it decides. */
static bool
word_find(const struct arguments *arguments, enum decided *decided, const char **target,
          struct error *err)
{
    static const enum option options[DECIDED_COUNT] = {
        [DECIDED_DONE] = OPTION_DONE,
        [DECIDED_NOT_DONE] = OPTION_NOT_DONE,
        [DECIDED_KEEP] = OPTION_KEEP,
        [DECIDED_WAIVE] = OPTION_WAIVE,
    };
    *target = NULL;
    for (int i = 0; i < DECIDED_COUNT; i++) {
        const char *value = arguments->values[options[i]];
        if (value && *target)
            return error_end(err, STATUS_USAGE, "one decision at a time: %s or %s",
                             option_row(options[*decided])->name, option_row(options[i])->name);
        if (!value)
            continue;
        *decided = (enum decided)i;
        *target = value;
    }
    return true;
}

/* What the file would have the deed's action say now. What is looked up is only known with a plan;
 * without one, false. */
static bool
content_now(const struct session *session, const struct deed *deed, char content[DIGEST_TEXT_SIZE])
{
    const struct step *step = campaign_step_find(session->load.campaign, deed->step);
    const struct action *action = session->plan ? plan_find(session->plan, deed->key) : NULL;
    struct arena arena = {0};
    if (action)
        snprintf(content, DIGEST_TEXT_SIZE, "%s", action->terms->content);
    else if (step && !step_varies(step)) {
        struct content says = step_content(step);
        identity_content(&says, content, &arena);
    } else {
        content[0] = '\0';
    }
    arena_close(&arena);
    return content[0] != '\0';
}

/* Whether a deed of the journal is one that such a word can be about. */
static bool
deed_fits(const struct session *session, const struct deed *deed, enum decided decided)
{
    switch (decided) {
    case DECIDED_DONE: /* that a qualification was made does not tell its id: the list does */
        return deed_is_open(deed) && deed->verb != VERB_CREATE;
    case DECIDED_NOT_DONE:
        return deed_is_open(deed);
    case DECIDED_KEEP: {
        char content[DIGEST_TEXT_SIZE];
        return deed->standing == STANDING_DONE && content_now(session, deed, content) &&
               !deed_is_kept(deed, content) && !text_same(content, deed->content);
    }
    case DECIDED_WAIVE:
        return deed->standing == STANDING_REFUSED && !deed->waived;
    }
    return false;
}

static struct entry
word_entry(struct session *session, const char *key, enum decided decided)
{
    return (struct entry){
        .kind = ENTRY_RESOLVE, .key = key, .decided = decided, .who = person_name(&session->arena)};
}

/* Ages are reckoned from the journal's times, and this machine's clock may be wrong by days: a time
 * from tomorrow would be the earliest that all later records can have. Where the marketplace has
 * not told its time, the journal's last one stands. */
static stamp_t
word_time(const struct session *session)
{
    return session->line.heard ? line_now(&session->line) : session->journal.last_ms;
}

/* The journal's own deeds: no marketplace is needed to take a word about them. */
static bool
deeds_resolve(struct session *session, const struct whom *whom, enum decided decided, size_t *count,
              struct error *err)
{
    struct ledger *ledger = &session->journal.ledger;
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        if (!whom_meets(whom, deed->step, deed->call, deed->worker, deed->assignment) ||
            !deed_fits(session, deed, decided))
            continue;
        struct entry entry = word_entry(session, deed->key, decided);
        char content[DIGEST_TEXT_SIZE];
        bool compared = decided == DECIDED_KEEP || decided == DECIDED_DONE;
        if (compared && content_now(session, deed, content))
            entry.content = arena_copy(&session->arena, content);
        if (!journal_add(&session->journal, &entry, word_time(session), err))
            return false;
        (*count)++;
    }
    return true;
}

/* A word about what the journal does not know yet says all that an intent would; what was paid by
 * somebody else, as it was paid. */
static struct entry
action_word(struct session *session, const struct action *action, enum decided decided)
{
    const struct step *step = &session->load.campaign->steps[action->step];
    const struct assignment *assignment = action->assignment;
    const struct payment *payment = decided == DECIDED_DONE ? action->payment : NULL;
    struct entry entry = word_entry(session, action->key, decided);
    entry.step = step->id;
    entry.was = step->was;
    entry.verb = action->verb;
    entry.has_verb = true;
    entry.content = action->terms->content;
    entry.worker = assignment->worker[0] ? assignment->worker : NULL;
    entry.salt = nonce_make(&session->arena);
    entry.assignment = action->names_assignment ? assignment->id : NULL;
    entry.task = action->names_assignment ? session->roster.tasks[assignment->task].id : NULL;
    if (payment) {
        char *content = arena_alloc(&session->arena, DIGEST_TEXT_SIZE);
        identity_bonus_content(payment->amount, payment->words, content, &session->arena);
        entry.content = content;
        entry.amount = payment->amount;
        entry.fee = tariff_bonus_fee(&session->market->tariff, payment->amount);
        entry.assignment = payment->assignment;
    }
    return entry;
}

/* A journal that was lost begins anew with the person's word. */
static bool
begin(struct session *session, struct error *err)
{
    if (session->journal.ledger.has_genesis)
        return true;
    struct entry genesis = carry_genesis(session);
    return journal_add(&session->journal, &genesis, line_now(&session->line), err);
}

/* What only looks done: it stands in the plan, not in the journal. */
static bool
actions_resolve(struct session *session, const struct whom *whom, enum decided decided,
                size_t *count, struct error *err)
{
    for (size_t i = 0; i < session->plan->action_count; i++) {
        const struct action *action = &session->plan->actions[i];
        const struct step *step = &session->load.campaign->steps[action->step];
        const struct assignment *assignment = action->assignment;
        if (!action_is_elsewhere(action) ||
            !whom_meets(whom, step->id, 0, assignment->worker, assignment->id))
            continue;
        struct entry entry = action_word(session, action, decided);
        if (!begin(session, err) ||
            !journal_add(&session->journal, &entry, word_time(session), err))
            return false;
        (*count)++;
    }
    return true;
}

/* What each decision is about. */
static const char *const decided_of[DECIDED_COUNT] = {
    [DECIDED_DONE] = "unknown",
    [DECIDED_NOT_DONE] = "unknown",
    [DECIDED_KEEP] = "in conflict with the file",
    [DECIDED_WAIVE] = "refused",
};

static bool
nothing_fits(const struct session *session, const struct whom *whom, const char *text,
             enum decided decided, struct error *err)
{
    for (size_t i = 0; decided == DECIDED_DONE && i < session->journal.ledger.deed_count; i++) {
        const struct deed *deed = session->journal.ledger.deeds[i];
        if (deed->verb == VERB_CREATE && deed_is_open(deed) &&
            whom_meets(whom, deed->step, deed->call, deed->worker, deed->assignment))
            return error_end(err, STATUS_USAGE,
                             "whether the qualification of step '%s' was made, and with which id, "
                             "the marketplace's list tells: run again",
                             deed->step);
    }
    return error_end(err, STATUS_USAGE,
                     "nothing that '%s' names is %s: 'bursar status' and "
                     "'bursar plan' show what is",
                     text, decided_of[decided]);
}

/* Takes the operator's word. */
static bool
word_take(struct session *session, const char *text, enum decided decided, struct error *err)
{
    struct whom whom;
    size_t count = 0;
    bool about_open = decided == DECIDED_DONE || decided == DECIDED_NOT_DONE;
    if (!whom_read(&whom, text, session->load.campaign, &session->journal.ledger, &session->arena,
                   err) ||
        !journal_recover(&session->journal, word_time(session), err) ||
        !deeds_resolve(session, &whom, decided, &count, err))
        return false;
    const struct step *step = campaign_step_find(session->load.campaign, whom.step);
    bool varies = decided == DECIDED_KEEP && step && step_varies(step);
    bool ask = count == 0 && (about_open || varies);
    if (ask && !(session_place(session, err) && session_connect(session, err) &&
                 session_plan(session, err)))
        return false;
    if (ask && !(about_open ? actions_resolve(session, &whom, decided, &count, err)
                            : deeds_resolve(session, &whom, decided, &count, err)))
        return false;
    if (count == 0) /* what was recovered is noted all the same */
        return journal_commit(&session->journal, err) &&
               nothing_fits(session, &whom, text, decided, err);
    say_note("%zu %s of step '%s': %s", count, count == 1 ? "action" : "actions", whom.step,
             decided_name(decided));
    if (whom.named.count > count && !whom.call)
        say_note("of the others that '%s' names, %zu in all, nothing there is %s", text,
                 whom.named.count - count, decided_of[decided]);
    return journal_commit(&session->journal, err);
}

enum status
cmd_resolve(const struct arguments *arguments)
{
    struct session session;
    struct error err = {0};
    enum decided decided = DECIDED_DONE;
    const char *target;
    enum status status = STATUS_INVALID;
    session_init(&session, arguments);
    session.settles = true;
    if (session_load(&session, arguments->words[0])) {
        bool worked = word_find(arguments, &decided, &target, &err);
        if (worked && target)
            worked = session_place_journal(&session, arguments->words[0], &err) &&
                     session_journal(&session, true, &err);
        else if (worked)
            worked = session_place(&session, &err) && session_journal(&session, true, &err) &&
                     session_connect(&session, &err) && session_plan(&session, &err);
        if (!worked)
            status = say_error(&err);
        else if (!target)
            status = carry_findings(&session);
        else if (!word_take(&session, target, decided, &err))
            status = say_error(&err);
        else {
            status = run_standing(&session.journal.ledger);
            advice_go_on(&session);
        }
    }
    session_close(&session);
    return status;
}
