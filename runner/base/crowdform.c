#include "base/crowdform.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* One number as people wrote it: 17 digits always give the same number back, but mostly fewer do,
 * and "0.1" is what was typed. */
static const char *
real_print(const json_t *value, struct arena *arena)
{
    enum { DIGITS_FEW = 15, DIGITS_MOST = 17 };
    const char *text = NULL;
    for (unsigned digits = DIGITS_FEW; digits <= DIGITS_MOST; digits++) {
        char *dumped = json_dumps(value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(digits));
        if (!dumped)
            arena_out_of_memory();
        text = arena_copy(arena, dumped);
        free(dumped);
        if (strtod(text, NULL) == json_real_value(value))
            break;
    }
    return text;
}

static const char *
value_print(const json_t *value, struct arena *arena)
{
    switch (json_typeof(value)) {
    case JSON_STRING:
        return text_trim_wide(arena, json_string_value(value), json_string_length(value));
    case JSON_INTEGER:
        return arena_print(arena, "%lld", (long long)json_integer_value(value));
    case JSON_REAL:
        return real_print(value, arena);
    case JSON_TRUE:
        return "true";
    case JSON_FALSE:
        return "false";
    case JSON_NULL:
    case JSON_OBJECT:
    case JSON_ARRAY:
        return "";
    }
    return "";
}

/* False when the name stands there already. */
static bool
value_add(struct crowdform *form, const char *name, const char *text, struct arena *arena)
{
    if (!index_add(&form->names, name, form->count, arena))
        return false;
    form->values =
        arena_push(arena, form->values, form->count, &form->capacity, sizeof *form->values);
    form->values[form->count++] = (struct crowdform_value){.name = name, .text = text};
    return true;
}

/* A value, or those inside of it. False when a bound is reached. */
static bool
value_take(struct crowdform *form, const char *path, json_t *value, unsigned depth,
           struct arena *arena)
{
    size_t at = 0;
    const char *key;
    json_t *inner;
    if (++form->seen > CROWDFORM_VALUES_MAX || strlen(path) > CROWDFORM_PATH_BYTES_MAX)
        return false;
    if (!json_is_object(value) && !json_is_array(value))
        return value_add(form, path, value_print(value, arena), arena);
    if (depth == CROWDFORM_DEPTH_MAX)
        return false;
    json_array_foreach (value, at, inner)
        if (!value_take(form, arena_print(arena, "%s.%zu", path, at), inner, depth + 1, arena))
            return false;
    json_object_foreach (value, key, inner)
        if (!value_take(form, arena_print(arena, "%s.%s", path, key), inner, depth + 1, arena))
            return false;
    return true;
}

const char *
crowdform_read(const char *json, struct arena *arena, struct crowdform *form)
{
    *form = (struct crowdform){0};
    if (*json != '[' && *json != '{')
        return NULL;
    json_t *whole = json_loads(json, JSON_REJECT_DUPLICATES, NULL), *answer = whole;
    if (json_array_size(whole) == 1 && json_is_object(json_array_get(whole, 0)))
        answer = json_array_get(whole, 0);
    bool read = whole && value_take(form, CROWDFORM_FIELD, answer, 0, arena);
    json_decref(whole);
    if (!read)
        *form = (struct crowdform){0};
    return read ? NULL : "its crowd form (" CROWDFORM_FIELD ") is damaged JSON, or too large";
}
