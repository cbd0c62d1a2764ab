/* Lines end in \n, \r or both; columns count characters. */
#include "codec/lines.h"

#include <string.h>

#include "base/text.h"

#define BLANKS " \t"

struct lines
lines_begin(const char *path, const char *bytes, size_t size_bytes)
{
    return (struct lines){bytes, size_bytes, 0, {path, 1, 1}};
}

static bool
is_one_of(char byte, const char *set)
{
    return byte && strchr(set, byte);
}

/* Steps over the line at `at`; gives the offset of its end. */
static size_t
line_pass(struct lines *lines)
{
    size_t end = lines->at;
    while (end < lines->size_bytes && !is_one_of(lines->bytes[end], "\r\n"))
        end++;
    lines->at = end + 1;
    if (lines->at < lines->size_bytes && lines->bytes[end] == '\r' && lines->bytes[end + 1] == '\n')
        lines->at++;
    lines->where.line++;
    return end;
}

bool
lines_next(struct lines *lines, const char **text, struct where *where, struct arena *arena)
{
    while (lines->at < lines->size_bytes) {
        *where = lines->where;
        size_t begin = lines->at, end = line_pass(lines);
        const char *bytes = lines->bytes;
        for (size_t at = begin; at < end; at++)
            if (bytes[at] == '#' && (at == begin || is_one_of(bytes[at - 1], BLANKS)))
                end = at;
        for (; begin < end && is_one_of(bytes[begin], BLANKS); begin++)
            where->column++;
        if (begin == end)
            continue;
        *text = text_trim(arena, bytes + begin, end - begin);
        return true;
    }
    return false;
}
