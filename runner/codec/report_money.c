/* Where the money went: by step, by day, in which amounts, and one by one. */
#include "codec/chart.h"
#include "codec/html.h"
#include "codec/report_days.h"
#include "codec/report_parts.h"

enum { STEPS_DRAWN_MOST = 30, STEPS_LISTED_MOST = 200, DAYS_LISTED_MOST = 100 };

const char *const report_series[REPORT_SERIES] = {"Bonuses", "Rewards", "Fees"};

void
report_series_values(const struct outlay *outlay, int64_t values[REPORT_SERIES])
{
    values[0] = outlay->bonus;
    values[1] = outlay->reward;
    values[2] = outlay->bonus_fee + outlay->reward_fee;
}

static void
steps_draw(const struct report_chapter *chapter, struct buffer *out)
{
    int64_t values[STEPS_DRAWN_MOST * REPORT_SERIES];
    const char *labels[STEPS_DRAWN_MOST];
    const struct statement *statement = chapter->statement;
    size_t count = 0, paying = 0;
    for (size_t i = 0; i < statement->step_count; i++) {
        const struct statement_step *step = &statement->steps[i];
        if (!step->amount && !step->fee)
            continue;
        if (++paying > STEPS_DRAWN_MOST)
            continue;
        bool bonus = verb_row(step->verb)->pays_bonus;
        labels[count] = step->step;
        report_series_values(
            bonus ? &(struct outlay){.bonus = step->amount, .bonus_fee = step->fee}
                  : &(struct outlay){.reward = step->amount, .reward_fee = step->fee},
            &values[REPORT_SERIES * count++]);
    }
    if (!count)
        return;
    struct chart_bars chart = {.title = "What each step spent",
                               .unit = chapter->currency,
                               .series = report_series,
                               .series_count = REPORT_SERIES,
                               .labels = labels,
                               .count = count,
                               .values = values,
                               .money = true};
    buffer_text(out, "<figure>\n");
    chart_bars(&chart, out);
    buffer_text(out, "</figure>\n");
    if (paying > count)
        html_element(out, "p class=more", "%zu more steps are not drawn.", paying - count);
}

static void
step_row(const struct statement_step *step, struct buffer *out)
{
    html_row(out);
    html_row_name(out, step->step);
    html_cell(out, verb_row(step->verb)->name);
    html_cell_number(out, step->by_standing[STANDING_DONE]);
    html_cell_number(out, step->by_standing[STANDING_REFUSED]);
    html_cell_number(out,
                     step->by_standing[STANDING_UNKNOWN] + step->by_standing[STANDING_INTENDED]);
    html_cell_number(out, step->by_standing[STANDING_RELEASED]);
    html_cell_money(out, step->amount);
    html_cell_money(out, step->fee);
    html_cell_money(out, step->amount + step->fee);
    html_cell_money(out, step->perhaps);
    html_row_end(out);
}

static void
steps_add(const struct report_chapter *chapter, struct buffer *out)
{
    static const struct html_head heads[] = {
        {"Step", false},   {"Action", false}, {"Done", true},   {"Refused", true},
        {"Unknown", true}, {"Pending", true}, {"Amount", true}, {"Fees", true},
        {"Spent", true},   {"Perhaps", true}, {NULL, false}};
    const struct statement *statement = chapter->statement;
    struct statement_step total = {.step = "All"};
    struct arena arena = {0};
    buffer_text(out, "<h3>By step</h3>\n");
    steps_draw(chapter, out);
    html_table(out, arena_print(&arena, "Steps, in %s", chapter->currency), heads);
    for (size_t i = 0; i < statement->step_count; i++) {
        total.amount += statement->steps[i].amount;
        total.fee += statement->steps[i].fee;
        total.perhaps += statement->steps[i].perhaps;
        if (i < STEPS_LISTED_MOST)
            step_row(&statement->steps[i], out);
    }
    buffer_text(out, "<tr class=sum><th scope=row>All</th><td></td>");
    html_cell_number(out, statement->by_standing[STANDING_DONE]);
    html_cell_number(out, statement->by_standing[STANDING_REFUSED]);
    html_cell_number(out, statement->by_standing[STANDING_UNKNOWN] +
                              statement->by_standing[STANDING_INTENDED]);
    html_cell_number(out, statement->by_standing[STANDING_RELEASED]);
    html_cell_money(out, total.amount);
    html_cell_money(out, total.fee);
    html_cell_money(out, total.amount + total.fee);
    html_cell_money(out, total.perhaps);
    html_row_end(out);
    html_table_end(out);
    html_more(out, STEPS_LISTED_MOST, statement->step_count, "steps");
    arena_close(&arena);
}

