/* Readers of single values. A slip that people are known to make gets a sentence of its own,
 * because "does not match" sends a tired person looking for the difference. */
#include "codec/value.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { SHOWN_CHARACTERS = 60 };

#define DIGITS "0123456789"
#define SPACES " \t\n\v\f\r"

bool
value_is_nothing(const struct node *node)
{
    static const char *const words[] = {"", "~", "null", "Null", "NULL"};
    if (node->kind != NODE_TEXT)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_same(node->text, words[i]))
            return node->plain || i == 0;
    return false;
}

const char *
value_shown(const char *text, struct arena *arena)
{
    size_t size = 0, characters = 0;
    while (text[size] && characters < SHOWN_CHARACTERS) {
        do
            size++;
        while (((unsigned char)text[size] & 0xc0) == 0x80);
        characters++;
    }
    struct buffer out = {0};
    /* A key must not be spread further by the message that refuses it. */
    text_escape(&out, text_has_key(text) ? "(a credential)" : arena_text(arena, text, size), false);
    char *shown = arena_print(arena, "'%s%s'", out.bytes ? out.bytes : "", text[size] ? "…" : "");
    buffer_close(&out);
    return shown;
}

void
value_wrong(struct decoding *d, const struct field *field, const struct node *node,
            const char *hint)
{
    const char *quote = field->type == FIELD_PROSE ? "\"" : "", *has = node_kind_name(node);
    if (node->kind == NODE_TEXT)
        has = node->text[0] ? value_shown(node->text, d->arena) : "nothing";
    else if (node->count == 0)
        has = node->kind == NODE_LIST ? "an empty list" : "an empty map";
    problem_at(d->problems, node->where, "'%s' takes %s, such as %s%s%s; it has %s%s%s",
               field->name, field->takes, quote, field->example, quote, has, hint ? ": " : "",
               hint ? hint : "");
}

const char *
value_text(struct decoding *d, const struct field *field, const struct node *node)
{
    if (node->kind != NODE_TEXT) {
        bool prose = field->type == FIELD_PROSE && node->flow;
        value_wrong(d, field, node, prose ? "text that begins with [ or { needs quotes" : NULL);
        return NULL;
    }
    if (value_is_nothing(node)) {
        bool quotes = field->type == FIELD_PROSE || field->type == FIELD_NAME;
        value_wrong(d, field, node,
                    !node->text[0] ? NULL
                    : quotes       ? "YAML reads that as nothing; put it in quotes if it is meant"
                                   : "YAML reads that as nothing");
        return NULL;
    }
    if (strstr(node->text, "${{")) {
        problem_at(d->problems, node->where,
                   "'%s' holds a template (${{ … }}). This version of bursar does not read "
                   "templates: write the %s out",
                   field->name, field->type == FIELD_PROSE ? "words" : "value");
        return NULL;
    }
    return node->text;
}

const char *
value_thousands(const char *text, struct arena *arena)
{
    size_t digits = strspn(text, DIGITS);
    const char *at = text + digits;
    char *out = arena_text(arena, text, digits);
    if (digits < 1 || digits > 3 || text[0] == '0' || *at != ',' || strlen(text) > 20)
        return NULL;
    for (; *at == ','; at += digits + 1) {
        digits = strspn(at + 1, DIGITS);
        if (digits != 3)
            return NULL;
        out = arena_print(arena, "%s%.3s", out, at + 1);
    }
    cents_t cents;
    out = arena_print(arena, "%s%s", out, at);
    return money_read(out, &cents) ? out : NULL;
}

static const char *
comma_hint(const char *text, struct arena *arena)
{
    const char *whole_dollars = value_thousands(text, arena);
    if (whole_dollars)
        return arena_print(arena, "write %s", whole_dollars);
    const char *comma = strchr(text, ',');
    size_t whole = strspn(text, DIGITS), rest = strspn(comma + 1, DIGITS);
    if (text + whole != comma || comma[1 + rest] != '\0' || whole == 0 || rest == 0 || rest > 2)
        return "leave the commas out, and write a point before the cents";
    return arena_print(arena, "write %.*s.%s, with a point", (int)whole, text, comma + 1);
}

const char *
value_money_hint(const char *text, struct arena *arena)
{
    cents_t cents;
    size_t whole = strspn(text, DIGITS);
    const char *rest = text + whole;
    if (text[0] == '$')
        return money_read(text + 1, &cents)
                   ? arena_print(arena, "write %s, without the sign", text + 1)
                   : "write it without the sign";
    if (text[0] == '-')
        return "an amount is never below zero";
    if (strchr(text, ','))
        return comma_hint(text, arena);
    if (text[0] == '.' && money_read(arena_print(arena, "0%s", text), &cents))
        return arena_print(arena, "write 0%s", text);
    if (whole && text_same(rest, "."))
        return arena_print(arena, "write %s00", text);
    if (whole && (*rest == 'e' || *rest == 'E'))
        return "write the number out, without an exponent";
    if (whole > 6)
        return "at most 999999.99";
    if (strstr(text, "€") || strstr(text, "£") || strstr(text, "EUR") || strstr(text, "GBP"))
        return "amounts are in US dollars, written without a sign";
    if (whole && (strchr(rest, '$') || strstr(rest, "USD")))
        return "write it without the currency";
    return NULL;
}

bool
value_money(struct decoding *d, const struct field *field, const struct node *node, cents_t *out)
{
    const char *text = value_text(d, field, node);
    if (!text)
        return false;
    cents_t cents;
    const char *hint = NULL;
    if (!money_read(text, &cents))
        hint = value_money_hint(text, d->arena);
    else if (cents < field->least)
        hint = "the least is 0.01";
    else {
        *out = cents;
        return true;
    }
    value_wrong(d, field, node, hint);
    return false;
}

bool
value_whole(struct decoding *d, const struct field *field, const struct node *node, int64_t *out)
{
    const char *text = value_text(d, field, node);
    if (!text)
        return false;
    size_t digits = strspn(text, DIGITS);
    const char *hint = NULL;
    if (text[digits])
        hint = text[0] == '-' ? "it is never below zero" : "write digits and nothing else";
    else if (text[0] == '0' && digits > 1)
        hint = "leave the zeros in front out";
    else if (digits <= 10 && atoll(text) >= field->least && atoll(text) <= field->most) {
        *out = atoll(text);
        return true;
    }
    value_wrong(d, field, node, hint);
    return false;
}

bool
value_choice(struct decoding *d, const struct field *field, const struct node *node, size_t *out)
{
    const char *text = value_text(d, field, node);
    if (!text)
        return false;
    for (size_t i = 0; field->choices[i]; i++)
        if (text_same(field->choices[i], text)) {
            *out = i;
            return true;
        }
    const char *near = choice_meant(field, text);
    problem_at(d->problems, node->where, "'%s' takes %s; it has %s%s%s%s", field->name,
               field->takes, value_shown(text, d->arena), near ? ", did you mean '" : "",
               near ? near : "", near ? "'?" : "");
    return false;
}

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
    value_wrong(d, field, node, value_id_slip(text));
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
