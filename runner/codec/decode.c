/* The loop over the rows: one function a type of value, one loop a map. */
#include "codec/decode.h"

#include <assert.h>

#include "base/text.h"

static void
pair_take(struct decoding *d, const struct field *field, const struct pair *pair, void *object)
{
    char *base = object;
    struct field *named = NULL;
    if (field->pattern) {
        named = arena_alloc(d->arena, sizeof *named);
        *named = *field;
        named->name = pair->key->text;
        field = named;
    }
    d->key = pair->key;
    d->object = object;
    /* limits and expect are found by their keys; everything else by what stands there. */
    if (field->where_offset)
        *(struct where *)(void *)(base + field->where_offset) =
            field->type == FIELD_MAP ? pair->key->where : pair->value->where;
    if (field_take(d, field, pair->value, base + field->offset) && field->has_offset)
        *(bool *)(base + field->has_offset) = true;
}

/* What holds in an `object` of the group before anything of the file was read. */
static void
fallbacks_take(struct decoding *d, enum group group, void *object)
{
    const struct group_row *row = group_row(group);
    for (size_t i = 0; i < row->count; i++) {
        const struct field *field = &row->fields[i];
        char *at = (char *)object + field->offset;
        if (field->type == FIELD_MAP)
            fallbacks_take(d, field->group, at);
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

const char *
map_name(const struct decoding *d, enum group group)
{
    const char *name = group_row(group)->name;
    return name || group == GROUP_CAMPAIGN ? name : d->name;
}

/* "'bonus' needs 'amount': …"; `keys` are the names of which one is needed. */
static void
missing(struct decoding *d, enum group group, const struct node *map, const struct field *field,
        const char *keys)
{
    const char *quote = field->type == FIELD_PROSE ? "\"" : "", *name = map_name(d, group);
    problem_at(d->problems, map->where, "%s%s%s needs %s: %s, such as %s%s%s",
               name ? "'" : "the file", name ? name : "", name ? "'" : "", keys, field->takes,
               quote, field->example, quote);
}

/* "'a', 'b' or 'c'": the rows that exclude each other. */
static const char *
choices_name(const struct group_row *row, struct arena *arena)
{
    size_t left = 0;
    for (size_t i = 0; i < row->count; i++)
        left += row->fields[i].one_of;
    const char *text = "";
    for (size_t i = 0; i < row->count; i++)
        if (row->fields[i].one_of) {
            left--;
            text = arena_print(arena, "%s'%s'%s", text, row->fields[i].name,
                               left > 1    ? ", "
                               : left == 1 ? " or "
                                           : "");
        }
    return text;
}

/* Of the rows that exclude each other, exactly one must stand in the map. False when that was
 * noted. */
static bool
one_of_check(struct decoding *d, enum group group, const struct node *map, bool excused)
{
    const struct group_row *row = group_row(group);
    const struct field *first = NULL;
    const struct node *found[2] = {NULL, NULL};
    for (size_t i = 0; i < row->count && !first; i++)
        first = row->fields[i].one_of ? &row->fields[i] : NULL;
    for (size_t i = 0; i < map->count && !found[1]; i++) {
        const struct node *key = map->pairs[i].key;
        const struct field *field = field_find(group, key->text);
        if (field && field->one_of && !(found[0] && text_same(found[0]->text, key->text)))
            found[found[0] ? 1 : 0] = key;
    }
    if (!first || (found[0] && !found[1]) || (!found[0] && excused))
        return true;
    const char *name = map_name(d, group);
    if (found[1] && first->type == FIELD_VERB)
        problem_at(d->problems, found[1]->where,
                   "a step does one thing, and this one has '%s' already: begin a step of its own "
                   "with \"- %s:\"",
                   found[0]->text, found[1]->text);
    else if (found[1])
        problem_at(d->problems, found[1]->where,
                   "%s%s%s takes '%s' or '%s', not both: keep one of them", name ? "'" : "the file",
                   name ? name : "", name ? "'" : "", found[0]->text, found[1]->text);
    else if (first->type == FIELD_VERB)
        problem_at(d->problems, map->where, "this step says nothing to do: it takes one of %s",
                   group_keys(group, true, d->arena));
    else
        missing(d, group, map, first, choices_name(row, d->arena));
    return false;
}

/* Keys that say more about another one, which must stand too. */
static void
beside_check(struct decoding *d, enum group group, const struct node *map)
{
    for (size_t i = 0; i < map->count; i++) {
        const struct node *key = map->pairs[i].key;
        const struct field *field = field_find(group, key->text);
        if (field && field->beside && !node_find(map, field->beside))
            problem_at(d->problems, key->where,
                       "'%s' says more about '%s', and '%s' does not stand here: write both, or "
                       "take '%s' out",
                       field->name, field->beside, field->beside, field->name);
    }
}

enum { UNKNOWN_SAID_MAX = 20 };

/* Reads the keys that the table has, and notes the others; gives the number of those, which were
 * probably `meant` as these rows. */
static size_t
pairs_take(struct decoding *d, enum group group, enum group outer, const struct node *map,
           void *object, const struct field *meant[UNKNOWN_SAID_MAX])
{
    const char *name = d->name;
    size_t unknown = 0;
    for (int turn = 0; turn < 2; turn++)
        for (size_t i = 0; i < map->count; i++) {
            const struct pair *pair = &map->pairs[i];
            const struct field *field = field_find(group, pair->key->text);
            d->group = group;
            d->name = name;
            if (!field && turn && unknown < UNKNOWN_SAID_MAX)
                meant[unknown++] = unknown_key(d, group, outer, map, i);
            else if (field && field->first == !turn)
                pair_take(d, field, pair, object);
        }
    d->name = name;
    return unknown;
}

void
decode_map(struct decoding *d, enum group group, enum group outer, const struct node *map,
           void *object)
{
    const struct group_row *row = group_row(group);
    const struct field *meant[UNKNOWN_SAID_MAX];
    fallbacks_take(d, group, object);
    size_t unknown = pairs_take(d, group, outer, map, object, meant);
    bool excused = false;
    for (size_t i = 0; i < row->count; i++) {
        const struct field *field = &row->fields[i];
        bool misspelt = false;
        for (size_t j = 0; j < unknown; j++)
            misspelt |= meant[j] == field;
        excused |= misspelt && field->one_of;
        if (field->required && !misspelt && !node_find(map, field->name))
            missing(d, group, map, field, arena_print(d->arena, "'%s'", field->name));
    }
    /* In a map of its own, the unknown key was probably to be one of them. */
    excused |= unknown && group != GROUP_CAMPAIGN;
    if (one_of_check(d, group, map, excused) && !unknown)
        beside_check(d, group, map);
}
