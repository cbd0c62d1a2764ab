#include "engine/state.h"

#include <stdlib.h>

const char *
state_folder(struct arena *arena)
{
    const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");
    if (state && state[0] == '/')
        return arena_print(arena, "%s/bursar", state);
    if (home && home[0] == '/')
        return arena_print(arena, "%s/.local/state/bursar", home);
    return NULL;
}
