/* A loop over the table: maps, their keys and what stands between them. */
#include "codec/schema.h"

#include "base/text.h"
#include "codec/reference.h"
#include "codec/schema_parts.h"

#define ANSWER_PATTERN "^answer\\.\\S"
#define COLUMN_PATTERN "^(?!answer\\.)" SCHEMA_TABLE_NAME "\\.\\S"

/* What harms people needs a where with more in it than the status. */
static void
put_harm(struct sheet *s, const struct group_row *row)
{
    sheet_enter(s, "dependencies", "{");
    for (size_t i = 0; i < row->count; i++) {
        if (row->fields[i].type != FIELD_VERB || !verb_row(row->fields[i].verb)->harms)
            continue;
        sheet_enter(s, row->fields[i].name, "{");
        sheet_texts(s, "required", (const char *const[]){"where", NULL});
        sheet_enter(s, "patternProperties", "{");
        sheet_enter(s, "^where$", "{");
        sheet_enter(s, "not", "{");
        sheet_enter(s, "propertyNames", "{");
        sheet_texts(s, "enum", (const char *const[]){"status", NULL});
        sheet_leave(s, "}");
        sheet_leave(s, "}");
        sheet_leave(s, "}");
        sheet_leave(s, "}");
        sheet_leave(s, "}");
    }
    sheet_leave(s, "}");
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
    sheet_text(s, "title", "a step");
    sheet_text(s, "type", "object");
    schema_group(s, field->group);
    put_harm(s, row);
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
    schema_group(s, field->group);
}

static bool
is_single(const struct field *field)
{
    return field->type <= FIELD_PATH;
}

static void
put_type(struct sheet *s, const struct field *field)
{
    if (field->type == FIELD_STEPS) {
        put_steps(s, field);
    } else if (field->type == FIELD_VERB) {
        put_verb(s, field);
    } else if (field->type == FIELD_MAP) {
        sheet_text(s, "type", "object");
        sheet_number(s, "minProperties", 1);
        schema_group(s, field->group);
    } else if (is_single(field)) {
        schema_single(s, field);
    } else {
        schema_several(s, field);
    }
}

/* The names for which a row stands that is not one name. */
static const char *
name_pattern(const struct field *field)
{
    return text_starts(field->name, "answer.") ? ANSWER_PATTERN : COLUMN_PATTERN;
}

/* A map with exactly this key, or with a key like this. */
static void
put_required(struct sheet *s, const struct field *field)
{
    sheet_enter(s, NULL, "{");
    if (!field->pattern) {
        sheet_texts(s, "required", (const char *const[]){field->name, NULL});
    } else {
        sheet_enter(s, "not", "{");
        sheet_enter(s, "propertyNames", "{");
        sheet_enter(s, "not", "{");
        sheet_text(s, "pattern", name_pattern(field));
        sheet_leave(s, "}");
        sheet_leave(s, "}");
        sheet_leave(s, "}");
    }
    sheet_leave(s, "}");
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
        put_required(s, &row->fields[i]);
    }
    sheet_leave(s, "]");
}

/* Keys that mean nothing without another. */
static void
put_beside(struct sheet *s, const struct group_row *row)
{
    bool any = false;
    for (size_t i = 0; i < row->count; i++)
        any |= row->fields[i].beside != NULL;
    if (!any)
        return;
    sheet_enter(s, "dependencies", "{");
    for (size_t i = 0; i < row->count; i++)
        if (row->fields[i].beside)
            sheet_texts(s, row->fields[i].name, (const char *const[]){row->fields[i].beside, NULL});
    sheet_leave(s, "}");
}

/* What an editor shows of a key: what it is for and what it takes. Of single values it shows the
 * examples by itself. */
static void
put_description(struct sheet *s, const struct field *field)
{
    struct buffer text = {0};
    buffer_print(&text, "%s Takes %s.", field->help, field->takes);
    sheet_text(s, "description", text.bytes);
    if (!is_single(field)) {
        buffer_text(&text, "\n\n```yaml\n");
        reference_example(field, "", &text);
        buffer_text(&text, "```\n");
        sheet_text(s, "markdownDescription", text.bytes);
    }
    buffer_close(&text);
}

static void
put_field(struct sheet *s, const struct field *field, const char *key)
{
    sheet_enter(s, key, "{");
    sheet_text(s, "title", field->name);
    put_description(s, field);
    put_type(s, field);
    if (field->fallback) {
        bool list = field->fallback[1] != NULL;
        sheet_next(s, "default");
        buffer_text(s->out, list ? "[" : "");
        for (size_t i = 0; field->fallback[i]; i++) {
            buffer_text(s->out, i ? ", " : "");
            schema_literal(s, field, field->fallback[i]);
        }
        buffer_text(s->out, list ? "]" : "");
    }
    if (is_single(field)) {
        sheet_next(s, "examples");
        buffer_text(s->out, "[");
        schema_literal(s, field, field->example);
        buffer_text(s->out, "]");
    } else {
        schema_snippets(s, field);
    }
    sheet_leave(s, "}");
}

void
schema_group(struct sheet *s, enum group group)
{
    const struct group_row *row = group_row(group);
    bool patterns = false;
    sheet_enter(s, "properties", "{");
    for (size_t i = 0; i < row->count; i++) {
        patterns |= row->fields[i].pattern;
        if (!row->fields[i].pattern)
            put_field(s, &row->fields[i], row->fields[i].name);
    }
    sheet_leave(s, "}");
    if (patterns) {
        sheet_enter(s, "patternProperties", "{");
        for (size_t i = 0; i < row->count; i++)
            if (row->fields[i].pattern)
                put_field(s, &row->fields[i], name_pattern(&row->fields[i]));
        sheet_leave(s, "}");
    }
    const char *required[FIELDS_MAX + 1] = {NULL};
    size_t count = 0;
    for (size_t i = 0; i < row->count; i++)
        if (row->fields[i].required)
            required[count++] = row->fields[i].name;
    if (count)
        sheet_texts(s, "required", required);
    put_one_of(s, row);
    put_beside(s, row);
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
    schema_group(&s, GROUP_CAMPAIGN);
    sheet_leave(&s, "}");
    buffer_text(out, "\n");
}
