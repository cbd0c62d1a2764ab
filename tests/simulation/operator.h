/* The person: edits the campaign, answers what only people know, helps when a run says how, and
 * sometimes does harm. */
#ifndef SIMULATION_OPERATOR_H
#define SIMULATION_OPERATOR_H

#include <stdbool.h>

#include "process.h"

/* `meddles`: at some time this person takes the journal away, or puts an older one back. */
void operator_begin(bool meddles);
void operator_end(void);

/* Puts the campaign file in place as it is to be now. */
void campaign_write(void);

void operator_answers(void);
void operator_meddles(void);

/* Now and then somebody asks to be taken out of the journal, or a time is over. */
void operator_erases(void);

void operator_remembers(void);
void operator_keeps_a_copy(void);

/* What the person does after a quiet run that did not end well. */
void operator_helps(const struct outcome *outcome);

/* For the summary. */
void outcome_count(const struct outcome *outcome);

#endif
