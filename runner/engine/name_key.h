/* The key under which people get the names that reports show (core/pseudonym): 32 random bytes, as
 * hex in $XDG_STATE_HOME/bursar/report-names.key, 0600, made when it is first needed and never
 * changed. Whoever has it can find out whom a report's names stand for by trying IDs. */
#ifndef ENGINE_NAME_KEY_H
#define ENGINE_NAME_KEY_H

#include "base/error.h"
#include "core/pseudonym.h"

struct name_key {
    unsigned char bytes[PSEUDONYM_KEY_SIZE]; /* to be wiped */
    bool kept;                               /* false: it is of this process alone */
};

/* Where nothing can be kept the key is a new one each time, and a warning says so. Fails when there
 * is a key that cannot be read or is none: another in its place would give everybody new names. */
bool name_key_find(struct name_key *key, struct problems *warnings, struct arena *arena,
                   struct error *err);

#endif
