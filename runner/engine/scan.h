/* From a journal's bytes to what they say: verified record by record, folded group by group. */
#ifndef ENGINE_SCAN_H
#define ENGINE_SCAN_H

#include "engine/journal.h"

/* Fills the journal's ledger, its last sum, its next seq, and where an incomplete last group begins
 * (left out, with a warning). Needs `path`, `arena` and `warnings`. Fails, STATUS_JOURNAL, with the
 * line of anything else that does not verify; `torn_at` then is where the whole groups before it
 * end. */
bool scan_journal(struct journal *journal, const char *bytes, size_t size, struct error *err);

/* The same for bytes that only stand for a journal, so as to compare them: nothing is said of what
 * is wrong with them. Everything that is read goes to the arena. */
bool scan_trial(struct journal *trial, const char *path, const struct buffer *bytes,
                struct arena *arena);

/* How many of `size` bytes that were scanned belong to whole groups. */
size_t scan_verified_size(const struct journal *journal, size_t size);

/* The sum in which the last whole line ends, into `sum`; false when it does not end in one. Nothing
 * is verified. */
bool scan_last_sum(const char *bytes, size_t size, char sum[DIGEST_TEXT_SIZE]);

#endif
