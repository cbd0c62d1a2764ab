#define _GNU_SOURCE /* memmem */
#include "codec/record_sum.h"

#include <string.h>

#include "codec/record_stated.h"

static const char person_open[] = ",\"person\":{", person_close[] = "},\"person_sum\":\"",
                  person_mark[] = ",\"person_sum\":\"";

enum {
    SUM_SIZE = DIGEST_TEXT_SIZE - 1,
    PERSON_TAIL_SIZE = sizeof person_mark - 1 + SUM_SIZE + 1, /* `,"person_sum":"…"` */
};

/* Raw quotes cannot stand inside a JSON string, so the first match is the member itself. */
struct person_span
record_person_span(const char *line, size_t size)
{
    const char *open = memmem(line, size, person_open, strlen(person_open));
    if (!open)
        return (struct person_span){0};
    size_t begin = (size_t)(open - line) + 1;
    const char *close = memmem(open, size - begin, person_close, strlen(person_close));
    return (struct person_span){begin, close ? (size_t)(close - line) + 2 : 0};
}

void
record_sum_make(const char *line, size_t size, struct person_span person, const char *previous,
                char out[DIGEST_TEXT_SIZE])
{
    const struct digest_piece pieces[] = {
        {previous, strlen(previous)},
        {line, person.end ? person.begin : 0},
        {line + person.end, size - person.end},
    };
    digest_pieces(pieces, sizeof pieces / sizeof *pieces, out);
}

bool
record_sums_check(const char *line, size_t size, struct person_span person,
                  char previous[DIGEST_TEXT_SIZE], struct error *err)
{
    char stated[DIGEST_TEXT_SIZE], sum[DIGEST_TEXT_SIZE];
    if (!record_states_sum(line, size, stated) || memcmp(line + size - 2, "\"}", 2) != 0)
        return error_say(err, "the line does not end in its sum");
    record_sum_make(line, size - RECORD_TAIL_SIZE, person, previous, sum);
    bool unsealed = person.begin && !person.end; /* by a sum of its own, right behind it */
    if (unsealed || memcmp(sum, stated, sizeof sum) != 0)
        return error_say(err, "the sum differs: this line or one before it was changed");
    memcpy(previous, sum, sizeof sum);
    if (!person.end)
        return true;
    size_t value = person.begin + strlen("\"person\":");
    digest_hex(line + value, person.end - 1 - value, sum);
    return memcmp(sum, line + person.end - 1 + strlen(person_mark), SUM_SIZE) == 0 ||
           error_say(err, "the sum over the member 'person' differs: it was changed");
}

bool
record_is_erased(const char *line, size_t size, struct person_span person)
{
    return !person.begin && size > PERSON_TAIL_SIZE + RECORD_TAIL_SIZE &&
           memcmp(line + size - RECORD_TAIL_SIZE - PERSON_TAIL_SIZE, person_mark,
                  strlen(person_mark)) == 0;
}
