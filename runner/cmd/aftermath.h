/* What earlier runs have left: told at the top of a plan, with what the marketplace says of it, and
 * from the journal alone in a status. */
#ifndef CMD_AFTERMATH_H
#define CMD_AFTERMATH_H

#include "cmd/session.h"

/* Above a plan: that a run is going on elsewhere; or that the last one stopped without an end, how
 * far it came, what the marketplace shows of what it left open, and how much is to be sent now.
 * Nothing when the last run ended. */
void aftermath_show(const struct session *session, struct buffer *out);

/* The last run as a line of a status, when it has no end. */
void aftermath_note(const struct session *session, struct buffer *out);

/* In a status: that bonuses were found which this journal's runs did not send. */
void aftermath_foreign_note(const struct session *session, struct buffer *out);

#endif
