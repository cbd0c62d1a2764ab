/* One function a type of value: from the node of the file to the member of the struct. */
#include "codec/take.h"

#include <string.h>

#include "base/text.h"
#include "codec/lookups.h"

static bool
take_name(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    const char *text = value_name(d, field, node);
    if (text)
        *(const char **)at = text;
    return text;
}

static bool
take_word(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    size_t choice;
    if (!value_choice(d, field, node, &choice))
        return false;
    *(const char **)at = field->choices[choice];
    return true;
}

static bool
take_choice(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    size_t choice;
    if (!value_choice(d, field, node, &choice))
        return false;
    *(enum per *)at = (enum per)choice;
    return true;
}

static bool
take_switch(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    size_t choice;
    if (!value_choice(d, field, node, &choice))
        return false;
    *(bool *)at = choice == 1;
    return true;
}

static bool
looks_up(const struct field *field, const struct node *node)
{
    return field->looks_up && node->kind == NODE_TEXT && strstr(node->text, "${{");
}

/* One lookup where a number could stand; then the number is not set. */
static bool
take_lookup(struct decoding *d, const struct field *field, const struct node *node,
            enum column_takes takes)
{
    struct source source = node_source(d, node);
    struct template *template = lookups_read_value(d, field, &source, node->text, takes);
    *(struct template **)(void *)((char *)d->object + field->from_offset) = template;
    return template;
}

/* True, and noted, when the name of a value stands there without the marks of a lookup. */
static bool
is_unmarked(struct decoding *d, const struct field *field, const struct node *node)
{
    bool unmarked = field->looks_up && node->kind == NODE_TEXT && lookup_is_known(d, node->text);
    if (unmarked)
        value_wrong(d, field, node,
                    arena_print(d->arena, "a lookup is written ${{ %s }}", node->text));
    return unmarked;
}

static bool
take_money(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    if (is_unmarked(d, field, node))
        return false;
    if (looks_up(field, node))
        return take_lookup(d, field, node, COLUMN_MONEY);
    return value_money(d, field, node, at);
}

static bool
take_count(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    int64_t value;
    if (!value_whole(d, field, node, &value))
        return false;
    *(size_t *)at = (size_t)value;
    return true;
}

static bool
take_score(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    int64_t value = 0;
    if (is_unmarked(d, field, node))
        return false;
    if (looks_up(field, node) ? !take_lookup(d, field, node, COLUMN_SCORE)
                              : !value_whole(d, field, node, &value))
        return false;
    *(int *)at = (int)value;
    return true;
}

static bool
take_decimal(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    return value_decimal(d, field, node, at);
}

static bool
take_id(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    const char *text = value_id(d, field, node);
    if (text)
        *(const char **)at = text;
    return text;
}

static bool
take_account(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    const char *text = value_account(d, field, node);
    if (text)
        *(const char **)at = text;
    return text;
}

static bool
take_column(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    const char *text = value_column(d, field, node);
    if (text)
        *(const char **)at = text;
    return text;
}

static bool
take_prose(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    const char *text = value_prose(d, field, node);
    if (!text)
        return false;
    *(const char **)at = text;
    if (field->looks_up) {
        struct source source = node_source(d, node);
        *(struct template **)(void *)((char *)d->object + field->from_offset) =
            lookups_read(d, field, &source, text);
    }
    return true;
}

/* The number of what an input of that kind belongs to. */
static size_t
owner_of(const struct decoding *d, enum input_kind kind)
{
    switch (kind) {
    case INPUT_TASKS:
    case INPUT_ASSIGNMENTS:
        return 0;
    case INPUT_MESSAGE:
        return d->step;
    case INPUT_PEOPLE:
    case INPUT_PEOPLE_CSV:
        return d->people;
    case INPUT_DATASET:
        return d->dataset;
    }
    return 0;
}

