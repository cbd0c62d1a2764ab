/* Two journals of one campaign in one folder are two histories, and nobody can tell which one a run
 * should go on with. */
#ifndef ENGINE_SIBLING_H
#define ENGINE_SIBLING_H

#include "engine/journal.h"

/* Fails, STATUS_JOURNAL, when beside the journal (which need not exist yet) lies another one of the
 * same campaign, marketplace and environment, whatever its name. One that this journal holds, as
 * its beginning or because it was merged, is no trouble. */
bool sibling_check(const struct journal *journal, const struct identity *identity,
                   struct error *err);

#endif
