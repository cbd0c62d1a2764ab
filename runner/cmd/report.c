/* bursar report: what journals say, as a page or a table. No lock, no network. Each journal is
 * read, printed and let go before the next; what spans them is kept in sums. */
#include "base/text.h"
#include "cmd/commands.h"
#include "cmd/output.h"
#include "cmd/place.h"
#include "cmd/report_advice.h"
#include "cmd/report_asked.h"
#include "cmd/report_sources.h"
#include "cmd/report_table.h"
#include "cmd/say.h"
#include "cmd/setback.h"
#include "cmd/veiling.h"
#include "core/recount.h"
#include "io/clock.h"
#include "io/file.h"
#include "io/folder.h"
#include "io/person.h"

struct reporting {
    const struct arguments *arguments;
    const char *output; /* NULL: no page */
    const char *csv_output;
    bool csv;
    bool told;          /* some journal was there */
    bool several;       /* more than one may be */
    struct arena arena; /* outlives the journals */
    struct problems warnings;
    struct name_key key;
    struct veiling page_names, csv_names;
    struct veil page_veil, csv_veil;
    struct report report;
    struct report_sum *sums;
    size_t sum_count, sum_capacity;
    struct yearly yearly;
    struct recount recount;
    const bool *again; /* of the journal at hand; NULL where there is no other */
    struct buffer chapters;
    struct report_table table;
    struct sources sources;
    enum status status;
};

static bool
reporting_begin(struct reporting *reporting, const struct arguments *arguments, struct error *err)
{
    struct report *report = &reporting->report;
    bool shown = option_is_set(arguments, OPTION_SHOW_IDS);
    reporting->arguments = arguments;
    reporting->csv = option_is_set(arguments, OPTION_CSV);
    const char *output = arguments->values[OPTION_OUTPUT_REPORT];
    if (output && text_ends(output, ".csv"))
        reporting->csv_output = output;
    else
        reporting->output = output;
    reporting->csv |= reporting->csv_output != NULL;
    reporting->several = arguments->word_count > 1 || folder_is(arguments->words[0]);
    reporting->warnings.arena = reporting->yearly.arena = reporting->sources.arena =
        reporting->recount.arena = &reporting->arena;
    if (!report_asked(arguments, report, err))
        return false;
    if ((reporting->csv || !shown) &&
        !name_key_find(&reporting->key, &reporting->warnings, &reporting->arena, err))
        return false;
    say_problems(&reporting->warnings, "warning");
    reporting->page_names = (struct veiling){.key = &reporting->key, .names_shown = shown};
    reporting->csv_names = (struct veiling){.key = &reporting->key};
    reporting->page_veil = veiling_veil(&reporting->page_names);
    reporting->csv_veil = veiling_veil(&reporting->csv_names);
    report->made_ms = clock_wall_ms();
    report->made_by = person_name(&reporting->arena);
    report->version = BURSAR_VERSION;
    report->names_shown = shown;
    report->names_kept = reporting->key.kept;
    report->zone = say_zone(report->made_ms, &reporting->arena);
    report->veil = &reporting->page_veil;
    report->moment = say_moment_here;
    reporting->table.path = reporting->csv_output;
    if (reporting->csv)
        report_csv_head(shown, &reporting->table.rows);
    return true;
}

static struct report_sum *
sum_add(struct reporting *reporting, const struct session *session)
{
    reporting->sums = arena_push(&reporting->arena, reporting->sums, reporting->sum_count,
                                 &reporting->sum_capacity, sizeof *reporting->sums);
    struct report_sum *sum = &reporting->sums[reporting->sum_count++];
    *sum = (struct report_sum){.number = reporting->sum_count,
                               .path = arena_copy(&reporting->arena, session->journal_path)};
    return sum;
}

static const struct market *
market_of(const struct session *session)
{
    const struct market *market = market_find(session->journal.ledger.genesis.marketplace);
    return market ? market : session->market;
}

