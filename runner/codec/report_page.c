/* The page around its chapters: head and policy, what several journals have in common, everybody's
 * years, and how to read it all. */
#include "base/digest.h"
#include "base/text.h"
#include "codec/chart.h"
#include "codec/html.h"
#include "codec/report_parts.h"

enum { PEOPLE_SHOWN_MOST = 500, CHAPTERS_LISTED_MOST = 500 };

/* CSP 3: what no source names is not loaded, and the one style is named by its digest. */
static void
head_add(const char *title, struct buffer *out)
{
    struct buffer style = {0};
    char digest[DIGEST_BASE64_SIZE];
    report_style(&style);
    digest_base64(style.bytes, style.size, digest);
    buffer_text(out, REPORT_BEGINNING "<html lang=en>\n<head>\n<meta charset=\"utf-8\">\n");
    buffer_print(out,
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                 "style-src 'sha256-%s'; base-uri 'none'; form-action 'none'\">\n"
                 "<meta name=\"referrer\" content=\"no-referrer\">\n"
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
                 digest);
    html_element(out, "title", "%s", title);
    buffer_text(out, "<style>");
    buffer_add(out, style.bytes, style.size);
    buffer_text(out, "</style>\n</head>\n<body>\n");
    buffer_close(&style);
}

static const char *
title_of(const struct report_sum *sums, size_t count, struct arena *arena)
{
    if (count == 1)
        return arena_print(arena, "Report of %s",
                           sums[0].campaign ? sums[0].campaign : sums[0].path);
    return arena_print(arena, "Report of %zu campaigns", count);
}

static void
heading_add(const struct report *report, const char *title, struct buffer *out)
{
    struct arena arena = {0};
    html_element(out, "h1", "%s", title);
    html_element(out, "p class=about", "Made on %s by %s with bursar %s.",
                 report->moment(report->made_ms, &arena), report->made_by, report->version);
    if (report->from || report->to)
        html_element(out, "p class=about",
                     "Only what happened on the days (UTC) from %s to %s, both included.",
                     report->from ? report->from : "the beginning",
                     report->to ? report->to : "the end");
    arena_close(&arena);
}

const char *
report_people(size_t people, size_t erased, struct arena *arena)
{
    if (!people && erased)
        return "people who were erased";
    return arena_print(arena, "%zu %s%s", people, people == 1 ? "person" : "people",
                       erased ? " and some who were erased" : "");
}

static bool
same_money(const struct report_sum *one, const struct report_sum *other)
{
    return text_same(one->marketplace, other->marketplace) &&
           text_same(one->environment, other->environment);
}

static void
sum_cells(const struct report_sum *sum, struct buffer *out)
{
    html_cell_money(out, sum->done.bonus);
    html_cell_money(out, sum->done.reward);
    html_cell_money(out, sum->done.bonus_fee + sum->done.reward_fee);
    html_cell_money(out, outlay_sum(&sum->done));
    html_cell_money(out, outlay_sum(&sum->open));
    html_cell_number(out, sum->refused);
    html_cell_number(out, sum->unknown);
    html_row_end(out);
}

static void
total_add(struct report_sum *total, const struct report_sum *sum)
{
    total->done.bonus += sum->done.bonus - sum->again.bonus;
    total->done.reward += sum->done.reward - sum->again.reward;
    total->done.bonus_fee += sum->done.bonus_fee - sum->again.bonus_fee;
    total->done.reward_fee += sum->done.reward_fee - sum->again.reward_fee;
    total->open.bonus += sum->open.bonus;
    total->open.reward += sum->open.reward;
    total->open.bonus_fee += sum->open.bonus_fee;
    total->open.reward_fee += sum->open.reward_fee;
    total->refused += sum->refused;
    total->unknown += sum->unknown;
}

/* A total for each marketplace and environment: play money is not money. */
static void
totals_add(const struct report_sum *sums, size_t count, struct buffer *out)
{
    struct arena arena = {0};
    for (size_t i = 0; i < count; i++) {
        bool first = sums[i].campaign != NULL;
        struct report_sum total = {0};
        for (size_t j = 0; j < count; j++) {
            if (!sums[i].campaign || !sums[j].campaign || !same_money(&sums[i], &sums[j]))
                continue;
            first = first && j >= i;
            total_add(&total, &sums[j]);
        }
        if (!first)
            continue;
        buffer_text(out, "<tr class=sum>");
        html_row_head(out, "Together");
        html_cell(out, arena_print(&arena, "%s, %s", sums[i].environment, sums[i].currency));
        sum_cells(&total, out);
    }
    arena_close(&arena);
}

/* Two copies of one campaign, or two campaigns, that tell of the same payments. */
static void
again_add(const struct report *report, const struct report_sum *sums, size_t count,
          struct buffer *out)
{
    char money[MONEY_TEXT_SIZE];
    cents_t again = 0;
    for (size_t i = 0; i < count; i++)
        again += outlay_sum(&sums[i].again);
    if (again)
        html_element(out, "p class=note",
                     "Payments of %s are told by several of these journals: each tells them as its "
                     "own or as found, and together, as in the people's years, they count once.",
                     money_print(money, again));
    if (report->erased && count > 1)
        html_element(out, "p class=note",
                     "Of people who were erased from a journal it cannot be seen whether two "
                     "campaigns tell of one payment: it may count twice.");
}

