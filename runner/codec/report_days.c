/* A column is a day as long as the columns are few, then a week from Monday, a month, a year; those
 * on which nothing was spent have their place too, so that time is as long as it was. */
#include "codec/report_days.h"

#include <stdlib.h>
#include <string.h>

#include "codec/chart.h"
#include "codec/html.h"
#include "codec/report_parts.h"

enum { COLUMNS_MOST = 62 };

enum unit { UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR };

static const char *const unit_names[] = {"day (UTC)", "week from Monday (UTC)", "month (UTC)",
                                         "year (UTC)"};

struct date {
    int64_t year, month;
    char text[STAMP_TEXT_SIZE]; /* begins with the date */
};

static struct date
date_of(int64_t day)
{
    struct date date;
    stamp_print(date.text, day * STAMP_DAY_MS);
    date.year = atoi(date.text);
    date.month = atoi(date.text + strlen("2026-"));
    return date;
}

/* The number of a day's column, counted from some beginning. 1970-01-01 was a Thursday. */
static int64_t
column_of(enum unit unit, int64_t day)
{
    const struct date date = date_of(day);
    switch (unit) {
    case UNIT_DAY:
        return day;
    case UNIT_WEEK:
        return (day + 3 - (day + 3 < 0 ? 6 : 0)) / 7;
    case UNIT_MONTH:
        return date.year * 12 + date.month - 1;
    case UNIT_YEAR:
        return date.year;
    }
    return day;
}

static const char *
column_label(enum unit unit, int64_t column, struct arena *arena)
{
    switch (unit) {
    case UNIT_DAY:
        return arena_print(arena, "%.5s", date_of(column).text + strlen("2026-"));
    case UNIT_WEEK:
        return arena_print(arena, "%.10s", date_of(column * 7 - 3).text);
    case UNIT_MONTH:
        return arena_print(arena, "%04d-%02d", (int)(column / 12), (int)(column % 12 + 1));
    case UNIT_YEAR:
        return arena_print(arena, "%d", (int)column);
    }
    return "";
}

/* So many at most, whatever the journal's times are. */
static enum unit
unit_of(int64_t first, int64_t last)
{
    for (enum unit unit = UNIT_DAY; unit < UNIT_YEAR; unit++)
        if (column_of(unit, last) - column_of(unit, first) < COLUMNS_MOST)
            return unit;
    return UNIT_YEAR;
}

void
report_days_draw(const struct report_chapter *chapter, struct buffer *out)
{
    const struct statement *statement = chapter->statement;
    struct arena arena = {0};
    int64_t first_day = statement->days[0].day;
    int64_t last_day = statement->days[statement->day_count - 1].day;
    enum unit unit = unit_of(first_day, last_day);
    int64_t last = column_of(unit, last_day), first = column_of(unit, first_day);
    if (last - first >= COLUMNS_MOST) /* years: the latest ones */
        first = last - COLUMNS_MOST + 1;
    size_t count = (size_t)(last - first + 1);
    int64_t *values = arena_alloc(&arena, count * REPORT_SERIES * sizeof *values);
    const char **labels = arena_alloc(&arena, count * sizeof *labels);
    for (size_t i = 0; i < count; i++)
        labels[i] = column_label(unit, first + (int64_t)i, &arena);
    for (size_t i = 0; i < statement->day_count; i++) {
        int64_t one[REPORT_SERIES], column = column_of(unit, statement->days[i].day) - first;
        report_series_values(&statement->days[i].outlay, one);
        for (size_t j = 0; column >= 0 && j < REPORT_SERIES; j++)
            values[(size_t)column * REPORT_SERIES + j] += one[j];
    }
    const char *until =
        first_day == last_day ? "" : arena_print(&arena, " to %.10s", date_of(last_day).text);
    const char *below =
        arena_print(&arena, "%s, %.10s%s", unit_names[unit], date_of(first_day).text, until);
    struct chart_columns chart = {.title = "What was spent over time",
                                  .unit = chapter->currency,
                                  .below = below,
                                  .series = report_series,
                                  .series_count = REPORT_SERIES,
                                  .labels = labels,
                                  .count = count,
                                  .values = values,
                                  .money = true};
    buffer_text(out, "<figure>\n");
    chart_columns(&chart, out);
    buffer_text(out, "</figure>\n");
    arena_close(&arena);
}

