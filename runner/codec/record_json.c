#include "codec/record_json.h"

#include <jansson.h>

#include "base/text.h"
#include "codec/record_value.h"

static const char *
text_of(const json_t *value, struct arena *arena)
{
    return arena_text(arena, json_string_value(value), json_string_length(value));
}

/* A list of texts. What else stands in it makes it one that no field takes. */
static struct record_value
texts_of(json_t *list, struct arena *arena)
{
    struct record_value value = {.type = VALUE_TEXTS};
    size_t i;
    json_t *text;
    value.texts = arena_alloc(arena, (json_array_size(list) + 1) * sizeof *value.texts);
    json_array_foreach (list, i, text) {
        if (!json_is_string(text))
            return (struct record_value){.type = VALUE_OTHER};
        value.texts[value.count++] = text_of(text, arena);
    }
    return value;
}

/* An object of texts. */
static struct record_value
pairs_of(json_t *object, struct arena *arena)
{
    struct record_value value = {.type = VALUE_PAIRS};
    const char *name;
    json_t *text;
    value.pairs = arena_alloc(arena, (json_object_size(object) + 1) * sizeof *value.pairs);
    json_object_foreach (object, name, text) {
        if (!json_is_string(text))
            return (struct record_value){.type = VALUE_OTHER};
        value.pairs[value.count++] =
            (struct label){.name = arena_copy(arena, name), .value = text_of(text, arena)};
    }
    return value;
}

static struct record_value
value_of(json_t *value, struct arena *arena)
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        return (struct record_value){.type = VALUE_TEXT, .text = text_of(value, arena)};
    case JSON_INTEGER:
        return (struct record_value){.type = VALUE_NUMBER, .number = json_integer_value(value)};
    case JSON_TRUE:
        return (struct record_value){.type = VALUE_TRUE};
    case JSON_ARRAY:
        return texts_of(value, arena);
    case JSON_OBJECT:
        return pairs_of(value, arena);
    case JSON_REAL:
    case JSON_FALSE:
    case JSON_NULL:
        break;
    }
    return (struct record_value){.type = VALUE_OTHER};
}

static bool
is_common(const char *name)
{
    static const char *const common[] = {"seq", "at",     "kind",      "group",
                                         "sum", "person", "person_sum"};
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (text_same(common[i], name))
            return true;
    return false;
}

static bool
members_read(json_t *object, const struct record_field *rows, struct entry *entry,
             struct arena *arena, struct error *err)
{
    const char *name;
    json_t *member;
    json_object_foreach (object, name, member) {
        const struct record_field *field = NULL;
        for (const struct record_field *row = rows; row->name; row++)
            if (text_same(row->name, name) && row->kinds & 1u << entry->kind)
                field = row;
        if (rows == record_fields && is_common(name))
            continue;
        if (!field)
            return error_say(err,
                             "a record of kind '%s' has the member '%s', which this version "
                             "does not know: a newer bursar wrote it",
                             entry_kind_name(entry->kind), name);
        struct record_value value = value_of(member, arena);
        if (!record_value_take(&value, field, entry))
            return error_say(err, "the member '%s' holds what no bursar writes", name);
    }
    return true;
}

static bool
common_read(json_t *object, struct entry *entry, struct error *err)
{
    json_t *seq = json_object_get(object, "seq"), *group = json_object_get(object, "group");
    const char *at = json_string_value(json_object_get(object, "at"));
    const char *kind = json_string_value(json_object_get(object, "kind"));
    if (!json_is_integer(seq) || json_integer_value(seq) < 0 || !json_is_integer(group) ||
        json_integer_value(group) < json_integer_value(seq) || !at || !kind)
        return error_say(err, "not a record: seq, at, kind or group is missing");
    if (!stamp_read(at, &entry->at_ms))
        return error_say(err, "'at' is not a time");
    if (!entry_kind_find(kind, &entry->kind))
        return error_say(err,
                         "a record of kind '%s', which this version does not know: a newer "
                         "bursar wrote it",
                         kind);
    entry->seq = (uint64_t)json_integer_value(seq);
    entry->group = (uint64_t)json_integer_value(group);
    return true;
}

bool
record_json_read(const char *line, size_t size, struct entry *entry, struct arena *arena,
                 struct error *err)
{
    json_error_t trouble;
    json_t *object = json_loadb(line, size, JSON_REJECT_DUPLICATES, &trouble);
    if (!json_is_object(object)) {
        json_decref(object);
        return error_say(err, "not a JSON object: %s", trouble.text);
    }
    json_t *person = json_object_get(object, "person");
    bool worked = common_read(object, entry, err) &&
                  members_read(object, record_fields, entry, arena, err) &&
                  (!person || members_read(person, record_person_fields, entry, arena, err));
    json_decref(object);
    return worked;
}
