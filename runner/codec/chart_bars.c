/* Bars with their names before and their values behind them. Lengths in tenths of a pixel. */
#include "base/arena.h"
#include "base/text.h"
#include "codec/chart.h"

enum {
    WIDTH = 4200, /* of the longest bar */
    ROW = 320,
    BAR = 200,
    LETTER = 68,
    LABEL_LETTERS_MOST = 28,
};

/* Names may be of 64 letters; the table has them whole. */
static const char *
label_cut(const char *label, struct arena *arena)
{
    if (text_length(label) <= LABEL_LETTERS_MOST)
        return label;
    size_t size = 0;
    for (size_t letters = 0; letters < LABEL_LETTERS_MOST - 1; letters++)
        do
            size++;
        while (((unsigned char)label[size] & 0xc0) == 0x80);
    return arena_print(arena, "%.*s…", (int)size, label);
}

static void
row_add(const struct chart_bars *chart, size_t row, const size_t *shown, size_t shown_count,
        int64_t left, int64_t most, struct arena *arena, struct buffer *out)
{
    int64_t y = (int64_t)row * ROW + 60, before = 0;
    chart_text(out, left - 100, y + 145, "end", label_cut(chart->labels[row], arena));
    for (size_t i = 0; i < shown_count; i++) {
        int64_t value = chart->values[row * chart->series_count + shown[i]];
        int64_t from = before * WIDTH / most, to = (before + value) * WIDTH / most;
        before += value;
        if (value)
            chart_rect(out, left + from, y, to - from > 5 ? to - from : 5, BAR,
                       (enum chart_fill)shown[i]);
    }
    struct buffer value = {0};
    chart_value(&value, before, chart->money);
    buffer_print(&value, " %s", chart->unit);
    chart_text(out, left + before * WIDTH / most + 80, y + 145, "start", value.bytes);
    buffer_close(&value);
}

void
chart_bars(const struct chart_bars *chart, struct buffer *out)
{
    struct arena arena = {0};
    size_t shown[CHART_SERIES_MOST], longest = 1;
    size_t shown_count = chart_shown(chart->values, chart->count, chart->series_count, shown);
    int64_t most = 1;
    for (size_t i = 0; i < chart->count; i++) {
        size_t length = text_length(label_cut(chart->labels[i], &arena));
        longest = length > longest ? length : longest;
        most = chart_sum(chart->values, chart->series_count, i) > most
                   ? chart_sum(chart->values, chart->series_count, i)
                   : most;
    }
    int64_t left = LETTER * (int64_t)longest + 120, base = (int64_t)chart->count * ROW + 60;
    chart_legend(chart->series, shown, shown_count, out);
    chart_begin(out, left + WIDTH + 1500, base + 40, chart->title);
    buffer_text(out, "<path class=base d=\"M");
    chart_length(out, left);
    buffer_text(out, " 0v");
    chart_length(out, base);
    buffer_text(out, "\"/>");
    for (size_t i = 0; i < chart->count; i++)
        row_add(chart, i, shown, shown_count, left, most, &arena, out);
    chart_end(out);
    arena_close(&arena);
}
