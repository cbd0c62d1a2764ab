/* The canonical line, read in one pass: exactly what `record_encode` writes. Members stand in the
 * order of the tables (so none can stand twice), without white space; numbers are whole; texts are
 * UTF-8, with the escapes that are written. It only says yes or no: what is not canonical may be a
 * record still, and `record_json` reads it or says what is wrong. Whatever is read here, that one
 * reads alike (tests/fuzz/fuzz_record.c holds the two together). Used by `codec/record*`. */
#ifndef CODEC_RECORD_LINE_H
#define CODEC_RECORD_LINE_H

#include "codec/record_sum.h"
#include "core/entry.h"

/* Fills `entry`, which must be zeroed, and where its person stands; texts go to the arena. The sums
 * are not looked at. False leaves any of it half filled. */
bool record_line_read(const char *line, size_t size, struct entry *entry,
                      struct person_span *person, struct arena *arena);

#endif
