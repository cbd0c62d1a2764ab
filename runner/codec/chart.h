/* Pictures for people, as SVG inside a page: nothing is told by colour alone, what is drawn stands
 * in a table beside it, and all lengths are whole numbers of tenths of a pixel. */
#ifndef CODEC_CHART_H
#define CODEC_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

/* The fills of up to three series, told apart on paper too. They are defined once in a page. */
enum chart_fill { CHART_SOLID, CHART_HATCHED, CHART_DOTTED };
enum { CHART_SERIES_MOST = CHART_DOTTED + 1 };
void chart_fills(struct buffer *out);

/* Stacked columns. `values` has a row of `series_count` for each column. Series that are zero
 * everywhere are not shown. */
struct chart_columns {
    const char *title;         /* what it shows, in words */
    const char *unit;          /* of the axis: "USD" */
    const char *below;         /* what the columns are: "day (UTC)" */
    const char *const *series; /* their names, in the order in which they are stacked */
    size_t series_count;
    const char *const *labels; /* of the columns */
    size_t count;
    const int64_t *values;
    bool money; /* they are cents */
};
void chart_columns(const struct chart_columns *chart, struct buffer *out);

/* Bars from left to right, each with its label before and its value behind it. */
struct chart_bars {
    const char *title;
    const char *unit;
    const char *const *series;
    size_t series_count;
    const char *const *labels;
    size_t count;
    const int64_t *values;
    bool money;
};
void chart_bars(const struct chart_bars *chart, struct buffer *out);

/* Several things over time, each in a lane with a scale of its own. `counts` has a row of
 * `lane_count` for each bin. */
struct chart_lanes {
    const char *title;
    const char *const *lanes;
    size_t lane_count;
    size_t bin_count;
    const int64_t *counts;
    int64_t width_ms; /* of a bin */
};
void chart_lanes(const struct chart_lanes *chart, struct buffer *out);

/* "250 ms", "4 s", "1 min 4 s", "2 h 8 min". */
void chart_duration(int64_t duration_ms, struct buffer *out);

/* For the charts only. */

/* 1, 2 or 5 and zeros: the distance of the lines behind a chart whose largest value is `most`, so
 * that there are five or fewer. */
int64_t chart_step(int64_t most);
/* A length in tenths of a pixel. */
void chart_length(struct buffer *out, int64_t tenths);
/* " fill=…" of a series. */
void chart_fill(struct buffer *out, enum chart_fill fill);
/* A value of the chart, and one of its axis: there money has its cents only where it has some. */
void chart_value(struct buffer *out, int64_t value, bool money);
void chart_mark(struct buffer *out, int64_t value, bool money);
/* <text> at a place; `anchor` is start, middle or end. */
void chart_text(struct buffer *out, int64_t x, int64_t y, const char *anchor, const char *text);
/* <rect> */
void chart_rect(struct buffer *out, int64_t x, int64_t y, int64_t width, int64_t height,
                enum chart_fill fill);
/* <svg> with a title, for those who cannot see it. */
void chart_begin(struct buffer *out, int64_t width, int64_t height, const char *title);
void chart_end(struct buffer *out);
/* What the series have together in one row of the values. */
int64_t chart_sum(const int64_t *values, size_t series_count, size_t row);
/* Which series have any value, in `shown`; gives their number. */
size_t chart_shown(const int64_t *values, size_t count, size_t series_count,
                   size_t shown[CHART_SERIES_MOST]);
/* The names of the series that are shown, where there are several. */
void chart_legend(const char *const *series, const size_t *shown, size_t count, struct buffer *out);

#endif
