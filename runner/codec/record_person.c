#define _GNU_SOURCE /* memmem */
#include "codec/record_person.h"

#include <string.h>

#include "base/text.h"
#include "codec/record_sum.h"

/* The text behind a mark, up to its quote, when it has that size. Raw quotes stand in no JSON text,
 * so the mark is the member itself. */
static bool
member_copy(const char *line, size_t size, const char *mark, char *out, size_t out_size)
{
    const char *at = memmem(line, size, mark, strlen(mark));
    if (!at)
        return false;
    at += strlen(mark);
    size_t left = size - (size_t)(at - line);
    const char *end = memchr(at, '"', left);
    if (!end || (size_t)(end - at) >= out_size)
        return false;
    memcpy(out, at, (size_t)(end - at));
    out[end - at] = '\0';
    return true;
}

bool
record_states_key(const char *line, size_t size, char key[DIGEST_TEXT_SIZE])
{
    return member_copy(line, size, ",\"key\":\"", key, DIGEST_TEXT_SIZE) && digest_is(key);
}

bool
record_states_at(const char *line, size_t size, stamp_t *at_ms)
{
    char text[STAMP_TEXT_SIZE];
    return member_copy(line, size, ",\"at\":\"", text, sizeof text) && stamp_read(text, at_ms);
}

/* As the sums see it; of a line that was cut within it, all that is left. */
static struct person_span
span_of(const char *line, size_t size)
{
    struct person_span span = record_person_span(line, size);
    if (span.begin && !span.end)
        span.end = size;
    return span;
}

bool
record_has_person(const char *line, size_t size)
{
    return record_person_span(line, size).begin != 0;
}

bool
record_states_worker(const char *line, size_t size, char worker[DIGEST_TEXT_SIZE])
{
    struct person_span span = span_of(line, size);
    return member_copy(line + span.begin, span.end - span.begin, "\"worker\":\"", worker,
                       DIGEST_TEXT_SIZE);
}

void
record_leave_person(const char *line, size_t size, struct buffer *out)
{
    struct person_span span = span_of(line, size);
    buffer_add(out, line, span.begin);
    buffer_add(out, line + span.end, size - span.end);
}

static bool
is_of_id(char byte)
{
    return (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9');
}

bool
bytes_name(const char *bytes, size_t size, const char *id)
{
    size_t length = strlen(id);
    for (const char *at = bytes; size && (at = memmem(at, size - (size_t)(at - bytes), id, length));
         at++) {
        const char *end = at + length;
        if ((at == bytes || !is_of_id(at[-1])) && (end == bytes + size || !is_of_id(*end)))
            return true;
    }
    return false;
}

bool
bytes_name_any(const char *bytes, size_t size, const struct index *ids)
{
    char word[ID_BYTES_MAX + 1];
    for (size_t at = 0, length; at < size; at += length + 1) {
        for (length = 0; at + length < size && is_of_id(bytes[at + length]);)
            length++;
        if (length == 0 || length > ID_BYTES_MAX)
            continue;
        memcpy(word, bytes + at, length);
        word[length] = '\0';
        if (index_find(ids, word))
            return true;
    }
    return false;
}

/* The size of the line at `from` with its end; 0 when it has none. */
static size_t
line_size(const char *bytes, size_t size, size_t from)
{
    const char *end = from < size ? memchr(bytes + from, '\n', size - from) : NULL;
    return end ? (size_t)(end - bytes) + 1 - from : 0;
}

/* One record, from which a person was taken out on one side, or on none. Two persons in one place
 * are not: one of them was changed. */
static bool
is_same_record(const char *line, size_t size, const char *twin, size_t twin_size)
{
    if (size == twin_size)
        return memcmp(line, twin, size) == 0;
    if (record_has_person(line, size) == record_has_person(twin, twin_size))
        return false;
    struct buffer one = {0}, other = {0};
    record_leave_person(line, size, &one);
    record_leave_person(twin, twin_size, &other);
    bool same = one.size == other.size && memcmp(one.bytes, other.bytes, one.size) == 0;
    buffer_close(&one);
    buffer_close(&other);
    return same;
}

struct alike
records_alike(const char *here, size_t here_size, const char *there, size_t there_size)
{
    struct alike alike = {0};
    size_t size, twin_size;
    while ((size = line_size(here, here_size, alike.here)) &&
           (twin_size = line_size(there, there_size, alike.there)) &&
           is_same_record(here + alike.here, size, there + alike.there, twin_size)) {
        alike.names_less |= size < twin_size;
        alike.here += size;
        alike.there += twin_size;
    }
    return alike;
}
