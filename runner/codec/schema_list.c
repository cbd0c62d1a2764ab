/* Schemas of lists, of maps whose keys are the person's own, and of values that may be either. */
#include "codec/schema_parts.h"

#define TABLE_PATTERN "^(?!(answer|paid|worker|assignment|task|campaign)$)" SCHEMA_TABLE_NAME "$"
#define WORKER_PATTERN "^A[A-Z0-9]{1,63}$"

/* What every list must be that has one item at least, and none twice. */
static void
put_some(struct sheet *s)
{
    sheet_number(s, "minItems", 1);
    sheet_raw(s, "uniqueItems", "true");
}

/* One of several: a map of the row's group that holds something. */
static void
put_map(struct sheet *s, const struct field *field)
{
    sheet_enter(s, NULL, "{");
    sheet_text(s, "type", "object");
    sheet_number(s, "minProperties", 1);
    schema_group(s, field->group);
    sheet_leave(s, "}");
}

/* A name, or a list of names. */
static void
put_names(struct sheet *s, const char *pattern)
{
    sheet_raw(s, "type", "[\"array\", \"string\", \"number\", \"boolean\"]");
    sheet_text(s, "pattern", pattern);
    sheet_enter(s, "items", "{");
    sheet_raw(s, "type", "[\"string\", \"number\", \"boolean\"]");
    sheet_text(s, "pattern", pattern);
    sheet_leave(s, "}");
}

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
    put_some(s);
    sheet_leave(s, "}");
    sheet_leave(s, "]");
}

static void
put_needs(struct sheet *s, const struct field *field)
{
    put_names(s, SCHEMA_NAME_PATTERN);
    sheet_number(s, "maxItems", field->most);
    sheet_raw(s, "uniqueItems", "true");
}

static void
put_labels(struct sheet *s, const struct field *field)
{
    sheet_text(s, "type", "object");
    sheet_number(s, "minProperties", 1);
    sheet_enter(s, "propertyNames", "{");
    sheet_text(s, "pattern", SCHEMA_NAME_PATTERN);
    sheet_leave(s, "}");
    sheet_enter(s, "additionalProperties", "{");
    struct field value = *field;
    value.type = FIELD_PROSE;
    schema_single(s, &value);
    sheet_leave(s, "}");
}

/* A list of ids, or one of at least one. */
static void
put_ids(struct sheet *s, const struct field *field, const char *pattern)
{
    sheet_enter(s, "items", "{");
    if (pattern) {
        sheet_text(s, "type", "string");
        sheet_text(s, "pattern", pattern);
    } else {
        schema_id(s, field);
    }
    sheet_leave(s, "}");
    put_some(s);
}

static void
put_ids_or_map(struct sheet *s, const struct field *field, const char *pattern)
{
    sheet_enter(s, "anyOf", "[");
    sheet_enter(s, NULL, "{");
    sheet_text(s, "type", "array");
    put_ids(s, field, pattern);
    sheet_leave(s, "}");
    put_map(s, field);
    sheet_leave(s, "]");
}

/* A value that is compared as text, as the decoder reads it. */
static void
put_compared(struct sheet *s)
{
    static const struct field value = {.name = "a value",
                                       .type = FIELD_PROSE,
                                       .most = 1000,
                                       .takes = "one line of at most 1,000 characters",
                                       .example = "blue"};
    schema_single(s, &value);
}

static void
put_values(struct sheet *s, const struct field *field)
{
    sheet_enter(s, "anyOf", "[");
    sheet_enter(s, NULL, "{");
    put_compared(s);
    sheet_leave(s, "}");
    sheet_enter(s, NULL, "{");
    sheet_text(s, "type", "array");
    sheet_enter(s, "items", "{");
    put_compared(s);
    sheet_leave(s, "}");
    put_some(s);
    sheet_leave(s, "}");
    put_map(s, field);
    sheet_leave(s, "]");
}

/* A table's name or several; that there is such a table is not for a schema to know. */
static void
put_tables(struct sheet *s)
{
    put_names(s, TABLE_PATTERN);
    put_some(s);
}

static void
put_data(struct sheet *s, const struct field *field)
{
    sheet_text(s, "type", "object");
    sheet_number(s, "minProperties", 1);
    sheet_number(s, "maxProperties", field->most);
    sheet_enter(s, "propertyNames", "{");
    sheet_text(s, "pattern", TABLE_PATTERN);
    sheet_leave(s, "}");
    sheet_enter(s, "additionalProperties", "{");
    sheet_text(s, "type", "object");
    schema_group(s, field->group);
    sheet_leave(s, "}");
}

void
schema_several(struct sheet *s, const struct field *field)
{
    switch (field->type) {
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
        put_ids_or_map(s, field, NULL);
        return;
    case FIELD_MET:
        sheet_text(s, "type", "array");
        put_ids(s, field, NULL);
        return;
    case FIELD_ROSTER:
    case FIELD_PEOPLE:
        put_ids_or_map(s, field, WORKER_PATTERN);
        return;
    case FIELD_TABLES:
        put_tables(s);
        return;
    case FIELD_VALUES:
        put_values(s, field);
        return;
    case FIELD_DATA:
        put_data(s, field);
        return;
    case FIELD_NAME:
    case FIELD_WORD:
    case FIELD_CHOICE:
    case FIELD_SWITCH:
    case FIELD_MONEY:
    case FIELD_COUNT:
    case FIELD_SCORE:
    case FIELD_DECIMAL:
    case FIELD_ID:
    case FIELD_ACCOUNT:
    case FIELD_COLUMN:
    case FIELD_KEY:
    case FIELD_MOMENT:
    case FIELD_PROSE:
    case FIELD_PATH:
    case FIELD_STEPS:
    case FIELD_MAP:
    case FIELD_VERB:
        return; /* not here */
    }
}
