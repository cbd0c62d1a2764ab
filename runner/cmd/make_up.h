/* A world for a rehearsal, made up from the campaign itself: its tasks or its list, with people who
 * have what the campaign asks of them: a row in its tables, the answers of its `where`. */
#ifndef CMD_MAKE_UP_H
#define CMD_MAKE_UP_H

#include "core/campaign.h"

/* The text of a world file; it lives in the arena. */
const char *make_up_world(const struct campaign *campaign, struct arena *arena);

#endif
