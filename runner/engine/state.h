/* Where this machine keeps what belongs to no campaign's folder. */
#ifndef ENGINE_STATE_H
#define ENGINE_STATE_H

#include "base/arena.h"

/* $XDG_STATE_HOME/bursar, or ~/.local/state/bursar without that variable (XDG Base Directory
 * Specification; a relative path does not count). NULL when neither names a place. */
const char *state_folder(struct arena *arena);

#endif
