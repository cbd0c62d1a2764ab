/* Parts of a report. Used by `report` only. */
#ifndef CODEC_REPORT_PARTS_H
#define CODEC_REPORT_PARTS_H

#include "codec/report.h"

/* The style of the page, as it stands between its tags. */
void report_style(struct buffer *out);

/* Spending by step, by day, and the bonuses' distribution. */
void report_money(const struct report *report, const struct report_chapter *chapter,
                  struct buffer *out);

/* The payments one by one. */
void report_payments(const struct report *report, const struct report_chapter *chapter,
                     struct buffer *out);

/* The runs: who, from what, what they did over time, the balance around them; and what people
 * decided besides. */
void report_runs(const struct report *report, const struct report_chapter *chapter,
                 struct buffer *out);

/* What happened over time in these runs, or the last of them. */
void report_timelines(const struct report *report, const struct report_chapter *chapter,
                      const size_t *runs, size_t count, struct buffer *out);

/* What is not done: unknown, refused, pending; and what comes next. */
bool report_is_open(const struct report_chapter *chapter);
void report_open(const struct report *report, const struct report_chapter *chapter,
                 struct buffer *out);

/* Whom a deed concerns. */
const char *report_person(const struct report *report, const char *marketplace,
                          const struct deed *deed, struct arena *arena);

/* A run began, or went on, in the span of the report. */
bool report_has_run(const struct report *report, const struct chronicle_run *run);

/* The account around a run: 0 when that was not written down. */
cents_t report_balance_before(const struct report_chapter *chapter, size_t run);
cents_t report_balance_after(const struct report_chapter *chapter, size_t run);

/* Bonuses, their fees, rewards with theirs: what charts of money show. */
enum { REPORT_SERIES = 3 };
extern const char *const report_series[REPORT_SERIES];
void report_series_values(const struct outlay *outlay, int64_t values[REPORT_SERIES]);

#endif
