/* bursar journal erase: takes people out of a journal, for good. */
#include <stdio.h>
#include <unistd.h>

#include "base/text.h"
#include "cmd/hide.h"
#include "cmd/next.h"
#include "cmd/say.h"
#include "cmd/upkeep.h"
#include "engine/erase.h"
#include "engine/traces.h"
#include "io/clock.h"
#include "io/file.h"
#include "io/person.h"

/* Whom the command line means. Neither one person nor a moment: only what was begun before. */
static bool
whom_read(const struct arguments *arguments, struct erasure *erasure, struct error *err)
{
    const char *before = arguments->values[OPTION_BEFORE];
    if (!option_worker(arguments, &erasure->worker, err))
        return false;
    if (before && erasure->worker)
        return error_end(err, STATUS_USAGE,
                         "--worker takes one person out whole, --before everybody's older "
                         "actions: give one of the two");
    return !before || (stamp_read(before, &erasure->before_ms) && erasure->before_ms > 0) ||
           error_end(err, STATUS_USAGE,
                     "--before takes a day or a moment in UTC, such as 2026-01-31 or "
                     "2026-01-31T18:00:00Z; it has '%s'",
                     before);
}

/* Where something is missing, somebody may be left in it. */
static bool
whole_check(struct session *session, stamp_t before_ms, struct error *err)
{
    const struct journal *journal = &session->journal;
    if (!journal->exists || !journal->ledger.has_genesis)
        return error_end(err, STATUS_USAGE, "there is no journal %s", session->journal_path);
    if (journal->ledger.genesis.redacted)
        return error_end(err, STATUS_USAGE, "%s is a redacted copy: it names nobody",
                         session->journal_path);
    /* By this machine's clock or the journal's, whichever is ahead. */
    stamp_t now_ms = clock_wall_ms();
    now_ms = now_ms > journal->ledger.last_ms ? now_ms : journal->ledger.last_ms;
    if (before_ms > now_ms + 24 * STAMP_HOUR_MS)
        return error_end(err, STATUS_USAGE,
                         "--before names a day that is still to come, which would take out "
                         "everybody: nothing was erased");
    return !journal->history_lost ||
           error_end(err, STATUS_GUARDED,
                     "this is not the whole journal, and people may stand in what is missing: "
                     "nothing was erased. Bring it together first, then erase");
}

static bool
settled_check(struct session *session, const struct erasure *erasure, struct error *err)
{
    if (!erasure->open)
        return true;
    error_end(err, STATUS_UNKNOWN,
              "%zu of the actions meant %s no known outcome, and may have to be sent again as %s "
              "recorded: nothing was erased. Decide what became of %s, then erase",
              erasure->open, erasure->open == 1 ? "has" : "have",
              erasure->open == 1 ? "it is" : "they are", erasure->open == 1 ? "it" : "them");
    say_error(err);
    next_say(session, "resolve", "");
    return false;
}

static const char *
whom_print(const struct session *session, const struct erasure *erasure, struct arena *arena)
{
    char when[STAMP_TEXT_SIZE];
    if (erasure->before_ms)
        return arena_print(arena, "whoever was dealt with before %s",
                           stamp_print(when, erasure->before_ms));
    if (!erasure->worker)
        return "people whose erasure was begun";
    return hide_nothing(session->arguments, STDOUT_FILENO) ? erasure->worker : "this worker";
}

static void
outside_show(const struct erasure *erasure, struct buffer *out)
{
    if (erasure->outside)
        say_paragraph(out, "    ",
                      "%zu record%s (the first is %llu) %s the ID where nothing can be taken out "
                      "without breaking the sums: in words that everybody was told, or as an older "
                      "version wrote down what the marketplace said.",
                      erasure->outside, say_s(erasure->outside),
                      (unsigned long long)erasure->first_outside,
                      erasure->outside == 1 ? "has" : "have");
}

static void
erasure_show(const struct session *session, const struct erasure *erasure, struct buffer *out)
{
    struct arena arena = {0};
    say_paragraph(out, "    ", "To be taken out for good: %s",
                  whom_print(session, erasure, &arena));
    buffer_print(out, "  %s: %zu record%s", session->journal_path, erasure->records,
                 say_s(erasure->records));
    if (erasure->meant.count)
        buffer_print(out, " of %zu action%s for %zu worker%s", erasure->meant.count,
                     say_s(erasure->meant.count), erasure->workers.count,
                     say_s(erasure->workers.count));
    buffer_text(out, "\n");
    for (size_t i = 0; i < erasure->file_count; i++) {
        const struct erase_file *file = &erasure->files[i];
        if (file->removed)
            say_line(out, "  %s: is removed", file->path);
        else if (file->records)
            say_line(out, "  %s: %zu record%s", file->path, file->records, say_s(file->records));
    }
    say_paragraph(out, "    ",
                  "What was done, when, and for how much stays, under keys that name nobody: it is "
                  "not done again.");
    outside_show(erasure, out);
    arena_close(&arena);
}

