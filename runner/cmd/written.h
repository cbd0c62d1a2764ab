/* What stands in the campaign's file where something is looked up: for those who may not see what
 * it becomes. */
#ifndef CMD_WRITTEN_H
#define CMD_WRITTEN_H

#include "core/campaign.h"

/* A template as a person wrote it, but for the blanks within its marks; without one (NULL) the
 * text, which may be NULL too. */
const char *written_words(const struct campaign *campaign, const struct template *template,
                          const char *text, struct arena *arena);

#endif
