/* Columns over an axis. Few columns make a narrow picture, many make narrow columns; labels that
 * would touch their neighbours are left out. All lengths in tenths of a pixel. */
#include <string.h>

#include "base/arena.h"
#include "base/text.h"
#include "codec/chart.h"

enum {
    WIDTH_MOST = 6400, /* of the columns together */
    SLOT_MOST = 900,
    HEIGHT = 2000, /* of the highest column */
    ABOVE = 380,
    BELOW = 480,
    LETTER = 66,      /* a digit is about so wide */
    VALUES_MOST = 16, /* columns that can have their value above them */
};

struct frame {
    const struct chart_columns *chart;
    size_t shown[CHART_SERIES_MOST];
    size_t shown_count;
    int64_t step, top; /* in values */
    int64_t left, slot, width;
    struct arena *arena;
};

static const char *
mark_text(const struct frame *frame, int64_t value)
{
    struct buffer text = {0};
    if (frame->chart->money && frame->step % 100)
        chart_value(&text, value, true);
    else
        chart_mark(&text, value, frame->chart->money);
    const char *copy = arena_text(frame->arena, text.bytes, text.size);
    buffer_close(&text);
    return copy;
}

static const char *
value_text(const struct frame *frame, int64_t value)
{
    struct buffer text = {0};
    chart_value(&text, value, frame->chart->money);
    const char *copy = arena_text(frame->arena, text.bytes, text.size);
    buffer_close(&text);
    return copy;
}

static void
frame_init(struct frame *frame, const struct chart_columns *chart, struct arena *arena)
{
    *frame = (struct frame){.chart = chart, .arena = arena};
    int64_t most = 1;
    for (size_t i = 0; i < chart->count; i++)
        most = chart_sum(chart->values, chart->series_count, i) > most
                   ? chart_sum(chart->values, chart->series_count, i)
                   : most;
    frame->shown_count =
        chart_shown(chart->values, chart->count, chart->series_count, frame->shown);
    frame->step = chart_step(most);
    frame->top = (most + frame->step - 1) / frame->step * frame->step;
    frame->left = 160 + LETTER * (int64_t)strlen(mark_text(frame, frame->top));
    int64_t count = (int64_t)(chart->count ? chart->count : 1);
    frame->slot = WIDTH_MOST / count < SLOT_MOST ? WIDTH_MOST / count : SLOT_MOST;
    frame->width = frame->slot * count;
}

static int64_t
height_of(const struct frame *frame, int64_t value)
{
    return value * HEIGHT / frame->top;
}

static void
lines_add(const struct frame *frame, struct buffer *out)
{
    for (int64_t value = 0; value <= frame->top; value += frame->step) {
        int64_t y = ABOVE + HEIGHT - height_of(frame, value);
        buffer_text(out, value ? "<path class=rule d=\"M" : "<path class=base d=\"M");
        chart_length(out, frame->left - 40);
        buffer_text(out, " ");
        chart_length(out, y);
        buffer_text(out, "h");
        chart_length(out, frame->width + 80);
        buffer_text(out, "\"/>");
        chart_text(out, frame->left - 80, y + 40, "end", mark_text(frame, value));
    }
    chart_text(out, 0, 120, "start", frame->chart->unit);
}

static void
column_add(const struct frame *frame, size_t column, struct buffer *out)
{
    const struct chart_columns *chart = frame->chart;
    int64_t wide = frame->slot * 7 / 10, x = frame->left + (int64_t)column * frame->slot;
    int64_t below = 0;
    for (size_t i = 0; i < frame->shown_count; i++) {
        int64_t value = chart->values[column * chart->series_count + frame->shown[i]];
        int64_t low = height_of(frame, below), high = height_of(frame, below + value);
        below += value;
        if (value)
            chart_rect(out, x + (frame->slot - wide) / 2, ABOVE + HEIGHT - high, wide,
                       high - low > 5 ? high - low : 5, (enum chart_fill)frame->shown[i]);
    }
    if (below && chart->count <= VALUES_MOST)
        chart_text(out, x + frame->slot / 2, ABOVE + HEIGHT - height_of(frame, below) - 50,
                   "middle", value_text(frame, below));
}

/* Every so many columns have a label that all fit side by side. */
static size_t
label_stride(const struct frame *frame)
{
    size_t longest = 1;
    for (size_t i = 0; i < frame->chart->count; i++) {
        size_t length = text_length(frame->chart->labels[i]);
        longest = length > longest ? length : longest;
    }
    int64_t wide = LETTER * (int64_t)longest + 120;
    return (size_t)((wide + frame->slot - 1) / frame->slot);
}

void
chart_columns(const struct chart_columns *chart, struct buffer *out)
{
    struct arena arena = {0};
    struct frame frame;
    frame_init(&frame, chart, &arena);
    int64_t below = LETTER * (int64_t)text_length(chart->below);
    int64_t width = frame.width > below ? frame.width : below;
    chart_legend(chart->series, frame.shown, frame.shown_count, out);
    chart_begin(out, frame.left + width + 200, ABOVE + HEIGHT + BELOW, chart->title);
    lines_add(&frame, out);
    for (size_t i = 0; i < chart->count; i++)
        column_add(&frame, i, out);
    size_t stride = label_stride(&frame);
    for (size_t i = 0; i < chart->count; i += stride)
        chart_text(out, frame.left + (int64_t)i * frame.slot + frame.slot / 2, ABOVE + HEIGHT + 190,
                   "middle", chart->labels[i]);
    chart_text(out, frame.left, ABOVE + HEIGHT + 400, "start", chart->below);
    chart_end(out);
    arena_close(&arena);
}
