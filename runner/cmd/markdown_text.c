#include "cmd/markdown_text.h"

#include <string.h>

#include "base/text.h"

/* The longest run of backticks. */
static size_t
ticks_most(const char *text)
{
    size_t most = 0;
    for (const char *at = text; *at;) {
        size_t run = strspn(at, "`");
        most = run > most ? run : most;
        at += run ? run : 1;
    }
    return most;
}

static void
ticks_add(struct buffer *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buffer_text(out, "`");
}

/* Blanks inside the ticks are taken off again by whoever reads it, when both are there. In a table
 * `\|` is a bar, but `\\|` is a backslash and the cell's end: there the bar becomes a broken one.
 */
static void
code_add(struct buffer *out, const char *text, bool in_table)
{
    size_t ticks = ticks_most(text) + 1, size = strlen(text);
    bool pad = text[0] == '`' || text[size - 1] == '`';
    ticks_add(out, ticks);
    buffer_text(out, pad ? " " : "");
    for (const char *at = text; *at; at++) {
        bool bar = *at == '|' && in_table;
        if (bar)
            buffer_text(out, at > text && at[-1] == '\\' ? "¦" : "\\|");
        else
            buffer_add(out, at, 1);
    }
    buffer_text(out, pad ? " " : "");
    ticks_add(out, ticks);
}

static void
code_or_dash(struct buffer *out, const char *text, bool in_table)
{
    struct arena arena = {0};
    struct buffer safe = {0};
    text_escape(&safe, text_collapse(&arena, text ? text : ""), false);
    if (safe.size)
        code_add(out, safe.bytes, in_table);
    else
        buffer_text(out, "–");
    buffer_close(&safe);
    arena_close(&arena);
}

void
markdown_code(struct buffer *out, const char *text)
{
    code_or_dash(out, text, false);
}

void
markdown_cell(struct buffer *out, const char *text)
{
    code_or_dash(out, text, true);
}

/* Letters, digits and what ends or joins words. Not a link, not a reference to an issue, and not
 * the mark of a list. */
static bool
is_plain(const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                ".,;:'\"()/%$+=!?-";
    for (const char *at = word; *at; at++)
        if (!strchr(plain, *at) && (unsigned char)*at < 0x80)
            return false;
    return !strstr(word, "://") && !strstr(word, "www.") && !strstr(word, "GH-") &&
           !strstr(word, "gh-") && !strchr("-+=", word[0]);
}

void
markdown_prose(struct buffer *out, const char *text)
{
    struct arena arena = {0};
    struct buffer safe = {0};
    text_escape(&safe, text_collapse(&arena, text), false);
    for (const char *at = safe.bytes ? safe.bytes : ""; *at;) {
        size_t size = strcspn(at, " ");
        const char *word = arena_text(&arena, at, size);
        if (is_plain(word))
            buffer_text(out, word);
        else
            code_add(out, word, false);
        at += size;
        if (*at == ' ')
            buffer_add(out, at++, 1);
    }
    buffer_close(&safe);
    arena_close(&arena);
}

void
markdown_block(struct buffer *out, const char *text)
{
    enum { TICKS_LEAST = 3 };
    struct buffer safe = {0};
    text_escape(&safe, text, true);
    const char *lines = safe.bytes ? safe.bytes : "";
    size_t ticks = ticks_most(lines) + 1 > TICKS_LEAST ? ticks_most(lines) + 1 : TICKS_LEAST;
    ticks_add(out, ticks);
    buffer_print(out, "text\n%s%s", lines, text_ends(lines, "\n") ? "" : "\n");
    ticks_add(out, ticks);
    buffer_text(out, "\n");
    buffer_close(&safe);
}