static bool
person_agrees(const struct session *session, struct error *err)
{
    if (option_is_set(session->arguments, OPTION_YES_ERASE))
        return true;
    if (!person_is_terminal(STDIN_FILENO))
        return error_end(err, STATUS_USAGE,
                         "this cannot be taken back, and nobody can be asked here: nothing was "
                         "erased. With --yes it is done");
    fprintf(stderr, "This cannot be taken back. Go ahead? [y/N] ");
    fflush(stderr);
    struct buffer line = {0};
    const char *typed = person_line(&line) && line.bytes ? line.bytes : "";
    bool agreed = text_same(typed, "y") || text_same(typed, "yes");
    buffer_close(&line);
    return agreed || error_end(err, STATUS_GUARDED, "nothing was erased");
}

static struct index
ids_left(const struct ledger *ledger, struct arena *arena)
{
    struct index left = {0};
    for (size_t i = 0; i < ledger->deed_count; i++) {
        const struct deed *deed = ledger->deeds[i];
        if (deed->worker)
            index_add(&left, deed->worker, 0, arena);
        if (deed->assignment)
            index_add(&left, deed->assignment, 0, arena);
    }
    return left;
}

/* Those IDs that the journal names no more: of whom something newer stands there, they stay. */
static void
sought_add(struct traces *traces, const struct index *ids, const struct index *left,
           struct arena *arena)
{
    for (size_t i = 0; i < ids->count; i++)
        if (!index_find(left, ids->names[i].text))
            index_add(&traces->sought, ids->names[i].text, 0, arena);
}

/* The files beside the journal, and those that the campaign reads, which still name them. */
static void
traces_show(struct session *session, const struct erasure *erasure, struct buffer *out)
{
    struct traces traces = {0};
    struct arena *arena = &session->arena;
    const struct load *load = &session->load;
    struct index left = ids_left(&session->journal.ledger, arena);
    sought_add(&traces, &erasure->workers, &left, arena);
    sought_add(&traces, &erasure->works, &left, arena);
    traces_beside(&traces, session->journal_path, arena);
    for (size_t i = 0; i < load->input_count; i++)
        traces_in(&traces, file_beside(arena, load->campaign->file, load->inputs[i].path), arena);
    if (traces.count)
        buffer_text(out, erasure->workers.count > 1 ? "Some of the IDs still stand in:\n"
                         : erasure->works.count
                             ? "The ID, or that of their work, still stands in:\n"
                             : "The ID still stands in:\n");
    for (size_t i = 0; i < traces.count; i++)
        say_line(out, "  %s", traces.paths[i]);
}

/* What no command of ours can reach. */
static void
beyond_show(struct session *session, const struct erasure *erasure, struct buffer *out)
{
    traces_show(session, erasure, out);
    buffer_text(out, "Out of reach, for you to see to:\n"
                     "  the history of a repository in which the journal was committed\n"
                     "  copies of the journal in other folders, on other machines, in backups\n"
                     "  saved plans, lists of workers, tables and results of the campaign\n"
                     "  the marketplace itself\n");
    say_paragraph(out, "    ",
                  "A campaign that still selects them writes them down again when it has more to "
                  "do for them: leave them out with 'where: { except: … }'.");
}

static bool
nobody_show(struct session *session, const struct erasure *erasure, struct buffer *out,
            struct error *err)
{
    struct arena arena = {0};
    size_t erased = ledger_erased(&session->journal.ledger);
    if (!erasure->worker && !erasure->before_ms)
        return error_end(err, STATUS_USAGE,
                         "say who is to be taken out: --worker ID for one person, --before DATE "
                         "for everybody in what was settled before that day. (Without either, an "
                         "erasure that was interrupted is finished, and none was)");
    if (!erasure->outside)
        say_paragraph(out, "    ", "Neither %s nor its second copies name %s: nothing was changed",
                      session->journal_path, whom_print(session, erasure, &arena));
    if (erasure->worker && erased)
        say_paragraph(
            out, "    ",
            "%zu of the journal's action%s for people who were erased before; this worker may be "
            "one of them. The IDs of their work are no longer known here",
            erased, erased == 1 ? " is" : "s are");
    if (erasure->worker)
        traces_show(session, erasure, out);
    arena_close(&arena);
    return true;
}

bool
upkeep_erase(struct session *session, const char **words, struct buffer *out, enum status *status,
             struct error *err)
{
    struct erasure erasure = {0};
    struct journal *journal = &session->journal;
    if (!whom_read(session->arguments, &erasure, err) ||
        !upkeep_place(session, words[0], true, err) || !session_journal(session, true, err) ||
        !whole_check(session, erasure.before_ms, err) || !erase_weigh(journal, &erasure, err))
        return false;
    *status = erasure.outside ? STATUS_STOPPED : STATUS_DONE;
    if (!settled_check(session, &erasure, err)) {
        *status = STATUS_UNKNOWN;
        return true; /* it was said */
    }
    if (erase_is_empty(&erasure)) {
        outside_show(&erasure, out);
        return nobody_show(session, &erasure, out, err);
    }
    erasure_show(session, &erasure, out);
    if (!say_out(out, err) || !person_agrees(session, err))
        return false;
    const char *who = person_name(&session->arena);
    if (!erase_perform(journal, &erasure, who, clock_wall_ms(), err))
        return false;
    session->warned = false;
    if (!session_journal_again(session, err))
        return false;
    say_line(out, "Taken out. %s: %llu records verify, head %s", session->journal_path,
             (unsigned long long)session->journal.next_seq, session->journal.sum);
    beyond_show(session, &erasure, out);
    return true;
}
