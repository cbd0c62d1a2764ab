#include "codec/planfile_members.h"

#include <stddef.h>
#include <string.h>

#include "base/digest.h"
#include "base/text.h"

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
    FORM_TASK_OR_NULL,
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
    [FORM_TASK_OR_NULL] = "an ID of capital letters and digits or null",
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
    {"task", FORM_TASK_OR_NULL, IN_ROW(task)},
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

/* Where a person finds what is wrong. */
bool
planfile_wrong(const struct planfile_reading *reading, const char *text)
{
    struct where where = {reading->path, 0, 0};
    const char *row = reading->row ? arena_print(reading->arena, "action %zu: ", reading->row) : "";
    error_at(reading->err, where, "%s%s", row, text);
    reading->err->status = STATUS_INVALID;
    return false;
}

bool
planfile_member_wrong(const struct planfile_reading *reading, const char *name, const char *wanted,
                      const json_t *value)
{
    enum { SHOWN_MAX = 60 };
    if (!value)
        return planfile_wrong(reading, arena_print(reading->arena, "'%s' is missing", name));
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_ENSURE_ASCII | JSON_COMPACT);
    const char *shown = text ? text : "something else";
    planfile_wrong(reading,
                   arena_print(reading->arena, "'%s' takes %s; it has %.*s%s", name, wanted,
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

/* Texts hold no NUL, which jansson refuses. */
bool
planfile_text_take(struct planfile_reading *reading, const json_t *value, bool shared,
                   const char **out)
{
    const char *text = json_string_value(value);
    if (text)
        *out = shared ? index_once(&reading->texts, text, reading->arena)
                      : arena_copy(reading->arena, text);
    return text != NULL;
}

/* A row's own texts are its key, its worker and its assignment; the others stand in many rows. */
static bool
form_take(struct planfile_reading *reading, const json_t *value, const struct member *member,
          void *out)
{
    const char **text = out, *is = json_string_value(value);
    switch (member->form) {
    case FORM_LINE:
        return json_string_length(value) <= LINE_BYTES_MAX &&
               planfile_text_take(reading, value, false, text);
    case FORM_TEXT_OR_NULL:
        return json_is_null(value) || planfile_text_take(reading, value, true, text);
    case FORM_NAME:
        return is && text_is_name(is) && planfile_text_take(reading, value, true, text);
    case FORM_KEY:
        return is && digest_is(is) && planfile_text_take(reading, value, false, text);
    case FORM_KEY_OR_NULL:
        return json_is_null(value) ||
               (is && digest_is(is) && planfile_text_take(reading, value, false, text));
    case FORM_WORKER_OR_NULL:
        return json_is_null(value) ||
               (is && text_is_worker(is) && planfile_text_take(reading, value, false, text));
    case FORM_ID_OR_NULL:
        return json_is_null(value) ||
               (is && text_is_id(is) && planfile_text_take(reading, value, false, text));
    case FORM_TASK_OR_NULL:
        return json_is_null(value) ||
               (is && text_is_id(is) && planfile_text_take(reading, value, true, text));
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
members_take(struct planfile_reading *reading, const json_t *object, const struct member *members,
             void *out)
{
    for (const struct member *one = members; one->name; one++) {
        const json_t *value = json_object_get(object, one->name);
        bool taken = value && (one->form == FORM_VALUE_OR_NULL
                                   ? value_take(value, out)
                                   : form_take(reading, value, one, (char *)out + one->offset));
        if (!taken)
            return planfile_member_wrong(reading, one->name, takes[one->form], value);
    }
    return true;
}

bool
planfile_head_take(struct planfile_reading *reading, const json_t *object, struct saved_plan *plan)
{
    return members_take(reading, object, head_members, plan);
}

bool
planfile_row_take(struct planfile_reading *reading, const json_t *object, struct planned *row)
{
    return members_take(reading, object, row_members, row);
}
