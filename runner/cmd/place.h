/* Where a campaign plays: which environment, which endpoint, which journal. */
#ifndef CMD_PLACE_H
#define CMD_PLACE_H

#include "core/entry.h"
#include "market/market.h"

struct place {
    const struct market *market;
    const char *file_environment; /* what the campaign file names, or NULL */
    const char *environment;      /* in: --environment, or NULL; out: settled */
    bool loopback;                /* out: the endpoint is on this machine */
    const char *remembered;       /* where a saved plan was made: taken when nothing else says
                                     where, and only on this machine; or NULL */
    const char *endpoint;         /* in: --endpoint, or NULL; out: settled, no slash at its end */
};

/* Settles environment and endpoint. The marketplace's own variable for the endpoint is read when
 * the option is not given. `file` is only named in errors; NULL when there is none. */
bool place_settle(struct place *place, const char *file, struct arena *arena, struct error *err);

/* NAME.journal.jsonl beside NAME.yaml for production, NAME.ENVIRONMENT.journal.jsonl otherwise. */
const char *place_journal(const char *file, const char *environment, struct arena *arena);

/* The journal of that environment, or, with NULL, the only one that is there; where there is none
 * yet, the one that a rehearsal on the simulator would begin. NULL when there are several. */
const char *place_journal_find(const struct market *market, const char *file,
                               const char *environment, struct arena *arena, struct error *err);

/* A journal's environment as a person should read it: "production, play money" when a campaign for
 * real money was played on this machine's simulator. */
const char *place_told(const struct entry *genesis, struct arena *arena);

#endif
