#include "cmd/open_ends.h"

#include <unistd.h>

#include "base/text.h"
#include "cmd/doubts.h"
#include "cmd/hide.h"
#include "cmd/next.h"
#include "cmd/say.h"

/* What is open, by what can decide it. */
struct open_ends {
    struct doubts looked_up; /* the next run, or resolve, asks the marketplace */
    struct doubts told;      /* messages: only a person can say */
    struct doubts elsewhere; /* it seems that somebody else paid */
    struct doubts unreached; /* sent to people whom the file does not reach any more */
    size_t waiting;          /* bonuses that are looked for once more before they are sent again */
    stamp_t come_back_ms;    /* from when on */
};

static void
open_deed_add(const struct session *session, const struct deed *deed, struct open_ends *open)
{
    stamp_t come_back_ms = 0, now_ms = line_now(&session->line);
    if (verb_row(deed->verb)->settle == SETTLE_BY_PERSON) {
        doubt_add(&open->told, deed->step, deed->call, deed->verb, deed->worker);
        return;
    }
    if (session->plan &&
        (deed_is_out_of_sight(deed, &session->roster) || !plan_find(session->plan, deed->key))) {
        doubt_add(&open->unreached, deed->step, 0, deed->verb, deed->worker);
        return;
    }
    bool waits = deed->verb == VERB_BONUS && deed->first_absent_ms &&
                 deed_settle(deed, now_ms, &come_back_ms) == SETTLING_WAIT;
    if (!waits) {
        doubt_add(&open->looked_up, deed->step, 0, deed->verb, deed->worker);
        return;
    }
    open->waiting++;
    if (come_back_ms > open->come_back_ms)
        open->come_back_ms = come_back_ms;
}

/* A message that a lost journal may have known of. */
static void
told_unbegun_add(struct open_ends *open, const char *step, const struct action *action)
{
    doubt_add(&open->told, step, 0, action->verb, action->assignment->worker);
    open->told.unbegun++;
}

static void
open_ends_collect(const struct session *session, struct open_ends *open, struct arena *arena)
{
    const struct ledger *ledger = &session->journal.ledger;
    *open = (struct open_ends){.looked_up.arena = arena,
                               .told.arena = arena,
                               .elsewhere.arena = arena,
                               .unreached.arena = arena};
    for (size_t i = 0; i < ledger->deed_count; i++)
        if (deed_is_open(ledger->deeds[i]))
            open_deed_add(session, ledger->deeds[i], open);
    for (size_t i = 0; session->plan && i < session->plan->action_count; i++) {
        const struct action *action = &session->plan->actions[i];
        const struct step *step = &session->load.campaign->steps[action->step];
        const struct deed *deed = ledger_find(ledger, action->key);
        if (action->why == WHY_PAID_ELSEWHERE)
            doubt_add(&open->elsewhere, step->id, 0, action->verb, action->assignment->worker);
        if (action->why == WHY_OUTCOME_UNKNOWN && !(deed && deed_is_open(deed)))
            told_unbegun_add(open, step->id, action);
    }
}

void
open_ends_commands(const struct session *session, const char *option, const struct doubts *doubts)
{
    for (size_t i = 0; i < doubts->count; i++)
        next_say(session, "resolve",
                 arena_print(doubts->arena, "%s %s", option,
                             next_word(doubts->items[i].step, doubts->arena)));
}

/* Of several, because one alone may be somebody whom no message reaches. */
static const char *
workers_print(const struct doubt *doubt, struct arena *arena)
{
    const char *text = doubt->worker_count ? doubt->workers[0] : "";
    for (size_t i = 1; i < doubt->worker_count; i++)
        text = arena_print(arena, "%s%s%s", text, i + 1 == doubt->worker_count ? " and " : ", ",
                           doubt->workers[i]);
    return text;
}

static void
call_say(const struct session *session, const struct doubts *told, const struct doubt *doubt)
{
    const char *target = next_word(doubt_target(told, doubt), told->arena);
    say_note("%zu message%s of step '%s' went out in one call, " DOUBT_CALL_REACHES ". "
             "Ask %s. If one of them has it:",
             doubt->count, say_s(doubt->count), doubt->step, workers_print(doubt, told->arena));
    next_say(session, "resolve", arena_print(told->arena, "--done %s", target));
    say_note("if " DOUBT_NOBODY_HAS_IT ":");
    next_say(session, "resolve", arena_print(told->arena, "--not-done %s", target));
}

/* Each call has a fate of its own, so each is asked about. */
static void
calls_say(const struct session *session, const struct doubts *told)
{
    say_note("no list of sent messages exists, so only a person can say, for each call.");
    if (hide_nothing(session->arguments, STDERR_FILENO)) {
        for (size_t i = 0; i < told->count; i++)
            call_say(session, told, &told->items[i]);
        return;
    }
    say_note("%zu messages went out in %zu calls, each of them " DOUBT_CALL_REACHES ". "
             "To name some of each, and the commands:",
             told->total, told->count);
    next_say(session, "status", "--show-ids");
}

static void
told_say(const struct session *session, const struct doubts *told)
{
    struct arena *arena = told->arena;
    bool named = hide_nothing(session->arguments, STDERR_FILENO);
    if (doubts_in_calls(told)) {
        calls_say(session, told);
        return;
    }
    for (size_t i = 0; i < told->count; i++) {
        const struct doubt *doubt = &told->items[i];
        const char *whom = named && doubt->worker_count
                               ? arena_print(arena, ". Ask %s", workers_print(doubt, arena))
                               : "";
        say_note("%zu message%s of step '%s' may have gone out or not%s", doubt->count,
                 say_s(doubt->count), doubt->step, whom);
    }
    if (told->unbegun)
        say_note("they went out, if at all, in calls of up to a hundred by a run of which this "
                 "journal knows nothing, and of each call an answer says nothing about the others: "
                 "ask many, or say it of single workers (STEP:WORKER)");
    say_note("no list of sent messages exists, so only a person can say. %sf one of them has it:",
             named ? "I" : "Ask some of the workers (--show-ids names them). I");
    open_ends_commands(session, "--done", told);
    say_note("if " DOUBT_NOBODY_HAS_IT ":");
    open_ends_commands(session, "--not-done", told);
}

