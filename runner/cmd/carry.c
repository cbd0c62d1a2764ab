#include "cmd/carry.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cmd/progress.h"
#include "cmd/say.h"
#include "cmd/show.h"
#include "codec/record.h"
#include "engine/commit.h"
#include "io/clock.h"
#include "io/person.h"

/* A consent given to a plan this old is not taken: the world has moved on. */
static const stamp_t consent_lasts_ms = 10 * STAMP_MINUTE_MS;

static const char *
plan_digest(struct session *session)
{
    struct buffer rows = {0};
    for (size_t i = 0; i < session->plan->action_count; i++) {
        const struct action *action = &session->plan->actions[i];
        buffer_print(&rows, "%s %s %s\n", action->key, action->content,
                     decision_name(action->decision));
    }
    char *digest = arena_alloc(&session->arena, DIGEST_TEXT_SIZE);
    digest_hex(rows.bytes ? rows.bytes : "", rows.size, digest);
    buffer_close(&rows);
    return digest;
}

static struct entry
genesis_entry(struct session *session)
{
    unsigned char random[16];
    char *journal = arena_alloc(&session->arena, 2 * sizeof random + 1);
    digest_random(random, sizeof random);
    digest_print(random, sizeof random, journal);
    return (struct entry){.kind = ENTRY_GENESIS,
                          .format = RECORD_FORMAT,
                          .journal = journal,
                          .campaign = session->load.campaign->name,
                          .marketplace = session->market->name,
                          .environment = session->environment,
                          .endpoint = session->endpoint,
                          .labels = session->load.campaign->labels,
                          .label_count = session->load.campaign->label_count};
}

static struct entry
run_entry(struct session *session)
{
    const char *person = person_name(&session->arena);
    const char *at = strrchr(person, '@');
    return (struct entry){
        .kind = ENTRY_RUN,
        .who = at ? arena_text(&session->arena, person, (size_t)(at - person)) : person,
        .host = at ? at + 1 : "",
        .pid = (unsigned)getpid(),
        .version = BURSAR_VERSION,
        .plan = plan_digest(session),
        .plan_by = person,
        .commit = commit_find(session->load.campaign->file, &session->arena),
        .clock_offset_ms = session->line.wall_offset_ms,
        .balance = session->balance,
        .inputs = session->load.inputs,
        .input_count = session->load.input_count,
    };
}

/* In production the total is typed, elsewhere a plain yes. */
static bool
person_agrees(const struct session *session)
{
    const struct totals *totals = &session->plan->totals;
    bool production = text_same(session->environment, "production");
    char total[MONEY_TEXT_SIZE];
    money_print(total, totals->amount + totals->fee);
    if (production)
        fprintf(stderr, "To go ahead, type the total to pay (%s): ", total);
    else
        fprintf(stderr, "Go ahead? [y/N] ");
    fflush(stderr);
    struct buffer line = {0};
    const char *typed = person_line(&line) && line.bytes ? line.bytes : "";
    bool agreed =
        production ? text_same(typed, total) : text_same(typed, "y") || text_same(typed, "yes");
    if (!agreed && production && typed[0])
        say_note("you typed '%s', and the total is %s", typed, total);
    buffer_close(&line);
    return agreed;
}

static enum status
end_status(const struct session *session, const struct run *run)
{
    enum status status = run_standing(&session->journal.ledger);
    if (session->plan->totals.by_decision[DECISION_UNKNOWN])
        status = status_worse(status, STATUS_UNKNOWN);
    if (run && run->funds_gone)
        status = status_worse(status, STATUS_GUARDED);
    return run ? status_worse(status, run->stop) : status;
}

static void
summary_say(const struct session *session, const struct run *run)
{
    char amount[MONEY_TEXT_SIZE], fee[MONEY_TEXT_SIZE];
    const struct run_counts *counts = &run->counts;
    say_note("%zu done, %zu refused, %zu unknown, %zu pending", counts->done, counts->refused,
             counts->unknown, counts->pending);
    say_note("%s went out, and %s in fees", money_print(amount, counts->amount),
             money_print(fee, counts->fee));
    if (counts->found)
        say_note("%zu were found done at the marketplace and written down", counts->found);
    if (!session->passing)
        say_note("journal %s, %llu records, head %.16s", session->journal_path,
                 (unsigned long long)session->journal.next_seq, session->journal.sum);
}

/* What is open, by what can decide it. */
struct open_ends {
    size_t looked_up; /* the next run, or resolve, asks the marketplace */
    size_t told;      /* messages: only a person can say */
    size_t elsewhere; /* it seems that somebody else paid */
};

static struct open_ends
open_ends_count(const struct session *session)
{
    struct open_ends open = {0};
    const struct ledger *ledger = &session->journal.ledger;
    for (size_t i = 0; i < ledger->deed_count; i++) {
        bool person = verb_row(ledger->deeds[i].verb)->settle == SETTLE_BY_PERSON;
        bool is_open = deed_is_open(&ledger->deeds[i]);
        open.looked_up += is_open && !person;
        open.told += is_open && person;
    }
    for (size_t i = 0; i < session->plan->action_count; i++) {
        const struct action *action = &session->plan->actions[i];
        bool known = action->deed && deed_is_open(action->deed);
        open.elsewhere += action->why == WHY_PAID_ELSEWHERE;
        open.told += action->why == WHY_OUTCOME_UNKNOWN && !known;
    }
    return open;
}

