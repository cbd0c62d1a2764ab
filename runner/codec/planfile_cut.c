#include "codec/planfile_cut.h"

#include <string.h>

static const char name[] = "\"actions\"";

const char *
planfile_cut_blanks(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t' || *at == '\n' || *at == '\r'))
        at++;
    return at;
}

/* What follows the text that begins at `at`; `end` when it has no end. */
static const char *
text_pass(const char *at, const char *end)
{
    for (at++; at < end && *at != '"'; at++)
        at += *at == '\\' && at + 1 < end;
    return at < end ? at + 1 : end;
}

/* What follows the list or object that begins at `at`. */
static const char *
brackets_pass(const char *at, const char *end)
{
    size_t depth = 0;
    while (at < end) {
        char byte = *at;
        if (byte == '"') {
            at = text_pass(at, end);
            continue;
        }
        at++;
        depth += byte == '[' || byte == '{';
        depth -= byte == ']' || byte == '}';
        if (depth == 0)
            return at;
    }
    return NULL;
}

/* The list that has this name, or NULL. */
static const char *
list_named(const char *at, const char *end)
{
    size_t size = strlen(name);
    if ((size_t)(end - at) < size || memcmp(at, name, size) != 0)
        return NULL;
    at = planfile_cut_blanks(at + size, end);
    if (at == end || *at != ':')
        return NULL;
    at = planfile_cut_blanks(at + 1, end);
    return at < end && *at == '[' ? at : NULL;
}

/* Only members of the plan itself are looked at: what stands in another's brackets is passed. */
bool
planfile_cut_find(const char *bytes, size_t size_bytes, struct planfile_cut *cut)
{
    const char *end = bytes + size_bytes, *at = planfile_cut_blanks(bytes, end);
    if (at == end || *at != '{')
        return false;
    for (at++; at && at < end && *at != '}';) {
        cut->begin = *at == '"' ? list_named(at, end) : NULL;
        if (cut->begin) {
            cut->end = brackets_pass(cut->begin, end);
            return cut->end && cut->end[-1] == ']';
        }
        if (*at == '"')
            at = text_pass(at, end);
        else if (*at == '[' || *at == '{')
            at = brackets_pass(at, end);
        else
            at++;
    }
    return false;
}