static void
looked_up_say(const struct session *session, const struct doubts *open)
{
    say_note("%zu %s sent without an answer. Before anything is sent again the marketplace is "
             "asked:",
             open->total, open->total == 1 ? "action was" : "actions were");
    next_say(session, "run", "");
    if (text_same(session->arguments->command->name, "resolve")) {
        say_note(
            "it was asked just now. What its list does not show is decided by asking once more, "
            "five minutes from now at the earliest and a quarter of an hour after it was sent:");
        next_say(session, "resolve", "");
        return;
    }
    say_note("or, to ask and send nothing:");
    next_say(session, "resolve", "");
}

static void
elsewhere_say(const struct session *session, const struct doubts *elsewhere)
{
    const char *seem = elsewhere->total == 1 ? " seems" : "es seem";
    if (text_same(session->arguments->command->name, "plan")) {
        say_note("%zu bonus%s to have been paid by somebody else", elsewhere->total, seem);
    } else {
        say_note("%zu bonus%s to have been paid by somebody else; how much, and when:",
                 elsewhere->total, seem);
        next_say(session, "plan", "");
    }
    say_note("if that was this payment:");
    open_ends_commands(session, "--done", elsewhere);
    if (elsewhere->count > 1)
        say_note("one payment may stand in the way of several steps: say this for the step that it "
                 "was, and look at the plan again");
    say_note("if it was for something else, and the next run shall pay:");
    open_ends_commands(session, "--not-done", elsewhere);
}

/* The marketplace is asked about those in the plan only. */
static void
unreached_say(const struct session *session, const struct doubts *unreached)
{
    struct arena *arena = unreached->arena;
    bool named = hide_nothing(session->arguments, STDERR_FILENO);
    for (size_t i = 0; i < unreached->count; i++) {
        const struct doubt *doubt = &unreached->items[i];
        say_note("%zu action%s of step '%s' went out without an answer, to people whom the file as "
                 "it is now does not reach. Let it reach them again and run: the marketplace is "
                 "asked first. Or look at its website, and say what became of it%s",
                 doubt->count, say_s(doubt->count), doubt->step,
                 named ? ", for each worker:" : " (--show-ids names some of them):");
        const char *target =
            next_word(arena_print(arena, "%s:%s", doubt->step,
                                  named && doubt->worker_count ? doubt->workers[0] : "WORKER"),
                      arena);
        next_say(session, "resolve", arena_print(arena, "--done %s", target));
        next_say(session, "resolve", arena_print(arena, "--not-done %s", target));
    }
}

static void
waiting_say(const struct session *session, const struct open_ends *open, size_t pending)
{
    struct arena *arena = open->looked_up.arena;
    size_t held = session->plan ? session->plan->totals.by_decision[DECISION_HOLD] : 0;
    const char *others = !session->plan ? "Run again"
                         : pending      ? arena_print(arena, "%zu other action%s pending", pending,
                                                 pending == 1 ? " is" : "s are")
                                        : "Nothing else is pending";
    const char *behind =
        held ? arena_print(arena, "; %zu later action%s of the same workers wait%s for that", held,
                           say_s(held), held == 1 ? "s" : "")
             : "";
    say_note("%zu bonus%s for %s second look: sent long ago without an answer, and not in the "
             "marketplace's list now. At least five minutes lie between two looks, and only then "
             "is it sent again. %s%s%s from %s on:",
             open->waiting, open->waiting == 1 ? " waits" : "es wait",
             open->waiting == 1 ? "its" : "their", others, behind,
             session->plan ? ". Run again" : "",
             say_moment_here(open->come_back_ms + STAMP_MINUTE_MS - 1, arena));
    next_say(session, "run", "");
}

/* `all`: also what the next run or resolve asks the marketplace about. */
static void
open_ends_tell(const struct session *session, size_t pending, bool all)
{
    struct arena arena = {0};
    struct open_ends open;
    open_ends_collect(session, &open, &arena);
    if (open.waiting)
        waiting_say(session, &open, pending);
    if (all && open.looked_up.count)
        looked_up_say(session, &open.looked_up);
    if (open.told.count)
        told_say(session, &open.told);
    unreached_say(session, &open.unreached);
    if (open.elsewhere.count)
        elsewhere_say(session, &open.elsewhere);
    arena_close(&arena);
}

void
open_ends_say(const struct session *session, size_t pending)
{
    open_ends_tell(session, pending, true);
    size_t noted = session->plan ? 0 : session->journal.ledger.elsewhere;
    if (noted) {
        say_note("%zu action%s looked done by somebody else when the last run ended; what that is, "
                 "and what decides it:",
                 noted, say_s(noted));
        next_say(session, "plan", "");
    }
}

void
open_ends_plan_say(const struct session *session)
{
    open_ends_tell(session, session->plan->totals.by_decision[DECISION_DO], false);
}

void
open_ends_unreached_say(const struct session *session)
{
    struct arena arena = {0};
    struct open_ends open;
    open_ends_collect(session, &open, &arena);
    unreached_say(session, &open.unreached);
    arena_close(&arena);
}
