/* What of a report the command line says. Used by `report` only. */
#ifndef CMD_REPORT_ASKED_H
#define CMD_REPORT_ASKED_H

#include "cmd/options.h"
#include "codec/report.h"

/* Fills the report's days. Fails (64) with what does not go together. */
bool report_asked(const struct arguments *arguments, struct report *report, struct error *err);

#endif
