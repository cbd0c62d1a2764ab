/* Payments that stand in more than one journal, so that what journals come to together counts each
 * once: journals of one campaign that confirm the same action, and a bonus or an approval that one
 * campaign sent and others found at the marketplace. */
#ifndef CORE_RECOUNT_H
#define CORE_RECOUNT_H

#include "base/buffer.h"
#include "core/ledger.h"

/* `{.arena = …}` has seen no journal. */
struct recount {
    struct index actions;  /* of earlier journals, by key */
    struct index payments; /* … by work, amount and words: how many they count, and sent */
    struct arena *arena;   /* outlives the journals; to be set */
    struct buffer name;
    bool erased; /* some payment was to a person who was erased: only its action is known again */
};

/* Tells of each of the ledger's deeds whether an earlier journal counts its payment already, and
 * takes those that none does for the journals to come. The answer lives in `arena`. What is not
 * done is never one; of who was erased only the action can be known again. */
const bool *recount_journal(struct recount *recount, const struct ledger *ledger,
                            struct arena *arena);

void recount_close(struct recount *recount);

#endif
