/* The loop over the rows: one function a type of value, one loop a map. */
#include "codec/decode.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"

static void
pair_take(struct decoding *d, const struct field *field, const struct pair *pair, void *object)
{
    char *base = object;
    /* limits and expect are found by their keys; everything else by what stands there. */
    if (field->where_offset)
        *(struct where *)(void *)(base + field->where_offset) =
            field->type == FIELD_MAP ? pair->key->where : pair->value->where;
    if (field_take(d, field, pair->value, base + field->offset) && field->has_offset)
        *(bool *)(base + field->has_offset) = true;
}

void
decode_fallbacks(struct decoding *d, enum group group, void *object)
{
    const struct group_row *row = group_row(group);
    for (size_t i = 0; i < row->count; i++) {
        const struct field *field = &row->fields[i];
        char *at = (char *)object + field->offset;
        if (field->type == FIELD_MAP)
            decode_fallbacks(d, field->group, at);
        if (!field->fallback)
            continue;
        struct node texts[WORK_STATUS_COUNT] = {{.kind = NODE_TEXT}};
        struct pair pairs[WORK_STATUS_COUNT] = {{0}};
        struct node list = {.kind = NODE_LIST, .pairs = pairs};
        for (; field->fallback[list.count]; list.count++) {
            texts[list.count] =
                (struct node){.kind = NODE_TEXT, .text = field->fallback[list.count]};
            pairs[list.count].value = &texts[list.count];
        }
        bool fits = field_take(d, field, list.count > 1 ? &list : texts, at);
        assert(fits);
        (void)fits;
    }
}

/* "'bonus' needs 'amount': …" */
static void
missing(struct decoding *d, const struct group_row *row, const struct node *map,
        const struct field *field, const struct field *other)
{
    const char *quote = field->type == FIELD_PROSE ? "\"" : "";
    problem_at(d->problems, map->where, "%s%s%s needs '%s'%s%s%s: %s, such as %s%s%s",
               row->name ? "'" : "the file", row->name ? row->name : "", row->name ? "'" : "",
               field->name, other ? " or '" : "", other ? other->name : "", other ? "'" : "",
               field->takes, quote, field->example, quote);
}

/* Of the rows that exclude each other, exactly one must stand in the map. */
static void
one_of_check(struct decoding *d, enum group group, const struct node *map, bool excused)
{
    const struct group_row *row = group_row(group);
    const struct field *first = NULL, *found[2] = {NULL, NULL}, *last = NULL;
    const struct node *second = NULL;
    for (size_t i = 0; i < row->count; i++) {
        if (!row->fields[i].one_of)
            continue;
        first = first ? first : &row->fields[i];
        last = &row->fields[i];
    }
    for (size_t i = 0; i < map->count; i++) {
        const struct field *field = field_find(group, map->pairs[i].key->text);
        if (!field || !field->one_of || field == found[0] || found[1])
            continue;
        second = found[0] ? map->pairs[i].key : NULL;
        found[found[0] ? 1 : 0] = field;
    }
    if (!first || (found[0] && !found[1]) || (!found[0] && excused))
        return;
    if (found[1] && first->type == FIELD_VERB)
        problem_at(d->problems, second->where,
                   "a step does one thing, and this one has '%s' already: begin a step of its own "
                   "with \"- %s:\"",
                   found[0]->name, found[1]->name);
    else if (found[1])
        problem_at(d->problems, second->where,
                   "'%s' takes '%s' or '%s', not both: keep one of them", row->name, found[0]->name,
                   found[1]->name);
    else if (first->type == FIELD_VERB)
        problem_at(d->problems, map->where, "this step says nothing to do: it takes one of %s",
                   group_keys(group, true, d->arena));
    else
        missing(d, row, map, first, last);
}

enum { UNKNOWN_SAID_MAX = 20 };

void
decode_map(struct decoding *d, enum group group, enum group outer, const struct node *map,
           void *object)
{
    const struct group_row *row = group_row(group);
    const struct field *meant[UNKNOWN_SAID_MAX];
    size_t unknown = 0;
    decode_fallbacks(d, group, object);
    d->group = group;
    for (size_t i = 0; i < map->count; i++) {
        const struct pair *pair = &map->pairs[i];
        const struct field *field = field_find(group, pair->key->text);
        if (!field && unknown < UNKNOWN_SAID_MAX)
            meant[unknown++] = unknown_key(d, group, outer, map, i);
        /* The second of two equal keys was refused when the tree was read. */
        else if (field && node_find(map, field->name) == pair->value)
            pair_take(d, field, pair, object);
        d->group = group;
    }
    bool excused = false;
    for (size_t i = 0; i < row->count; i++) {
        const struct field *field = &row->fields[i];
        bool misspelt = false;
        for (size_t j = 0; j < unknown; j++)
            misspelt |= meant[j] == field;
        excused |= misspelt && field->one_of;
        if (field->required && !misspelt && !node_find(map, field->name))
            missing(d, row, map, field, NULL);
    }
    one_of_check(d, group, map, excused || (group == GROUP_STEP && unknown));
}
