/* What libyaml refuses, in words that say what a person did to get there; and what it would accept
 * or misread. */
#include <string.h>

#include "base/slip.h"
#include "base/text.h"
#include "base/tree_reading.h"

struct where
reading_place(const struct reading *r, yaml_mark_t mark)
{
    return (struct where){r->file, (unsigned)mark.line + 1, (unsigned)mark.column + 1};
}

/* Where the line of a mark begins, and its end. */
static size_t
line_of(const struct reading *r, yaml_mark_t mark, size_t *end)
{
    size_t line = 0, begin = 0;
    while (begin < r->size && line < mark.line)
        line += r->bytes[begin++] == '\n';
    *end = begin;
    while (*end < r->size && r->bytes[*end] != '\n' && r->bytes[*end] != '\r')
        (*end)++;
    return begin;
}

/* `- approve` with a key below it: without a colon YAML reads both lines as one text. False when
 * the line above the mark is no such one. */
static bool
bare_refuse(const struct reading *r, yaml_mark_t mark)
{
    yaml_mark_t above = mark;
    above.line -= above.line > 0;
    size_t end, begin = line_of(r, above, &end);
    const char *line = text_trim(r->arena, r->bytes + begin, end - begin);
    if (!text_starts(line, "- ") || strpbrk(line, ":#\"'{["))
        return false;
    problem_at(r->problems, reading_place(r, mark),
               "this belongs to the line above, which needs a colon then: write \"%s:\" there",
               line);
    return true;
}

/* Behind the value that the template at `open` belongs to; there may be others in it. */
static const char *
template_end(const char *open)
{
    const char *to = open;
    for (;;) {
        const char *close = strstr(to, "}}");
        if (!close)
            return to + strlen(to);
        to = close + 2;
        to += strcspn(to, ",}]{");
        if (to[0] != '{' || to[-1] != '$' || to[1] != '{')
            return to;
    }
}

/* The key and the value that the template at `open` stands in. */
static const char *
template_value(const char *line, const char *open, const char **key)
{
    const char *from = open;
    while (from > line && !strchr("{[,", from[-1]))
        from--;
    const char *colon = strstr(from, ": ");
    *key = from;
    from = colon && colon < open ? colon + 2 : from;
    return from + strspn(from, " ");
}

/* A template without quotes inside { } breaks the map it stands in, because its own braces begin
 * maps. False when there is none in the line of the mark. */
static bool
template_refuse(const struct reading *r, yaml_mark_t mark)
{
    size_t end, begin = line_of(r, mark, &end);
    const char *line = arena_text(r->arena, r->bytes + begin, end - begin);
    const char *open = strstr(line, "${{"), *key = NULL, *value = NULL;
    for (; open; open = strstr(template_end(open), "${{")) {
        value = template_value(line, open, &key);
        if (*value != '"' && *value != '\'')
            break;
    }
    if (!open)
        return false;
    size_t column = text_length(arena_text(r->arena, line, (size_t)(value - line)));
    struct where where = {r->file, (unsigned)mark.line + 1, (unsigned)column + 1};
    key = text_trim(r->arena, key, (size_t)(value - key));
    problem_at(r->problems, where,
               "a template inside { } or [ ] needs quotes, because a bare { begins a map there: "
               "write %s%s\"%s\"",
               key, *key ? " " : "",
               text_trim(r->arena, value, (size_t)(template_end(open) - value)));
    return true;
}

size_t
reading_offset(struct reading *r, yaml_mark_t mark)
{
    while (r->cursor_characters < mark.index && r->cursor_bytes < r->size) {
        r->cursor_bytes++;
        while (r->cursor_bytes < r->size &&
               ((unsigned char)r->bytes[r->cursor_bytes] & 0xc0) == 0x80)
            r->cursor_bytes++;
        r->cursor_characters++;
    }
    return r->cursor_bytes;
}

/* True when nothing but blanks stands before the mark in its line. */
static bool
begins_line(struct reading *r, yaml_mark_t mark)
{
    size_t at = reading_offset(r, mark);
    while (at > 0 && r->bytes[at - 1] == ' ')
        at--;
    return at == 0 || r->bytes[at - 1] == '\n';
}

void
reading_refuse(struct reading *r)
{
    yaml_parser_t *p = &r->parser;
    yaml_mark_t mark =
        p->problem_mark.line || p->problem_mark.column ? p->problem_mark : p->context_mark;
    const char *problem = p->problem ? p->problem : "unreadable";
    r->stopped = true;
    if (p->flow_level && (template_refuse(r, mark) || template_refuse(r, p->context_mark)))
        return;
    if (strstr(problem, "cannot start any token")) {
        size_t at = reading_offset(r, mark);
        char begin = at < r->size ? r->bytes[at] : ' ';
        if (begin == '\t')
            problem_at(r->problems, reading_place(r, mark),
                       "YAML indents with blanks; a tab stands here");
        else
            problem_at(r->problems, reading_place(r, mark),
                       "a text that begins with %c needs quotes around it", begin);
        return;
    }
    if (strstr(problem, "did not find expected key")) {
        problem_at(r->problems, reading_place(r, mark),
                   begins_line(r, mark)
                       ? "this line is indented unlike the others of its map"
                       : "the text goes on behind its quotes or brackets here; put "
                         "quotes around all of it");
        return;
    }
    if (strstr(problem, "mapping values are not allowed") && bare_refuse(r, mark))
        return;
    const struct slip *slip = slip_find(problem);
    if (slip) {
        problem_at(r->problems, reading_place(r, slip->begins ? p->context_mark : mark), "%s",
                   slip->words);
        return;
    }
    problem_at(r->problems, reading_place(r, mark), "this is not YAML: %s%s%s", problem,
               p->context ? ", " : "", p->context ? p->context : "");
}

static struct where
place_of_offset(const char *file, const char *bytes, size_t offset)
{
    struct where where = {file, 1, 1};
    for (size_t i = 0; i < offset; i++) {
        where.column++;
        if (bytes[i] == '\n') {
            where.line++;
            where.column = 1;
        }
    }
    return where;
}

bool
reading_bytes_fit(const char *file, const char *bytes, size_t size, size_t size_max,
                  struct problems *problems)
{
    struct where top = {file, 1, 1};
    if (size > size_max) {
        problem_at(problems, top, "the file has %zu bytes; at most %zu are read", size, size_max);
        return false;
    }
    if (size >= 2 && (memcmp(bytes, "\xff\xfe", 2) == 0 || memcmp(bytes, "\xfe\xff", 2) == 0)) {
        problem_at(problems, top, "the file is UTF-16; save it as UTF-8");
        return false;
    }
    size_t bad = text_utf8_bad(bytes, size);
    if (bad < size) {
        problem_at(problems, place_of_offset(file, bytes, bad),
                   "the byte 0x%02x is not UTF-8; save the file as UTF-8",
                   (unsigned char)bytes[bad]);
        return false;
    }
    const char *nul = size ? memchr(bytes, '\0', size) : NULL;
    if (nul) {
        problem_at(problems, place_of_offset(file, bytes, (size_t)(nul - bytes)),
                   "a NUL byte stands here; this is not a text file");
        return false;
    }
    return true;
}
