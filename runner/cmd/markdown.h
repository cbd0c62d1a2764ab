/* A plan for a pull request: what would be done, to how many, at what cost and in which words,
 * without naming anybody. */
#ifndef CMD_MARKDOWN_H
#define CMD_MARKDOWN_H

#include "cmd/session.h"

/* The whole plan as Markdown. With --show-ids also whom it is about, and what they will read. */
void markdown_plan(struct session *session, struct buffer *out);

#endif
