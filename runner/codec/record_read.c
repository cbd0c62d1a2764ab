#include "codec/record.h"

#include <jansson.h>

#include "base/text.h"
#include "codec/record_field.h"
#include "codec/record_stated.h"
#include "codec/record_sum.h"

static bool
text_take(json_t *value, struct arena *arena, const char **out)
{
    *out = arena_text(arena, json_string_value(value), json_string_length(value));
    return true;
}

static bool
keys_decode(json_t *value, struct entry *entry, struct arena *arena)
{
    if (!json_is_array(value))
        return false;
    entry->key_count = json_array_size(value);
    entry->keys = arena_alloc(arena, (entry->key_count + 1) * sizeof *entry->keys);
    for (size_t i = 0; i < entry->key_count; i++) {
        json_t *key = json_array_get(value, i);
        if (!json_is_string(key) || !digest_is(json_string_value(key)))
            return false;
        text_take(key, arena, &entry->keys[i]);
    }
    return true;
}

/* An object of texts, as pairs of pointers: labels and inputs have the same layout. */
static bool
pairs_decode(json_t *value, struct label **out, size_t *count, struct arena *arena)
{
    if (!json_is_object(value))
        return false;
    *out = arena_alloc(arena, (json_object_size(value) + 1) * sizeof **out);
    *count = 0;
    const char *name;
    json_t *text;
    json_object_foreach (value, name, text) {
        if (!json_is_string(text))
            return false;
        struct label *pair = &(*out)[(*count)++];
        pair->name = arena_copy(arena, name);
        text_take(text, arena, &pair->value);
    }
    return true;
}

_Static_assert(sizeof(struct label) == sizeof(struct entry_input) &&
                   offsetof(struct label, value) == offsetof(struct entry_input, digest),
               "labels and inputs are read alike");

static const json_int_t cents_max = 1000000000000; /* ten thousand million dollars */

static bool
number_decode(json_t *value, const struct record_field *field, void *out)
{
    if (!json_is_integer(value))
        return false;
    json_int_t number = json_integer_value(value);
    if (number < 0 && field->form != FORM_INT64 && field->form != FORM_INT)
        return false;
    if ((field->form == FORM_UNSIGNED && number > UINT32_MAX) ||
        (field->form == FORM_CENTS && number > cents_max) ||
        (field->form == FORM_INT && (number < INT32_MIN || number > INT32_MAX)))
        return false;
    if (field->form == FORM_SIZE)
        *(size_t *)out = (size_t)number;
    else if (field->form == FORM_UNSIGNED)
        *(unsigned *)out = (unsigned)number;
    else if (field->form == FORM_INT)
        *(int *)out = (int)number;
    else if (field->form == FORM_SEQ)
        *(uint64_t *)out = (uint64_t)number;
    else
        *(int64_t *)out = number;
    return true;
}

static bool
value_decode(json_t *value, const struct record_field *field, struct entry *entry,
             struct arena *arena)
{
    void *out = (char *)entry + field->offset;
    const char *text = json_string_value(value);
    switch (field->form) {
    case FORM_TEXT:
        return text && text_take(value, arena, out);
    case FORM_SIZE:
    case FORM_UNSIGNED:
    case FORM_INT:
    case FORM_INT64:
    case FORM_CENTS:
    case FORM_SEQ:
        return number_decode(value, field, out);
    case FORM_STAMP:
        return text && stamp_read(text, out);
    case FORM_FLAG:
        *(bool *)out = json_is_true(value);
        return json_is_true(value);
    case FORM_VERB:
        return text && verb_find(text, out);
    case FORM_STATUS:
        return text && work_status_find(text, out);
    case FORM_VERDICT:
        *(bool *)out = text && text_same(text, "found");
        return text && (entry->found || text_same(text, "absent"));
    case FORM_DECIDED:
        return text && decided_find(text, out);
    case FORM_KEYS:
        return keys_decode(value, entry, arena);
    case FORM_LABELS: {
        struct label *labels;
        bool worked = pairs_decode(value, &labels, &entry->label_count, arena);
        entry->labels = labels;
        return worked;
    }
    case FORM_INPUTS: {
        struct label *inputs;
        bool worked = pairs_decode(value, &inputs, &entry->input_count, arena);
        entry->inputs = (const struct entry_input *)(const void *)inputs;
        return worked;
    }
    }
    return false;
}