static bool
take_path(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    (void)at;
    const char *text = value_path(d, field, node);
    if (!text)
        return false;
    struct campaign *campaign = d->campaign;
    campaign->inputs = arena_push(d->arena, campaign->inputs, campaign->input_count,
                                  &campaign->input_capacity, sizeof *campaign->inputs);
    campaign->inputs[campaign->input_count++] = (struct input){
        .kind = field->input, .path = text, .where = node->where, .at = owner_of(d, field->input)};
    if (field->input == INPUT_PEOPLE_CSV)
        campaign->people[d->people].csv = text;
    if (field->input == INPUT_DATASET)
        campaign->datasets[d->dataset].path = text;
    if (field->input == INPUT_ASSIGNMENTS)
        campaign->from = ROSTER_FROM_ASSIGNMENTS;
    return true;
}

static bool
take_map(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    if (node->kind == NODE_MAP && node->count) {
        decode_map(d, field->group, d->group, node, at);
        return true;
    }
    bool csv = node->kind == NODE_TEXT && text_ends(node->text, ".csv");
    value_wrong(d, field, node,
                csv && field_find(field->group, "csv")
                    ? arena_print(d->arena, "write { csv: %s }", node->text)
                    : NULL);
    return false;
}

/* True when keys of the verb stand beside it instead of inside: then those are what is said. */
static bool
fields_beside(const struct decoding *d, const struct field *verb)
{
    const struct node *step = d->step_nodes[d->step];
    for (size_t i = 0; step->kind == NODE_MAP && i < step->count; i++)
        if (field_find(verb->group, step->pairs[i].key->text))
            return true;
    return false;
}

/* How to write words that stand where the verb's map should, when they are all it needs. */
static const char *
words_hint(const struct decoding *d, enum group group, const struct node *node)
{
    enum { SHORT = 60 };
    const struct group_row *row = group_row(group);
    const struct field *words = NULL;
    bool more = node->kind != NODE_TEXT || !node->text[0] || strlen(node->text) > SHORT;
    for (size_t i = 0; i < row->count; i++) {
        const struct field *field = &row->fields[i];
        if (field->type == FIELD_PROSE && field->looks_up && !words)
            words = field;
        else
            more |= field->required || field->one_of;
    }
    if (!words || more || strpbrk(node->text, "\"\n"))
        return NULL;
    return arena_print(d->arena, "write { %s: \"%s\" }", words->name, node->text);
}

static bool
take_verb(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    struct step *step = &d->campaign->steps[d->step];
    (void)at;
    step->verb = field->verb;
    if (node->kind == NODE_MAP) {
        decode_map(d, field->group, d->group, node, step);
        return true;
    }
    if (value_is_nothing(node) && (group_is_optional(field->group) || fields_beside(d, field)))
        return true;
    value_wrong(d, field, node, words_hint(d, field->group, node));
    return false;
}

static bool
take_steps(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    (void)at;
    return steps_decode(d, field, node);
}

static take *const takers[FIELD_TYPE_COUNT] = {
    [FIELD_NAME] = take_name,         [FIELD_WORD] = take_word,       [FIELD_CHOICE] = take_choice,
    [FIELD_SWITCH] = take_switch,     [FIELD_MONEY] = take_money,     [FIELD_COUNT] = take_count,
    [FIELD_SCORE] = take_score,       [FIELD_DECIMAL] = take_decimal, [FIELD_ID] = take_id,
    [FIELD_ACCOUNT] = take_account,   [FIELD_COLUMN] = take_column,   [FIELD_KEY] = take_key,
    [FIELD_MOMENT] = take_moment,     [FIELD_PROSE] = take_prose,     [FIELD_PATH] = take_path,
    [FIELD_STATUSES] = take_statuses, [FIELD_NEEDS] = take_needs,     [FIELD_LABELS] = take_labels,
    [FIELD_TASKS] = take_tasks,       [FIELD_MET] = take_met,         [FIELD_ROSTER] = take_roster,
    [FIELD_PEOPLE] = take_people,     [FIELD_TABLES] = take_tables,   [FIELD_VALUES] = take_values,
    [FIELD_DATA] = take_data,         [FIELD_STEPS] = take_steps,     [FIELD_MAP] = take_map,
    [FIELD_VERB] = take_verb,
};

bool
field_take(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    return takers[field->type](d, field, node, at);
}
