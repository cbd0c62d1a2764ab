/* bursar journal: the account book's upkeep. */
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cmd/carry.h"
#include "cmd/commands.h"
#include "cmd/hide.h"
#include "cmd/next.h"
#include "cmd/say.h"
#include "cmd/session.h"
#include "cmd/table.h"
#include "cmd/upkeep.h"
#include "engine/merge.h"
#include "io/clock.h"
#include "io/file.h"
#include "io/person.h"

/* What one verb of the upkeep does with the session's journal; `words` are what follows the verb.
 * False with err, or an exit status in `*status`. */
struct upkeep {
    const char *name;
    size_t words;
    const enum option *options; /* those that are its own; ends with OPTION_COUNT */
    bool (*perform)(struct session *session, const char **words, struct buffer *out,
                    enum status *status, struct error *err);
};

bool
upkeep_place(struct session *session, const char *file, bool for_writing, struct error *err)
{
    session->journal_path = file;
    if (!text_ends(file, ".jsonl") && !session_place_journal(session, file, err))
        return false;
    session->journal.warnings = &session->warnings;
    return !for_writing || session_hold(session, err);
}

static bool
verify(struct session *session, const char **words, struct buffer *out, enum status *status,
       struct error *err)
{
    (void)status;
    if (!upkeep_place(session, words[0], false, err) || !session_journal(session, false, err))
        return false;
    if (!session->journal.exists)
        return error_end(err, STATUS_USAGE, "there is no journal %s", session->journal_path);
    say_line(out, "%s: %llu records verify, head %s", session->journal_path,
             (unsigned long long)session->journal.next_seq, session->journal.sum);
    return true;
}

/* What was put aside may name people whom the journal that came back does not. */
static bool
aside_tell(struct session *session, struct buffer *out, struct error *err)
{
    struct ledger *ledger = &session->journal.ledger;
    bool erased = false;
    journal_close(&session->journal);
    if (!session_journal(session, false, err))
        return false;
    for (size_t i = 0; i < ledger->deed_count; i++)
        erased |= ledger->deeds[i]->erased_seq != 0;
    if (erased)
        say_paragraph(out, "    ",
                      "People were erased from it, and may stand in what was put aside; this takes "
                      "them out there too:");
    if (erased)
        next_add(session, "journal erase", "", out);
    return true;
}

static bool
restore(struct session *session, const char **words, struct buffer *out, enum status *status,
        struct error *err)
{
    (void)status;
    const char *aside;
    if (!upkeep_place(session, words[0], true, err) ||
        !journal_restore(&session->journal, clock_wall_ms(), &aside, err))
        return false;
    if (aside)
        say_line(out, "what was there is kept as %s", aside);
    say_line(out, "%s verifies again", session->journal_path);
    return !aside || aside_tell(session, out, err);
}

/* Actions that two answers confirm. What can only be done once whatever one does is no trouble. */
static size_t
doubled_show(const struct session *session, const struct merge *merge, struct buffer *out)
{
    struct arena arena = {0};
    struct table table = {.columns = 5, .arena = &arena};
    size_t count = 0;
    bool named = hide_nothing(session->arguments, STDOUT_FILENO);
    for (size_t i = 0; i < merge->doubled_count; i++) {
        const struct deed *ours = ledger_find(&session->journal.ledger, merge->doubled[i]);
        const struct deed *theirs = ledger_find(&merge->other, merge->doubled[i]);
        char money[MONEY_TEXT_SIZE], here[STAMP_TEXT_SIZE], there[STAMP_TEXT_SIZE];
        if (verb_row(ours->verb)->settle == SETTLE_BY_REPEATING)
            continue;
        count++;
        table_cell(&table, !ours->worker ? "(erased)" : named ? ours->worker : "…");
        table_cell(&table, ours->step);
        table_cell(&table, ours->amount ? money_print(money, ours->amount) : "");
        table_cell(&table, arena_print(&arena, "here %s", stamp_print(here, ours->settled_ms)));
        table_cell(&table, arena_print(&arena, "there %s", stamp_print(there, theirs->settled_ms)));
    }
    if (count)
        buffer_print(out,
                     "%zu %s confirmed on both sides by different answers, and may have happened "
                     "twice:\n",
                     count, count == 1 ? "action was" : "actions were");
    table_print(&table, "  ", out);
    arena_close(&arena);
    return count;
}

static bool
merge(struct session *session, const char **words, struct buffer *out, enum status *status,
      struct error *err)
{
    struct merge merge;
    struct journal *journal = &session->journal;
    const char *other = words[1];
    if (!upkeep_place(session, words[0], true, err))
        return false;
    journal->keeps_records = session->journal_open = true;
    if (!journal_open(journal, session->journal_path, true, &session->warnings, &session->arena,
                      err))
        return false;
    if (journal->ledger.genesis.redacted)
        return error_end(err, STATUS_USAGE, "%s is a redacted copy, into which nothing is merged",
                         session->journal_path);
    if (!journal->ledger.has_genesis)
        return error_end(err, STATUS_USAGE,
                         "there is no journal %s to merge into: give %s that name instead",
                         session->journal_path, other);
    if (!journal_merge(journal, other, person_name(&session->arena), clock_wall_ms(), &merge, err))
        return false;
    const struct parting *parting = &merge.parting;
    if (parting->theirs == 0 || (merge.news == 0 && !merge.forwarded && !merge.doubled_count)) {
        buffer_print(out, "%s holds nothing that %s does not know\n", other, journal->path);
        return true;
    }
    buffer_print(out, "%s and %s: %s\n", journal->path, other,
                 parting_print(parting, &session->arena));
    if (merge.returned)
        say_paragraph(out, "    ",
                      "%zu of the records brought name%s somebody who was erased from %s: "
                      "'bursar journal erase --worker ID' takes them out again",
                      merge.returned, merge.returned == 1 ? "s" : "", journal->path);
    if (merge.forwarded)
        buffer_print(out, "%s was the beginning of %s, and now holds the same records\n",
                     journal->path, other);
    else
        buffer_print(out, "%zu %s brought from %s\n", merge.news,
                     merge.news == 1 ? "action was" : "actions were", other);
    if (doubled_show(session, &merge, out))
        *status = STATUS_UNKNOWN;
    buffer_print(out, "%s: %llu records, head %s\n", journal->path,
                 (unsigned long long)journal->next_seq, journal->sum);
    return true;
}

