/* What to say about a key that is not in the table. Most are misprints, but YAML also makes keys
 * of what was meant as text, and indentation puts right keys into the wrong map. */
#include "codec/decode.h"

#include <ctype.h>
#include <string.h>

#include "base/text.h"

const char *
group_keys(enum group group, bool verbs, struct arena *arena)
{
    const struct group_row *row = group_row(group);
    size_t left = 0;
    for (size_t i = 0; i < row->count; i++)
        left += !verbs || row->fields[i].type == FIELD_VERB;
    const char *text = "";
    for (size_t i = 0; i < row->count; i++) {
        if (verbs && row->fields[i].type != FIELD_VERB)
            continue;
        left--;
        text = arena_print(arena, "%s%s%s", text, row->fields[i].name,
                           left > 1    ? ", "
                           : left == 1 ? " and "
                                       : "");
    }
    return text;
}

static bool
is_credential(const char *key)
{
    static const char *const parts[] = {"secret",     "password", "passwd", "token",
                                        "accesskey",  "api_key",  "apikey", "api-key",
                                        "credential", "aws_",     "key_id", "access_key"};
    char lower[64] = {0};
    for (size_t i = 0; key[i] && i + 1 < sizeof lower; i++)
        lower[i] = (char)tolower((unsigned char)key[i]);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strstr(lower, parts[i]))
            return true;
    return false;
}

/* What YAML makes of `{ message: Thanks, all of you }`: a key "all of you" without a value. */
static bool
is_left_over(const struct node *map, size_t at)
{
    const struct pair *pair = &map->pairs[at];
    return map->flow && pair->key->plain && pair->value->kind == NODE_TEXT && pair->value->plain &&
           !pair->value->text[0];
}

enum { PIECES_SHOWN_MAX = 8 };

/* Says how to mend a value that a comma split. False when no value of a known key stands before,
 * or the piece was spoken of already. */
static bool
comma_say(struct decoding *d, enum group group, const struct node *map, size_t at)
{
    if (at == 0 || !is_left_over(map, at))
        return false;
    const struct pair *head = &map->pairs[at - 1];
    const struct field *field = field_find(group, head->key->text);
    bool inner = !field && is_left_over(map, at - 1) && at > 1;
    if (inner)
        return true;
    if (!field || head->value->kind != NODE_TEXT || !head->value->plain || !head->value->text[0])
        return false;
    const char *text = head->value->text;
    const char *joined = text; /* as it may have been typed, without blanks */
    for (size_t i = at; i < map->count && is_left_over(map, i); i++) {
        if (i == at + PIECES_SHOWN_MAX) {
            text = arena_print(d->arena, "%s, …", text);
            break;
        }
        joined = arena_print(d->arena, "%s,%s", joined, map->pairs[i].key->text);
        text = arena_print(d->arena, "%s, %s", text, map->pairs[i].key->text);
    }
    const char *piece = map->pairs[at].key->text, *mend;
    size_t digits = strspn(piece, "0123456789");
    if (field->type == FIELD_MONEY && !piece[digits] && digits <= 2)
        mend = arena_print(d->arena, "%s.%s, with a point", head->value->text, piece);
    else if (field->type == FIELD_MONEY && value_thousands(joined, d->arena))
        mend = value_thousands(joined, d->arena);
    else if (field->type == FIELD_MONEY)
        mend = arena_print(d->arena, "%s, with a point and at most two decimals", field->example);
    else if (field->type == FIELD_DECIMAL && !piece[digits])
        mend = arena_print(d->arena, "%s.%s, with a point", head->value->text, piece);
    else if (field->type == FIELD_STATUSES || field->type == FIELD_NEEDS)
        mend = arena_print(d->arena, "[%s]", text);
    else
        mend = arena_print(d->arena, "\"%s\"", text);
    problem_at(d->problems, map->pairs[at].key->where,
               "a comma inside { } ends a value, so '%s' is only %s and %s is left over; write "
               "%s: %s",
               field->name, value_shown(head->value->text, d->arena), value_shown(piece, d->arena),
               field->name, mend);
    return true;
}

/* The row of this map in whose own map the key belongs: one that stands there, else a map that
 * could be written. */
static const struct field *
owner_find(enum group group, const struct node *map, const char *key)
{
    const struct group_row *row = group_row(group);
    const struct field *owner = NULL;
    for (size_t i = 0; i < row->count; i++) {
        const struct field *field = &row->fields[i];
        bool nests = field->type == FIELD_MAP || field->type == FIELD_TASKS ||
                     field->type == FIELD_ROSTER || field->type == FIELD_VERB ||
                     field->type == FIELD_STEPS;
        if (!nests || !field_find(field->group, key))
            continue;
        if (node_find(map, field->name))
            return field;
        if (field->type != FIELD_VERB && !owner)
            owner = field;
    }
    return owner;
}

