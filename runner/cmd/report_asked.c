#include "cmd/report_asked.h"

#include "base/text.h"

/* A day's first moment. */
static bool
day_read(const struct arguments *arguments, enum option option, stamp_t *at_ms, struct error *err)
{
    const char *text = arguments->values[option];
    if (!text || (text_length(text) == 10 && stamp_read(text, at_ms)))
        return true;
    return error_end(err, STATUS_USAGE, "%s takes a day, such as 2026-11-30; it has '%s'",
                     option_row(option)->name, text);
}

static bool
span_read(const struct arguments *arguments, struct report *report, struct error *err)
{
    stamp_t from_ms = 0, to_ms = INT64_MAX - STAMP_DAY_MS;
    report->from = arguments->values[OPTION_FROM];
    report->to = arguments->values[OPTION_TO];
    if (!day_read(arguments, OPTION_FROM, &from_ms, err) ||
        !day_read(arguments, OPTION_TO, &to_ms, err))
        return false;
    if (to_ms < from_ms)
        return error_end(err, STATUS_USAGE, "--from %s lies behind --to %s", report->from,
                         report->to);
    if (report->from || report->to)
        report->span = (struct span){from_ms, to_ms + STAMP_DAY_MS};
    return true;
}

static bool
is_of_another_kind(const char *output)
{
    static const char *const endings[] = {".pdf", ".xlsx", ".xls", ".ods", ".docx", ".json", ".md"};
    bool other = false;
    for (size_t i = 0; output && i < sizeof endings / sizeof *endings; i++)
        other |= text_ends(output, endings[i]);
    return other;
}

static bool
arguments_fit(const struct arguments *arguments, struct error *err)
{
    if (!arguments->values[OPTION_OUTPUT_REPORT] && !option_is_set(arguments, OPTION_CSV))
        return error_end(err, STATUS_USAGE,
                         "say where the page goes, -o report.html, or the table, -o report.csv; "
                         "--csv prints the table");
    if (is_of_another_kind(arguments->values[OPTION_OUTPUT_REPORT]))
        return error_end(err, STATUS_USAGE,
                         "-o writes a page (.html) or a table (.csv), not what the name '%s' says; "
                         "a browser prints the page to PDF",
                         arguments->values[OPTION_OUTPUT_REPORT]);
    if (option_is_set(arguments, OPTION_JOURNAL) && arguments->word_count > 1)
        return error_end(err, STATUS_USAGE, "--journal goes with one FILE");
    return true;
}

bool
report_asked(const struct arguments *arguments, struct report *report, struct error *err)
{
    return arguments_fit(arguments, err) && span_read(arguments, report, err);
}
