/* What the end of a run asks of the person: what is certain, what is not, and the command that
 * comes next. All on standard error. */
#ifndef CMD_ADVICE_H
#define CMD_ADVICE_H

#include "cmd/session.h"
#include "engine/run.h"

/* After a run (or none: `run` is NULL) that ends with `status`. Without a plan the journal alone
 * speaks. */
void advice_say(struct session *session, const struct run *run, enum status status);

/* After a run that could not write its journal any more. */
void advice_broken(const struct session *session);

/* After a status: that the last run left work, and the command that does it. */
void advice_rest(const struct session *session);

/* After a person's word: the command for what waited for it, when something did. */
void advice_go_on(const struct session *session);

#endif
