/* From a plan to its deeds, with the person's consent: what `run` and `rehearse` share. */
#ifndef CMD_CARRY_H
#define CMD_CARRY_H

#include "cmd/session.h"
#include "engine/run.h"

/* How the person is asked before anything is sent. */
enum consent {
    CONSENT_ASK,
    CONSENT_GIVEN, /* on the command line; not to rejecting and blocking */
    CONSENT_WHOLE, /* by a saved plan, or because it is a rehearsal */
};

/* The first record of the session's journal, for a journal that has none yet. */
struct entry carry_genesis(struct session *session);

/* Shows the plan and, when nothing speaks against it, carries it out. The session has a plan and
 * holds the journal. Gives the exit status; `counts` tells what was done. */
enum status carry_out(struct session *session, enum consent consent, struct run_counts *counts);

/* Writes down what reading the marketplace has shown about open outcomes, and sends nothing. */
enum status carry_findings(struct session *session);

/* Writes a journal anew, in the place of one that was lost, from what the marketplace shows; sends
 * nothing. The session was told to `rebuild` before its plan was made. */
enum status carry_rebuild(struct session *session);

#endif
