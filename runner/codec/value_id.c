/* Readers of names, IDs, columns and paths: texts that must be the very ones that stand elsewhere.
 */
#include "codec/value.h"

#include <string.h>

#include "base/text.h"

#define DIGITS "0123456789"
#define SPACES " \t\n\v\f\r"

/* A name that fits and still looks like the one that does not; NULL when nothing is left of it. */
static const char *
name_near(const char *text, struct arena *arena)
{
    char *near = arena_copy(arena, text), *write = near;
    for (const char *read = text; *read; read++) {
        char one[2] = {*read, '\0'};
        if (text_is_name(one) || (write > near && strchr("._-", *read)))
            *write++ = *read;
        else if (write > near && write[-1] != '-')
            *write++ = '-';
    }
    while (write > near && write[-1] == '-')
        write--;
    *write = '\0';
    return text_is_name(near) ? near : NULL;
}

const char *
value_name(struct decoding *d, const struct field *field, const struct node *node)
{
    const char *text = value_text(d, field, node);
    if (!text || text_is_name(text))
        return text;
    const char *near = name_near(text, d->arena), *hint = NULL;
    if (strlen(text) > 64)
        hint = arena_print(d->arena, "that is %zu characters", text_length(text));
    else if (near)
        hint = arena_print(d->arena, "write %s, for instance", near);
    value_wrong(d, field, node, hint);
    return NULL;
}

const char *
value_id_slip(const char *text)
{
    size_t digits = strspn(text, DIGITS "+-.,");
    if (digits && strpbrk(text, ".,+") && (text[digits] == 'E' || text[digits] == 'e'))
        return "a spreadsheet made a number of it; make the column text there and copy it again";
    if (strstr(text, "://"))
        return "this is an address; only the ID goes here";
    if (strpbrk(text, " \t,;"))
        return "one ID goes here, without blanks and commas";
    if (strpbrk(text, "\"'"))
        return "leave the quotes out";
    if (text_is_id(text))
        return NULL;
    if (strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789") !=
        strlen(text))
        return NULL;
    if (strlen(text) > 64)
        return "it is longer than 64 characters";
    if (strpbrk(text, DIGITS) == NULL)
        return "this looks like a heading or a word, not like an ID";
    return "IDs have no small letters; copy it again";
}

const char *
value_id(struct decoding *d, const struct field *field, const struct node *node)
{
    const char *text = value_text(d, field, node);
    if (!text || text_is_id(text))
        return text;
    const char *hint = value_id_slip(text);
    if (!hint && field_find(d->group, "name"))
        hint = arena_print(d->arena, "a name is written name: %s", text);
    value_wrong(d, field, node, hint);
    return NULL;
}

const char *
value_path(struct decoding *d, const struct field *field, const struct node *node)
{
    const char *text = value_text(d, field, node), *hint = NULL;
    if (!text)
        return NULL;
    size_t size = strlen(text);
    if (strchr(text, '\\'))
        hint = "write '/' for '\\'";
    else if (text[0] == '/' || text[0] == '~')
        hint = "others who have this folder could not open that";
    else if (strstr(text, "://"))
        hint = "nothing is fetched from the network";
    else if (text[size - 1] == '/')
        hint = "that is a folder";
    else if (strspn(text, SPACES) == 0 && !strchr(SPACES, text[size - 1]) && size <= 1000 &&
             strpbrk(text, "\t\n\v\f\r") == NULL)
        return text;
    value_wrong(d, field, node, hint);
    return NULL;
}

const char *
value_worker(struct decoding *d, const struct field *field, const struct node *node)
{
    const char *text = value_text(d, field, node);
    if (!text || text_is_worker(text))
        return text;
    const char *slip = value_id_slip(text);
    value_wrong(d, field, node, slip ? slip : "a worker's ID begins with A");
    return NULL;
}

const char *
value_account(struct decoding *d, const struct field *field, const struct node *node)
{
    enum { ACCOUNT_DIGITS = 12 };
    const char *text = value_text(d, field, node), *hint = NULL;
    if (!text)
        return NULL;
    size_t digits = strspn(text, DIGITS), size = strlen(text);
    if (size == ACCOUNT_DIGITS && digits == ACCOUNT_DIGITS)
        return text;
    if (digits == size)
        hint = arena_print(d->arena, "those are %zu digits", size);
    else if (strspn(text, DIGITS "- ") == size)
        hint = "write the digits without anything between them";
    else if (text_starts(text, "arn:"))
        hint = "write only the digits that stand in it";
    value_wrong(d, field, node, hint);
    return NULL;
}

const char *
value_column(struct decoding *d, const struct field *field, const struct node *node)
{
    const char *text = value_text(d, field, node);
    if (!text || value_is_cut(d, field, node))
        return NULL;
    return value_prose_fit(d, field, node->where, text, strlen(text));
}
