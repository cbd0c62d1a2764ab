/* Lists and maps of single values: statuses, needs, labels, tasks. */
#include "codec/take.h"

#include <string.h>

#include "base/text.h"

enum { STATUSES_READ_MAX = 10 };

struct node
take_as_list(const struct node *node, struct pair *single)
{
    struct node list = *node;
    if (node->kind == NODE_TEXT) {
        *single = (struct pair){.value = (struct node *)(uintptr_t)node};
        list.pairs = single;
        list.count = 1;
    }
    return list;
}

bool
take_is_twice(struct decoding *d, const struct field *field, const struct node *item,
              const char *text, struct index *seen)
{
    if (index_add(seen, text, 0, d->arena))
        return false;
    problem_at(d->problems, item->where, "'%s' names %s twice; once is enough", field->name,
               value_shown(text, d->arena));
    return true;
}

/* A list of choices, each at most once, or a single one. */
bool
take_statuses(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    bool taken[WORK_STATUS_COUNT] = {false}, fits = true;
    struct pair single;
    struct node list = take_as_list(node, &single);
    if (node->kind == NODE_MAP || list.count == 0) {
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
bool
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

bool
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

bool
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
