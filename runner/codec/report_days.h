/* Pictures of a report's money. Used by `report_money` only. */
#ifndef CODEC_REPORT_DAYS_H
#define CODEC_REPORT_DAYS_H

#include "codec/report.h"

/* What was spent over time: a column a day, or, where there would be too many, a week, a month or a
 * year. */
void report_days_draw(const struct report_chapter *chapter, struct buffer *out);

/* How the bonuses are distributed, drawn and in a table. Nothing when none was paid. */
void report_spread(const struct report_chapter *chapter, struct buffer *out);

#endif
