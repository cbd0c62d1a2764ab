/* What must hold, judged from the marketplace's book and from the disk itself, never from what
 * the tool remembers. In the words of Jepsen: `ok`, `lost`, `duplicated`, `unexpected`; what was
 * found again after a fault is `recovered`. The first thing that does not hold ends the seed. */
#ifndef SIMULATION_ORACLE_H
#define SIMULATION_ORACLE_H

#include "base/exchange.h"
#include "cmd/session.h"
#include "volume.h"

void oracle_begin(void);
void oracle_end(void);

const char *oracle_journal_path(void);

/* A process begins, or has ended, whichever way: what was durable must still be there. */
void oracle_process_begins(void);
void oracle_process_ended(void);

/* A file, or a folder, is durable now. */
void oracle_synced(const struct volume_file *file);

/* A question leaves. */
void oracle_asks(const char *operation);

/* A call that changes something leaves: its intent must be durable, with these very bytes, under
 * a lock that is held, and after no error of the journal. */
void oracle_sends(const struct request *request, const char *operation);

/* … and it was neither turned away nor left unsent: it counts as an attempt. */
void oracle_attempted(const struct request *request, const char *operation);

/* Somebody put an older journal in place of the journal, or took it away. `copies_too`: the second
 * copies went as well. From then on only what the design concedes for that is conceded. */
void oracle_meddled(bool deleted);
void oracle_restored(void);
bool oracle_is_meddled(void);

/* True when nothing on this machine knows any more what the journal knew. */
bool oracle_is_forgotten(void);

/* People are taken out of the journal: from here on its records count, whomever they name. */
void oracle_erases(void);

/* … and that was done: nobody stands in the journal or its second copy who is this worker
 * (NULL: whoever had something done for them before now). */
void oracle_erased(const char *worker);

/* The journal as far as it is durable, in whole groups. */
const struct stored *oracle_proven(void);

/* True when the journal is in the one state that the design concedes it cannot go on from. */
bool oracle_group_is_hidden(void);

/* The journal and the plan as a command left them, before it closes them. */
void oracle_session(const struct session *session);

/* The exit status of a run must agree with the book. */
void oracle_run_ended(enum status status);

/* All faults are over and nothing more changes: everything is done, or refused with a reason. */
void oracle_final(enum status status);

/* How many a design limit was made use of, for the summary. */
struct conceded {
    size_t alike;    /* equal bonuses whose tokens changed places */
    size_t hidden;   /* journals whose torn group cannot be told from damage */
    size_t messages; /* sent again after journal and second copy were lost */
};
extern struct conceded conceded;

#endif