static const char *
range_print(const struct spread_bar *bar, struct arena *arena)
{
    char from[MONEY_TEXT_SIZE], to[MONEY_TEXT_SIZE];
    money_print(from, bar->from);
    money_print(to, bar->to);
    return bar->from == bar->to ? arena_copy(arena, from)
                                : arena_print(arena, "%s to %s", from, to);
}

static void
spread_draw(const struct spread *spread, const char *currency, struct buffer *out)
{
    static const char *const series[] = {"Bonuses"};
    struct arena arena = {0};
    int64_t values[SPREAD_BARS_MOST] = {0};
    const char *labels[SPREAD_BARS_MOST];
    const cents_t width = spread->bars[0].to - spread->bars[0].from + 1;
    const bool ranges = width > 1;
    size_t count = spread->bar_count;
    if (ranges) /* those in which nothing lies have their place too */
        count = (size_t)((spread->bars[count - 1].from - spread->bars[0].from) / width) + 1;
    for (size_t i = 0; i < spread->bar_count; i++) {
        const cents_t past = spread->bars[i].from - spread->bars[0].from;
        values[ranges ? (size_t)(past / width) : i] = (int64_t)spread->bars[i].count;
    }
    for (size_t i = 0; i < count; i++) {
        char from[MONEY_TEXT_SIZE];
        const cents_t first =
            ranges ? spread->bars[0].from + (cents_t)i * width : spread->bars[i].from;
        labels[i] = arena_copy(&arena, money_print(from, first));
    }
    const char *below =
        ranges ? arena_print(&arena, "amount of the bonus, %s, from … up to the next", currency)
               : arena_print(&arena, "amount of the bonus, %s", currency);
    struct chart_columns chart = {.title = "How many bonuses there were of each amount",
                                  .unit = "bonuses",
                                  .below = below,
                                  .series = series,
                                  .series_count = 1,
                                  .labels = labels,
                                  .count = count,
                                  .values = values};
    buffer_text(out, "<figure>\n");
    chart_columns(&chart, out);
    buffer_text(out, "</figure>\n");
    arena_close(&arena);
}

static void
spread_row(const char *step, const struct spread *spread, struct buffer *out)
{
    if (!spread->count)
        return;
    html_row(out);
    html_row_name(out, step);
    html_cell_number(out, spread->count);
    html_cell_money(out, spread->least);
    html_cell_money(out, spread->median);
    html_cell_money(out, spread->mean);
    html_cell_money(out, spread->most);
    html_cell_money(out, spread->sum);
    html_row_end(out);
}

void
report_spread(const struct report_chapter *chapter, struct buffer *out)
{
    static const struct html_head heads[] = {{"Step", false},  {"Bonuses", true}, {"Least", true},
                                             {"Median", true}, {"Mean", true},    {"Most", true},
                                             {"Sum", true},    {NULL, false}};
    static const struct html_head bar_heads[] = {
        {"Amount", false}, {"Bonuses", true}, {NULL, false}};
    enum { STEPS_LISTED_MOST = 200 };
    const struct statement *statement = chapter->statement;
    struct arena arena = {0};
    if (!statement->bonuses.count)
        return;
    buffer_text(out, "<h3>Bonuses by amount</h3>\n<div class=pair>\n");
    spread_draw(&statement->bonuses, chapter->currency, out);
    html_table(out, arena_print(&arena, "By amount, in %s", chapter->currency), bar_heads);
    for (size_t i = 0; i < statement->bonuses.bar_count; i++) {
        html_row(out);
        html_row_head(out, range_print(&statement->bonuses.bars[i], &arena));
        html_cell_number(out, statement->bonuses.bars[i].count);
        html_row_end(out);
    }
    html_table_end(out);
    buffer_text(out, "</div>\n");
    html_table(out, arena_print(&arena, "Bonuses of each step, in %s", chapter->currency), heads);
    for (size_t i = 0; i < statement->step_count && i < STEPS_LISTED_MOST; i++)
        spread_row(statement->steps[i].step, &statement->steps[i].bonuses, out);
    html_table_end(out);
    arena_close(&arena);
}
