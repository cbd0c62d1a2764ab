#include "cmd/wrap.h"

#include <string.h>

#include "base/columns.h"
#include "base/text.h"

/* The bytes up to the blank or line end where a line may break. */
static size_t
unit(const char *text)
{
    static const char command[] = "'bursar ";
    const char *end = text_starts(text, command) ? strchr(text + 1, '\'') : NULL;
    size_t size = end ? (size_t)(end - text) : 0;
    return size + strcspn(text + size, " \n");
}

static size_t
width(const char *text, size_t size)
{
    struct arena arena = {0};
    size_t columns = columns_of(arena_text(&arena, text, size));
    arena_close(&arena);
    return columns;
}

void
wrap_add(struct buffer *out, const char *text, const char *first, const char *rest, size_t columns)
{
    size_t at = columns_of(first);
    bool fresh = true; /* no word stands on this line yet */
    buffer_text(out, first);
    while (*text) {
        size_t size = unit(text), wide = width(text, size);
        if (!fresh && at + 1 + wide > columns) {
            buffer_text(out, "\n");
            buffer_text(out, rest);
            at = columns_of(rest);
        } else if (!fresh) {
            buffer_text(out, " ");
            at++;
        }
        buffer_add(out, text, size);
        at += wide;
        fresh = false;
        text += size;
        if (*text == '\n') {
            buffer_text(out, "\n");
            buffer_text(out, text[1] ? rest : "");
            at = columns_of(rest);
            fresh = true;
        }
        text += *text != '\0';
    }
    buffer_text(out, "\n");
}
