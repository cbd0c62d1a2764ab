#define _GNU_SOURCE /* memmem */
#include "codec/record.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/text.h"

/* How a member is written, and what type of struct member holds it. */
enum form {
    FORM_TEXT,     /* const char *; left out when NULL */
    FORM_SIZE,     /* size_t */
    FORM_UNSIGNED, /* unsigned */
    FORM_INT,      /* int */
    FORM_INT64,    /* int64_t */
    FORM_SEQ,      /* uint64_t */
    FORM_VERB,     /* enum verb */
    FORM_STATUS,   /* enum work_status */
    FORM_VERDICT,  /* bool: "found" or "absent" */
    FORM_KEYS,
    FORM_LABELS,
    FORM_INPUTS,
};

struct field {
    const char *name;
    enum form form;
    size_t offset;
    unsigned kinds; /* bit per entry_kind */
    size_t has;     /* offset of the bool that says whether it is there, or 0 */
};

#define IN(kind) (1u << ENTRY_##kind)
#define AT(member) offsetof(struct entry, member)

enum {
    ABOUT_ONE = IN(INTEND) | IN(RESEND) | IN(DONE) | IN(REFUSED) | IN(RELEASED) | IN(UNKNOWN) |
                IN(ADOPT) | IN(RESOLVE),
    DESCRIBED = IN(INTEND) | IN(ADOPT),
};

/* In the order in which they stand on a line. */
static const struct field fields[] = {
    {"format", FORM_UNSIGNED, AT(format), IN(GENESIS), 0},
    {"journal", FORM_TEXT, AT(journal), IN(GENESIS), 0},
    {"campaign", FORM_TEXT, AT(campaign), IN(GENESIS), 0},
    {"marketplace", FORM_TEXT, AT(marketplace), IN(GENESIS), 0},
    {"environment", FORM_TEXT, AT(environment), IN(GENESIS), 0},
    {"endpoint", FORM_TEXT, AT(endpoint), IN(GENESIS), 0},
    {"labels", FORM_LABELS, AT(labels), IN(GENESIS), 0},
    {"who", FORM_TEXT, AT(who), IN(RUN) | IN(RESOLVE), 0},
    {"host", FORM_TEXT, AT(host), IN(RUN), 0},
    {"pid", FORM_UNSIGNED, AT(pid), IN(RUN), 0},
    {"version", FORM_TEXT, AT(version), IN(RUN), 0},
    {"plan", FORM_TEXT, AT(plan), IN(RUN), 0},
    {"plan_by", FORM_TEXT, AT(plan_by), IN(RUN), 0},
    {"inputs", FORM_INPUTS, AT(inputs), IN(RUN), 0},
    {"commit", FORM_TEXT, AT(commit), IN(RUN), 0},
    {"clock_offset_ms", FORM_INT64, AT(clock_offset_ms), IN(RUN), 0},
    {"balance_cents", FORM_INT64, AT(balance), IN(RUN), 0},
    {"key", FORM_TEXT, AT(key), ABOUT_ONE, 0},
    {"keys", FORM_KEYS, AT(keys), IN(LOOK), 0},
    {"verdict", FORM_VERDICT, AT(found), IN(LOOK), 0},
    {"pages", FORM_UNSIGNED, AT(pages), IN(LOOK), 0},
    {"step", FORM_TEXT, AT(step), DESCRIBED, 0},
    {"do", FORM_VERB, AT(verb), DESCRIBED, AT(has_verb)},
    {"qualification", FORM_TEXT, AT(qualification), DESCRIBED, 0},
    {"value", FORM_INT, AT(value), DESCRIBED, 0},
    {"done", FORM_SIZE, AT(done), IN(END), 0},
    {"refused", FORM_SIZE, AT(refused), IN(END), 0},
    {"unknown", FORM_SIZE, AT(unknown), IN(END), 0},
    {"pending", FORM_SIZE, AT(pending), IN(END), 0},
    {"cents", FORM_INT64, AT(amount), DESCRIBED | IN(END), 0},
    {"fee_cents", FORM_INT64, AT(fee), DESCRIBED | IN(END), 0},
    {"content", FORM_TEXT, AT(content), DESCRIBED, 0},
    {"status_before", FORM_STATUS, AT(status_before), IN(INTEND), AT(has_status_before)},
    {"body", FORM_SEQ, AT(body_seq), IN(INTEND), AT(has_body_seq)},
    {"attempt", FORM_UNSIGNED, AT(attempt), IN(RESEND), 0},
    {"request_id", FORM_TEXT, AT(request_id), IN(DONE) | IN(REFUSED), 0},
    {"code", FORM_TEXT, AT(code), IN(REFUSED), 0},
    {"text", FORM_TEXT, AT(text), IN(REFUSED) | IN(BODY), 0},
    {"why", FORM_TEXT, AT(why), IN(UNKNOWN) | IN(RELEASED) | IN(RECOVERED), 0},
    {"decision", FORM_TEXT, AT(decision), IN(RESOLVE), 0},
    {"bytes", FORM_SIZE, AT(bytes), IN(RECOVERED), 0},
    {"side", FORM_TEXT, AT(side), IN(RECOVERED), 0},
    {"digest", FORM_TEXT, AT(digest), IN(RECOVERED), 0},
};