static void
overview_add(const struct report *report, const struct report_sum *sums, size_t count,
             struct buffer *out)
{
    static const struct html_head heads[] = {
        {"Campaign", false}, {"Environment", false}, {"Bonuses", true}, {"Rewards", true},
        {"Fees", true},      {"Spent", true},        {"Perhaps", true}, {"Refused", true},
        {"Unknown", true},   {NULL, false}};
    struct arena arena = {0};
    html_table(out, "Campaigns", heads);
    for (size_t i = 0; i < count && i < CHAPTERS_LISTED_MOST; i++) {
        const struct report_sum *sum = &sums[i];
        html_row(out);
        if (!sum->campaign) {
            html_row_name(out, sum->path);
            buffer_text(out, "<td colspan=8>no journal yet: nothing was run</td>");
            html_row_end(out);
            continue;
        }
        buffer_print(out, "<th scope=row class=any><a href=\"#c%zu\">", sum->number);
        html_text(out, sum->campaign);
        buffer_text(out, "</a></th>");
        html_cell(out, arena_print(&arena, "%s, %s", sum->environment, sum->currency));
        sum_cells(sum, out);
    }
    totals_add(sums, count, out);
    html_table_end(out);
    again_add(report, sums, count, out);
    html_more(out, CHAPTERS_LISTED_MOST, count, "campaigns");
    arena_close(&arena);
}

static void
year_row(const struct report *report, const struct yearly_row *row, struct buffer *out)
{
    struct arena arena = {0};
    html_row(out);
    html_row_head(out, row->worker ? report->veil->name(report->veil->self, row->marketplace,
                                                        row->worker, &arena)
                                   : "erased, together");
    html_cell(out, arena_print(&arena, "%d", row->year));
    html_cell(out, row->environment);
    html_cell_number(out, row->payments);
    html_cell_money(out, row->bonus);
    html_cell_money(out, row->reward);
    html_cell_money(out, row->found);
    html_cell_money(out, yearly_sum(row));
    html_cell_money(out, row->perhaps);
    html_row_end(out);
    arena_close(&arena);
}

static void
years_add(const struct report *report, const struct yearly *yearly, struct buffer *out)
{
    static const struct html_head heads[] = {
        {"Person", false}, {"Year (UTC)", false}, {"Environment", false}, {"Payments", true},
        {"Bonuses", true}, {"Rewards", true},     {"Found", true},        {"Got", true},
        {"Perhaps", true}, {NULL, false}};
    bool found = false;
    buffer_text(out, "<h2 id=people>People and years</h2>\n");
    if (!yearly->count) {
        html_element(out, "p", "Nobody was paid.");
        return;
    }
    html_element(out, "p",
                 "What each person got in each calendar year (UTC), without fees, the "
                 "largest sum first. Perhaps: sent, and nobody knows whether it arrived.");
    html_table(out, "Each person, by year", heads);
    for (size_t i = 0; i < yearly->count && i < PEOPLE_SHOWN_MOST; i++)
        year_row(report, &yearly->rows[i], out);
    html_table_end(out);
    html_more(out, PEOPLE_SHOWN_MOST, yearly->count, "rows");
    for (size_t i = 0; i < yearly->count; i++)
        found = found || yearly->rows[i].found;
    if (found)
        html_element(
            out, "p class=note",
            "Found: bonuses that a journal has from the marketplace's list, and no run of it "
            "sent.");
}

static void
foot_add(const struct report *report, struct buffer *out)
{
    buffer_text(out, "<footer>\n");
    if (report->names_shown)
        html_element(out, "p", "This page names people by their worker IDs: it is personal data.");
    else
        html_element(
            out, "p",
            "People appear under other names, made from their worker IDs under a random "
            "key (HMAC-SHA-256). %s, and nobody without the key can try out whom they "
            "stand for. In texts of others “…” stands for an ID.",
            report->names_kept
                ? "The key stays on the machine that made this page, so the same person "
                  "has the same name in each report made there"
                : "The key could not be kept, so in the next report they have other names");
    html_element(
        out, "p",
        "Times are the marketplace's, in UTC; “here” is the time of the machine that made "
        "this page (%s). Amounts are whole cents, summed from the journal's records. Where "
        "the marketplace's list was read, a bonus belongs to the day on which that says "
        "it was granted, else to the day of the marketplace's yes.",
        report->zone);
    buffer_text(out, "</footer>\n</body>\n</html>\n");
}

void
report_page(const struct report *report, const struct report_sum *sums, size_t count,
            const struct yearly *yearly, const struct buffer *chapters, struct buffer *out)
{
    struct arena arena = {0};
    const char *title = title_of(sums, count, &arena);
    head_add(title, out);
    chart_fills(out);
    heading_add(report, title, out);
    if (count > 1)
        overview_add(report, sums, count, out);
    if (chapters->size)
        buffer_add(out, chapters->bytes, chapters->size);
    else if (count == 1)
        html_element(out, "p", "There is no journal %s yet: nothing was run.", sums[0].path);
    if (chapters->size)
        years_add(report, yearly, out);
    foot_add(report, out);
    arena_close(&arena);
}
