#include "sim/form.h"

#include <stdlib.h>
#include <string.h>

#include "base/money.h"
#include "base/stamp.h"
#include "base/text.h"

static bool
number_read(const char *text, int64_t least, int64_t most, int64_t *number)
{
    const char *digits = text + (*text == '-');
    size_t size = strspn(digits, "0123456789");
    if (size < 1 || size > 15 || digits[size])
        return false;
    *number = strtoll(text, NULL, 10);
    return *number >= least && *number <= most;
}

/* "0.25" is 250000 millionths; at most six decimals, between 0 and 1. */
static bool
millionth_read(const char *text, int64_t *millionths)
{
    if ((text[0] != '0' && text[0] != '1') || (text[1] && text[1] != '.'))
        return false;
    *millionths = (text[0] - '0') * 1000000;
    const char *digit = text + 1 + (text[1] == '.');
    for (int64_t unit = 100000; unit && *digit >= '0' && *digit <= '9'; unit /= 10)
        *millionths += unit * (*digit++ - '0');
    return *digit == '\0' && *millionths <= 1000000;
}

static bool
choice_read(const char *text, const char *const *choices, int *choice)
{
    for (*choice = 0; choices[*choice]; (*choice)++)
        if (text_same(text, choices[*choice]))
            return true;
    return false;
}

static bool
flag_read(const char *text, bool *flag)
{
    *flag = text_same(text, "true");
    return *flag || text_same(text, "false");
}

static bool
value_read(const struct field *field, const char *text, void *out)
{
    switch (field->kind) {
    case FIELD_TEXT:
        *(const char **)out = text;
        return true;
    case FIELD_ID:
        *(const char **)out = text;
        return text_is_id(text);
    case FIELD_WORKER:
        *(const char **)out = text;
        return text_is_worker(text);
    case FIELD_MONEY:
        return money_read(text, out);
    case FIELD_NUMBER:
        return number_read(text, field->least, field->most, out);
    case FIELD_STAMP:
        return stamp_read(text, out);
    case FIELD_FLAG:
        return flag_read(text, out);
    case FIELD_CHOICE:
        return choice_read(text, field->choices, out);
    case FIELD_MILLIONTH:
        return millionth_read(text, out);
    case FIELD_NODE:
        break;
    }
    return true;
}

static void
say_what_it_takes(const struct field *field, struct buffer *out)
{
    switch (field->kind) {
    case FIELD_TEXT:
        buffer_text(out, "text");
        return;
    case FIELD_ID:
        buffer_text(out, "an id of capitals and digits");
        return;
    case FIELD_WORKER:
        buffer_text(out, "a worker's id, which begins with A");
        return;
    case FIELD_MONEY:
        buffer_text(out, "dollars with at most two decimals, such as 0.75");
        return;
    case FIELD_NUMBER:
        buffer_print(out, "a whole number from %lld to %lld", (long long)field->least,
                     (long long)field->most);
        return;
    case FIELD_STAMP:
        buffer_text(out, "a time in UTC, such as 2026-11-23T14:00:00Z");
        return;
    case FIELD_FLAG:
        buffer_text(out, "true or false");
        return;
    case FIELD_CHOICE:
        for (size_t i = 0; field->choices[i]; i++)
            buffer_print(out, "%s%s", i ? " | " : "", field->choices[i]);
        return;
    case FIELD_MILLIONTH:
        buffer_text(out, "a probability from 0 to 1 with at most six decimals");
        return;
    case FIELD_NODE:
        return;
    }
}

bool
form_value(const struct form *form, const struct field *field, const struct node *value, void *out)
{
    if (field->kind == FIELD_NODE) {
        *(const struct node **)out = value;
        return true;
    }
    if (value->kind == NODE_TEXT && value_read(field, value->text, out))
        return true;
    struct buffer takes = {0};
    say_what_it_takes(field, &takes);
    if (value->kind == NODE_TEXT)
        problem_at(form->problems, value->where, "'%s' takes %s; it has '%s'", field->name,
                   takes.bytes, value->text);
    else
        problem_at(form->problems, value->where, "'%s' takes %s; it has %s", field->name,
                   takes.bytes, node_kind_name(value));
    buffer_close(&takes);
    return false;
}

static const struct field *
field_find(const struct form *form, const char *name)
{
    for (size_t i = 0; i < form->field_count; i++)
        if (text_same(form->fields[i].name, name))
            return &form->fields[i];
    return NULL;
}

enum { FIELDS_MAX = 32 };

static void
refuse_unknown(const struct form *form, const struct node *key)
{
    const char *names[FIELDS_MAX];
    size_t count = form->field_count < FIELDS_MAX ? form->field_count : FIELDS_MAX;
    struct buffer all = {0};
    for (size_t i = 0; i < count; i++) {
        names[i] = form->fields[i].name;
        buffer_print(&all, "%s%s", i ? ", " : "", names[i]);
    }
    const char *nearest = text_nearest(key->text, names, count);
    if (nearest)
        problem_at(form->problems, key->where, "unknown key '%s' in %s, did you mean '%s'?",
                   key->text, form->what, nearest);
    else
        problem_at(form->problems, key->where, "unknown key '%s'; %s takes %s", key->text,
                   form->what, all.bytes);
    buffer_close(&all);
}

bool
form_read(const struct form *form, const struct node *map, void *out)
{
    if (map->kind != NODE_MAP) {
        problem_at(form->problems, map->where, "%s is a map of keys and values; this is %s",
                   form->what, node_kind_name(map));
        return false;
    }
    bool sound = true;
    for (size_t i = 0; i < map->count; i++) {
        const struct field *field = field_find(form, map->pairs[i].key->text);
        if (field)
            sound &= form_value(form, field, map->pairs[i].value, (char *)out + field->offset);
        else
            refuse_unknown(form, map->pairs[i].key);
        sound &= field != NULL;
    }
    for (size_t i = 0; i < form->field_count; i++)
        if (form->fields[i].required && !node_find(map, form->fields[i].name)) {
            problem_at(form->problems, map->where, "%s needs '%s'", form->what,
                       form->fields[i].name);
            sound = false;
        }
    return sound;
}

size_t
form_items(const struct form *form, const char *name, const struct node *list)
{
    if (!list || (list->kind == NODE_TEXT && list->text[0] == '\0'))
        return 0;
    if (list->kind == NODE_LIST)
        return list->count;
    problem_at(form->problems, list->where, "'%s' takes a list; it has %s", name,
               node_kind_name(list));
    return 0;
}