static void
day_row(const char *name, size_t count, const struct outlay *outlay, struct buffer *out)
{
    html_row_head(out, name);
    html_cell_number(out, count);
    html_cell_money(out, outlay->bonus);
    html_cell_money(out, outlay->reward);
    html_cell_money(out, outlay->bonus_fee + outlay->reward_fee);
    html_cell_money(out, outlay_sum(outlay));
    html_row_end(out);
}

static void
days_add(const struct report_chapter *chapter, struct buffer *out)
{
    static const struct html_head heads[] = {
        {"Day (UTC)", false}, {"Payments", true}, {"Bonuses", true}, {"Rewards", true},
        {"Fees", true},       {"Spent", true},    {NULL, false}};
    const struct statement *statement = chapter->statement;
    struct arena arena = {0};
    char day[STAMP_TEXT_SIZE];
    buffer_text(out, "<h3>By day</h3>\n<div class=pair>\n");
    report_days_draw(chapter, out);
    html_table(out, arena_print(&arena, "Days with payments, in %s", chapter->currency), heads);
    for (size_t i = 0; i < statement->day_count && i < DAYS_LISTED_MOST; i++) {
        stamp_print(day, statement->days[i].day * STAMP_DAY_MS);
        html_row(out);
        day_row(arena_print(&arena, "%.10s", day), statement->days[i].count,
                &statement->days[i].outlay, out);
    }
    buffer_text(out, "<tr class=sum>");
    day_row("All", statement->payment_count, &statement->done, out);
    html_table_end(out);
    buffer_text(out, "</div>\n");
    html_more(out, DAYS_LISTED_MOST, statement->day_count, "days");
    arena_close(&arena);
}

static const char *
how_print(const struct deed *deed, struct arena *arena)
{
    if (deed->said)
        return arena_print(arena, "so said %s", deed->resolved_by ? deed->resolved_by : "somebody");
    return deed_is_found(deed) ? "found at the marketplace" : "paid";
}

void
report_payments(const struct report *report, const struct report_chapter *chapter,
                struct buffer *out)
{
    static const struct html_head heads[] = {{"When", false},  {"Person", false}, {"Step", false},
                                             {"Amount", true}, {"Fee", true},     {"How", false},
                                             {NULL, false}};
    const struct statement *statement = chapter->statement;
    struct arena arena = {0};
    if (!statement->payment_count)
        return;
    buffer_text(out, "<h3>Payments</h3>\n");
    html_table(out, arena_print(&arena, "Payments one by one, in %s", chapter->currency), heads);
    for (size_t i = 0; i < statement->payment_count && i < STATEMENT_PAYMENTS_MOST; i++) {
        const struct deed *deed = statement->payments[i];
        const char *marketplace = chapter->ledger->genesis.marketplace;
        html_row(out);
        html_row_head(out, report->moment(deed_paid_ms(deed), &arena));
        html_cell_whole(out, report_person(report, marketplace, deed, &arena));
        html_cell_any(out, deed->step);
        html_cell_money(out, deed->amount);
        html_cell_money(out, deed->fee);
        html_cell(out, how_print(deed, &arena));
        html_row_end(out);
    }
    html_table_end(out);
    html_more(out, STATEMENT_PAYMENTS_MOST, statement->payment_count, "payments");
    arena_close(&arena);
}

void
report_money(const struct report *report, const struct report_chapter *chapter, struct buffer *out)
{
    const struct statement *statement = chapter->statement;
    if (!statement->step_count) {
        html_element(out, "p", "Nothing was done%s.",
                     report->from || report->to ? " on these days" : " yet");
        return;
    }
    steps_add(chapter, out);
    if (!statement->payment_count) {
        html_element(out, "p", "No money moved.");
        return;
    }
    days_add(chapter, out);
    report_spread(chapter, out);
}
