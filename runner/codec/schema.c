/* A loop over the table. Editors read YAML's own types, so what a person may write without quotes
 * as a number is allowed as one; there `pattern` says nothing and the bounds do. Decimals of
 * numbers are not bounded: 1.10 is no multiple of 0.01 to a program that calculates in floats. */
#include "codec/schema.h"

#include "codec/fields.h"
#include "codec/sheet.h"

#define SPACE "\\t-\\r "
#define NAME_PATTERN "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"

/* The value of a row as JSON: numbers bare, everything else as text. */
static void
put_literal(struct sheet *s, const struct field *field, const char *text)
{
    if (field->type == FIELD_MONEY || field->type == FIELD_COUNT || field->type == FIELD_SCORE)
        buffer_text(s->out, text);
    else
        buffer_json(s->out, text);
}

static void
put_pattern(struct sheet *s, const struct field *field, const char *pattern)
{
    struct buffer says = {0};
    sheet_text(s, "pattern", pattern);
    buffer_print(&says, "'%s' takes %s, such as %s", field->name, field->takes, field->example);
    sheet_text(s, "patternErrorMessage", says.bytes);
    buffer_close(&says);
}

static void
put_whole(struct sheet *s, const struct field *field)
{
    struct buffer pattern = {0};
    unsigned digits = 0;
    for (int64_t rest = field->most; rest; rest /= 10)
        digits++;
    buffer_print(&pattern, "^(%s[1-9][0-9]{0,%u})$", field->least ? "" : "0|", digits - 1);
    sheet_raw(s, "type", "[\"integer\", \"string\"]");
    put_pattern(s, field, pattern.bytes);
    sheet_number(s, "minimum", field->least);
    sheet_number(s, "maximum", field->most);
    buffer_close(&pattern);
}

/* Counted as the decoder counts: without white space at the ends. */
static void
put_prose(struct sheet *s, const struct field *field)
{
    static const char outer[] = "[^\\u0000-\\u0020\\u007f-\\u009f]";
    const char *inner = field->lines ? "[^\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f]"
                                     : "[^\\u0000-\\u0008\\u000a-\\u001f\\u007f-\\u009f]";
    struct buffer pattern = {0};
    buffer_print(&pattern, "^(?![\\s\\S]*\\$\\{\\{)[" SPACE "]*%s(%s{0,%lld}%s)?[" SPACE "]*$",
                 outer, inner, (long long)field->most - 2, outer);
    sheet_raw(s, "type", "[\"string\", \"number\", \"boolean\"]");
    put_pattern(s, field, pattern.bytes);
    buffer_close(&pattern);
}

static void put_group(struct sheet *s, enum group group);

static void
put_statuses(struct sheet *s, const struct field *field)
{
    sheet_enter(s, "anyOf", "[");
    sheet_enter(s, NULL, "{");
    sheet_texts(s, "enum", field->choices);
    sheet_leave(s, "}");
    sheet_enter(s, NULL, "{");
    sheet_text(s, "type", "array");
    sheet_enter(s, "items", "{");
    sheet_texts(s, "enum", field->choices);
    sheet_leave(s, "}");
    sheet_number(s, "minItems", 1);
    sheet_raw(s, "uniqueItems", "true");
    sheet_leave(s, "}");
    sheet_leave(s, "]");
}

static void
put_needs(struct sheet *s, const struct field *field)
{
    sheet_raw(s, "type", "[\"array\", \"string\", \"number\", \"boolean\"]");
    put_pattern(s, field, NAME_PATTERN);
    sheet_enter(s, "items", "{");
    sheet_raw(s, "type", "[\"string\", \"number\", \"boolean\"]");
    sheet_text(s, "pattern", NAME_PATTERN);
    sheet_leave(s, "}");
    sheet_number(s, "maxItems", field->most);
    sheet_raw(s, "uniqueItems", "true");
}

static void
put_labels(struct sheet *s, const struct field *field)
{
    sheet_text(s, "type", "object");
    sheet_number(s, "minProperties", 1);
    sheet_enter(s, "propertyNames", "{");
    sheet_text(s, "pattern", NAME_PATTERN);
    sheet_leave(s, "}");
    sheet_enter(s, "additionalProperties", "{");
    put_prose(s, field);
    sheet_leave(s, "}");
}

static void
put_id(struct sheet *s, const struct field *field)
{
    sheet_raw(s, "type", "[\"string\", \"number\"]");
    put_pattern(s, field, "^[A-Z0-9]{1,64}$");
    sheet_number(s, "minimum", 0);
}

static void
put_tasks(struct sheet *s, const struct field *field)
{
    sheet_raw(s, "type", "[\"array\", \"object\"]");
    sheet_enter(s, "items", "{");
    put_id(s, field);
    sheet_leave(s, "}");
    sheet_number(s, "minItems", 1);
    sheet_raw(s, "uniqueItems", "true");
    put_group(s, field->group);
}

static void
put_steps(struct sheet *s, const struct field *field)
{
    const struct group_row *row = group_row(field->group);
    sheet_text(s, "type", "array");
    sheet_number(s, "minItems", 1);
    sheet_number(s, "maxItems", field->most);
    sheet_enter(s, "items", "{");
    sheet_enter(s, "anyOf", "[");
    sheet_enter(s, NULL, "{");
    sheet_text(s, "type", "object");
    put_group(s, field->group);
    sheet_leave(s, "}");
    const char *bare[GROUP_COUNT] = {NULL};
    for (size_t i = 0, count = 0; i < row->count; i++)
        if (row->fields[i].type == FIELD_VERB && group_is_optional(row->fields[i].group))
            bare[count++] = row->fields[i].name;
    sheet_enter(s, NULL, "{");
    sheet_texts(s, "enum", bare);
    sheet_leave(s, "}");
    sheet_leave(s, "]");
    sheet_leave(s, "}");
}

