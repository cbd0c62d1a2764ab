/* The runs of a journal, the latest ones: who began each, from what, what happened over its time,
 * and the account around it. */
#include "base/text.h"
#include "codec/html.h"
#include "codec/report_parts.h"

enum { RUNS_LISTED_MOST = 50, NOTES_MOST = 100 };

/* The indexes of the latest runs in the report's span, oldest first, and how many there are. */
static size_t
runs_find(const struct report *report, const struct report_chapter *chapter,
          size_t latest[RUNS_LISTED_MOST], size_t *all)
{
    const struct chronicle *chronicle = chapter->chronicle;
    size_t count = 0;
    *all = 0;
    for (size_t i = chronicle->run_count; i > 0; i--) {
        if (!report_has_run(report, &chronicle->runs[i - 1]))
            continue;
        ++*all;
        if (count < RUNS_LISTED_MOST)
            latest[count++] = i - 1;
    }
    for (size_t i = 0; i < count / 2; i++) {
        size_t other = latest[i];
        latest[i] = latest[count - 1 - i];
        latest[count - 1 - i] = other;
    }
    return count;
}

static const char *
who_print(const struct entry *entry, struct arena *arena)
{
    return arena_print(arena, "%s%s%s", entry->who ? entry->who : "?",
                       entry->host && *entry->host ? "@" : "", entry->host ? entry->host : "");
}

static void
run_row(const struct report *report, const struct report_chapter *chapter, size_t at,
        struct buffer *out)
{
    struct arena arena = {0};
    const struct chronicle_run *run = &chapter->chronicle->runs[at];
    const struct run_note *note = &chapter->ledger->runs[at];
    html_row(out);
    html_row_head(out, arena_print(&arena, "%zu", at + 1));
    html_cell_moment(out, report->moment(run->entry.at_ms, &arena));
    bool last = at + 1 == chapter->ledger->run_count;
    html_cell_moment(out, note->ended                      ? report->moment(note->ended_ms, &arena)
                          : last && chapter->run_elsewhere ? "goes on"
                                                           : "stopped without an end");
    html_cell(out, who_print(&run->entry, &arena));
    html_cell_number(out, note->ended ? note->done : run->totals[EVENT_DONE]);
    html_cell_number(out, note->ended ? note->refused : run->totals[EVENT_REFUSED]);
    html_cell_number(out, note->unknown);
    html_cell_number(out, note->pending + note->waiting);
    html_cell_money(out, report_balance_before(chapter, at));
    html_cell_money(out, outlay_sum(&chapter->statement->by_run[at]));
    html_cell_money(out, report_balance_after(chapter, at));
    html_row_end(out);
    arena_close(&arena);
}

static const char *
inputs_print(const struct entry *entry, struct arena *arena)
{
    enum { FILES_MOST = 6, DIGITS_SHOWN = 12 };
    const char *text = "";
    for (size_t i = 0; i < entry->input_count && i < FILES_MOST; i++) {
        const char *digest = entry->inputs[i].digest ? entry->inputs[i].digest : "";
        const char *digits = text_starts(digest, "sha256:") ? digest + 7 : digest;
        text =
            arena_print(arena, "%s%s%s (%.*s)", text, i ? ", " : "",
                        entry->inputs[i].path ? entry->inputs[i].path : "?", DIGITS_SHOWN, digits);
    }
    return entry->input_count > FILES_MOST
               ? arena_print(arena, "%s and %zu more", text, entry->input_count - FILES_MOST)
               : text;
}

static void
origin_row(const struct report_chapter *chapter, size_t at, struct buffer *out)
{
    enum { DIGITS_SHOWN = 12 };
    struct arena arena = {0};
    const struct entry *entry = &chapter->chronicle->runs[at].entry;
    html_row(out);
    html_row_head(out, arena_print(&arena, "%zu", at + 1));
    html_cell(out, entry->plan_by ? entry->plan_by : "–");
    html_cell(out, entry->plan ? arena_print(&arena, "%.*s", DIGITS_SHOWN, entry->plan) : "–");
    html_cell(out, entry->commit ? arena_print(&arena, "%.*s", DIGITS_SHOWN, entry->commit)
                                 : "not known");
    html_cell(out, entry->version ? entry->version : "–");
    html_cell_any(out, entry->input_count ? inputs_print(entry, &arena) : "–");
    html_row_end(out);
    arena_close(&arena);
}

