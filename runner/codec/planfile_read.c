/* Two tables, one of the head's members and one of a row's, say what each may hold. */
#include "codec/planfile_read.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

#include <jansson.h>

#include "base/digest.h"
#include "base/text.h"
#include "codec/planfile.h"

/* What may go into a journal's record must fit there. */
enum { LINE_BYTES_MAX = 4096 };

enum form {
    FORM_LINE,
    FORM_TEXT_OR_NULL,
    FORM_NAME,
    FORM_KEY,
    FORM_KEY_OR_NULL,
    FORM_WORKER_OR_NULL,
    FORM_ID_OR_NULL,
    FORM_MONEY,
    FORM_STAMP,
    FORM_FLAG,
    FORM_VERB,
    FORM_DECISION,
    FORM_VALUE_OR_NULL,
};

static const char *const takes[] = {
    [FORM_LINE] = "a text of at most 4096 bytes",
    [FORM_TEXT_OR_NULL] = "a text or null",
    [FORM_NAME] = "a name of letters and digits",
    [FORM_KEY] = "64 hexadecimal digits",
    [FORM_KEY_OR_NULL] = "64 hexadecimal digits or null",
    [FORM_WORKER_OR_NULL] = "a worker ID or null",
    [FORM_ID_OR_NULL] = "an ID of capital letters and digits or null",
    [FORM_MONEY] = "an amount in quotes, such as \"1.00\"",
    [FORM_STAMP] = "a time, such as \"2026-11-23T14:00:00Z\"",
    [FORM_FLAG] = "true or false",
    [FORM_VERB] = "an action, such as \"bonus\"",
    [FORM_DECISION] = "\"do\", \"skip\", \"hold\", \"unknown\" or \"conflict\"",
    [FORM_VALUE_OR_NULL] = "a whole number or null",
};

struct member {
    const char *name;
    enum form form;
    size_t offset; /* into what the table is about */
};

#define IN_HEAD(name) offsetof(struct saved_plan, name)
static const struct member head_members[] = {
    {"campaign", FORM_NAME, IN_HEAD(campaign)},
    {"marketplace", FORM_NAME, IN_HEAD(marketplace)},
    {"environment", FORM_NAME, IN_HEAD(environment)},
    {"currency", FORM_LINE, IN_HEAD(currency)},
    {"file", FORM_LINE, IN_HEAD(file)},
    {"journal", FORM_LINE, IN_HEAD(journal)},
    {"endpoint", FORM_LINE, IN_HEAD(endpoint)},
    {"account", FORM_TEXT_OR_NULL, IN_HEAD(account)},
    {"retry_refused", FORM_FLAG, IN_HEAD(retry_refused)},
    {"journal_head", FORM_KEY_OR_NULL, IN_HEAD(journal_head)},
    {"made_at", FORM_STAMP, IN_HEAD(made_at_ms)},
    {"made_by", FORM_LINE, IN_HEAD(made_by)},
    {NULL, FORM_LINE, 0},
};

#define IN_ROW(name) offsetof(struct planned, name)
static const struct member row_members[] = {
    {"key", FORM_KEY, IN_ROW(key)},
    {"step", FORM_NAME, IN_ROW(step)},
    {"do", FORM_VERB, IN_ROW(verb)},
    {"worker", FORM_WORKER_OR_NULL, IN_ROW(worker)},
    {"assignment", FORM_ID_OR_NULL, IN_ROW(assignment)},
    {"task", FORM_ID_OR_NULL, IN_ROW(task)},
    {"amount", FORM_MONEY, IN_ROW(amount)},
    {"fee", FORM_MONEY, IN_ROW(fee)},
    {"reward", FORM_MONEY, IN_ROW(reward)},
    {"reward_fee", FORM_MONEY, IN_ROW(reward_fee)},
    {"decision", FORM_DECISION, IN_ROW(decision)},
    {"subject", FORM_TEXT_OR_NULL, IN_ROW(subject)},
    {"message", FORM_TEXT_OR_NULL, IN_ROW(message)},
    {"qualification", FORM_TEXT_OR_NULL, IN_ROW(qualification)},
    {"value", FORM_VALUE_OR_NULL, IN_ROW(value)},
    {NULL, FORM_LINE, 0},
};

