#include "cmd/veiling.h"

#include <string.h>

#include "cmd/hide.h"
#include "core/pseudonym.h"

static const char *
name_of(void *self, const char *marketplace, const char *id, struct arena *arena)
{
    const struct veiling *veiling = self;
    if (veiling->names_shown)
        return id;
    return pseudonym_make(veiling->key->bytes, marketplace, id, arena);
}

/* Long enough, of capital letters and digits, and both: an ID of somebody whom the journal does not
 * know, or does not know any more. Their marketplace's own words have small letters. */
static bool
is_like_an_id(const char *word, size_t size)
{
    enum { ID_LETTERS_LEAST = 10 };
    size_t digits = 0;
    for (size_t i = 0; i < size; i++)
        digits += word[i] >= '0' && word[i] <= '9';
    return size >= ID_LETTERS_LEAST && digits && digits < size;
}

static const char *
ids_clear(const char *text, struct arena *arena)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    struct buffer out = {0};
    while (*text) {
        size_t size = strspn(text, letters);
        if (is_like_an_id(text, size))
            buffer_text(&out, "…");
        else
            buffer_add(&out, text, size ? size : 1);
        text += size ? size : 1;
    }
    const char *clear = arena_text(arena, out.bytes ? out.bytes : "", out.size);
    buffer_close(&out);
    return clear;
}

static const char *
words_of(void *self, const char *text, struct arena *arena)
{
    const struct veiling *veiling = self;
    if (veiling->names_shown)
        return text;
    return ids_clear(hide_people(veiling->session, HIDE_ANYWHERE, text, arena), arena);
}

struct veil
veiling_veil(struct veiling *veiling)
{
    return (struct veil){.self = veiling, .name = name_of, .words = words_of};
}