/* The row of this map in whose own map there is something like the key. */
static const struct field *
owner_meant(enum group group, const char *key)
{
    const struct group_row *row = group_row(group);
    for (size_t i = 0; i < row->count; i++)
        if (row->fields[i].type == FIELD_MAP && field_meant(row->fields[i].group, key))
            return &row->fields[i];
    return NULL;
}

/* A right key in a wrong map. */
static bool
place_say(struct decoding *d, enum group group, enum group outer, const struct node *map,
          const struct node *key)
{
    const char *name = map_name(d, group);
    const struct field *owner = owner_find(group, map, key->text);
    const struct field *above = group == outer ? NULL : field_find(outer, key->text);
    if (owner && owner->type == FIELD_STEPS)
        problem_at(d->problems, key->where,
                   "'%s' belongs into the list under 'steps': write it there, as \"- %s:\"",
                   key->text, key->text);
    else if (owner && node_find(map, owner->name))
        problem_at(d->problems, key->where, "'%s' belongs inside '%s': indent it deeper than '%s'",
                   key->text, owner->name, owner->name);
    else if (owner)
        problem_at(d->problems, key->where, "'%s' belongs inside '%s', such as %s: %s", key->text,
                   owner->name, owner->name, owner->example);
    else if (above && above->type == FIELD_VERB)
        problem_at(d->problems, key->where,
                   "'%s' is a step of its own, not a part of '%s': begin it with \"- %s:\"",
                   key->text, name, key->text);
    else if (above)
        problem_at(d->problems, key->where,
                   "'%s' belongs beside '%s', not inside it: indent it like '%s'", key->text, name,
                   name);
    return owner || above;
}

static bool
has_verb(const struct node *map)
{
    for (size_t i = 0; i < map->count; i++) {
        const struct field *field = field_find(GROUP_STEP, map->pairs[i].key->text);
        if (field && field->type == FIELD_VERB)
            return true;
    }
    return false;
}

/* How a condition is written whose key stands for none of ours: a field of the answers, or a column
 * of a table, without its beginning. */
static const char *
condition_hint(const struct decoding *d, enum group group, const char *key)
{
    if (group != GROUP_WHERE)
        return "";
    for (size_t i = 0; i < d->campaign->dataset_count; i++)
        if (text_same(d->campaign->datasets[i].name, key))
            return arena_print(d->arena, " a column of the table is written %s.COLUMN;", key);
    if (text_same(key, "answer") || text_same(key, "answers"))
        return " a field of the answers is written answer.FIELD, in one word;";
    if (!text_is_name(key))
        return "";
    return arena_print(d->arena, " a field of the answers is written answer.%s;", key);
}

const struct field *
unknown_key(struct decoding *d, enum group group, enum group outer, const struct node *map,
            size_t at)
{
    const struct node *key = map->pairs[at].key;
    const struct field *meant = field_meant(group, key->text);
    const struct field *owner;
    const char *name = map_name(d, group);
    bool step = group == GROUP_STEP && (!has_verb(map) || (meant && meant->type == FIELD_VERB));
    const char *what = step ? "step" : "key", *shown = value_shown(key->text, d->arena);
    if (is_credential(key->text))
        problem_at(d->problems, key->where,
                   "%s: no key of a campaign holds a credential. Take it out; credentials stay in "
                   "~/.aws or in the environment",
                   shown);
    else if (group == GROUP_EXCEPT && text_same(key->text, "workers"))
        problem_at(d->problems, key->where,
                   "a list of workers stands behind 'except' itself, as except: [A1EXAMPLEWORKER]; "
                   "beside other ways it stands in a file");
    else if ((!meant && comma_say(d, group, map, at)) || place_say(d, group, outer, map, key))
        return NULL;
    else if (meant)
        problem_at(d->problems, key->where, "unknown %s %s, did you mean '%s'?", what, shown,
                   meant->name);
    else if ((owner = owner_meant(group, key->text)))
        problem_at(d->problems, key->where, "unknown key %s, did you mean '%s' inside '%s'?", shown,
                   field_meant(owner->group, key->text)->name, owner->name);
    else
        problem_at(d->problems, key->where, "unknown %s %s%s%s%s:%s %s %s", what, shown,
                   name && !step ? " in '" : "", name && !step ? name : "",
                   name && !step ? "'" : "", condition_hint(d, group, key->text),
                   step                                              ? "a step has one of"
                   : group == GROUP_CAMPAIGN || group == GROUP_WHERE ? "the keys are"
                                                                     : "it takes",
                   group_keys(group, step, d->arena));
    return meant;
}