/* Makes room for a new journal: nothing may be there, or something that cannot be read. */
static bool
make_way(struct session *session, struct error *err)
{
    struct journal found = {.unmirrored = true};
    struct error damage = {0};
    bool reads = journal_open(&found, session->journal_path, false, &session->warnings,
                              &session->arena, &damage);
    journal_close(&found);
    session->warnings.count = 0;
    if (reads && !found.exists)
        return true;
    if (reads && found.ledger.has_genesis)
        return error_end(err, STATUS_USAGE,
                         "%s verifies, so there is nothing to build anew: 'bursar run' goes on "
                         "with it",
                         session->journal_path);
    const char *aside =
        file_name_beside(session->journal_path, "replaced", clock_wall_ms(), &session->arena);
    if (!reads)
        say_error(&damage);
    if (!file_move(session->journal_path, aside, err))
        return false;
    say_note("what was there is kept as %s", aside);
    return true;
}

static bool
rebuild(struct session *session, const char **words, struct buffer *out, enum status *status,
        struct error *err)
{
    (void)out;
    if (!session_load(session, words[0])) {
        *status = STATUS_INVALID;
        return true;
    }
    session->rebuild = true;
    if (!session_place(session, err) || !session_hold(session, err) || !make_way(session, err) ||
        !session_journal(session, true, err) || !session_connect(session, err) ||
        !session_plan(session, err))
        return false;
    *status = carry_rebuild(session);
    return true;
}

static const enum option no_own[] = {OPTION_COUNT},
                         of_redact[] = {OPTION_OUTPUT_COPY, OPTION_COUNT},
                         of_erase[] = {OPTION_WORKER, OPTION_BEFORE, OPTION_YES_ERASE,
                                       OPTION_COUNT};

static const struct upkeep upkeeps[] = {
    {"verify", 1, no_own, verify},           {"restore", 1, no_own, restore},
    {"rebuild", 1, no_own, rebuild},         {"merge", 2, no_own, merge},
    {"redact", 1, of_redact, upkeep_redact}, {"erase", 1, of_erase, upkeep_erase}};
enum { UPKEEP_COUNT = sizeof upkeeps / sizeof *upkeeps };

static bool
is_among(const enum option *options, enum option option)
{
    while (*options != OPTION_COUNT && *options != option)
        options++;
    return *options == option;
}

bool
journal_takes(const char *verb, enum option option)
{
    bool owned = false;
    for (size_t i = 0; i < UPKEEP_COUNT; i++) {
        bool its_own = is_among(upkeeps[i].options, option);
        if (its_own && text_same(upkeeps[i].name, verb))
            return true;
        owned |= its_own;
    }
    return !owned;
}

/* What belongs to another verb would be passed over in silence. */
static bool
options_fit(const struct upkeep *upkeep, const struct arguments *arguments, struct error *err)
{
    for (const enum option *one = arguments->command->options; *one != OPTION_COUNT; one++)
        if (option_is_set(arguments, *one) && !journal_takes(upkeep->name, *one))
            return error_end(err, STATUS_USAGE, "'journal %s' takes no option '%s'", upkeep->name,
                             option_row(*one)->name);
    return true;
}

const char *
journal_verb(size_t at)
{
    return at < UPKEEP_COUNT ? upkeeps[at].name : NULL;
}

static const struct upkeep *
upkeep_find(const struct arguments *arguments, struct error *err)
{
    const char *names[UPKEEP_COUNT], *name = arguments->words[0];
    for (size_t i = 0; i < UPKEEP_COUNT; i++) {
        names[i] = upkeeps[i].name;
        if (!text_same(name, upkeeps[i].name))
            continue;
        if (arguments->word_count - 1 == upkeeps[i].words)
            return options_fit(&upkeeps[i], arguments, err) ? &upkeeps[i] : NULL;
        error_end(err, STATUS_USAGE, "'journal %s' takes %s", name,
                  upkeeps[i].words == 2 ? "a campaign file or journal, and the other journal"
                                        : "one campaign file or journal");
        return NULL;
    }
    const char *nearest = text_nearest(name, names, UPKEEP_COUNT);
    error_end(err, STATUS_USAGE,
              "'journal' takes verify, restore, rebuild, merge, redact or erase; it has '%s'%s%s%s",
              name, nearest ? ", did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
    return NULL;
}

enum status
cmd_journal(const struct arguments *arguments)
{
    struct session session;
    struct error err = {0};
    struct buffer out = {0};
    enum status status = STATUS_DONE;
    session_init(&session, arguments);
    const struct upkeep *upkeep = upkeep_find(arguments, &err);
    bool worked = upkeep && upkeep->perform(&session, arguments->words + 1, &out, &status, &err) &&
                  say_out(&out, &err);
    if (!worked)
        status = say_error(&err);
    buffer_close(&out);
    session_close(&session);
    return status;
}