static void
sum_fill(struct reporting *reporting, const struct session *session,
         const struct statement *statement, struct report_sum *sum)
{
    const struct entry *genesis = &session->journal.ledger.genesis;
    sum->campaign = arena_copy(&reporting->arena, genesis->campaign);
    sum->marketplace = arena_copy(&reporting->arena, genesis->marketplace);
    sum->environment = arena_copy(&reporting->arena, genesis->environment);
    sum->currency = market_of(session)->currency;
    sum->done = statement->done;
    sum->found = statement->found;
    sum->open = statement->open;
    sum->payments = statement->payment_count;
    sum->people = statement->people;
    sum->erased = statement->erased;
    sum->refused = statement->by_standing[STANDING_REFUSED];
    sum->unknown =
        statement->by_standing[STANDING_UNKNOWN] + statement->by_standing[STANDING_INTENDED];
    sum->pending = statement->by_standing[STANDING_RELEASED];
}

/* Money that was played with on this machine is no production's; told so from here on. */
static void
environment_tell(struct session *session)
{
    struct entry *genesis = &session->journal.ledger.genesis;
    genesis->environment = place_told(genesis, &session->arena);
}

static void
chapter_add(struct reporting *reporting, struct session *session, struct report_sum *sum,
            const struct report_advice *advice, size_t advice_count)
{
    struct statement statement;
    const struct journal *journal = &session->journal;
    reporting->page_names.session = session;
    statement_make(&statement, &journal->ledger, reporting->report.span, &reporting->page_veil,
                   &session->arena);
    sum_fill(reporting, session, &statement, sum);
    for (size_t i = 0; i < journal->ledger.deed_count; i++)
        if (reporting->again && reporting->again[i] &&
            span_holds(&statement.span, statement_moment(journal->ledger.deeds[i])))
            outlay_add(&sum->again, journal->ledger.deeds[i]);
    struct report_chapter chapter = {.number = sum->number,
                                     .ledger = &journal->ledger,
                                     .statement = &statement,
                                     .chronicle = journal->chronicle,
                                     .marketplace = market_of(session)->title,
                                     .currency = sum->currency,
                                     .path = session->journal_path,
                                     .sum = journal->sum,
                                     .run_elsewhere = session->run_elsewhere,
                                     .torn_bytes = journal->torn_bytes,
                                     .history_lost = journal->history_lost,
                                     .advice = advice,
                                     .advice_count = advice_count};
    report_chapter(&reporting->report, &chapter, &reporting->chapters);
    yearly_add(&reporting->yearly, &journal->ledger, &reporting->report.span, reporting->again);
}

static bool
rows_add(struct reporting *reporting, struct session *session, struct error *err)
{
    struct report_csv csv = {.ledger = &session->journal.ledger,
                             .currency = market_of(session)->currency,
                             .veil = &reporting->csv_veil,
                             .again = reporting->again,
                             .with_ids = reporting->report.names_shown};
    reporting->csv_names.session = session;
    return report_table_add(&reporting->table, &csv, &reporting->report.span, err);
}

/* What the command line named, read and told. */
static bool
journal_tell(struct reporting *reporting, struct session *session, struct error *err)
{
    struct chronicle chronicle = {0};
    bool fresh;
    session->journal.chronicle = &chronicle;
    if (!output_fits(session, reporting->output, "report", err) ||
        !output_fits(session, reporting->csv_output, "table", err) ||
        !session_journal(session, false, err) ||
        !sources_take(&reporting->sources, &session->journal, &fresh, err))
        return false;
    if (!fresh)
        return true;
    struct report_sum *sum = sum_add(reporting, session);
    if (!session->journal.ledger.has_genesis) {
        bool lost = session->journal.history_lost;
        say_note("there is no journal %s%s", session->journal_path,
                 lost ? ": it is gone" : " yet: nothing was run");
        reporting->status = lost ? STATUS_UNKNOWN : reporting->status;
        return true;
    }
    reporting->told = true;
    struct report_advice *advice = NULL;
    size_t advice_count = reporting->output ? report_advice_make(session, &advice) : 0;
    environment_tell(session); /* commands are found by what it was */
    reporting->again =
        reporting->several
            ? recount_journal(&reporting->recount, &session->journal.ledger, &session->arena)
            : NULL;
    if (reporting->output)
        chapter_add(reporting, session, sum, advice, advice_count);
    return !reporting->csv || rows_add(reporting, session, err);
}

