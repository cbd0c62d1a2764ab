/* Schemas of single values. Editors read YAML's own types, so what a person may write without
 * quotes as a number is allowed as one; there `pattern` says nothing and the bounds do. Decimals of
 * numbers are not bounded: 1.10 is no multiple of 0.01 to a program that calculates in floats. */
#include "codec/schema_parts.h"

#include "base/text.h"

#define SPACE "\\t-\\r "
#define CONTROL "\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f"
#define MONEY_PATTERN "[0-9]{1,6}(\\.[0-9]{1,2})?"
/* One lookup of a column or an answer and nothing beside it. */
#define LOOKUP_PATTERN "[" SPACE "]*\\$\\{\\{[^.{}]+\\.[^{}]+\\}\\}[" SPACE "]*"
#define PATH_PATTERN \
    "^(?![\\s\\S]*(://|\\$\\{\\{))[^/~ \\\\\\u0000-\\u001f\\u007f]" \
    "([^\\\\\\u0000-\\u001f\\u007f]{0,998}[^/ \\\\\\u0000-\\u001f\\u007f])?$"
#define DATE_PATTERN \
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}" \
    "(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[-+][0-9]{2}:[0-9]{2}))?$"
#define DECIMAL_PATTERN "^[-+]?(?=\\.?[0-9])0*[0-9]{0,12}(\\.[0-9]{0,6}0*)?$"
#define ANY_TYPE "[\"string\", \"number\", \"boolean\"]"

void
schema_literal(struct sheet *s, const struct field *field, const char *text)
{
    bool bare = field->type == FIELD_MONEY || field->type == FIELD_COUNT ||
                field->type == FIELD_SCORE || field->type == FIELD_DECIMAL;
    if (bare || text_same(text, "true") || text_same(text, "false"))
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
    buffer_print(&pattern, "^(%s[1-9][0-9]{0,%u}%s)$", field->least ? "" : "0|", digits - 1,
                 field->looks_up ? "|" LOOKUP_PATTERN : "");
    sheet_raw(s, "type", "[\"integer\", \"string\"]");
    put_pattern(s, field, pattern.bytes);
    sheet_number(s, "minimum", field->least);
    sheet_number(s, "maximum", field->most);
    buffer_close(&pattern);
}

/* Counted as the decoder counts: without white space at the ends. What is looked up has no length
 * before it is known, so a text that looks something up is not bounded here. */
static void
put_prose(struct sheet *s, const struct field *field)
{
    static const char outer[] = "[^\\u0000-\\u0020\\u007f-\\u009f]";
    const char *inner = field->lines ? "[^" CONTROL "]" : "[^\\u000a" CONTROL "]";
    struct buffer pattern = {0};
    buffer_print(&pattern, "^%s[" SPACE "]*%s(%s{0,%lld}%s)?[" SPACE "]*$",
                 field->looks_up ? "" : "(?![\\s\\S]*\\$\\{\\{)", outer, inner,
                 (long long)field->most - 2, outer);
    if (field->looks_up)
        buffer_print(&pattern, "|^[" SPACE "]*%s*\\$\\{\\{%s*[" SPACE "]*$", inner, inner);
    sheet_raw(s, "type", ANY_TYPE);
    put_pattern(s, field, pattern.bytes);
    buffer_close(&pattern);
}

void
schema_id(struct sheet *s, const struct field *field)
{
    sheet_raw(s, "type", "[\"string\", \"number\"]");
    put_pattern(s, field, "^[A-Z0-9]{1,64}$");
    sheet_number(s, "minimum", 0);
}

static void
put_money(struct sheet *s, const struct field *field)
{
    sheet_raw(s, "type", "[\"number\", \"string\"]");
    put_pattern(s, field,
                field->looks_up ? "^((?=[0-9.]*[1-9])" MONEY_PATTERN "|" LOOKUP_PATTERN ")$"
                : field->least  ? "^(?=[0-9.]*[1-9])" MONEY_PATTERN "$"
                                : "^" MONEY_PATTERN "$");
    sheet_money(s, "minimum", field->least);
    sheet_money(s, "maximum", field->most);
}

/* Two words; true and false are also what an editor makes of them. */
static void
put_switch(struct sheet *s, const struct field *field)
{
    if (!text_same(field->choices[1], "true"))
        sheet_texts(s, "enum", field->choices);
    else
        sheet_raw(s, "enum", "[false, true, \"false\", \"true\"]");
}

static void
put_text(struct sheet *s, const struct field *field, const char *types, const char *pattern)
{
    sheet_raw(s, "type", types);
    put_pattern(s, field, pattern);
}

void
schema_single(struct sheet *s, const struct field *field)
{
    switch (field->type) {
    case FIELD_NAME:
        put_text(s, field, ANY_TYPE, SCHEMA_NAME_PATTERN);
        sheet_number(s, "minimum", 0);
        return;
    case FIELD_WORD:
    case FIELD_CHOICE:
        sheet_texts(s, "enum", field->choices);
        return;
    case FIELD_SWITCH:
        put_switch(s, field);
        return;
    case FIELD_MONEY:
        put_money(s, field);
        return;
    case FIELD_COUNT:
    case FIELD_SCORE:
        put_whole(s, field);
        return;
    case FIELD_DECIMAL:
        put_text(s, field, "[\"number\", \"string\"]", DECIMAL_PATTERN);
        return;
    case FIELD_ID:
        schema_id(s, field);
        return;
    case FIELD_ACCOUNT:
        put_text(s, field, "[\"string\", \"number\"]", "^[0-9]{12}$");
        sheet_number(s, "minimum", 0);
        return;
    case FIELD_COLUMN:
    case FIELD_KEY:
    case FIELD_PROSE:
        put_prose(s, field);
        return;
    case FIELD_MOMENT:
        put_text(s, field, "\"string\"", DATE_PATTERN);
        return;
    case FIELD_PATH:
        put_text(s, field, ANY_TYPE, PATH_PATTERN);
        return;
    case FIELD_STATUSES:
    case FIELD_NEEDS:
    case FIELD_LABELS:
    case FIELD_TASKS:
    case FIELD_MET:
    case FIELD_ROSTER:
    case FIELD_PEOPLE:
    case FIELD_TABLES:
    case FIELD_VALUES:
    case FIELD_DATA:
    case FIELD_STEPS:
    case FIELD_MAP:
    case FIELD_VERB:
        return; /* of several values: not here */
    }
}