static const struct field person_fields[] = {
    {"worker", FORM_TEXT, AT(worker), ~0u, 0},
    {"assignment", FORM_TEXT, AT(assignment), ~0u, 0},
    {"task", FORM_TEXT, AT(task), ~0u, 0},
    {"body", FORM_TEXT, AT(body), ~0u, 0},
    {"evidence", FORM_TEXT, AT(evidence), ~0u, 0},
    {"salt", FORM_TEXT, AT(salt), ~0u, 0},
};

enum {
    FIELD_COUNT = sizeof fields / sizeof *fields,
    PERSON_FIELD_COUNT = sizeof person_fields / sizeof *person_fields,
};

static const void *
member(const struct entry *entry, size_t offset)
{
    return (const char *)entry + offset;
}

static bool
is_there(const struct entry *entry, const struct field *field)
{
    if (!(field->kinds & 1u << entry->kind))
        return false;
    if (field->has && !*(const bool *)member(entry, field->has))
        return false;
    if (field->form == FORM_TEXT)
        return *(const char *const *)member(entry, field->offset) != NULL;
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
value_encode(const struct entry *entry, const struct field *field, struct buffer *out)
{
    const void *value = member(entry, field->offset);
    switch (field->form) {
    case FORM_TEXT:
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
        buffer_print(out, "%" PRId64, *(const int64_t *)value);
        return;
    case FORM_SEQ:
        buffer_print(out, "%" PRIu64, *(const uint64_t *)value);
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
person_encode(const struct entry *entry, struct buffer *out)
{
    struct buffer person = {0};
    for (size_t i = 0; i < PERSON_FIELD_COUNT; i++) {
        const struct field *field = &person_fields[i];
        if (!is_there(entry, field))
            continue;
        buffer_print(&person, "%s\"%s\":", person.size ? "," : "{", field->name);
        value_encode(entry, field, &person);
    }
    if (person.size) {
        buffer_text(&person, "}");
        char sum[DIGEST_TEXT_SIZE];
        digest_hex(person.bytes, person.size, sum);
        buffer_print(out, ",\"person\":%s,\"person_sum\":\"%s\"", person.bytes, sum);
    }
    buffer_close(&person);
}

/* The span of `"person":{…},` in a line whose part before `,"sum":` is `size` bytes long. Raw
 * quotes cannot stand inside a JSON string, so the first match is the member itself. */
static bool
person_span(const char *line, size_t size, size_t *begin, size_t *end)
{
    static const char open[] = ",\"person\":{", close[] = "},\"person_sum\":\"";
    const char *found = memmem(line, size, open, strlen(open));
    if (!found)
        return false;
    *begin = (size_t)(found - line) + 1;
    const char *shut = memmem(found, size - *begin, close, strlen(close));
    if (!shut)
        return false;
    *end = (size_t)(shut - line) + 2;
    return true;
}

static void
sum_make(const char *line, size_t size, const char *previous, char out[DIGEST_TEXT_SIZE])
{
    struct buffer summed = {0};
    buffer_text(&summed, previous);
    size_t begin = size, end = size;
    person_span(line, size, &begin, &end);
    buffer_add(&summed, line, begin);
    buffer_add(&summed, line + end, size - end);
    digest_hex(summed.bytes, summed.size, out);
    buffer_close(&summed);
}

void
record_encode(const struct entry *entry, char previous[DIGEST_TEXT_SIZE], struct buffer *out)
{
    size_t begin = out->size;
    char at[STAMP_TEXT_SIZE];
    buffer_print(out, "{\"seq\":%" PRIu64 ",\"at\":\"%s\",\"kind\":\"%s\",\"group\":%" PRIu64,
                 entry->seq, stamp_print_ms(at, entry->at_ms), entry_kind_name(entry->kind),
                 entry->group);
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        if (!is_there(entry, &fields[i]))
            continue;
        buffer_print(out, ",\"%s\":", fields[i].name);
        value_encode(entry, &fields[i], out);
    }
    person_encode(entry, out);
    sum_make(out->bytes + begin, out->size - begin, previous, previous);
    buffer_print(out, ",\"sum\":\"%s\"}\n", previous);
}

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
    json_object_foreach(value, name, text)
    {
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

static bool
number_decode(json_t *value, const struct field *field, void *out)
{
    if (!json_is_integer(value))
        return false;
    json_int_t number = json_integer_value(value);
    if (number < 0 && field->form != FORM_INT64 && field->form != FORM_INT)
        return false;
    if ((field->form == FORM_UNSIGNED && number > UINT32_MAX) ||
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
value_decode(json_t *value, const struct field *field, struct entry *entry, struct arena *arena)
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
    case FORM_SEQ:
        return number_decode(value, field, out);
    case FORM_VERB:
        return text && verb_find(text, out);
    case FORM_STATUS:
        return text && work_status_find(text, out);
    case FORM_VERDICT:
        *(bool *)out = text && text_same(text, "found");
        return text && (entry->found || text_same(text, "absent"));
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
members_decode(json_t *object, const struct field *rows, size_t row_count, struct entry *entry,
               struct arena *arena, struct error *err)
{
    const char *name;
    json_t *value;
    json_object_foreach(object, name, value)
    {
        const struct field *field = NULL;
        for (size_t i = 0; i < row_count; i++)
            if (text_same(rows[i].name, name) && rows[i].kinds & 1u << entry->kind)
                field = &rows[i];
        static const char *const common[] = {"seq", "at",     "kind",       "group",
                                             "sum", "person", "person_sum", NULL};
        bool is_common = false;
        for (const char *const *one = common; rows == fields && *one; one++)
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

/* Both sums, on the bytes, before any content is believed. */
static bool
sums_check(const char *line, size_t size, char previous[DIGEST_TEXT_SIZE], bool *erased,
           struct error *err)
{
    static const char mark[] = ",\"sum\":\"";
    size_t tail = strlen(mark) + 64 + strlen("\"}");
    if (size <= tail || memcmp(line + size - tail, mark, strlen(mark)) != 0 ||
        memcmp(line + size - 2, "\"}", 2) != 0)
        return error_say(err, "the line does not end in its sum");
    char sum[DIGEST_TEXT_SIZE];
    sum_make(line, size - tail, previous, sum);
    if (memcmp(sum, line + size - 66, 64) != 0)
        return error_say(err, "the sum differs: this line or one before it was changed");
    memcpy(previous, sum, sizeof sum);
    size_t begin, end;
    static const char person_mark[] = ",\"person_sum\":\"";
    const char *person_sum = memmem(line, size, person_mark, strlen(person_mark));
    *erased = false;
    if (person_span(line, size - tail, &begin, &end)) {
        size_t value = begin + strlen("\"person\":");
        digest_hex(line + value, end - 1 - value, sum);
        if (memcmp(sum, line + end + strlen(person_mark) - 1, 64) != 0)
            return error_say(err, "the sum over the member 'person' differs: it was changed");
    } else {
        *erased = person_sum != NULL;
    }
    return true;
}

bool
record_decode(const char *line, size_t size_bytes, char previous[DIGEST_TEXT_SIZE],
              struct entry *entry, struct arena *arena, struct error *err)
{
    *entry = (struct entry){0};
    if (size_bytes > RECORD_SIZE_BYTES_MAX)
        return error_say(err, "a line of %zu bytes; no record is that long", size_bytes);
    bool erased;
    if (!sums_check(line, size_bytes, previous, &erased, err))
        return false;
    json_error_t trouble;
    json_t *object = json_loadb(line, size_bytes, JSON_REJECT_DUPLICATES, &trouble);
    if (!json_is_object(object)) {
        json_decref(object);
        return error_say(err, "not a JSON object: %s", trouble.text);
    }
    json_t *person = json_object_get(object, "person");
    bool worked =
        common_decode(object, entry, err) &&
        members_decode(object, fields, FIELD_COUNT, entry, arena, err) &&
        (!person || members_decode(person, person_fields, PERSON_FIELD_COUNT, entry, arena, err));
    json_decref(object);
    entry->erased = erased;
    return worked;
}
