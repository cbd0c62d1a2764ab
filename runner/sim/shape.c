#include "sim/shape.h"

#include <stdlib.h>
#include <string.h>

#include "base/stamp.h"
#include "base/text.h"

struct checking {
    struct response *response;
    struct arena *arena;
    struct buffer words; /* the broken constraints, in Amazon's words */
    size_t broken;
};

/* Patterns and lengths of the service model's string shapes. */
static const struct {
    size_t least, most;
    const char *pattern;
} limits[] = {
    [MEMBER_TEXT] = {0, SIZE_MAX, NULL},
    [MEMBER_ENTITY] = {1, 64, "^[A-Z0-9]+$"},
    [MEMBER_WORKER] = {1, 64, "^A[A-Z0-9]+$"},
    [MEMBER_AMOUNT] = {0, SIZE_MAX, "^[0-9]+(\\.)?[0-9]{0,2}$"},
    [MEMBER_TOKEN] = {1, 64, NULL},
    [MEMBER_PAGE_TOKEN] = {1, 255, NULL},
};

static const char capitals[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

static bool
amount_matches(const char *text)
{
    size_t whole = strspn(text, "0123456789");
    if (whole == 0)
        return false;
    if (text[whole] != '.')
        return text[whole] == '\0';
    size_t decimals = strspn(text + whole + 1, "0123456789");
    return decimals <= 2 && text[whole + 1 + decimals] == '\0';
}

static bool
pattern_matches(enum member_kind kind, const char *text)
{
    bool bare = text[0] && text[strspn(text, capitals)] == '\0';
    if (kind == MEMBER_ENTITY)
        return bare;
    if (kind == MEMBER_WORKER)
        return bare && text[0] == 'A' && text[1];
    return kind != MEMBER_AMOUNT || amount_matches(text);
}

/* AWS writes member names with a small first letter in these messages. */
static void
broken_add(struct checking *c, const char *value, const char *path, const char *constraint)
{
    if (c->broken++)
        buffer_text(&c->words, "; ");
    if (value)
        buffer_print(&c->words, "Value '%s' at '", value);
    else
        buffer_text(&c->words, "Value null at '");
    size_t at = c->words.size;
    buffer_print(&c->words, "%s' failed to satisfy constraint: %s", path, constraint);
    char *first = &c->words.bytes[at]; /* a name may be empty */
    if (*first >= 'A' && *first <= 'Z')
        *first = (char)(*first - 'A' + 'a');
}

static void
text_check(struct checking *c, enum member_kind kind, const char *path, const char *text)
{
    size_t length = text_length(text);
    if (length > limits[kind].most)
        broken_add(c, text, path,
                   arena_print(c->arena, "Member must have length less than or equal to %zu",
                               limits[kind].most));
    if (length < limits[kind].least)
        broken_add(c, text, path,
                   arena_print(c->arena, "Member must have length greater than or equal to %zu",
                               limits[kind].least));
    if (!pattern_matches(kind, text))
        broken_add(c, text, path,
                   arena_print(c->arena, "Member must satisfy regular expression pattern: %s",
                               limits[kind].pattern));
}

static void
choice_check(struct checking *c, const struct member *member, const char *path, const char *text)
{
    struct buffer set = {0};
    buffer_text(&set, "Member must satisfy enum value set: [");
    for (size_t i = 0; member->choices[i]; i++) {
        buffer_print(&set, "%s%s", i ? ", " : "", member->choices[i]);
        if (text_same(text, member->choices[i])) {
            buffer_close(&set);
            return;
        }
    }
    buffer_text(&set, "]");
    broken_add(c, text, path, set.bytes);
    buffer_close(&set);
}

static void
page_size_check(struct checking *c, const char *path, json_int_t size)
{
    const char *value = arena_print(c->arena, "%lld", (long long)size);
    if (size > 100)
        broken_add(c, value, path, "Member must have value less than or equal to 100");
    if (size < 1)
        broken_add(c, value, path, "Member must have value greater than or equal to 1");
}

/* Java's words for JSON that cannot be read into the member's type. */
static bool
misfit(struct checking *c, const json_t *value, const char *wanted)
{
    static const char *const kinds[] = {
        [JSON_OBJECT] = "START_OBJECT", [JSON_ARRAY] = "START_ARRAY",
        [JSON_STRING] = "STRING_VALUE", [JSON_INTEGER] = "NUMBER_VALUE",
        [JSON_REAL] = "DECIMAL_VALUE",  [JSON_TRUE] = "TRUE_VALUE",
        [JSON_FALSE] = "FALSE_VALUE",   [JSON_NULL] = "NULL_VALUE",
    };
    const char *message =
        arena_print(c->arena, "%s can not be converted to %s", kinds[json_typeof(value)], wanted);
    response_error(c->response, 400, "SerializationException", message, NULL, c->arena);
    return false;
}

bool
shape_time(const json_t *value, int64_t *at_ms)
{
    const char *text = json_string_value(value);
    double seconds = json_number_value(value);
    if (text && stamp_read(text, at_ms))
        return true;
    if (text) {
        char *end;
        seconds = strtod(text, &end);
        if (end == text || *end)
            return false;
    } else if (!json_is_number(value)) {
        return false;
    }
    if (!(seconds > -1e11 && seconds < 1e11))
        return false;
    *at_ms = (int64_t)(seconds * 1000.0);
    return true;
}

static bool
list_check(struct checking *c, const struct member *member, const json_t *list)
{
    if (!json_is_array(list))
        return misfit(c, list, "a List");
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *item = json_array_get(list, i);
        const char *path = arena_print(c->arena, "%s.%zu.member", member->name, i + 1);
        if (json_is_null(item))
            broken_add(c, NULL, path, "Member must not be null");
        else if (!json_is_string(item))
            return misfit(c, item, "a String");
        else if (member->kind == MEMBER_WORKERS)
            text_check(c, MEMBER_WORKER, path, json_string_value(item));
        else
            choice_check(c, member, path, json_string_value(item));
    }
    return true;
}

