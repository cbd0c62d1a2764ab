/* What a run has done, as one keeps it: when, by whom, from which commit, step by step, and what it
 * came to. On standard output, so that it can be put into a lab book. */
#ifndef CMD_CLOSING_H
#define CMD_CLOSING_H

#include "cmd/session.h"
#include "engine/run.h"

/* After a run that came to its end. */
void closing_show(const struct session *session, const struct run *run, struct buffer *out);

#endif
