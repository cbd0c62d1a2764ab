/* Reads from the marketplace what a plan needs: the balance, the tasks, everyone who handed in
 * work for them (all pages), the bonuses paid on them (all pages), and single scores. */
#ifndef ENGINE_GATHER_H
#define ENGINE_GATHER_H

#include "core/campaign.h"
#include "core/ledger.h"
#include "engine/line.h"

struct gather {
    const struct listed *tasks;
    size_t task_count;
    const struct roster *given; /* who handed in what, when a file says so: no task is read, and
                                   its assignments become the roster's; or NULL */
    struct where given_where;
    bool with_payments;
    bool with_states;          /* of `given`: what became of each, asked by its ID */
    bool with_answers;         /* what the workers filled in */
    struct problems *problems; /* tasks that do not exist, rows that are not as the file says */
};

/* The first signed read of a run: balance, and through its answer the marketplace's clock. A
 * refusal here is said plainly, with what is known of the service's end. */
bool gather_balance(struct line *line, cents_t *balance, struct arena *arena, struct error *err);

/* The number of the account whose keys we hold, 12 digits. */
bool gather_account(struct line *line, const char **account, struct arena *arena,
                    struct error *err);

/* Fills the roster. True also when something was missing or contradicted: then `problems` names
 * them. */
bool gather_roster(struct line *line, const struct gather *gather, struct roster *roster,
                   struct arena *arena, struct error *err);

/* Asks for the scores whose qualification and worker are named, and adds to the roster those that
 * were told. Fails when a question had no answer. */
bool gather_scores(struct line *line, const struct score *wanted, size_t count,
                   struct roster *roster, struct arena *arena, struct error *err);

/* Names, in the arena, the scores that the campaign's steps would give to those in the roster;
 * gives their number. */
size_t gather_scores_of_all(const struct campaign *campaign, const struct roster *roster,
                            struct score **wanted, struct arena *arena);

/* The same for those on which open actions of the journal depend. */
size_t gather_scores_wanted(const struct ledger *ledger, struct score **wanted,
                            struct arena *arena);

#endif
