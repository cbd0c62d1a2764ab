/* What a journal says, as a person reads it and as JSON. */
#ifndef CMD_ACCOUNT_H
#define CMD_ACCOUNT_H

#include "cmd/personal.h"

/* Runs, steps, and every deed that is not simply done; or, when `personal` names one, all that
 * concerns that worker. */
void account_show(struct session *session, struct personal *personal, struct buffer *out);

/* The same as one JSON object, without a newline at its end. */
void account_encode(const struct journal *journal, const char *worker, struct buffer *out);

#endif
