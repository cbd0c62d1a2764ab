/* Writing the copy of a journal that everybody may read. */
#ifndef ENGINE_PUBLISH_H
#define ENGINE_PUBLISH_H

#include "engine/journal.h"

/* Writes the redacted copy (core/redact) of a journal that was read with `keeps_records`; nothing
 * may be at `path` yet. Fails, STATUS_GUARDED, when an ID of somebody in the journal would stand in
 * it all the same: in words that all were told, or in a name that the campaign gave. */
bool journal_publish(const struct journal *journal, const char *path, struct error *err);

#endif
