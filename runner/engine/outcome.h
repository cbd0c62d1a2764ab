/* What became of one action, written into the journal and counted. Actions are named by their
 * number in the plan. All fail only when the journal does. */
#ifndef ENGINE_OUTCOME_H
#define ENGINE_OUTCOME_H

#include "engine/run.h"

/* What every record that describes an action says of it. */
struct entry outcome_describe(struct run *run, enum entry_kind kind, const struct action *action);

/* The marketplace said yes. Those who wait for this action may go on. */
bool outcome_done(struct run *run, size_t at, const struct answer *answer, struct error *err);

/* What shows at the marketplace that an action is done. */
struct sighting {
    const char *words;  /* for the journal */
    stamp_t granted_ms; /* of a bonus: when, as the list has it; else 0 */
};

/* As a listed payment shows it. */
struct sighting sighting_of_payment(const struct payment *payment, struct arena *arena);

/* As what the plan's reading of the marketplace, or of one state, shows it. */
struct sighting sighting_of(struct run *run, const struct action *action);

/* Found at the marketplace: by a look of this run (the action was ours to do), or by the plan.
 * `foreign`, here and below: another run of this campaign sent it, of which the journal knows
 * nothing. */
bool outcome_adopt(struct run *run, size_t at, const struct sighting *seen, bool foreign,
                   struct error *err);

bool outcome_refuse(struct run *run, size_t at, const char *code, const char *text,
                    const char *request_id, struct error *err);

bool outcome_unknown(struct run *run, size_t at, const char *why, bool foreign, struct error *err);

/* The attempts provably did nothing: the action stays pending. */
bool outcome_release(struct run *run, size_t at, const char *why, struct error *err);

#endif
