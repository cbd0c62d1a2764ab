#include "codec/report_csv.h"

#include <string.h>

#include "base/text.h"
#include "codec/csv_write.h"
#include "core/statement.h"

static void
cell_last(const char *text, struct buffer *out)
{
    struct buffer shown = {0};
    text_escape(&shown, text ? text : "", false);
    csv_cell(shown.bytes ? shown.bytes : "", out);
    buffer_close(&shown);
}

static void
cell(const char *text, struct buffer *out)
{
    cell_last(text, out);
    buffer_text(out, ",");
}

static void
cell_money(cents_t cents, struct buffer *out)
{
    char money[MONEY_TEXT_SIZE];
    buffer_print(out, "%s,", money_print(money, cents));
}

static void
cell_moment(stamp_t at_ms, struct buffer *out)
{
    char when[STAMP_TEXT_SIZE];
    buffer_print(out, "%s,", at_ms ? stamp_print(when, at_ms) : "");
}

void
report_csv_head(bool with_ids, struct buffer *out)
{
    buffer_print(out,
                 REPORT_CSV_BEGINNING "%sTask,Standing,Amount,Fee,Spent,"
                                      "Currency,When,Began,Attempts,How,By,Host,Commit,Reason\r\n",
                 with_ids ? "WorkerId,AssignmentId," : "");
}

static const char *
how_of(const struct deed *deed)
{
    if (deed->waived)
        return "accepted";
    if (deed->standing != STANDING_DONE)
        return "";
    return deed->said ? "said" : deed_is_found(deed) ? "found" : "sent";
}

static const char *
person_of(const struct report_csv *csv, const struct deed *deed, struct arena *arena)
{
    const char *marketplace = csv->ledger->genesis.marketplace;
    if (deed->worker)
        return csv->veil->name(csv->veil->self, marketplace, deed->worker, arena);
    return deed->verb == VERB_CREATE ? "" : "erased";
}

static const char *
reason_of(const struct report_csv *csv, const struct deed *deed, struct arena *arena)
{
    bool refused = deed->standing == STANDING_REFUSED;
    const char *words = refused ? deed->text : deed->why;
    const char *code = refused && deed->code ? deed->code : "";
    if (deed->standing == STANDING_DONE)
        return "";
    const char *whole =
        arena_print(arena, "%s%s%s", code, *code && words ? ": " : "", words ? words : "");
    return csv->veil->words(csv->veil->self, whole, arena);
}

/* A person's word names them as "ana@lab", a run apart. */
static void
operator_cells(const struct deed *deed, const struct run_note *run, struct arena *arena,
               struct buffer *out)
{
    const char *at = deed->resolved_by ? strrchr(deed->resolved_by, '@') : NULL;
    const char *who = deed->resolved_by ? deed->resolved_by : run->who;
    cell(at ? arena_text(arena, who, (size_t)(at - who)) : who, out);
    cell(at ? at + 1 : deed->resolved_by ? "" : run->host, out);
}

void
report_csv_row(const struct report_csv *csv, size_t at, struct buffer *out)
{
    static const struct run_note nobody;
    struct arena arena = {0};
    const struct ledger *ledger = csv->ledger;
    const struct deed *deed = ledger->deeds[at];
    bool again = csv->again && csv->again[at];
    const struct run_note *run = deed->run < ledger->run_count ? &ledger->runs[deed->run] : &nobody;
    bool done = deed->standing == STANDING_DONE;
    cell(ledger->genesis.campaign, out);
    cell(ledger->genesis.environment, out);
    cell(deed->step, out);
    cell(verb_row(deed->verb)->name, out);
    cell(person_of(csv, deed, &arena), out);
    if (csv->with_ids) {
        cell(deed->worker, out);
        cell(deed->assignment, out);
    }
    cell(deed->task, out);
    cell(standing_name(deed_is_open(deed) ? STANDING_UNKNOWN : deed->standing), out);
    cell_money(deed->amount, out);
    cell_money(deed->fee, out);
    cell_money(done && !again ? deed->amount + deed->fee : 0, out);
    cell(csv->currency, out);
    cell_moment(statement_moment(deed), out);
    cell_moment(deed->first_intent_ms, out);
    buffer_print(out, "%u,", deed->attempts);
    cell(again ? "counted before" : how_of(deed), out);
    operator_cells(deed, run, &arena, out);
    cell(run->commit, out);
    cell_last(reason_of(csv, deed, &arena), out);
    buffer_text(out, "\r\n");
    arena_close(&arena);
}
