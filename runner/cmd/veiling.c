#include "cmd/veiling.h"

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
is_like_an_id(void *self, const char *word, size_t size)
{
    (void)self;
    enum { ID_LETTERS_LEAST = 10 };
    size_t digits = 0;
    for (size_t i = 0; i < size; i++)
        digits += word[i] >= '0' && word[i] <= '9';
    return size >= ID_LETTERS_LEAST && digits && digits < size;
}

static const char *
words_of(void *self, const char *text, struct arena *arena)
{
    const struct veiling *veiling = self;
    if (veiling->names_shown)
        return text;
    return hide_words(hide_people(veiling->session, HIDE_ANYWHERE, text, arena), is_like_an_id,
                      NULL, arena);
}

struct veil
veiling_veil(struct veiling *veiling)
{
    return (struct veil){.self = veiling, .name = name_of, .words = words_of};
}
