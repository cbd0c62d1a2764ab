#include "core/select.h"

enum work_status
select_status(const struct assignment *assignment, const struct ledger *ledger)
{
    const struct deed *deed = ledger_decided(ledger, assignment->id);
    return deed && deed_is_counted(deed) ? deed->status_before : assignment->status;
}

bool
select_campaign(const struct campaign *campaign, const struct assignment *assignment,
                const struct ledger *ledger)
{
    return campaign->filter.status[select_status(assignment, ledger)];
}

bool
select_step(const struct step *step, const struct assignment *assignment,
            const struct ledger *ledger)
{
    return !step->filter.written || step->filter.status[select_status(assignment, ledger)];
}

bool
select_for_step(const struct campaign *campaign, const struct step *step,
                const struct assignment *assignment, const struct ledger *ledger)
{
    return select_campaign(campaign, assignment, ledger) && select_step(step, assignment, ledger);
}
