/* Words that people will read: trimmed, bounded in characters, without what could steer a
 * terminal or what a marketplace refuses. */
#include "codec/value.h"

#include <string.h>

#include "base/text.h"
#include "codec/lookups.h"

/* Where the first control character stands that does not belong into prose (all but newline and
 * tab; U+0080 to U+009F too), or NULL. */
static const char *
control_find(const char *text, bool lines)
{
    for (const char *at = text; *at; at++) {
        unsigned char byte = (unsigned char)*at, next = (unsigned char)at[1];
        if (byte == '\n' && lines)
            continue;
        if ((byte < 0x20 && byte != '\t') || byte == 0x7f || (byte == 0xc2 && next < 0xa0))
            return at;
    }
    return NULL;
}

static unsigned
code_of(const char *at)
{
    unsigned char byte = (unsigned char)*at;
    return byte == 0xc2 ? (unsigned char)at[1] : byte;
}

const char *
value_prose_fit(struct decoding *d, const struct field *field, struct where where,
                const char *bytes, size_t size_bytes)
{
    char *text = text_trim(d->arena, bytes, size_bytes);
    size_t length = text_length(text);
    if (length == 0) {
        problem_at(d->problems, where, "'%s' takes %s, such as \"%s\"; it has only white space",
                   field->name, field->takes, field->example);
        return NULL;
    }
    const char *control = control_find(text, field->lines);
    if (control && *control == '\n') {
        problem_at(d->problems, where, "'%s' takes one line; it has several: write it as one",
                   field->name);
        return NULL;
    }
    if (control) {
        size_t before = text_length(arena_text(d->arena, text, (size_t)(control - text)));
        problem_at(d->problems, where,
                   "'%s' has a control character (U+%04X) as its character number %zu; take it "
                   "out",
                   field->name, code_of(control), before + 1);
        return NULL;
    }
    /* What is looked up is bounded when it is known. */
    length = field->looks_up ? lookups_literal_length(text) : length;
    if (length > (size_t)field->most) {
        problem_at(d->problems, where, "'%s' takes %s; it has %zu: shorten it by %zu", field->name,
                   field->takes, length, length - (size_t)field->most);
        return NULL;
    }
    return text;
}

/* A plain text ends where " #" begins a comment, without a word from YAML. Where only a name or a
 * number can stand, that is what the person meant; in prose it is a sentence cut in half. */
bool
value_is_cut(struct decoding *d, const struct field *field, const struct node *node)
{
    if (!node->cut)
        return false;
    problem_at(d->problems, node->where,
               "'%s' ends after %s, because ' #' begins a comment in YAML; put quotes around the "
               "whole text",
               field->name, value_shown(node->text, d->arena));
    return true;
}

const char *
value_prose(struct decoding *d, const struct field *field, const struct node *node)
{
    const char *text = value_text(d, field, node);
    if (!text || value_is_cut(d, field, node))
        return NULL;
    return value_prose_fit(d, field, node->where, text, strlen(text));
}