struct reading {
    const char *path;
    size_t row; /* from 1; 0: the head */
    struct arena *arena;
    struct error *err;
};

/* Where a person finds what is wrong. */
static bool
wrong(const struct reading *reading, const char *text)
{
    struct where where = {reading->path, 0, 0};
    const char *row = reading->row ? arena_print(reading->arena, "action %zu: ", reading->row) : "";
    error_at(reading->err, where, "%s%s", row, text);
    reading->err->status = STATUS_INVALID;
    return false;
}

static bool
member_wrong(const struct reading *reading, const char *name, const char *wanted,
             const json_t *value)
{
    enum { SHOWN_MAX = 60 };
    if (!value)
        return wrong(reading, arena_print(reading->arena, "'%s' is missing", name));
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_ENSURE_ASCII | JSON_COMPACT);
    const char *shown = text ? text : "something else";
    wrong(reading, arena_print(reading->arena, "'%s' takes %s; it has %.*s%s", name, wanted,
                               SHOWN_MAX, shown, strlen(shown) > SHOWN_MAX ? "…" : ""));
    free(text);
    return false;
}

static bool
decision_find(const char *name, enum decision *decision)
{
    for (size_t i = 0; i < DECISION_COUNT; i++)
        if (text_same(decision_name((enum decision)i), name)) {
            *decision = (enum decision)i;
            return true;
        }
    return false;
}

static bool
value_take(const json_t *value, struct planned *row)
{
    json_int_t number = json_integer_value(value);
    row->has_value = json_is_integer(value);
    row->value = row->has_value ? (int)number : 0;
    return json_is_null(value) || (row->has_value && number >= INT32_MIN && number <= INT32_MAX);
}

static bool
text_take(const json_t *value, const char **out, struct arena *arena)
{
    if (json_is_string(value))
        *out = arena_text(arena, json_string_value(value), json_string_length(value));
    return json_is_string(value);
}

static bool
form_take(const json_t *value, enum form form, void *out, struct arena *arena)
{
    const char **text = out, *is = json_string_value(value);
    switch (form) {
    case FORM_LINE:
        return json_string_length(value) <= LINE_BYTES_MAX && text_take(value, text, arena);
    case FORM_TEXT_OR_NULL:
        return json_is_null(value) || text_take(value, text, arena);
    case FORM_NAME:
        return is && text_is_name(is) && text_take(value, text, arena);
    case FORM_KEY:
        return is && digest_is(is) && text_take(value, text, arena);
    case FORM_KEY_OR_NULL:
        return json_is_null(value) || (is && digest_is(is) && text_take(value, text, arena));
    case FORM_WORKER_OR_NULL:
        return json_is_null(value) || (is && text_is_worker(is) && text_take(value, text, arena));
    case FORM_ID_OR_NULL:
        return json_is_null(value) || (is && text_is_id(is) && text_take(value, text, arena));
    case FORM_MONEY:
        return is && money_read_balance(is, out);
    case FORM_STAMP:
        return is && stamp_read(is, out);
    case FORM_FLAG:
        *(bool *)out = json_is_true(value);
        return json_is_boolean(value);
    case FORM_VERB:
        return is && verb_find(is, out);
    case FORM_DECISION:
        return is && decision_find(is, out);
    case FORM_VALUE_OR_NULL:
        return false; /* it fills two members */
    }
    return false;
}

static bool
members_take(const struct reading *reading, const json_t *object, const struct member *members,
             void *out)
{
    for (const struct member *one = members; one->name; one++) {
        const json_t *value = json_object_get(object, one->name);
        bool taken =
            value && (one->form == FORM_VALUE_OR_NULL
                          ? value_take(value, out)
                          : form_take(value, one->form, (char *)out + one->offset, reading->arena));
        if (!taken)
            return member_wrong(reading, one->name, takes[one->form], value);
    }
    return true;
}

