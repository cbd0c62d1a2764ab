/* Reads the lists that a campaign needs besides the work itself: its qualifications by their
 * names, who holds one, who is blocked, who took part in other tasks. Only what the campaign asks
 * for is read; all pages of it. */
#ifndef ENGINE_SURVEY_H
#define ENGINE_SURVEY_H

#include "core/campaign.h"
#include "engine/line.h"

/* Fills the roster. True also when something that the campaign names does not exist: then
 * `problems` says so, at its place. */
bool survey_lists(struct line *line, const struct campaign *campaign, struct roster *roster,
                  struct problems *problems, struct arena *arena, struct error *err);

#endif
