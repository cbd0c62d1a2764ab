/* A campaign file and the files it names, from the disk. */
#ifndef ENGINE_LOAD_H
#define ENGINE_LOAD_H

#include "core/campaign.h"
#include "core/entry.h"

struct load {
    struct campaign *campaign;
    struct entry_input *inputs; /* every file read, by its path from the campaign's folder, with
                                   the digest of its bytes … */
    size_t input_count;
    bool digested; /* … where digests were asked for; else there are none, and no inputs */
};

/* Reads everything and notes every problem in every file. True when there were none. `file` must
 * live as long as the arena. Who only wants the problems needs no digests: OpenSSL's SHA-256 takes
 * more than a megabyte. */
bool load_campaign(const char *file, struct load *load, struct problems *problems,
                   struct arena *arena);
bool load_check(const char *file, struct load *load, struct problems *problems,
                struct arena *arena);

#endif
