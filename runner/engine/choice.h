/* Which parcels go out next. Some are chosen a moment before their turn comes, so that their
 * intents share one sync and no sync stands between a call and its time. Used by `run`.
 *
 * Parcels are begun in their order, and of those that are begun and not over there are never more
 * than the window: chosen, under way, throttled, or to be looked for. So many a crash can leave
 * without a known outcome. They go before those that have not been begun. */
#ifndef ENGINE_CHOICE_H
#define ENGINE_CHOICE_H

#include "engine/parcel.h"

/* Before the first turn of a step, whose parcels are made. */
void choice_begin(struct run *run);

/* True when every parcel of the step is over. */
bool choice_is_over(const struct run *run);

/* Chooses, and adds the intents of what was chosen to the journal: `run->choice.intended` is how
 * many actions those have. When the run has stopped, gives up on what was not sent. */
bool choice_make(struct run *run, struct error *err);

/* The next chosen parcel whose time has come, taken from the chosen; false when there is none. */
bool choice_next(struct run *run, size_t *number);

/* A parcel that was sent, or could not be: it waits again, is under way, or is over. */
void choice_return(struct run *run, size_t number);

/* How long nothing can go out, at most a second. */
int64_t choice_pause_us(const struct run *run);

/* Whether new calls of this step may be made at all. */
bool choice_may_start(const struct run *run);

#endif
