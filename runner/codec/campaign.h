/* A campaign file into a campaign. Nothing is opened here: decoding yields the files to load
 * (`campaign->inputs`), whoever may touch files brings their bytes back. Everything that is wrong
 * is noted, so that a file is mended once; nothing may be run while `problems` holds anything. */
#ifndef CODEC_CAMPAIGN_H
#define CODEC_CAMPAIGN_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "core/campaign.h"

/* NULL when nothing could be made of the file; otherwise look at problems->count. `file` is named
 * in every place and must live as long as the arena. */
struct campaign *campaign_decode(const char *file, const char *bytes, size_t size_bytes,
                                 struct problems *problems, struct arena *arena);

/* How many bytes of such an input are read at most: tables and lists of a million people are, words
 * of a megabyte. */
size_t campaign_input_size_max(enum input_kind kind);

/* Takes the contents of the campaign's input number `input`: for INPUT_TASKS and INPUT_PEOPLE one
 * ID a line, blank lines and # comments allowed; for INPUT_MESSAGE the words; for the others a CSV
 * file (codec/tables). Line ends of any system and a byte order mark are taken. `path` is how the
 * person would open the file, for places, and must live as long as the arena. */
void campaign_input_decode(struct campaign *campaign, size_t input, const char *path,
                           const char *bytes, size_t size_bytes, struct problems *problems,
                           struct arena *arena);

/* What can only be judged when all inputs are in: tasks listed twice, none at all. Call once,
 * last. */
void campaign_check(struct campaign *campaign, struct problems *problems, struct arena *arena);

#endif
