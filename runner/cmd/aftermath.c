#include "cmd/aftermath.h"

#include "base/text.h"
#include "cmd/next.h"
#include "cmd/say.h"
#include "cmd/tally.h"

static const struct run_note *
last_run(const struct ledger *ledger)
{
    return ledger->run_count ? &ledger->runs[ledger->run_count - 1] : NULL;
}

/* What the last run had settled, and what it had sent without hearing of it. */
struct leaving {
    size_t done, refused, open;
};

static bool
was_left_open(const struct ledger *ledger, const struct deed *deed)
{
    return deed_is_open(deed) && deed->tried_run + 1 == ledger->run_count;
}

static struct leaving
leaving_count(const struct ledger *ledger)
{
    struct leaving leaving = {0};
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        bool settled = deed->run + 1 == ledger->run_count && !deed->resolved_by;
        leaving.done += settled && deed->standing == STANDING_DONE;
        leaving.refused += settled && deed->standing == STANDING_REFUSED;
        leaving.open += was_left_open(ledger, deed);
    }
    return leaving;
}

/* How the marketplace decides what was left open. */
struct hearing {
    size_t done, absent, late; /* it was asked */
    size_t again;              /* need not be asked: doing it again changes nothing */
    size_t untold;             /* it cannot be asked */
    size_t waiting;            /* it will be asked once more */
    size_t elsewhere;          /* the file no longer reaches it, or says something else */
    bool only_bonuses;
};

static void
hear(const struct session *session, const struct deed *deed, struct hearing *hearing)
{
    const struct action *action = plan_find(session->plan, deed->key);
    if (verb_row(deed->verb)->settle == SETTLE_BY_PERSON) {
        hearing->untold++;
        return;
    }
    if (action && action->decision == DECISION_DO && deed->verb == VERB_QUALIFY) {
        hearing->again++;
        return;
    }
    hearing->only_bonuses &= deed->verb == VERB_BONUS;
    if (!action || action->decision == DECISION_CONFLICT)
        hearing->elsewhere++;
    else if (action->why == WHY_FOUND)
        hearing->done++;
    else if (action->why == WHY_TOO_LATE)
        hearing->late++;
    else if (action->why == WHY_OUTCOME_UNKNOWN)
        hearing->waiting++;
    else
        hearing->absent++;
}

static const char *
marketplace(const struct session *session, struct arena *arena)
{
    if (text_same(session->environment, "production"))
        return session->market->title;
    return arena_print(arena, "%s (%s)", session->market->title, session->environment);
}

static const char *
hearing_print(const struct session *session, struct arena *arena)
{
    const struct ledger *ledger = &session->journal.ledger;
    struct hearing heard = {.only_bonuses = true};
    for (size_t i = 0; i < ledger->deed_count; i++)
        if (was_left_open(ledger, ledger->deeds[i]))
            hear(session, ledger->deeds[i], &heard);
    struct tally asked = {0}, rest = {0};
    tally_add(&asked, heard.done, heard.only_bonuses ? "was paid" : "was done",
              heard.only_bonuses ? "were paid" : "were done");
    tally_add(&asked, heard.absent, "was not", "were not");
    tally_add(&asked, heard.late, "was decided otherwise", "were decided otherwise");
    tally_add(&asked, heard.waiting, "is not listed yet and is looked for once more",
              "are not listed yet and are looked for once more");
    const char *first = tally_end(&asked, "", arena);
    tally_add(&rest, heard.again, "qualification is given again, which changes nothing if it was",
              "qualifications are given again, which changes nothing if they were");
    tally_add(&rest, heard.untold, "message cannot be asked about: only a person can say",
              "messages cannot be asked about: only a person can say");
    tally_add(&rest, heard.elsewhere, "is not decided by this file as it is now",
              "are not decided by this file as it is now");
    const char *second = tally_end(&rest, "", arena);
    if (*first)
        first = arena_print(arena, " Asked %s: %s.", marketplace(session, arena), first);
    return arena_print(arena, "%s%s%s%s", first, *second ? " " : "", second, *second ? "." : "");
}

static const char *
run_name(const struct run_note *run, struct arena *arena)
{
    return arena_print(arena, "The run of %s (%s@%s)", say_moment(run->at_ms, arena),
                       run->who ? run->who : "?", run->host ? run->host : "?");
}

/* What the plan would do that no run has begun. */
static size_t
fresh_count(const struct session *session)
{
    size_t count = 0;
    for (size_t i = 0; i < session->plan->action_count; i++) {
        const struct action *action = &session->plan->actions[i];
        count += action->decision == DECISION_DO && !(action->deed && deed_is_open(action->deed));
    }
    return count;
}

static void
stopped_show(const struct session *session, const struct run_note *run, struct buffer *out)
{
    struct arena arena = {0};
    struct leaving leaving = leaving_count(&session->journal.ledger);
    struct tally list = {0};
    tally_add(&list, leaving.done, "done", "done");
    tally_add(&list, leaving.refused, "refused", "refused");
    tally_add(&list, leaving.open, "unknown", "unknown");
    tally_add(&list, fresh_count(session), "pending", "pending");
    const char *counts = tally_end(&list, "", &arena);
    size_t to_do = session->plan->totals.by_decision[DECISION_DO];
    say_paragraph(out, "", "%s stopped without an end%s%s.%s%s", run_name(run, &arena),
                  *counts ? ": " : "", counts, hearing_print(session, &arena),
                  to_do ? arena_print(&arena, " Will send %zu.", to_do)
                        : " Nothing is to be sent.");
    buffer_text(out, "\n");
    arena_close(&arena);
}

