#include "cmd/carry.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/nonce.h"
#include "base/text.h"
#include "cmd/advice.h"
#include "cmd/closing.h"
#include "cmd/conflicts.h"
#include "cmd/open_ends.h"
#include "cmd/progress.h"
#include "cmd/saved.h"
#include "cmd/say.h"
#include "cmd/show.h"
#include "cmd/tally.h"
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
        buffer_print(&rows, "%s %s %s\n", action->key, action->terms->content,
                     decision_name(action->decision));
    }
    char *digest = arena_alloc(&session->arena, DIGEST_TEXT_SIZE);
    digest_hex(rows.bytes ? rows.bytes : "", rows.size, digest);
    buffer_close(&rows);
    return digest;
}

struct entry
carry_genesis(struct session *session)
{
    return (struct entry){.kind = ENTRY_GENESIS,
                          .format = RECORD_FORMAT,
                          .journal = nonce_make(&session->arena),
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
    const struct saved *saved = session->saved;
    return (struct entry){
        .kind = ENTRY_RUN,
        .who = at ? arena_text(&session->arena, person, (size_t)(at - person)) : person,
        .host = at ? at + 1 : "",
        .pid = (unsigned)getpid(),
        .version = BURSAR_VERSION,
        .plan = saved ? saved->digest : plan_digest(session),
        .plan_by = saved ? saved->plan.made_by : person,
        .commit = commit_find(session->load.campaign->file, &session->arena),
        .clock_offset_ms = session->line.wall_offset_ms,
        .balance = session->balance,
        .inputs = session->load.inputs,
        .input_count = session->load.input_count,
    };
}

/* In production the total is typed, rewards that are let go included; elsewhere, and where nothing
 * is paid, a plain yes. */
static bool
person_agrees(const struct session *session)
{
    const struct totals *totals = &session->plan->totals;
    cents_t cents = totals->amount + totals->fee + totals->reward + totals->reward_fee;
    bool production = text_same(session->environment, "production") && cents > 0;
    char total[MONEY_TEXT_SIZE];
    money_print(total, cents);
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

/* Rejecting and blocking harm people, so their number is agreed to by itself. */
static bool
harm_is_agreed(const struct session *session, enum consent consent, struct error *err)
{
    size_t harm = session->plan->harm;
    unsigned long agreed;
    bool named = session->arguments->values[OPTION_REJECT_AND_BLOCK] != NULL;
    if (!option_number(session->arguments, OPTION_REJECT_AND_BLOCK, 0, 9999999, 0, &agreed, err))
        return false;
    if (harm == 0 || consent == CONSENT_WHOLE)
        return true;
    /* Given beforehand, the number is that of the whole campaign: an interrupted run is finished by
     * the same words, and a number of last week lets nobody new in. */
    size_t whole = harm + session->plan->harm_before;
    const char *before = whole > harm ? ", those before included" : "";
    if (named && agreed == whole)
        return true;
    if (named)
        return error_end(err, STATUS_GUARDED,
                         "--reject-and-block says %lu, and the campaign rejects and blocks %zu%s: "
                         "nothing was sent; look at the plan again",
                         agreed, whole, before);
    if (!person_is_terminal(STDIN_FILENO))
        return error_end(err, STATUS_USAGE,
                         "this rejects and blocks %zu, which --yes does not answer for: add "
                         "--reject-and-block %zu when that is meant%s. Nothing was sent",
                         harm, whole, before);
    fprintf(stderr, "This rejects and blocks people. To go ahead, type how many (%zu): ", harm);
    fflush(stderr);
    struct buffer line = {0};
    struct arena arena = {0};
    bool same = person_line(&line) && text_same(line.bytes, arena_print(&arena, "%zu", harm));
    buffer_close(&line);
    arena_close(&arena);
    return same || error_end(err, person_interrupts() ? STATUS_INTERRUPTED : STATUS_GUARDED,
                             "not agreed: nothing was sent");
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
counts_say(const struct run_counts *counts)
{
    struct arena arena = {0};
    struct tally tally = {0};
    tally_add(&tally, counts->done, "done", "done");
    tally_add(&tally, counts->refused, "refused", "refused");
    tally_add(&tally, counts->unknown, "unknown", "unknown");
    tally_add(&tally, counts->pending, "pending", "pending");
    tally_add(&tally, counts->found, "found done at the marketplace and written down",
              "found done at the marketplace and written down");
    say_note("%s", tally_end(&tally, "nothing was done", &arena));
    arena_close(&arena);
}

static void
money_say(const struct run_counts *counts)
{
    char amount[MONEY_TEXT_SIZE], fee[MONEY_TEXT_SIZE];
    if (counts->amount || counts->fee)
        say_note("%s went out, and %s in fees", money_print(amount, counts->amount),
                 money_print(fee, counts->fee));
}

static void
journal_say(const struct session *session)
{
    if (!session->passing)
        say_note("journal %s, %llu records, head %.16s", session->journal_path,
                 (unsigned long long)session->journal.next_seq, session->journal.sum);
}

static bool
summary_say(const struct session *session, const struct run *run, struct error *err)
{
    bool whole = !run->only_look && !option_is_set(session->arguments, OPTION_JSON);
    struct buffer out = {0};
    if (whole)
        closing_show(session, run, &out);
    bool worked = say_out(&out, err);
    buffer_close(&out);
    counts_say(&run->counts);
    if (!whole) {
        money_say(&run->counts);
        journal_say(session);
    }
    if (session->plan->not_now)
        say_note("%zu more stay pending: this run was about a part of the campaign",
                 session->plan->not_now);
    return worked;
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
        .genesis = carry_genesis(session),
        .watcher = progress_watcher(&progress, session),
        .arena = &session->arena,
        .only_look = only_look,
        .rebuild = session->rebuild,
        .looked_ms = session->looked_ms,
    };
    bool worked = run_perform(&run, &err);
    progress_end(&progress);
    *counts = run.counts;
    if (!worked) {
        enum status status = status_worse(say_error(&err), run.stop);
        counts_say(&run.counts);
        money_say(&run.counts);
        advice_broken(session);
        return status;
    }
    enum status status = end_status(session, &run);
    if (!summary_say(session, &run, &err))
        status = status_worse(status, say_error(&err));
    advice_say(session, &run, status);
    return status;
}

static bool
plan_show(struct session *session, struct error *err)
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
    enum status refused = show_refusals(session);
    if (refused != STATUS_DONE) {
        say_note("nothing was sent");
        conflicts_advise(session);
        return status_worse(refused, end_status(session, NULL));
    }
    if (plan_is_empty(session->plan) && !session->journal.torn_bytes) {
        enum status status = end_status(session, NULL);
        say_note("nothing to do: nothing was sent and nothing written");
        if (status != STATUS_DONE)
            advice_say(session, NULL, status);
        return status;
    }
    stamp_t asked_ms = clock_boot_ms();
    if (!harm_is_agreed(session, consent, &err))
        return say_error(&err);
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
        const struct deed *deed = action->deed;
        bool can_look = deed && verb_row(action->verb)->settle != SETTLE_BY_PERSON &&
                        !deed_is_out_of_sight(deed, &session->roster);
        open += (can_look && deed_is_open(deed)) || action_is_to_note(action);
    }
    if (open == 0) {
        say_note("nothing is open that the marketplace could decide; nothing was written");
        enum status status = end_status(session, NULL);
        open_ends_unreached_say(session);
        return status;
    }
    return perform(session, true, &counts);
}

enum status
carry_rebuild(struct session *session)
{
    struct run_counts counts;
    assert(session->rebuild);
    if (session->plan->lost_sight) /* with a new journal it would be left out for good */
        return show_refusals(session);
    return perform(session, true, &counts);
}
