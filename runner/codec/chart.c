#include "codec/chart.h"

#include <inttypes.h>
#include <string.h>

#include "base/money.h"
#include "codec/html.h"

/* White between the marks lets a fill be told from another without its colour. */
void
chart_fills(struct buffer *out)
{
    buffer_text(
        out, "<svg width=0 height=0 class=fills aria-hidden=true><defs>"
             "<pattern id=hatched width=6 height=6 patternUnits=userSpaceOnUse "
             "patternTransform=\"rotate(45)\"><rect width=6 height=6 fill=\"#fff\"/>"
             "<rect width=2.6 height=6 fill=\"#2f5d8a\"/></pattern>"
             "<pattern id=dotted width=5 height=5 patternUnits=userSpaceOnUse>"
             "<rect width=5 height=5 fill=\"#fff\"/><circle cx=2.5 cy=2.5 r=1.3 fill=\"#2f5d8a\"/>"
             "</pattern></defs></svg>\n");
}

void
chart_fill(struct buffer *out, enum chart_fill fill)
{
    switch (fill) {
    case CHART_SOLID:
        buffer_text(out, " fill=\"#2f5d8a\"");
        return;
    case CHART_HATCHED:
        buffer_text(out, " fill=\"url(#hatched)\" stroke=\"#2f5d8a\"");
        return;
    case CHART_DOTTED:
        buffer_text(out, " fill=\"url(#dotted)\" stroke=\"#2f5d8a\"");
        return;
    }
}

int64_t
chart_step(int64_t most)
{
    static const int64_t steps[] = {1, 2, 5};
    enum { LINES_MOST = 5 };
    for (int64_t ten = 1;; ten *= 10)
        for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
            if (most <= steps[i] * ten * LINES_MOST)
                return steps[i] * ten;
}

void
chart_length(struct buffer *out, int64_t tenths)
{
    const char *sign = tenths < 0 ? "-" : "";
    int64_t size = tenths < 0 ? -tenths : tenths;
    if (size % 10)
        buffer_print(out, "%s%" PRId64 ".%" PRId64, sign, size / 10, size % 10);
    else
        buffer_print(out, "%s%" PRId64, sign, size / 10);
}

void
chart_value(struct buffer *out, int64_t value, bool money)
{
    char text[MONEY_TEXT_SIZE];
    if (money)
        buffer_text(out, money_print(text, value));
    else
        buffer_print(out, "%" PRId64, value);
}

void
chart_mark(struct buffer *out, int64_t value, bool money)
{
    bool whole = money && value % 100 == 0;
    chart_value(out, whole ? value / 100 : value, money && !whole);
}

static void
attribute(struct buffer *out, const char *name, int64_t tenths)
{
    buffer_print(out, " %s=\"", name);
    chart_length(out, tenths);
    buffer_text(out, "\"");
}

void
chart_text(struct buffer *out, int64_t x, int64_t y, const char *anchor, const char *text)
{
    buffer_text(out, "<text");
    attribute(out, "x", x);
    attribute(out, "y", y);
    buffer_print(out, " text-anchor=%s>", anchor);
    html_text(out, text);
    buffer_text(out, "</text>");
}

void
chart_rect(struct buffer *out, int64_t x, int64_t y, int64_t width, int64_t height,
           enum chart_fill fill)
{
    buffer_text(out, "<rect");
    attribute(out, "x", x);
    attribute(out, "y", y);
    attribute(out, "width", width);
    attribute(out, "height", height);
    chart_fill(out, fill);
    buffer_text(out, "/>");
}

void
chart_begin(struct buffer *out, int64_t width, int64_t height, const char *title)
{
    buffer_text(out, "<svg role=img");
    attribute(out, "width", width);
    attribute(out, "height", height);
    buffer_text(out, " viewBox=\"0 0 ");
    chart_length(out, width);
    buffer_text(out, " ");
    chart_length(out, height);
    buffer_text(out, "\" aria-label=\"");
    html_text(out, title);
    buffer_text(out, "\">");
}

void
chart_end(struct buffer *out)
{
    buffer_text(out, "</svg>\n");
}

int64_t
chart_sum(const int64_t *values, size_t series_count, size_t row)
{
    int64_t sum = 0;
    for (size_t i = 0; i < series_count; i++)
        sum += values[row * series_count + i];
    return sum;
}

size_t
chart_shown(const int64_t *values, size_t count, size_t series_count,
            size_t shown[CHART_SERIES_MOST])
{
    size_t shown_count = 0;
    for (size_t series = 0; series < series_count && series < CHART_SERIES_MOST; series++) {
        bool any = false;
        for (size_t i = 0; i < count && !any; i++)
            any = values[i * series_count + series] != 0;
        if (any)
            shown[shown_count++] = series;
    }
    return shown_count;
}

void
chart_legend(const char *const *series, const size_t *shown, size_t count, struct buffer *out)
{
    if (count < 2)
        return;
    buffer_text(out, "<p class=legend>");
    for (size_t i = 0; i < count; i++) {
        buffer_text(out, "<span><svg width=14 height=14 aria-hidden=true>");
        chart_rect(out, 10, 10, 120, 120, (enum chart_fill)shown[i]);
        buffer_text(out, "</svg> ");
        html_text(out, series[shown[i]]);
        buffer_text(out, "</span> ");
    }
    buffer_text(out, "</p>\n");
}

void
chart_duration(int64_t duration_ms, struct buffer *out)
{
    static const struct {
        int64_t ms;
        const char *name;
    } units[] = {{86400000, "d"}, {3600000, "h"}, {60000, "min"}, {1000, "s"}, {1, "ms"}};
    enum { UNITS = sizeof units / sizeof *units, PARTS_MOST = 2 };
    int parts = 0;
    for (size_t i = 0; i < UNITS && parts < PARTS_MOST; i++) {
        int64_t number = duration_ms / units[i].ms;
        duration_ms %= units[i].ms;
        bool last = i + 1 == UNITS;
        if (number)
            buffer_print(out, "%s%" PRId64 " %s", parts ? " " : "", number, units[i].name);
        else if (last && !parts)
            buffer_text(out, "0 s");
        parts += number || parts;
    }
}
