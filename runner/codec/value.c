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
    if (!field->looks_up && strstr(node->text, "${{")) {
        problem_at(d->problems, node->where,
                   "'%s' looks nothing up: ${{ … }} can stand in amount, value, message, the file "
                   "of message_file, subject, feedback and reason. Write it out",
                   field->name);
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
    if (strchr(text, '{'))
        return "a lookup is written ${{ TABLE.COLUMN }}";
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

bool
value_decimal(struct decoding *d, const struct field *field, const struct node *node,
              decimal_t *out)
{
    const char *text = value_text(d, field, node), *hint = NULL;
    if (!text)
        return false;
    if (decimal_read(text, out))
        return true;
    if (strchr(text, ','))
        hint = "write it with a point and without other marks";
    else if (strchr(text, '%'))
        hint = "write it without the sign";
    value_wrong(d, field, node, hint);
    return false;
}

/* "+02:00" or "-05:30" behind a time, in minutes. */
static bool
zone_read(const char *text, int *minutes)
{
    if ((text[0] != '+' && text[0] != '-') || strspn(text + 1, DIGITS) != 2 || text[3] != ':' ||
        strspn(text + 4, DIGITS) != 2 || text[6])
        return false;
    int hour = atoi(text + 1), minute = atoi(text + 4);
    *minutes = (text[0] == '-' ? -1 : 1) * (hour * 60 + minute);
    return hour <= 14 && minute <= 59;
}

static const char *
moment_hint(const char *text, struct arena *arena)
{
    stamp_t at;
    size_t size = strlen(text);
    if (strchr(text, '/') || (strchr(text, '.') && !strchr(text, 'T')))
        return "write the year, the month and the day, such as 2026-11-21";
    if (size > 10 && text[10] == ' ')
        return "write a T between date and time, and the zone behind it";
    if (size > 10 && stamp_read(arena_print(arena, "%sZ", text), &at))
        return arena_print(arena, "which time zone is meant? %sZ is in UTC", text);
    if (size == 17 && text[16] == 'Z' && stamp_read(arena_print(arena, "%.16s:00Z", text), &at))
        return arena_print(arena, "write %.16s:00Z, with the seconds", text);
    if (size == 10 && strspn(text, DIGITS "-") == 10)
        return "there is no such day";
    return NULL;
}

bool
value_moment(struct decoding *d, const struct field *field, const struct node *node, stamp_t *out)
{
    const char *text = value_text(d, field, node);
    int minutes = 0;
    if (!text)
        return false;
    size_t size = strlen(text);
    bool zoned = size > 16 && zone_read(text + size - 6, &minutes);
    const char *utc = zoned ? arena_print(d->arena, "%.*sZ", (int)(size - 6), text) : text;
    if (!stamp_read(utc, out)) {
        value_wrong(d, field, node, moment_hint(text, d->arena));
        return false;
    }
    *out -= minutes * STAMP_MINUTE_MS;
    return true;
}