static void
unknown_advise(const struct session *session)
{
    struct open_ends open = open_ends_count(session);
    const char *file = session->load.campaign->file;
    if (open.looked_up)
        say_note("%zu without a known outcome: 'bursar resolve %s', or the next run, asks the "
                 "marketplace",
                 open.looked_up, file);
    if (open.told)
        say_note("%zu %s may have gone out or not, and no list of them exists. Ask one of the "
                 "workers; then 'bursar resolve --done STEP %s' if they have it, '--not-done STEP' "
                 "if not",
                 open.told, open.told == 1 ? "message" : "messages", file);
    if (open.elsewhere)
        say_note("%zu %s to have been paid by somebody else ('bursar plan %s' says how much): "
                 "'bursar resolve --done STEP %s' if that was this payment, '--not-done STEP' if "
                 "it was another",
                 open.elsewhere, open.elsewhere == 1 ? "bonus seems" : "bonuses seem", file, file);
}

static bool
any_refused(const struct ledger *ledger)
{
    for (size_t i = 0; i < ledger->deed_count; i++)
        if (ledger->deeds[i].standing == STANDING_REFUSED && !ledger->deeds[i].waived)
            return true;
    return false;
}

/* What an end other than 0 asks of the person. */
static void
advice_say(const struct session *session, enum status status)
{
    const char *file = session->load.campaign->file;
    if (session->passing || status == STATUS_DONE)
        return;
    if (status == STATUS_UNKNOWN)
        unknown_advise(session);
    if (any_refused(&session->journal.ledger))
        say_note(
            "the marketplace refused some: 'bursar status %s' says which and why. Then 'bursar "
            "run --retry-refused %s', or 'bursar resolve --waive STEP %s'",
            file, file, file);
    if (status != STATUS_UNKNOWN && status != STATUS_REFUSED)
        say_note("what is pending is done by the next 'bursar run %s'", file);
}

static enum status
perform(struct session *session, bool only_look, struct run_counts *counts)
{
    struct progress progress;
    struct error err = {0};
    struct run run = {
        .line = &session->line,
        .journal = &session->journal,
        .campaign = session->load.campaign,
        .roster = &session->roster,
        .plan = session->plan,
        .note = run_entry(session),
        .genesis = genesis_entry(session),
        .watcher = progress_watcher(&progress, option_is_set(session->arguments, OPTION_QUIET)),
        .arena = &session->arena,
        .only_look = only_look,
        .rebuild = session->rebuild,
        .looked_ms = session->looked_ms,
    };
    bool worked = run_perform(&run, &err);
    progress_end(&progress);
    *counts = run.counts;
    if (!worked) {
        enum status status = say_error(&err);
        return status_worse(status, run.stop);
    }
    enum status status = end_status(session, &run);
    summary_say(session, &run);
    advice_say(session, status);
    return status;
}

static bool
plan_show(const struct session *session, struct error *err)
{
    if (option_is_set(session->arguments, OPTION_JSON))
        return true;
    struct buffer out = {0};
    show_plan(session, &out);
    bool worked = say_out(&out, err);
    buffer_close(&out);
    return worked;
}

enum status
carry_out(struct session *session, enum consent consent, struct run_counts *counts)
{
    struct error err = {0};
    *counts = (struct run_counts){0};
    if (!plan_show(session, &err))
        return say_error(&err);
    enum status refused = show_refusals(session->plan);
    if (refused != STATUS_DONE) {
        say_note("nothing was sent");
        return status_worse(refused, end_status(session, NULL));
    }
    if (plan_is_empty(session->plan) && !session->journal.torn_bytes) {
        enum status status = end_status(session, NULL);
        say_note("nothing to do: nothing was sent and nothing written");
        if (status != STATUS_DONE)
            advice_say(session, status);
        return status;
    }
    stamp_t asked_ms = clock_boot_ms();
    if (consent == CONSENT_ASK && !person_agrees(session)) {
        say_note("not agreed: nothing was sent");
        return person_interrupts() ? STATUS_INTERRUPTED : STATUS_GUARDED;
    }
    if (clock_boot_ms() - asked_ms > consent_lasts_ms) {
        say_note("the answer took more than ten minutes and the plan is old: nothing was sent; run "
                 "again");
        return STATUS_GUARDED;
    }
    return perform(session, false, counts);
}

enum status
carry_findings(struct session *session)
{
    struct run_counts counts;
    size_t open = 0;
    for (size_t i = 0; i < session->plan->action_count; i++) {
        const struct action *action = &session->plan->actions[i];
        enum verb verb = session->load.campaign->steps[action->step].verb;
        bool can_look = verb_row(verb)->settle != SETTLE_BY_PERSON;
        bool found = action->why == WHY_FOUND && action->payment;
        open += (action->deed && deed_is_open(action->deed) && can_look) || found;
    }
    if (open == 0) {
        say_note("nothing is open that the marketplace could decide; nothing was written");
        return end_status(session, NULL);
    }
    return perform(session, true, &counts);
}

enum status
carry_rebuild(struct session *session)
{
    struct run_counts counts;
    assert(session->rebuild);
    return perform(session, true, &counts);
}