/* A verb whose fields may all be left out may stand without any. */
static void
put_verb(struct sheet *s, const struct field *field)
{
    bool optional = group_is_optional(field->group);
    sheet_raw(s, "type", optional ? "[\"object\", \"null\", \"string\"]" : "\"object\"");
    if (optional)
        sheet_text(s, "pattern", "^(~|null|Null|NULL)?$");
    put_group(s, field->group);
}

static void
put_money(struct sheet *s, const struct field *field)
{
    sheet_raw(s, "type", "[\"number\", \"string\"]");
    put_pattern(s, field,
                field->least ? "^(?=[0-9.]*[1-9])[0-9]{1,6}(\\.[0-9]{1,2})?$"
                             : "^[0-9]{1,6}(\\.[0-9]{1,2})?$");
    sheet_money(s, "minimum", field->least);
    sheet_money(s, "maximum", field->most);
}

static void
put_type(struct sheet *s, const struct field *field)
{
    switch (field->type) {
    case FIELD_NAME:
        sheet_raw(s, "type", "[\"string\", \"number\", \"boolean\"]");
        put_pattern(s, field, NAME_PATTERN);
        sheet_number(s, "minimum", 0);
        return;
    case FIELD_WORD:
    case FIELD_CHOICE:
        sheet_texts(s, "enum", field->choices);
        return;
    case FIELD_MONEY:
        put_money(s, field);
        return;
    case FIELD_COUNT:
    case FIELD_SCORE:
        put_whole(s, field);
        return;
    case FIELD_ID:
        put_id(s, field);
        return;
    case FIELD_PROSE:
        put_prose(s, field);
        return;
    case FIELD_PATH:
        sheet_raw(s, "type", "[\"string\", \"number\", \"boolean\"]");
        put_pattern(s, field,
                    "^(?![\\s\\S]*(://|\\$\\{\\{))[^/~ \\\\\\u0000-\\u001f\\u007f]"
                    "([^\\\\\\u0000-\\u001f\\u007f]{0,998}[^/ \\\\\\u0000-\\u001f\\u007f])?$");
        return;
    case FIELD_STATUSES:
        put_statuses(s, field);
        return;
    case FIELD_NEEDS:
        put_needs(s, field);
        return;
    case FIELD_LABELS:
        put_labels(s, field);
        return;
    case FIELD_TASKS:
        put_tasks(s, field);
        return;
    case FIELD_STEPS:
        put_steps(s, field);
        return;
    case FIELD_MAP:
        sheet_text(s, "type", "object");
        sheet_number(s, "minProperties", 1);
        put_group(s, field->group);
        return;
    case FIELD_VERB:
        put_verb(s, field);
        return;
    }
}

/* Exactly one of the group's rows that exclude each other. */
static void
put_one_of(struct sheet *s, const struct group_row *row)
{
    bool any = false;
    for (size_t i = 0; i < row->count; i++)
        any |= row->fields[i].one_of != 0;
    if (!any)
        return;
    sheet_enter(s, "oneOf", "[");
    for (size_t i = 0; i < row->count; i++) {
        if (!row->fields[i].one_of)
            continue;
        sheet_enter(s, NULL, "{");
        sheet_texts(s, "required", (const char *const[]){row->fields[i].name, NULL});
        sheet_leave(s, "}");
    }
    sheet_leave(s, "]");
}

static bool
is_single(const struct field *field)
{
    return field->type <= FIELD_PATH;
}

static void
put_field(struct sheet *s, const struct field *field)
{
    sheet_enter(s, field->name, "{");
    sheet_text(s, "description", field->help);
    put_type(s, field);
    if (field->fallback) {
        bool list = field->fallback[1] != NULL;
        sheet_next(s, "default");
        buffer_text(s->out, list ? "[" : "");
        for (size_t i = 0; field->fallback[i]; i++) {
            buffer_text(s->out, i ? ", " : "");
            put_literal(s, field, field->fallback[i]);
        }
        buffer_text(s->out, list ? "]" : "");
    }
    if (is_single(field)) {
        sheet_next(s, "examples");
        buffer_text(s->out, "[");
        put_literal(s, field, field->example);
        buffer_text(s->out, "]");
    }
    sheet_leave(s, "}");
}

/* What a map of the group may and must hold; the caller says that it is a map. */
static void
put_group(struct sheet *s, enum group group)
{
    const struct group_row *row = group_row(group);
    sheet_enter(s, "properties", "{");
    for (size_t i = 0; i < row->count; i++)
        put_field(s, &row->fields[i]);
    sheet_leave(s, "}");
    const char *required[FIELDS_MAX + 1] = {NULL};
    size_t count = 0;
    for (size_t i = 0; i < row->count; i++)
        if (row->fields[i].required)
            required[count++] = row->fields[i].name;
    if (count)
        sheet_texts(s, "required", required);
    put_one_of(s, row);
    sheet_raw(s, "additionalProperties", "false");
}

void
schema_encode(struct buffer *out)
{
    const struct group_row *row = group_row(GROUP_CAMPAIGN);
    struct sheet s = {.out = out};
    sheet_enter(&s, NULL, "{");
    sheet_text(&s, "$schema", "http://json-schema.org/draft-07/schema#");
    sheet_text(&s, "title", row->title);
    sheet_text(&s, "description", row->help);
    sheet_text(&s, "type", "object");
    put_group(&s, GROUP_CAMPAIGN);
    sheet_leave(&s, "}");
    buffer_text(out, "\n");
}
