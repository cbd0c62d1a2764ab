/* An error that ended a command before it began: its words, and the command that comes next. */
#ifndef CMD_SETBACK_H
#define CMD_SETBACK_H

#include "cmd/session.h"

/* Says the error and what to do about it; gives its exit status. */
enum status setback_say(const struct session *session, const struct error *err);

#endif
