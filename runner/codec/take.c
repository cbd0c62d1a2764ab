/* One function a type of value: from the node of the file to the member of the struct. */
#include "codec/decode.h"

#include <string.h>

#include "base/text.h"

typedef bool take(struct decoding *d, const struct field *field, const struct node *node, void *at);

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
take_money(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
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
    int64_t value;
    if (!value_whole(d, field, node, &value))
        return false;
    *(int *)at = (int)value;
    return true;
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
take_prose(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    const char *text = value_prose(d, field, node);
    if (text)
        *(const char **)at = text;
    return text;
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
    campaign->inputs[campaign->input_count++] =
        (struct input){.kind = field->input, .path = text, .where = node->where, .at = d->step};
    return true;
}

enum { STATUSES_READ_MAX = 10 };

/* A list of choices, each at most once, or a single one. */
static bool
take_statuses(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    bool taken[WORK_STATUS_COUNT] = {false}, fits = true;
    struct pair single = {.value = NULL};
    struct node list = *node;
    if (node->kind == NODE_TEXT) {
        struct node *copy = arena_alloc(d->arena, sizeof *copy);
        *copy = *node;
        single.value = copy;
        list.pairs = &single;
        list.count = 1;
    } else if (node->kind == NODE_MAP || node->count == 0) {
        value_wrong(d, field, node, NULL);
        return false;
    }
    for (size_t i = 0; i < list.count && i <= STATUSES_READ_MAX; i++) {
        size_t choice;
        const struct node *item = list.pairs[i].value;
        if (!value_choice(d, field, item, &choice)) {
            fits = false;
        } else if (taken[choice]) {
            problem_at(d->problems, item->where, "'%s' names %s twice; once is enough", field->name,
                       field->choices[choice]);
            fits = false;
        } else {
            taken[choice] = true;
        }
    }
    if (fits)
        memcpy(at, taken, sizeof taken);
    return fits;
}

/* Looked up by steps_check, when the ids of all steps are known. */
static bool
take_needs(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    (void)at;
    if (node->kind != NODE_MAP && !value_is_nothing(node) &&
        (node->kind != NODE_LIST || node->count <= (size_t)field->most))
        return true;
    bool many = node->kind == NODE_LIST;
    value_wrong(d, field, node,
                many ? arena_print(d->arena, "at most %d may stand there", (int)field->most)
                     : NULL);
    return false;
}

static bool
take_labels(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    (void)at;
    if (node->kind != NODE_MAP || node->count == 0) {
        value_wrong(d, field, node, NULL);
        return false;
    }
    struct campaign *campaign = d->campaign;
    campaign->labels = arena_alloc(d->arena, node->count * sizeof *campaign->labels);
    for (size_t i = 0; i < node->count; i++) {
        const struct node *key = node->pairs[i].key;
        struct field value = *field;
        value.type = FIELD_PROSE;
        value.name = key->text;
        value.takes = "one line of at most 200 characters";
        value.example = "R01-12345";
        if (!text_is_name(key->text)) {
            problem_at(d->problems, key->where,
                       "a label's name has at most 64 letters, digits, '.', '_' and '-', such as "
                       "grant; this one is %s",
                       value_shown(key->text, d->arena));
            continue;
        }
        const char *text = value_prose(d, &value, node->pairs[i].value);
        if (text)
            campaign->labels[campaign->label_count++] = (struct label){key->text, text};
    }
    return true;
}

static bool
take_tasks(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    (void)at;
    if (node->kind == NODE_MAP && node->count) {
        decode_map(d, field->group, d->group, node, d->campaign);
        return true;
    }
    if (node->kind != NODE_LIST || node->count == 0) {
        const char *text = node->kind == NODE_TEXT ? node->text : "", *hint = NULL;
        if (text_is_id(text))
            hint = arena_print(d->arena, "write [%s]", text);
        else if (strpbrk(text, "./") && !strpbrk(text, " ,\\"))
            hint = arena_print(d->arena, "write { file: %s }", text);
        value_wrong(d, field, node, hint);
        return false;
    }
    static const struct field id = {.name = "hits",
                                    .type = FIELD_ID,
                                    .takes = "HIT IDs of capital letters and digits, at most 64",
                                    .example = "3PR3LXCWSF67WOX6Y5S8EXAMPLE1"};
    struct campaign *campaign = d->campaign;
    for (size_t i = 0; i < node->count; i++) {
        const struct node *item = node->pairs[i].value;
        const char *text = value_id(d, &id, item);
        if (!text)
            continue;
        campaign->tasks = arena_push(d->arena, campaign->tasks, campaign->task_count,
                                     &campaign->task_capacity, sizeof *campaign->tasks);
        campaign->tasks[campaign->task_count++] = (struct listed){text, item->where};
    }
    return true;
}

static bool
take_map(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    if (node->kind != NODE_MAP || node->count == 0) {
        value_wrong(d, field, node, NULL);
        return false;
    }
    decode_map(d, field->group, d->group, node, at);
    return true;
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
    value_wrong(d, field, node, NULL);
    return false;
}

static bool
take_steps(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    (void)at;
    return steps_decode(d, field, node);
}

static take *const takers[FIELD_TYPE_COUNT] = {
    [FIELD_NAME] = take_name,   [FIELD_WORD] = take_word,         [FIELD_CHOICE] = take_choice,
    [FIELD_MONEY] = take_money, [FIELD_COUNT] = take_count,       [FIELD_SCORE] = take_score,
    [FIELD_ID] = take_id,       [FIELD_PROSE] = take_prose,       [FIELD_PATH] = take_path,
    [FIELD_NEEDS] = take_needs, [FIELD_STATUSES] = take_statuses, [FIELD_LABELS] = take_labels,
    [FIELD_TASKS] = take_tasks, [FIELD_STEPS] = take_steps,       [FIELD_MAP] = take_map,
    [FIELD_VERB] = take_verb,
};

bool
field_take(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    return takers[field->type](d, field, node, at);
}
