/* What a report says is to be done next, with the commands. Used by `report` only. */
#ifndef CMD_REPORT_ADVICE_H
#define CMD_REPORT_ADVICE_H

#include "cmd/session.h"
#include "codec/report.h"

/* All that the journal leaves open, on whatever day, in the session's arena; gives how many there
 * are. Nothing while a run goes on. */
size_t report_advice_make(struct session *session, struct report_advice **advice);

#endif
