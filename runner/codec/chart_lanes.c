/* What happened over time, one lane for each kind of thing. A lane's height is its own most, which
 * stands behind it: a single lost answer is seen beside ten thousand that came. Lengths in tenths
 * of a pixel. */
#include <inttypes.h>

#include "base/arena.h"
#include "codec/chart.h"

enum {
    LEFT = 1500,
    WIDTH = 4600,
    RIGHT = 1000,
    LANE = 380,
    HIGH = 260,      /* of the highest bar in a lane */
    BINS_LEAST = 24, /* a short run does not fill the picture with one bar */
};

/* Distances of marks on the axis that people read well. */
static int64_t
mark_step(int64_t whole_ms)
{
    static const int64_t steps[] = {1000,    2000,    5000,     10000,    15000,    30000,
                                    60000,   120000,  300000,   600000,   900000,   1800000,
                                    3600000, 7200000, 10800000, 21600000, 43200000, 86400000};
    enum { MARKS_MOST = 8, STEPS = sizeof steps / sizeof *steps };
    for (size_t i = 0; i < STEPS; i++)
        if (whole_ms / steps[i] < MARKS_MOST)
            return steps[i];
    int64_t days = 1;
    while (whole_ms / (days * steps[STEPS - 1]) >= MARKS_MOST)
        days *= 2;
    return days * steps[STEPS - 1];
}

static void
mark_add(int64_t x, int64_t y, int64_t at_ms, struct buffer *out)
{
    struct buffer label = {0};
    buffer_text(out, "<path class=rule d=\"M");
    chart_length(out, x);
    buffer_text(out, " 6V");
    chart_length(out, y);
    buffer_text(out, "\"/>");
    buffer_text(&label, at_ms ? "+" : "");
    chart_duration(at_ms, &label);
    chart_text(out, x, y + 170, "middle", label.bytes);
    buffer_close(&label);
}

static void
lane_add(const struct chart_lanes *chart, size_t lane, size_t bins, struct buffer *out)
{
    struct arena arena = {0};
    int64_t base = (int64_t)lane * LANE + LANE, most = 0, sum = 0;
    for (size_t i = 0; i < chart->bin_count; i++) {
        int64_t count = chart->counts[i * chart->lane_count + lane];
        most = count > most ? count : most;
        sum += count;
    }
    chart_text(out, LEFT - 100, base - 40, "end",
               arena_print(&arena, "%s %" PRId64, chart->lanes[lane], sum));
    for (size_t i = 0; i < chart->bin_count; i++) {
        int64_t count = chart->counts[i * chart->lane_count + lane];
        int64_t from = (int64_t)i * WIDTH / (int64_t)bins;
        int64_t to = (int64_t)(i + 1) * WIDTH / (int64_t)bins;
        int64_t high = count ? count * HIGH / most : 0;
        if (count)
            chart_rect(out, LEFT + from, base - (high > 10 ? high : 10), to - from - 5,
                       high > 10 ? high : 10, CHART_SOLID);
    }
    buffer_text(out, "<path class=base d=\"M");
    chart_length(out, LEFT);
    buffer_text(out, " ");
    chart_length(out, base);
    buffer_text(out, "h");
    chart_length(out, WIDTH);
    buffer_text(out, "\"/>");
    chart_text(out, LEFT + WIDTH + 100, base - 40, "start",
               arena_print(&arena, "at most %" PRId64, most));
    arena_close(&arena);
}

void
chart_lanes(const struct chart_lanes *chart, struct buffer *out)
{
    size_t bins = chart->bin_count > BINS_LEAST ? chart->bin_count : BINS_LEAST;
    int64_t whole_ms = chart->width_ms * (int64_t)bins, step_ms = mark_step(whole_ms);
    int64_t base = (int64_t)chart->lane_count * LANE;
    chart_begin(out, LEFT + WIDTH + RIGHT, base + 480, chart->title);
    for (int64_t at_ms = 0; at_ms <= whole_ms; at_ms += step_ms)
        mark_add(LEFT + at_ms * WIDTH / whole_ms, base + 40, at_ms, out);
    for (size_t lane = 0; lane < chart->lane_count; lane++)
        lane_add(chart, lane, bins, out);
    struct buffer below = {0};
    buffer_text(&below, "time since the run began; one bar is ");
    chart_duration(chart->width_ms, &below);
    chart_text(out, LEFT, base + 420, "start", below.bytes);
    buffer_close(&below);
    chart_end(out);
}