static size_t
foreign_deed_count(const struct ledger *ledger)
{
    size_t count = 0;
    for (size_t i = 0; i < ledger->deed_count; i++)
        count += deed_is_foreign(ledger->deeds[i]);
    return count;
}

/* Bonuses that this journal did not send and that lie at the marketplace, and whether anything
 * still hangs on them. */
static size_t
foreign_count(const struct session *session, bool *matters)
{
    size_t count = foreign_deed_count(&session->journal.ledger);
    *matters = false;
    for (size_t i = 0; i < session->plan->action_count; i++) {
        const struct action *action = &session->plan->actions[i];
        bool open = action->deed && deed_is_open(action->deed);
        bool done = action->deed && action->deed->standing == STANDING_DONE;
        bool found = action->why == WHY_FOUND && action->payment && !open && !done;
        count += found;
        *matters |= found || (action->why == WHY_OUTCOME_UNKNOWN && !open);
    }
    return count;
}

static void
foreign_show(const struct session *session, struct buffer *out)
{
    bool matters;
    size_t count = foreign_count(session, &matters);
    if (!count || !matters)
        return;
    bool restore = session->journal.history_lost;
    say_paragraph(out, "",
                  "%zu bonus%s paid that this journal does not know: another copy of this "
                  "campaign's journal exists (another person, another machine, or this one before "
                  "it was lost), or somebody paid by hand. What was paid is not paid again; "
                  "messages that this journal does not know may have gone out too. To %s:",
                  count, count == 1 ? " was" : "es were",
                  restore ? "bring back what this machine has seen of this journal"
                          : "join the other copy's records into this journal");
    if (restore)
        next_add(session, "journal restore", "", out);
    else
        next_merge_add(session, out);
    buffer_text(out, "\n");
}

void
aftermath_show(const struct session *session, struct buffer *out)
{
    const struct run_note *run = last_run(&session->journal.ledger);
    if (session->run_elsewhere) {
        say_paragraph(out, "", "A run is going on (%s). The figures below move while it works.",
                      session->run_elsewhere);
        buffer_text(out, "\n");
    } else if (run && !run->ended) {
        stopped_show(session, run, out);
    }
    foreign_show(session, out);
}

void
aftermath_note(const struct session *session, struct buffer *out)
{
    const struct ledger *ledger = &session->journal.ledger;
    if (session->run_elsewhere) {
        say_paragraph(out, "    ", "A run is going on: %s", session->run_elsewhere);
        return;
    }
    struct arena arena = {0};
    struct tally list = {0};
    struct leaving leaving = leaving_count(ledger);
    tally_add(&list, leaving.done, "done", "done");
    tally_add(&list, leaving.refused, "refused", "refused");
    tally_add(&list, leaving.open, "unknown", "unknown");
    const char *counts = tally_end(&list, "", &arena);
    say_paragraph(out, "    ",
                  "%s stopped without an end%s%s. To ask the marketplace about it, and "
                  "to count what is pending:",
                  run_name(last_run(ledger), &arena), *counts ? ": " : "", counts);
    next_add(session, "plan", "", out);
    arena_close(&arena);
}

/* Whether the file has messages for people whose bonus no run of this journal sent. */
static bool
messages_untold(const struct session *session)
{
    const struct campaign *campaign = session->load.campaign;
    const struct ledger *ledger = &session->journal.ledger;
    bool untold = false;
    for (size_t at = 0; campaign && at < campaign->step_count; at++) {
        struct arena arena = {0};
        struct index told = {0};
        for (size_t i = 0; i < ledger->deed_count; i++)
            if (campaign_step_find(campaign, ledger->deeds[i]->step) == &campaign->steps[at] &&
                ledger->deeds[i]->worker)
                index_add(&told, ledger->deeds[i]->worker, i, &arena);
        bool message = verb_row(campaign->steps[at].verb)->settle == SETTLE_BY_PERSON;
        for (size_t i = 0; message && i < ledger->deed_count; i++)
            untold |= deed_is_foreign(ledger->deeds[i]) && ledger->deeds[i]->worker &&
                      !index_find(&told, ledger->deeds[i]->worker);
        arena_close(&arena);
    }
    return untold;
}

void
aftermath_foreign_note(const struct session *session, struct buffer *out)
{
    size_t count = foreign_deed_count(&session->journal.ledger);
    bool untold = count && messages_untold(session);
    if (count)
        say_paragraph(out, "    ",
                      "%zu bonus%s found at the marketplace that no run of this journal sent%s",
                      count, count == 1 ? " was" : "es were",
                      untold ? "; messages that it does not know may have gone out too. What that "
                               "means for each step:"
                             : "");
    if (untold)
        next_add(session, "plan", "", out);
}
