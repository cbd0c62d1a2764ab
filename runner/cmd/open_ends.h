/* What has no known outcome, and what decides it: the marketplace, a second look, or a person. All
 * on standard error. */
#ifndef CMD_OPEN_ENDS_H
#define CMD_OPEN_ENDS_H

#include "cmd/doubts.h"
#include "cmd/session.h"

/* Everything that is open; `pending` is how much else a run left. Without a plan the journal alone
 * speaks. */
void open_ends_say(const struct session *session, size_t pending);

/* Behind a plan: what a run would not decide by itself. */
void open_ends_plan_say(const struct session *session);

/* Only what nobody is asked about, because the file does not reach it any more. */
void open_ends_unreached_say(const struct session *session);

/* `resolve` with that option, once for each step, each ready to paste. */
void open_ends_commands(const struct session *session, const char *option,
                        const struct doubts *doubts);

#endif
