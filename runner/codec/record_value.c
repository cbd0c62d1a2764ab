#include "codec/record_value.h"

#include "base/digest.h"
#include "base/text.h"

_Static_assert(sizeof(struct label) == sizeof(struct entry_input) &&
                   offsetof(struct label, name) == offsetof(struct entry_input, path) &&
                   offsetof(struct label, value) == offsetof(struct entry_input, digest),
               "labels and inputs are read alike");

static const int64_t cents_max = 1000000000000; /* ten thousand million dollars */

static bool
number_take(int64_t number, enum form form, void *out)
{
    if (number < 0 && form != FORM_INT64 && form != FORM_INT)
        return false;
    if ((form == FORM_UNSIGNED && number > UINT32_MAX) ||
        (form == FORM_CENTS && number > cents_max) ||
        (form == FORM_INT && (number < INT32_MIN || number > INT32_MAX)))
        return false;
    if (form == FORM_SIZE)
        *(size_t *)out = (size_t)number;
    else if (form == FORM_UNSIGNED)
        *(unsigned *)out = (unsigned)number;
    else if (form == FORM_INT)
        *(int *)out = (int)number;
    else if (form == FORM_SEQ)
        *(uint64_t *)out = (uint64_t)number;
    else
        *(int64_t *)out = number;
    return true;
}

static bool
keys_take(const struct record_value *value, struct entry *entry)
{
    for (size_t i = 0; i < value->count; i++)
        if (!digest_is(value->texts[i]))
            return false;
    entry->keys = value->texts;
    entry->key_count = value->count;
    return true;
}

static bool
form_take(const struct record_value *value, enum form form, void *out, struct entry *entry)
{
    const char *text = value->text;
    switch (form) {
    case FORM_TEXT:
    case FORM_FORMERLY:
        *(const char **)out = text;
        return true;
    case FORM_SIZE:
    case FORM_UNSIGNED:
    case FORM_INT:
    case FORM_INT64:
    case FORM_CENTS:
    case FORM_SEQ:
        return number_take(value->number, form, out);
    case FORM_STAMP:
        return stamp_read(text, out);
    case FORM_FLAG:
        *(bool *)out = true;
        return true;
    case FORM_VERB:
        return verb_find(text, out);
    case FORM_STATUS:
        return work_status_find(text, out);
    case FORM_VERDICT:
        *(bool *)out = text_same(text, "found");
        return *(bool *)out || text_same(text, "absent");
    case FORM_DECIDED:
        return decided_find(text, out);
    case FORM_KEYS:
        return keys_take(value, entry);
    case FORM_LABELS:
        entry->labels = value->pairs;
        entry->label_count = value->count;
        return true;
    case FORM_INPUTS:
        entry->inputs = (const struct entry_input *)(const void *)value->pairs;
        entry->input_count = value->count;
        return true;
    }
    return false;
}

static const struct {
    enum value_type type;
    bool is_word;
} forms[] = {
    [FORM_TEXT] = {VALUE_TEXT, false},    [FORM_FORMERLY] = {VALUE_TEXT, false},
    [FORM_SIZE] = {VALUE_NUMBER, false},  [FORM_UNSIGNED] = {VALUE_NUMBER, false},
    [FORM_INT] = {VALUE_NUMBER, false},   [FORM_INT64] = {VALUE_NUMBER, false},
    [FORM_CENTS] = {VALUE_NUMBER, false}, [FORM_SEQ] = {VALUE_NUMBER, false},
    [FORM_STAMP] = {VALUE_TEXT, true},    [FORM_FLAG] = {VALUE_TRUE, false},
    [FORM_VERB] = {VALUE_TEXT, true},     [FORM_STATUS] = {VALUE_TEXT, true},
    [FORM_VERDICT] = {VALUE_TEXT, true},  [FORM_DECIDED] = {VALUE_TEXT, true},
    [FORM_KEYS] = {VALUE_TEXTS, false},   [FORM_LABELS] = {VALUE_PAIRS, false},
    [FORM_INPUTS] = {VALUE_PAIRS, false},
};

bool
record_value_is_word(const struct record_field *field)
{
    return forms[field->form].is_word;
}

bool
record_value_take(const struct record_value *value, const struct record_field *field,
                  struct entry *entry)
{
    if (value->type != forms[field->form].type ||
        !form_take(value, field->form, (char *)entry + field->offset, entry))
        return false;
    if (field->has)
        *(bool *)((char *)entry + field->has) = true;
    return true;
}
