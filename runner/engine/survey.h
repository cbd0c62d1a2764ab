/* Reads the lists that a campaign needs besides the work itself: its qualifications by their
 * names, who holds one, who is blocked, who took part in other tasks. Only what the campaign asks
 * for is read; all pages of it. */
#ifndef ENGINE_SURVEY_H
#define ENGINE_SURVEY_H

#include "core/campaign.h"
#include "core/plan.h"
#include "engine/line.h"

/* Fills the roster. True also when something that the campaign names does not exist: then
 * `problems` says so, at its place. */
bool survey_lists(struct line *line, const struct campaign *campaign, struct roster *roster,
                  struct problems *problems, struct arena *arena, struct error *err);

/* Asks of each qualification whose ID the file names, and that this plan would give to somebody,
 * whether it is there. What the service does not know goes to `problems`, at its place. Fails only
 * when the person interrupted: that no answer came says nothing. */
bool survey_given(struct line *line, const struct campaign *campaign, const struct plan *plan,
                  struct problems *problems, struct arena *arena, struct error *err);

#endif
