/* What happened over the time of a run, drawn and in numbers. */
#include "codec/chart.h"
#include "codec/html.h"
#include "codec/report_parts.h"

enum { RUNS_DRAWN_MOST = 6, ROWS_MOST = 12 };

/* The lanes of one run: the kinds of things that happened in it at all. */
struct lanes {
    enum event kinds[EVENT_COUNT];
    const char *names[EVENT_COUNT];
    size_t count;
};

static struct lanes
lanes_of(const struct chronicle_run *run)
{
    struct lanes lanes = {0};
    for (int kind = 0; kind < EVENT_COUNT; kind++) {
        if (!run->totals[kind])
            continue;
        lanes.kinds[lanes.count] = (enum event)kind;
        lanes.names[lanes.count++] = event_name((enum event)kind);
    }
    return lanes;
}

static void
lanes_draw(const struct chronicle_run *run, const struct lanes *lanes, const char *title,
           struct buffer *out)
{
    struct arena arena = {0};
    int64_t *counts = arena_alloc(&arena, run->bin_count * lanes->count * sizeof *counts);
    for (size_t i = 0; i < run->bin_count; i++)
        for (size_t lane = 0; lane < lanes->count; lane++)
            counts[i * lanes->count + lane] = run->bins[i].counts[lanes->kinds[lane]];
    struct chart_lanes chart = {.title = title,
                                .lanes = lanes->names,
                                .lane_count = lanes->count,
                                .bin_count = run->bin_count,
                                .counts = counts,
                                .width_ms = run->width_ms};
    buffer_text(out, "<figure>\n");
    chart_lanes(&chart, out);
    buffer_text(out, "</figure>\n");
    arena_close(&arena);
}

/* The same in a table of few rows: each holds as many bins. */
static void
lanes_list(const struct chronicle_run *run, const struct lanes *lanes, struct buffer *out)
{
    struct html_head heads[EVENT_COUNT + 2] = {{"From", false}};
    size_t stride = 1;
    while ((run->bin_count + stride - 1) / stride > ROWS_MOST)
        stride *= 2;
    for (size_t lane = 0; lane < lanes->count; lane++)
        heads[lane + 1] = (struct html_head){lanes->names[lane], true};
    html_table(out, "The same in numbers", heads);
    for (size_t from = 0; from < run->bin_count; from += stride) {
        struct buffer since = {0};
        buffer_text(&since, from ? "+" : "");
        chart_duration((int64_t)from * run->width_ms, &since);
        html_row(out);
        html_row_head(out, since.bytes);
        for (size_t lane = 0; lane < lanes->count; lane++) {
            size_t count = 0;
            for (size_t i = from; i < from + stride && i < run->bin_count; i++)
                count += run->bins[i].counts[lanes->kinds[lane]];
            html_cell_number(out, count);
        }
        html_row_end(out);
        buffer_close(&since);
    }
    html_table_end(out);
}

void
report_timelines(const struct report *report, const struct report_chapter *chapter,
                 const size_t *runs, size_t count, struct buffer *out)
{
    struct arena arena = {0};
    bool drawn = false;
    size_t first = count > RUNS_DRAWN_MOST ? count - RUNS_DRAWN_MOST : 0;
    if (first)
        html_element(out, "p class=note", "Drawn are the latest %d runs.", RUNS_DRAWN_MOST);
    for (size_t i = first; i < count; i++) {
        const struct chronicle_run *run = &chapter->chronicle->runs[runs[i]];
        struct lanes lanes = lanes_of(run);
        const char *title = arena_print(&arena, "Run %zu, from %s", runs[i] + 1,
                                        report->moment(run->entry.at_ms, &arena));
        html_element(out, "h3", "%s", title);
        if (!lanes.count) {
            html_element(out, "p", "Nothing was sent.");
            continue;
        }
        drawn = true;
        lanes_draw(run, &lanes, title, out);
        lanes_list(run, &lanes, out);
    }
    if (drawn)
        html_element(
            out, "p class=note",
            "Begun: written down, and sent. Tried again: the marketplace asked to slow down, or "
            "provably nothing was sent. Unknown: no answer came. Looked for: in the "
            "marketplace's list. Sent again: after the list did not show it. Put off: nothing "
            "happened, and it was left for later.");
    arena_close(&arena);
}