/* `file` names a journal at `path`, or (NULL) whatever lies beside it. */
static bool
source_tell(struct reporting *reporting, const char *file, const char *path)
{
    struct session session;
    struct error err = {0};
    session_init(&session, reporting->arguments);
    bool worked = path || session_place_journal(&session, file, &err);
    if (path)
        session.journal_path = path;
    if (worked && !path && !session.load.campaign && !text_ends(file, ".jsonl")) {
        load_campaign(file, &session.load, &session.problems, &session.arena);
        session.problems.count = 0;
    }
    worked = worked && journal_tell(reporting, &session, &err);
    if (!worked)
        reporting->status = setback_say(&session, &err);
    session_close(&session);
    return worked;
}

static bool
word_tell(struct reporting *reporting, const char *word)
{
    struct error err = {0};
    const char **paths;
    size_t count;
    if (!folder_is(word))
        return source_tell(reporting, word, NULL);
    if (!folder_list(word, ".journal.jsonl", &paths, &count, &reporting->arena, &err)) {
        reporting->status = say_error(&err);
        return false;
    }
    if (!count)
        say_note("no journals in %s", word);
    for (size_t i = 0; i < count; i++)
        if (!source_tell(reporting, paths[i], paths[i]))
            return false;
    return true;
}

static bool
page_write(struct reporting *reporting, struct error *err)
{
    struct buffer page = {0};
    reporting->report.erased = reporting->recount.erased;
    char spent[MONEY_TEXT_SIZE];
    yearly_sort(&reporting->yearly);
    report_page(&reporting->report, reporting->sums, reporting->sum_count, &reporting->yearly,
                &reporting->chapters, &page);
    bool written = output_is_ours(reporting->output, REPORT_BEGINNING, "report", err) &&
                   file_write(reporting->output, page.bytes, page.size, 0600, err);
    buffer_close(&page);
    for (size_t i = 0; written && i < reporting->sum_count; i++) {
        const struct report_sum *sum = &reporting->sums[i];
        if (sum->campaign)
            say_note("%s, %s: %s %s spent in %zu payment%s to %s, %zu refused, %zu unknown",
                     sum->campaign, sum->environment, money_print(spent, outlay_sum(&sum->done)),
                     sum->currency, sum->payments, say_s(sum->payments),
                     report_people(sum->people, sum->erased, &reporting->arena), sum->refused,
                     sum->unknown);
    }
    return written;
}

/* An empty page is no report, and must not take the place of one. */
static bool
something_told(const struct reporting *reporting, struct error *err)
{
    return reporting->told ||
           error_end(err, STATUS_USAGE, "there is no journal to report on: nothing was written");
}

enum status
cmd_report(const struct arguments *arguments)
{
    struct reporting reporting = {.status = STATUS_DONE};
    struct error err = {0};
    bool worked = reporting_begin(&reporting, arguments, &err);
    for (size_t i = 0; worked && i < arguments->word_count; i++)
        worked = word_tell(&reporting, arguments->words[i]);
    worked = worked && something_told(&reporting, &err) &&
             (!reporting.output || page_write(&reporting, &err)) &&
             (!reporting.csv || report_table_finish(&reporting.table, &err));
    if (err.text[0])
        reporting.status = say_error(&err);
    report_table_close(&reporting.table);
    digest_wipe(&reporting.key, sizeof reporting.key);
    yearly_close(&reporting.yearly);
    recount_close(&reporting.recount);
    buffer_close(&reporting.chapters);
    arena_close(&reporting.arena);
    return reporting.status;
}
