/* The two sums of a journal's line, over its bytes. Used by `codec/record*`. */
#ifndef CODEC_RECORD_SUM_H
#define CODEC_RECORD_SUM_H

#include "base/digest.h"
#include "base/error.h"

/* The span of `"person":{…},` in a line whose part before `,"sum":` is `size` bytes long. */
bool record_person_span(const char *line, size_t size, size_t *begin, size_t *end);

/* The sum of such a line after a record whose sum is `previous`. `out` may be `previous`. */
void record_sum_make(const char *line, size_t size, const char *previous,
                     char out[DIGEST_TEXT_SIZE]);

/* Both sums of a whole line, before any content is believed. `previous` moves on to this line's;
 * `*erased` tells that a person's sum stands there without the person. */
bool record_sums_check(const char *line, size_t size, char previous[DIGEST_TEXT_SIZE], bool *erased,
                       struct error *err);

#endif