static bool
inputs_take(const struct reading *reading, json_t *inputs, struct saved_plan *plan)
{
    static const char wanted[] = "an object of files and their digests, \"sha256:…\"";
    const char *path;
    json_t *value;
    if (!json_is_object(inputs))
        return member_wrong(reading, "inputs", wanted, inputs);
    plan->inputs =
        arena_alloc(reading->arena, (json_object_size(inputs) + 1) * sizeof *plan->inputs);
    json_object_foreach (inputs, path, value) {
        const char *digest = json_string_value(value);
        if (!digest || !text_starts(digest, "sha256:") || !digest_is(digest + strlen("sha256:")))
            return member_wrong(reading, "inputs", wanted, inputs);
        struct entry_input *input = &plan->inputs[plan->input_count++];
        input->path = arena_copy(reading->arena, path);
        text_take(value, &input->digest, reading->arena);
    }
    return true;
}

static bool
rows_take(struct reading *reading, const json_t *actions, struct saved_plan *plan)
{
    struct index keys = {0};
    if (!json_is_array(actions))
        return member_wrong(reading, "actions", "a list of actions", actions);
    plan->rows = arena_alloc(reading->arena, (json_array_size(actions) + 1) * sizeof *plan->rows);
    for (size_t i = 0; i < json_array_size(actions); i++) {
        struct planned *row = &plan->rows[plan->row_count++];
        const json_t *value = json_array_get(actions, i);
        reading->row = i + 1;
        if (!json_is_object(value))
            return wrong(reading, "an action is an object of members");
        if (!members_take(reading, value, row_members, row))
            return false;
        if (!index_add(&keys, row->key, i, reading->arena))
            return wrong(reading, arena_print(reading->arena, "'key' is that of action %zu, too",
                                              *index_find(&keys, row->key) + 1));
    }
    return true;
}

static bool
format_check(const struct reading *reading, const json_t *root)
{
    const json_t *format = json_object_get(root, "bursar_plan");
    if (!format)
        return wrong(reading, "this is no saved plan; 'bursar plan FILE -o PLAN.json' makes one");
    if (!json_is_integer(format) || json_integer_value(format) < 1)
        return member_wrong(reading, "bursar_plan", "the number of the plan's format", format);
    if (json_integer_value(format) != PLANFILE_FORMAT)
        return wrong(reading,
                     arena_print(reading->arena,
                                 "the plan has format %lld, and this version reads %d: a newer "
                                 "bursar made it",
                                 (long long)json_integer_value(format), PLANFILE_FORMAT));
    return true;
}

bool
planfile_begins(const char *bytes, size_t size_bytes)
{
    static const char name[] = "\"bursar_plan\"";
    const char *at = bytes, *end = bytes + size_bytes;
    for (bool open = false; at < end && (isspace((unsigned char)*at) || (!open && *at == '{'));)
        open |= *at++ == '{';
    return (size_t)(end - at) >= strlen(name) && memcmp(at, name, strlen(name)) == 0;
}

bool
planfile_decode(const char *path, const char *bytes, size_t size_bytes, struct saved_plan *plan,
                struct arena *arena, struct error *err)
{
    json_error_t trouble;
    struct reading reading = {.path = path, .arena = arena, .err = err};
    *plan = (struct saved_plan){0};
    json_t *root = json_loadb(bytes, size_bytes, JSON_REJECT_DUPLICATES, &trouble);
    if (!root) {
        struct where where = {path, (unsigned)trouble.line, (unsigned)trouble.column};
        error_at(err, where, "a saved plan is JSON, and this is none: %s", trouble.text);
        err->status = STATUS_INVALID;
        return false;
    }
    bool worked = format_check(&reading, root) &&
                  members_take(&reading, root, head_members, plan) &&
                  inputs_take(&reading, json_object_get(root, "inputs"), plan) &&
                  rows_take(&reading, json_object_get(root, "actions"), plan);
    json_decref(root);
    return worked;
}
