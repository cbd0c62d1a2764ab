/* A file that was changed after its deeds: what to do about it. */
#ifndef CMD_CONFLICTS_H
#define CMD_CONFLICTS_H

#include "cmd/session.h"

/* After the refusal of such a plan, on standard error: the ways out, each with its commands. */
void conflicts_advise(const struct session *session);

#endif
