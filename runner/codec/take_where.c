/* The keys of a `where`, each a condition of its filter. */
#include "codec/take.h"

#include <string.h>

#include "base/text.h"
#include "codec/lookups.h"

enum { VALUES_MOST = 10000, VALUE_MOST = 1000 };

static struct condition *
condition_add(struct decoding *d, struct filter *filter, const struct field *field)
{
    filter->conditions = arena_push(d->arena, filter->conditions, filter->condition_count,
                                    &filter->condition_capacity, sizeof *filter->conditions);
    struct condition *condition = &filter->conditions[filter->condition_count++];
    *condition =
        (struct condition){.kind = field->condition, .name = field->name, .where = d->key->where};
    return condition;
}

bool
take_moment(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    struct filter *filter = at;
    stamp_t moment;
    if (!value_moment(d, field, node, &moment))
        return false;
    for (size_t i = 0; i < filter->condition_count; i++) {
        const struct condition *other = &filter->conditions[i];
        bool before = field->condition == CONDITION_BEFORE;
        enum condition_kind opposite = before ? CONDITION_AFTER : CONDITION_BEFORE;
        bool apart = before ? moment > other->moment_ms : moment < other->moment_ms;
        if (other->kind == opposite && !apart)
            problem_at(d->problems, node->where,
                       "no time is both after 'submitted_after' and before 'submitted_before': "
                       "correct one of them (a date alone is its midnight in UTC, so a whole day "
                       "ends with the next date)");
    }
    condition_add(d, filter, field)->moment_ms = moment;
    return true;
}

/* One value that is compared as text; NULL when it does not fit. */
static const char *
value_compared(struct decoding *d, const struct field *field, const struct node *node)
{
    struct field one = *field;
    one.takes = "one line of at most 1,000 characters";
    one.most = VALUE_MOST;
    const char *text = value_text(d, field, node);
    if (!text || value_is_cut(d, field, node))
        return NULL;
    return value_prose_fit(d, &one, node->where, text, strlen(text));
}

static bool
values_read(struct decoding *d, const struct field *field, const struct node *node,
            struct condition *condition)
{
    struct pair single;
    struct node list = take_as_list(node, &single);
    bool fits = list.count && list.count <= VALUES_MOST;
    if (!fits)
        value_wrong(d, field, node, list.count ? "at most 10,000 values are read" : NULL);
    for (size_t i = 0; fits && i < list.count; i++) {
        const struct node *item = list.pairs[i].value;
        const char *text = value_compared(d, field, item);
        fits = text && (condition_value_add(condition, text, d->arena) ||
                        !take_is_twice(d, field, item, text, &condition->among));
    }
    return fits;
}

static bool
bounds_read(struct decoding *d, const struct field *field, const struct node *node,
            struct condition *condition)
{
    if (!node->count) {
        value_wrong(d, field, node, NULL);
        return false;
    }
    d->name = field->name;
    decode_map(d, field->group, d->group, node, condition);
    if (condition->has_min && condition->has_max && condition->min > condition->max)
        problem_at(d->problems, node_find(node, "max")->where,
                   "nothing is at least %s and at most %s: change one of them",
                   node_find(node, "min")->text, node_find(node, "max")->text);
    return condition->has_min || condition->has_max;
}

bool
take_values(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    struct condition condition = {
        .kind = field->condition, .name = field->name, .where = d->key->where};
    const char *rest = strchr(field->name, '.') + 1;
    if (!text_same(rest, text_trim(d->arena, rest, strlen(rest))) || !*rest) {
        problem_at(d->problems, d->key->where,
                   "behind the point of %s stands the name of a %s, such as %s",
                   value_shown(field->name, d->arena),
                   field->condition == CONDITION_ANSWER ? "field" : "column",
                   field->condition == CONDITION_ANSWER ? "answer.colour" : "scores.score");
        return false;
    }
    condition.field = rest;
    if (field->condition == CONDITION_CELL) {
        const char *table = arena_text(d->arena, field->name, (size_t)(rest - 1 - field->name));
        condition.dataset = lookups_table(d, table, d->key->where);
        if (condition.dataset == dataset_none)
            return false;
        condition.field = NULL;
        condition.column = dataset_column_use(&d->campaign->datasets[condition.dataset], rest,
                                              d->key->where, d->arena);
    }
    bool fits = node->kind == NODE_MAP ? bounds_read(d, field, node, &condition)
                                       : values_read(d, field, node, &condition);
    if (fits)
        *condition_add(d, at, field) = condition;
    return fits;
}

bool
take_tables(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    struct pair single;
    struct node list = take_as_list(node, &single);
    struct index seen = {0};
    if (!list.count || node->kind == NODE_MAP) {
        value_wrong(d, field, node, NULL);
        return false;
    }
    for (size_t i = 0; i < list.count; i++) {
        const struct node *item = list.pairs[i].value;
        const char *text = value_text(d, field, item);
        if (!text || take_is_twice(d, field, item, text, &seen))
            continue;
        size_t dataset = lookups_table(d, text, item->where);
        if (dataset == dataset_none)
            continue;
        struct condition *condition = condition_add(d, at, field);
        condition->where = item->where;
        condition->dataset = dataset;
    }
    return true;
}
