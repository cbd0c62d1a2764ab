/* Any line that is a record, by way of jansson: members in whatever order, spaces, all of JSON.
 * Whatever is wrong with a line is said here. Used by `codec/record*`. */
#ifndef CODEC_RECORD_JSON_H
#define CODEC_RECORD_JSON_H

#include "base/error.h"
#include "core/entry.h"

/* Fills `entry`, which must be zeroed; texts go to the arena. The sums are not looked at. */
bool record_json_read(const char *line, size_t size, struct entry *entry, struct arena *arena,
                      struct error *err);

#endif
