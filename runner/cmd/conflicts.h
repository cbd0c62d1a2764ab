/* A plan that was refused, above all because the file was changed after its deeds: what to do. */
#ifndef CMD_CONFLICTS_H
#define CMD_CONFLICTS_H

#include "cmd/session.h"

/* After the refusals, on standard error: the ways out of each conflict with their commands; or,
 * when the refusals themselves say what to mend, the command that looks again. */
void conflicts_advise(const struct session *session);

#endif
