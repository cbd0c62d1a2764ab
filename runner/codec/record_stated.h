/* What a line of a journal says of itself, before anything is verified: for telling a write that
 * was torn from damage. Nothing of it may be believed. */
#ifndef CODEC_RECORD_STATED_H
#define CODEC_RECORD_STATED_H

#include "base/digest.h"
#include "core/entry.h"

/* `,"sum":"…"}`, in which every whole record ends. */
enum { RECORD_TAIL_SIZE = 74 };

/* How many of `left` bytes are what begins as a record at `line`: up to its line end, or to where
 * the next record begins, because zeros may stand in the line end's place. */
size_t record_span(const char *line, size_t left);

/* What stands as its seq, its group. False when its beginning cannot be read so far. */
bool record_states_seq(const char *line, size_t size, uint64_t *seq);
bool record_states_group(const char *line, size_t size, uint64_t *group);

/* True when its beginning names that kind. */
bool record_states_kind(const char *line, size_t size, enum entry_kind kind);

/* Fills `sum` with the sum in which the line ends; "" and false when it does not end so. */
bool record_states_sum(const char *line, size_t size, char sum[DIGEST_TEXT_SIZE]);

/* The bytes from where its sum begins to its end; 0 when it has none. */
size_t record_states_tail(const char *line, size_t size);

#endif
