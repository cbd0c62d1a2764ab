/* The two sums of a journal's line, over its bytes. Used by `codec/record*`. */
#ifndef CODEC_RECORD_SUM_H
#define CODEC_RECORD_SUM_H

#include "base/digest.h"
#include "base/error.h"

/* Where `"person":{…},` stands in a line: both 0 when it has none, `end` when its sum does not
 * follow right behind it, which is no record. */
struct person_span {
    size_t begin, end;
};

/* Looks for it in a line whose part before `,"sum":` is `size` bytes long. */
struct person_span record_person_span(const char *line, size_t size);

/* The sum of such a line after a record whose sum is `previous`. `out` may be `previous`. */
void record_sum_make(const char *line, size_t size, struct person_span person, const char *previous,
                     char out[DIGEST_TEXT_SIZE]);

/* Both sums of a whole line, before any content is believed. `previous` moves on to this line's. */
bool record_sums_check(const char *line, size_t size, struct person_span person,
                       char previous[DIGEST_TEXT_SIZE], struct error *err);

/* True for a whole line in which a person's sum stands without the person. */
bool record_is_erased(const char *line, size_t size, struct person_span person);

#endif
