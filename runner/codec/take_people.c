/* Workers whom the file names. Those of a condition, and those that come from a file, are `people`
 * of the campaign; a list that is the roster itself goes there at once. */
#include "codec/take.h"

#include "base/text.h"

enum { WORKERS_MOST = 100000 };

/* False when the worker was there already. */
static bool
people_add(struct decoding *d, const char *worker, struct where where)
{
    struct campaign *campaign = d->campaign;
    if (!index_add(&campaign->people[d->people].listed, worker, where.line, d->arena))
        return false;
    struct assignment assignment = {.id = worker, .worker = worker};
    /* The roster's own people are the first, because their row is read before the others. */
    if (campaign->from == ROSTER_FROM_WORKERS && d->people == 0)
        roster_assignment_add(&campaign->given, &assignment, d->arena);
    return true;
}

static void
people_begin(struct decoding *d, struct where where)
{
    struct campaign *campaign = d->campaign;
    campaign->people = arena_push(d->arena, campaign->people, campaign->people_count,
                                  &campaign->people_capacity, sizeof *campaign->people);
    d->people = campaign->people_count++;
    campaign->people[d->people] = (struct people){.where = where};
}

static bool
workers_read(struct decoding *d, const struct field *field, const struct node *list)
{
    struct field one = *field;
    one.takes = "worker IDs, which begin with A, of capital letters and digits";
    one.example = "A1EXAMPLEWORKER";
    if (list->kind != NODE_LIST || list->count == 0 || list->count > WORKERS_MOST) {
        const char *text = list->kind == NODE_TEXT ? list->text : "", *hint = NULL;
        if (text_is_worker(text))
            hint = arena_print(d->arena, "write [%s]", text);
        else if (text_ends(text, ".csv"))
            hint = arena_print(d->arena, "write { csv: %s }", text);
        else if (text_ends(text, ".txt"))
            hint = arena_print(d->arena, "write { file: %s }", text);
        value_wrong(d, field, list, hint);
        return false;
    }
    for (size_t i = 0; i < list->count; i++) {
        const struct node *item = list->pairs[i].value;
        const char *worker = value_worker(d, &one, item);
        if (worker && !people_add(d, worker, item->where))
            problem_at(d->problems, item->where, "'%s' names %s twice; once is enough", field->name,
                       worker);
    }
    return true;
}

static bool
people_read(struct decoding *d, const struct field *field, const struct node *node)
{
    people_begin(d, node->where);
    if (node->kind != NODE_MAP || node->count == 0)
        return workers_read(d, field, node);
    decode_map(d, field->group, d->group, node, &d->campaign->people[d->people]);
    return true;
}

bool
take_roster(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    (void)at;
    d->campaign->from = ROSTER_FROM_WORKERS;
    return people_read(d, field, node);
}

bool
take_people(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    struct filter *filter = at;
    struct condition condition = {
        .kind = field->condition, .name = field->name, .where = d->key->where};
    if (!people_read(d, field, node))
        return false;
    condition.people = d->people;
    filter->conditions = arena_push(d->arena, filter->conditions, filter->condition_count,
                                    &filter->condition_capacity, sizeof *filter->conditions);
    filter->conditions[filter->condition_count++] = condition;
    return true;
}

bool
take_met(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    struct people *people = at;
    struct index seen = {0};
    if (node->kind != NODE_LIST || node->count == 0) {
        bool single = node->kind == NODE_TEXT && text_is_id(node->text);
        value_wrong(d, field, node,
                    single ? arena_print(d->arena, "write [%s]", node->text) : NULL);
        return false;
    }
    people->tasks = arena_alloc(d->arena, node->count * sizeof *people->tasks);
    for (size_t i = 0; i < node->count; i++) {
        const struct node *item = node->pairs[i].value;
        const char *text = value_id(d, field, item);
        if (text && !take_is_twice(d, field, item, text, &seen))
            people->tasks[people->task_count++] = (struct listed){text, item->where};
    }
    return true;
}
