/* A campaign file and the files it names, from the disk. */
#ifndef ENGINE_LOAD_H
#define ENGINE_LOAD_H

#include "core/campaign.h"
#include "core/entry.h"

struct load {
    struct campaign *campaign;
    struct entry_input *inputs; /* every file read, by its path from the campaign's folder, with
                                   the digest of its bytes */
    size_t input_count;
};

/* Reads everything and notes every problem in every file. True when there were none. `file` must
 * live as long as the arena. */
bool load_campaign(const char *file, struct load *load, struct problems *problems,
                   struct arena *arena);

#endif
