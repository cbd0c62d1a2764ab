#include "codec/record.h"

#include <inttypes.h>

#include "codec/record_field.h"
#include "codec/record_sum.h"

static const void *
member(const struct entry *entry, size_t offset)
{
    return (const char *)entry + offset;
}

static bool
is_there(const struct entry *entry, const struct record_field *field)
{
    if (!(field->kinds & 1u << entry->kind))
        return false;
    if (field->has && !*(const bool *)member(entry, field->has))
        return false;
    if (field->form == FORM_FORMERLY)
        return false;
    if (field->form == FORM_TEXT)
        return *(const char *const *)member(entry, field->offset) != NULL;
    if (field->form == FORM_FLAG)
        return *(const bool *)member(entry, field->offset);
    if (field->form == FORM_STAMP)
        return *(const stamp_t *)member(entry, field->offset) != 0;
    if (field->form == FORM_KEYS)
        return entry->kind == ENTRY_LOOK || entry->key_count > 0;
    if (field->form == FORM_INT) /* only a qualification has a value */
        return entry->qualification != NULL;
    return true;
}

static void
labels_encode(const struct entry *entry, struct buffer *out)
{
    for (size_t i = 0; i < entry->label_count; i++) {
        buffer_text(out, i ? "," : "");
        buffer_json(out, entry->labels[i].name);
        buffer_text(out, ":");
        buffer_json(out, entry->labels[i].value);
    }
}

static void
inputs_encode(const struct entry *entry, struct buffer *out)
{
    for (size_t i = 0; i < entry->input_count; i++) {
        buffer_text(out, i ? "," : "");
        buffer_json(out, entry->inputs[i].path);
        buffer_text(out, ":");
        buffer_json(out, entry->inputs[i].digest);
    }
}

static void
value_encode(const struct entry *entry, const struct record_field *field, struct buffer *out)
{
    const void *value = member(entry, field->offset);
    char when[STAMP_TEXT_SIZE];
    switch (field->form) {
    case FORM_TEXT:
    case FORM_FORMERLY:
        buffer_json(out, *(const char *const *)value);
        return;
    case FORM_SIZE:
        buffer_print(out, "%zu", *(const size_t *)value);
        return;
    case FORM_UNSIGNED:
        buffer_print(out, "%u", *(const unsigned *)value);
        return;
    case FORM_INT:
        buffer_print(out, "%d", *(const int *)value);
        return;
    case FORM_INT64:
    case FORM_CENTS:
        buffer_print(out, "%" PRId64, *(const int64_t *)value);
        return;
    case FORM_SEQ:
        buffer_print(out, "%" PRIu64, *(const uint64_t *)value);
        return;
    case FORM_STAMP:
        buffer_json(out, stamp_print_ms(when, *(const stamp_t *)value));
        return;
    case FORM_FLAG:
        buffer_text(out, "true");
        return;
    case FORM_VERB:
        buffer_json(out, verb_row(*(const enum verb *)value)->name);
        return;
    case FORM_STATUS:
        buffer_json(out, work_status_name(*(const enum work_status *)value));
        return;
    case FORM_VERDICT:
        buffer_json(out, *(const bool *)value ? "found" : "absent");
        return;
    case FORM_DECIDED:
        buffer_json(out, decided_name(*(const enum decided *)value));
        return;
    case FORM_KEYS:
        buffer_text(out, "[");
        for (size_t i = 0; i < entry->key_count; i++) {
            buffer_text(out, i ? "," : "");
            buffer_json(out, entry->keys[i]);
        }
        buffer_text(out, "]");
        return;
    case FORM_LABELS:
        buffer_text(out, "{");
        labels_encode(entry, out);
        buffer_text(out, "}");
        return;
    case FORM_INPUTS:
        buffer_text(out, "{");
        inputs_encode(entry, out);
        buffer_text(out, "}");
        return;
    }
}

static void
name_encode(const char *before, const char *name, struct buffer *out)
{
    buffer_text(out, before);
    buffer_text(out, name);
    buffer_text(out, "\":");
}

static void
person_encode(const struct entry *entry, struct buffer *out)
{
    struct buffer person = {0};
    for (const struct record_field *field = record_person_fields; field->name; field++) {
        if (!is_there(entry, field))
            continue;
        name_encode(person.size ? ",\"" : "{\"", field->name, &person);
        value_encode(entry, field, &person);
    }
    if (person.size) {
        buffer_text(&person, "}");
        char sum[DIGEST_TEXT_SIZE];
        digest_hex(person.bytes, person.size, sum);
        buffer_text(out, ",\"person\":");
        buffer_add(out, person.bytes, person.size);
        buffer_print(out, ",\"person_sum\":\"%s\"", sum);
    }
    buffer_close(&person);
}

void
record_encode(const struct entry *entry, char previous[DIGEST_TEXT_SIZE], struct buffer *out)
{
    size_t begin = out->size;
    char at[STAMP_TEXT_SIZE];
    buffer_print(out, "{\"seq\":%" PRIu64 ",\"at\":\"%s\",\"kind\":\"%s\",\"group\":%" PRIu64,
                 entry->seq, stamp_print_ms(at, entry->at_ms), entry_kind_name(entry->kind),
                 entry->group);
    for (const struct record_field *field = record_fields; field->name; field++) {
        if (!is_there(entry, field))
            continue;
        name_encode(",\"", field->name, out);
        value_encode(entry, field, out);
    }
    person_encode(entry, out);
    const char *line = out->bytes + begin;
    size_t size = out->size - begin;
    record_sum_make(line, size, record_person_span(line, size), previous, previous);
    buffer_print(out, ",\"sum\":\"%s\"}\n", previous);
}