static bool
value_check(struct checking *c, const struct member *member, const json_t *value)
{
    int64_t at_ms;
    switch (member->kind) {
    case MEMBER_TEXT:
    case MEMBER_ENTITY:
    case MEMBER_WORKER:
    case MEMBER_AMOUNT:
    case MEMBER_TOKEN:
    case MEMBER_PAGE_TOKEN:
        if (!json_is_string(value))
            return misfit(c, value, "a String");
        text_check(c, member->kind, member->name, json_string_value(value));
        return true;
    case MEMBER_CHOICE:
        if (!json_is_string(value))
            return misfit(c, value, "a String");
        choice_check(c, member, member->name, json_string_value(value));
        return true;
    case MEMBER_PAGE_SIZE:
        if (!json_is_integer(value))
            return misfit(c, value, "an Integer");
        page_size_check(c, member->name, json_integer_value(value));
        return true;
    case MEMBER_INTEGER:
        return json_is_integer(value) || misfit(c, value, "an Integer");
    case MEMBER_FLAG:
        return json_is_boolean(value) || misfit(c, value, "a Boolean");
    case MEMBER_TIME:
        return shape_time(value, &at_ms) || misfit(c, value, "a Timestamp");
    case MEMBER_CHOICES:
    case MEMBER_WORKERS:
        return list_check(c, member, value);
    }
    return true;
}

static bool
members_check(struct checking *c, const json_t *input, const struct member *members)
{
    for (const struct member *member = members; member->name; member++) {
        const json_t *value = json_object_get(input, member->name);
        if (value && !json_is_null(value)) {
            if (!value_check(c, member, value))
                return false;
        } else if (member->required) {
            broken_add(c, NULL, member->name, "Member must not be null");
        }
    }
    return true;
}

static void
unknown_check(struct checking *c, json_t *input, const struct member *members)
{
    for (void *at = json_object_iter(input); at; at = json_object_iter_next(input, at)) {
        const struct member *member = members;
        while (member->name && !text_same(member->name, json_object_iter_key(at)))
            member++;
        if (!member->name)
            broken_add(c, "", json_object_iter_key(at), "Member must be known to this operation");
    }
}

bool
shape_check(json_t *input, const struct member *members, struct response *response,
            struct arena *arena)
{
    struct checking c = {.response = response, .arena = arena};
    if (!json_is_object(input))
        return misfit(&c, input, "a Structure");
    bool fits = members_check(&c, input, members);
    if (fits) {
        unknown_check(&c, input, members);
        fits = c.broken == 0;
        if (!fits)
            response_error(response, 400, "ValidationException",
                           arena_print(arena, "%zu validation error%s detected: %s", c.broken,
                                       c.broken == 1 ? "" : "s", c.words.bytes),
                           NULL, arena);
    }
    buffer_close(&c.words);
    return fits;
}
