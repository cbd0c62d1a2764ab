#define _GNU_SOURCE /* memmem */
#include "codec/record_sum.h"

#include <string.h>

#include "base/buffer.h"
#include "codec/record_stated.h"

/* Raw quotes cannot stand inside a JSON string, so the first match is the member itself. */
bool
record_person_span(const char *line, size_t size, size_t *begin, size_t *end)
{
    static const char open[] = ",\"person\":{", close[] = "},\"person_sum\":\"";
    const char *found = memmem(line, size, open, strlen(open));
    if (!found)
        return false;
    *begin = (size_t)(found - line) + 1;
    const char *shut = memmem(found, size - *begin, close, strlen(close));
    if (!shut)
        return false;
    *end = (size_t)(shut - line) + 2;
    return true;
}

void
record_sum_make(const char *line, size_t size, const char *previous, char out[DIGEST_TEXT_SIZE])
{
    struct buffer summed = {0};
    buffer_text(&summed, previous);
    size_t begin = size, end = size;
    record_person_span(line, size, &begin, &end);
    buffer_add(&summed, line, begin);
    buffer_add(&summed, line + end, size - end);
    digest_hex(summed.bytes, summed.size, out);
    buffer_close(&summed);
}

bool
record_sums_check(const char *line, size_t size, char previous[DIGEST_TEXT_SIZE], bool *erased,
                  struct error *err)
{
    char stated[DIGEST_TEXT_SIZE], sum[DIGEST_TEXT_SIZE];
    if (!record_states_sum(line, size, stated) || memcmp(line + size - 2, "\"}", 2) != 0)
        return error_say(err, "the line does not end in its sum");
    record_sum_make(line, size - RECORD_TAIL_SIZE, previous, sum);
    if (memcmp(sum, stated, sizeof sum) != 0)
        return error_say(err, "the sum differs: this line or one before it was changed");
    memcpy(previous, sum, sizeof sum);
    size_t begin, end;
    static const char person_mark[] = ",\"person_sum\":\"";
    const char *person_sum = memmem(line, size, person_mark, strlen(person_mark));
    *erased = false;
    if (record_person_span(line, size - RECORD_TAIL_SIZE, &begin, &end)) {
        size_t value = begin + strlen("\"person\":");
        digest_hex(line + value, end - 1 - value, sum);
        if (memcmp(sum, line + end + strlen(person_mark) - 1, 64) != 0)
            return error_say(err, "the sum over the member 'person' differs: it was changed");
    } else {
        *erased = person_sum != NULL;
    }
    return true;
}
