/* The verbs of `bursar journal`. */
#ifndef CMD_UPKEEP_H
#define CMD_UPKEEP_H

#include "cmd/session.h"

/* Settles the journal's path from a campaign file or the journal itself; takes the lock when it is
 * to be changed. */
bool upkeep_place(struct session *session, const char *file, bool for_writing, struct error *err);

/* Take people out of a journal; make a copy of it for everybody. `words` are what follows the verb.
 * False with err, or an exit status in `*status`. */
bool upkeep_erase(struct session *session, const char **words, struct buffer *out,
                  enum status *status, struct error *err);
bool upkeep_redact(struct session *session, const char **words, struct buffer *out,
                   enum status *status, struct error *err);

#endif