static void
tables_add(const struct report *report, const struct report_chapter *chapter, const size_t *latest,
           size_t count, size_t all, struct buffer *out)
{
    static const struct html_head heads[] = {
        {"Run", false},    {"Began", false},   {"Ended", false},       {"By", false},
        {"Done", true},    {"Refused", true},  {"Unknown", true},      {"Left", true},
        {"Balance", true}, {"It spent", true}, {"Less bonuses", true}, {NULL, false}};
    static const struct html_head origins[] = {
        {"Run", false},    {"Planned by", false},      {"Plan", false}, {"Commit", false},
        {"bursar", false}, {"Files (SHA-256)", false}, {NULL, false}};
    struct arena arena = {0};
    html_table(out, arena_print(&arena, "Runs, money in %s", chapter->currency), heads);
    for (size_t i = 0; i < count; i++)
        run_row(report, chapter, latest[i], out);
    html_table_end(out);
    if (all > count)
        html_element(out, "p class=more", "… and %zu earlier runs", all - count);
    html_element(out, "p class=note",
                 "The balance is the account's as the run began; then that, less the bonuses "
                 "that it sent and their fees. Rewards are not taken off, because the "
                 "marketplace may have set them aside before. Of a run without an end only what "
                 "is written down counts.%s",
                 report->from || report->to ? " What a run spent is that of the whole run." : "");
    html_table(out, "What each run carried out", origins);
    for (size_t i = 0; i < count; i++)
        origin_row(chapter, latest[i], out);
    html_table_end(out);
    arena_close(&arena);
}

static const char *
note_print(const struct chronicle_note *note, struct arena *arena)
{
    const struct entry *entry = &note->entry;
    const char *who = entry->who ? entry->who : "somebody";
    switch (entry->kind) {
    case ENTRY_RESOLVE:
        return arena_print(arena, "%s said of %zu %s: %s", who, note->count,
                           note->count == 1 ? "action" : "actions", decided_name(entry->decided));
    case ENTRY_MERGE:
        return arena_print(arena, "%s joined another journal of this campaign: %zu records", who,
                           entry->records);
    case ENTRY_RECOVERED:
        return arena_print(arena, "an incomplete end of %zu bytes was cut off and kept beside",
                           entry->bytes);
    case ENTRY_ERASED:
        return "people were taken out of the journal";
    case ENTRY_GENESIS:
    case ENTRY_RUN:
    case ENTRY_BODY:
    case ENTRY_INTEND:
    case ENTRY_RESEND:
    case ENTRY_DONE:
    case ENTRY_REFUSED:
    case ENTRY_RELEASED:
    case ENTRY_UNKNOWN:
    case ENTRY_LOOK:
    case ENTRY_ADOPT:
    case ENTRY_END:
        break;
    }
    return entry_kind_name(entry->kind);
}

static void
notes_add(const struct report *report, const struct report_chapter *chapter, struct buffer *out)
{
    static const struct html_head heads[] = {{"When", false}, {"What", false}, {NULL, false}};
    const struct chronicle *chronicle = chapter->chronicle;
    struct arena arena = {0};
    size_t shown = 0, all = 0;
    for (size_t i = 0; i < chronicle->note_count; i++) {
        const struct chronicle_note *note = &chronicle->notes[i];
        if (!span_holds(&report->span, note->entry.at_ms) || all++ >= NOTES_MOST)
            continue;
        if (!shown++)
            html_table(out, "Besides the runs", heads);
        html_row(out);
        html_row_head(out, report->moment(note->entry.at_ms, &arena));
        html_cell(out, note_print(note, &arena));
        html_row_end(out);
    }
    if (shown)
        html_table_end(out);
    if (all > shown)
        html_element(out, "p class=more", "… and %zu more of these", all - shown);
    arena_close(&arena);
}

void
report_runs(const struct report *report, const struct report_chapter *chapter, struct buffer *out)
{
    size_t latest[RUNS_LISTED_MOST], all;
    size_t count = runs_find(report, chapter, latest, &all);
    buffer_text(out, "<h3>Runs</h3>\n");
    if (count) {
        tables_add(report, chapter, latest, count, all, out);
        report_timelines(report, chapter, latest, count, out);
    } else {
        html_element(out, "p", "No run %s.",
                     report->from || report->to ? "went on in these days" : "is written down");
    }
    notes_add(report, chapter, out);
}
