/* Which version of the campaign was run: the commit of the git work tree that holds it. */
#ifndef ENGINE_COMMIT_H
#define ENGINE_COMMIT_H

#include "base/arena.h"

/* The commit checked out where `file` lies, as 40 (or 64) hex digits; NULL when there is none. No
 * program is run; only .git/HEAD, the branch's file and packed-refs are read. */
const char *commit_find(const char *file, struct arena *arena);

#endif
