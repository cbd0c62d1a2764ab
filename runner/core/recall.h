/* For whom the deeds were from which a person was erased.
 *
 * A deed keeps its key, which is made of the worker or the assignment and tells neither. Who holds
 * the list of a campaign's people can make the same key again: so nobody is paid or told twice, and
 * what was done for them counts for them, as long as the file still names their work. What is found
 * so stands in memory alone. */
#ifndef CORE_RECALL_H
#define CORE_RECALL_H

#include "core/ledger.h"
#include "core/roster.h"

/* Finds worker, assignment and task of erased deeds among the roster's. Of a bonus per worker the
 * assignment that carried it stays unknown. Needs the ledger's genesis. */
void recall_people(struct ledger *ledger, const struct roster *roster, struct arena *arena);

#endif
