/* Parts of a plan as Markdown. Used by `markdown` only. */
#ifndef CMD_MARKDOWN_PARTS_H
#define CMD_MARKDOWN_PARTS_H

#include "cmd/session.h"

/* How the bonuses of each step are distributed: bounds, median and mean, and a picture of how many
 * get how much. */
void markdown_amounts(const struct session *session, struct buffer *out);

/* What people will read, as it is written, lookups and all; with --show-ids the longest as it will
 * be read. */
void markdown_words(struct session *session, struct buffer *out);

/* With --show-ids: the actions one by one, up to a number. */
void markdown_rows(const struct session *session, struct buffer *out);

#endif
