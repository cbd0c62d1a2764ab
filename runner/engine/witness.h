/* What this machine has seen of a journal, held against what is there now. */
#ifndef ENGINE_WITNESS_H
#define ENGINE_WITNESS_H

#include "engine/journal.h"

/* Compares a journal, scanned from `content`, with its second copy, and its path with the journals
 * that were there before. What is missing is said as a warning, and `history_lost` set; what
 * another journal held counts as there when it was merged. Fails, STATUS_JOURNAL, where the copy
 * shows that an incomplete end was once whole. */
bool witness_check(struct journal *journal, const struct buffer *content, struct error *err);

#endif
