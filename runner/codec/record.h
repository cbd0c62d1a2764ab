/* One line of the journal.
 *
 *     {"seq":7,"at":"2026-11-23T14:00:03.120Z","kind":"intend","group":9,"key":"…","step":"bonus",
 *      "do":"bonus","cents":100,"fee_cents":20,"content":"…","person":{"worker":"A…",
 *      "assignment":"3…","task":"3…","body":"…","salt":"…"},"person_sum":"…","sum":"…"}
 *
 * - `seq` counts from 0 without a gap. `group` is the seq of the last record that was written and
 *   synced together with this one: a group is whole when that record is there.
 * - What concerns a person is in the one member `person`; `person_sum` is the SHA-256, hex, of
 *   that member's value, from its { to its }.
 * - `sum` is the SHA-256, hex, of the previous record's sum (hex; nothing for the first) followed
 *   by this line's bytes up to `,"sum":`, with the member `"person":{…},` left out. So a person
 *   can be erased and the chain still verifies.
 *
 * One table of fields drives both directions. */
#ifndef CODEC_RECORD_H
#define CODEC_RECORD_H

#include "base/buffer.h"
#include "base/digest.h"
#include "core/entry.h"

enum { RECORD_FORMAT = 1, RECORD_SIZE_BYTES_MAX = 256 * 1024 };

/* Adds the line with its newline. `previous` is the sum before ("" for the first) and becomes the
 * sum of this record. */
void record_encode(const struct entry *entry, char previous[DIGEST_TEXT_SIZE], struct buffer *out);

/* Reads one line (without its newline) into `entry`; texts go to the arena. Checks both sums and
 * moves `previous` on. Fails on anything that this program would not have written. */
bool record_decode(const char *line, size_t size_bytes, char previous[DIGEST_TEXT_SIZE],
                   struct entry *entry, struct arena *arena, struct error *err);

#endif
