/* Whom the campaign means: its filters held against the roster. */
#ifndef CORE_SELECT_H
#define CORE_SELECT_H

#include "core/campaign.h"
#include "core/ledger.h"
#include "core/roster.h"

/* An assignment's status as it was before this campaign itself approved it: what we decided never
 * removes anyone from a later step or a later run. */
enum work_status select_status(const struct assignment *assignment, const struct ledger *ledger);

/* Whether the campaign's own filter takes the assignment in. */
bool select_campaign(const struct campaign *campaign, const struct assignment *assignment,
                     const struct ledger *ledger);

/* Whether a step's own filter lets it through too. */
bool select_step(const struct step *step, const struct assignment *assignment,
                 const struct ledger *ledger);

/* Whether a step has that assignment: both filters take it in. */
bool select_for_step(const struct campaign *campaign, const struct step *step,
                     const struct assignment *assignment, const struct ledger *ledger);

#endif
