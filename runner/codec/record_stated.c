#define _GNU_SOURCE /* memmem */
#include "codec/record_stated.h"

#include <stdio.h>
#include <string.h>

/* No JSON text inside of a record holds either: its quotes would be escaped. */
static const char beginning[] = "{\"seq\":", sum_mark[] = ",\"sum\":\"";

enum { HEAD_SIZE_MAX = 160 }; /* seq, at, kind and group stand within it */

size_t
record_span(const char *line, size_t left)
{
    const char *end = memchr(line, '\n', left);
    size_t size = end ? (size_t)(end - line) : left;
    const char *next = size ? memmem(line + 1, size - 1, beginning, strlen(beginning)) : NULL;
    return next ? (size_t)(next - line) : size;
}

static bool
begins(const char *line, size_t size)
{
    return size >= strlen(beginning) && memcmp(line, beginning, strlen(beginning)) == 0;
}

/* The number at `at`, which must end before `end` as a member does. */
static bool
number_read(const char *at, const char *end, uint64_t *number)
{
    *number = 0;
    for (; at < end && *at >= '0' && *at <= '9'; at++)
        *number = *number * 10 + (uint64_t)(*at - '0');
    return at < end && (*at == ',' || *at == '}');
}

bool
record_states_seq(const char *line, size_t size, uint64_t *seq)
{
    return begins(line, size) && number_read(line + strlen(beginning), line + size, seq);
}

bool
record_states_group(const char *line, size_t size, uint64_t *group)
{
    static const char mark[] = ",\"group\":";
    size_t head = size < HEAD_SIZE_MAX ? size : HEAD_SIZE_MAX;
    const char *at = begins(line, size) ? memmem(line, head, mark, strlen(mark)) : NULL;
    return at && number_read(at + strlen(mark), line + head, group);
}

bool
record_states_kind(const char *line, size_t size, enum entry_kind kind)
{
    char mark[40];
    int length = snprintf(mark, sizeof mark, ",\"kind\":\"%s\"", entry_kind_name(kind));
    return memmem(line, size < HEAD_SIZE_MAX ? size : HEAD_SIZE_MAX, mark, (size_t)length) != NULL;
}

bool
record_states_sum(const char *line, size_t size, char sum[DIGEST_TEXT_SIZE])
{
    sum[0] = '\0';
    if (size <= RECORD_TAIL_SIZE ||
        memcmp(line + size - RECORD_TAIL_SIZE, sum_mark, strlen(sum_mark)) != 0)
        return false;
    memcpy(sum, line + size - RECORD_TAIL_SIZE + strlen(sum_mark), DIGEST_TEXT_SIZE - 1);
    sum[DIGEST_TEXT_SIZE - 1] = '\0';
    return true;
}

size_t
record_states_tail(const char *line, size_t size)
{
    const char *tail = memmem(line, size, sum_mark, strlen(sum_mark));
    return tail ? size - (size_t)(tail - line) : 0;
}