static bool
members_decode(json_t *object, const struct record_field *rows, struct entry *entry,
               struct arena *arena, struct error *err)
{
    const char *name;
    json_t *value;
    json_object_foreach (object, name, value) {
        const struct record_field *field = NULL;
        for (const struct record_field *row = rows; row->name; row++)
            if (text_same(row->name, name) && row->kinds & 1u << entry->kind)
                field = row;
        static const char *const common[] = {"seq", "at",     "kind",       "group",
                                             "sum", "person", "person_sum", NULL};
        bool is_common = false;
        for (const char *const *one = common; rows == record_fields && *one; one++)
            is_common |= text_same(*one, name);
        if (is_common)
            continue;
        if (!field)
            return error_say(err,
                             "a record of kind '%s' has the member '%s', which this version "
                             "does not know: a newer bursar wrote it",
                             entry_kind_name(entry->kind), name);
        if (!value_decode(value, field, entry, arena))
            return error_say(err, "the member '%s' holds what no bursar writes", name);
        if (field->has)
            *(bool *)((char *)entry + field->has) = true;
    }
    return true;
}

static bool
common_decode(json_t *object, struct entry *entry, struct error *err)
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

/* What the ledger relies on: names, and what an intent and an adoption say of their action. */
static bool
needed_check(const struct entry *entry, struct error *err)
{
    bool genesis = entry->kind == ENTRY_GENESIS;
    bool about_one = !genesis && entry->kind != ENTRY_RUN && entry->kind != ENTRY_BODY &&
                     entry->kind != ENTRY_LOOK && entry->kind != ENTRY_RECOVERED &&
                     entry->kind != ENTRY_ERASED && entry->kind != ENTRY_END &&
                     entry->kind != ENTRY_MERGE;
    bool merge = entry->kind == ENTRY_MERGE;
    bool described = entry->kind == ENTRY_INTEND || entry->kind == ENTRY_ADOPT;
    const struct {
        const char *name;
        bool needed, there;
    } members[] = {
        {"campaign", genesis, entry->campaign && text_is_name(entry->campaign)},
        {"marketplace", genesis, entry->marketplace && text_is_name(entry->marketplace)},
        {"environment", genesis, entry->environment && text_is_name(entry->environment)},
        {"key", about_one, entry->key && digest_is(entry->key)},
        {"step", described, entry->step && text_is_name(entry->step)},
        {"do", described, entry->has_verb},
        {"content", described, entry->content != NULL},
        {"journal", merge, entry->journal != NULL},
        {"head", merge, entry->head && digest_is(entry->head)},
    };
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (members[i].needed && !members[i].there)
            return error_say(err, "the member '%s' is missing, or is none", members[i].name);
    return true;
}

bool
record_decode(const char *line, size_t size_bytes, char previous[DIGEST_TEXT_SIZE],
              struct entry *entry, struct arena *arena, struct error *err)
{
    *entry = (struct entry){0};
    if (size_bytes > RECORD_SIZE_BYTES_MAX)
        return error_say(err, "a line of %zu bytes; no record is that long", size_bytes);
    struct person_span span = {0};
    if (size_bytes > RECORD_TAIL_SIZE)
        span = record_person_span(line, size_bytes - RECORD_TAIL_SIZE);
    if (!record_sums_check(line, size_bytes, span, previous, err))
        return false;
    json_error_t trouble;
    json_t *object = json_loadb(line, size_bytes, JSON_REJECT_DUPLICATES, &trouble);
    if (!json_is_object(object)) {
        json_decref(object);
        return error_say(err, "not a JSON object: %s", trouble.text);
    }
    json_t *person = json_object_get(object, "person");
    bool worked = common_decode(object, entry, err) &&
                  members_decode(object, record_fields, entry, arena, err) &&
                  (!person || members_decode(person, record_person_fields, entry, arena, err)) &&
                  needed_check(entry, err);
    json_decref(object);
    entry->erased = record_is_erased(line, size_bytes, span);
    return worked;
}
