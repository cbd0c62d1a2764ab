#include "codec/results_answers.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

#define PREFIX "Answer."
#define CROWD_FORM "taskAnswers"

enum { DEPTH_MAX = 16, VALUES_MAX = 1000, PATH_BYTES_MAX = 1000 };

struct results_answers
results_answers_make(const struct csv_row *header, struct arena *arena)
{
    struct results_answers answers = {
        .names = arena_alloc(arena, header->count * sizeof *answers.names),
        .columns = arena_alloc(arena, header->count * sizeof *answers.columns),
    };
    for (size_t i = 0; i < header->count; i++) {
        if (!text_starts(header->cells[i], PREFIX) || !header->cells[i][strlen(PREFIX)])
            continue;
        answers.names[answers.count] = header->cells[i] + strlen(PREFIX);
        answers.columns[answers.count++] = i;
    }
    return answers;
}

struct fields {
    const struct results_answers *answers;
    struct arena *arena;
    struct reply_field *items;
    size_t count, capacity, seen;
};

static void
field_add(struct fields *fields, const char *name, const char *value)
{
    fields->items = arena_push(fields->arena, fields->items, fields->count, &fields->capacity,
                               sizeof *fields->items);
    fields->items[fields->count++] = (struct reply_field){.name = name, .value = value};
}

/* Numbers as they were typed: the fewest digits that give the same number back. */
static const char *
value_print(const json_t *value, struct arena *arena)
{
    enum { DIGITS_FEW = 15, DIGITS_MOST = 17 };
    if (json_is_string(value))
        return text_trim_wide(arena, json_string_value(value), json_string_length(value));
    if (json_is_null(value))
        return "";
    const char *text = "";
    for (unsigned digits = DIGITS_FEW; digits <= DIGITS_MOST; digits++) {
        char *dumped = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(digits));
        if (!dumped)
            arena_out_of_memory();
        text = arena_copy(arena, dumped);
        free(dumped);
        if (!json_is_real(value) || strtod(text, NULL) == json_real_value(value))
            break;
    }
    return text;
}

/* What has a column of its own is there already: no name stands twice. */
static bool
has_column(const struct results_answers *answers, const char *name)
{
    for (size_t i = 0; i < answers->count; i++)
        if (text_same(answers->names[i], name))
            return true;
    return false;
}

/* A value, or those inside of it. False when a bound is reached. */
static bool
value_take(struct fields *fields, const char *path, json_t *value, unsigned depth)
{
    bool list = json_is_array(value), holds = list || json_is_object(value);
    if (++fields->seen > VALUES_MAX || strlen(path) > PATH_BYTES_MAX || depth > DEPTH_MAX)
        return false;
    if (!holds && !has_column(fields->answers, path))
        field_add(fields, path, value_print(value, fields->arena));
    for (size_t i = 0; list && i < json_array_size(value); i++)
        if (!value_take(fields, arena_print(fields->arena, "%s.%zu", path, i),
                        json_array_get(value, i), depth + 1))
            return false;
    for (void *at = list ? NULL : json_object_iter(value); at;
         at = json_object_iter_next(value, at))
        if (!value_take(fields, arena_print(fields->arena, "%s.%s", path, json_object_iter_key(at)),
                        json_object_iter_value(at), depth + 1))
            return false;
    return true;
}

/* False when it plainly is JSON and cannot be read to the end. */
static bool
crowd_form_take(struct fields *fields, const char *text)
{
    if (*text != '[' && *text != '{')
        return true;
    json_t *whole = json_loads(text, JSON_REJECT_DUPLICATES, NULL), *answer = whole;
    if (json_array_size(whole) == 1 && json_is_object(json_array_get(whole, 0)))
        answer = json_array_get(whole, 0);
    size_t before = fields->count;
    fields->seen = 0;
    bool read = whole && value_take(fields, CROWD_FORM, answer, 0);
    if (!read)
        fields->count = before;
    json_decref(whole);
    return read;
}

void
results_answers_take(const struct results_answers *answers, const struct csv_row *row,
                     struct assignment *assignment, struct arena *arena)
{
    struct fields fields = {.answers = answers, .arena = arena};
    for (size_t i = 0; i < answers->count; i++) {
        const char *value = arena_copy(arena, row->cells[answers->columns[i]]);
        field_add(&fields, answers->names[i], value);
        if (!text_same(answers->names[i], CROWD_FORM) || crowd_form_take(&fields, value))
            continue;
        assignment->unreadable = true;
        assignment->unread_why = "its crowd form (" CROWD_FORM ") is damaged JSON, or too large";
        return;
    }
    assignment->fields = fields.items;
    assignment->field_count = fields.count;
}
