/* The tables a campaign reads: what their files are called and how their rows find people. */
#include "codec/take.h"

#include <string.h>

#include "base/text.h"

/* Heads of lookups and conditions: a table of that name could not be told from them. */
static const char *const reserved[] = {"answer",     "paid", "worker",
                                       "assignment", "task", "campaign"};

static void
name_check(struct decoding *d, const struct node *key)
{
    const char *name = key->text;
    for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
        if (text_same(reserved[i], name)) {
            problem_at(d->problems, key->where,
                       "a table cannot be called '%s', because that is what ${{ %s… }} looks up: "
                       "choose another name",
                       name, name);
            return;
        }
    if (strchr(name, '.') || !text_is_name(name))
        problem_at(d->problems, key->where,
                   "a table's name has at most 64 letters, digits, '_' and '-', such as scores; "
                   "this one is %s",
                   value_shown(name, d->arena));
}

bool
take_data(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    struct campaign *campaign = d->campaign;
    (void)at;
    bool map = node->kind == NODE_MAP && node->count;
    bool nameless = map && (node_find(node, "csv") || node_find(node, "match"));
    if (!map || nameless || node->count > (size_t)field->most) {
        value_wrong(d, field, node,
                    nameless ? "give the table a name, and put its keys below that"
                    : map    ? "at most 100 tables are read"
                             : NULL);
        d->data_refused = true;
        return false;
    }
    for (size_t i = 0; i < node->count; i++) {
        const struct pair *pair = &node->pairs[i];
        name_check(d, pair->key);
        campaign->datasets = arena_push(d->arena, campaign->datasets, campaign->dataset_count,
                                        &campaign->dataset_capacity, sizeof *campaign->datasets);
        d->dataset = campaign->dataset_count++;
        struct dataset *dataset = &campaign->datasets[d->dataset];
        *dataset = (struct dataset){
            .name = pair->key->text, .where = pair->key->where, .key = dataset_none};
        d->name = pair->key->text;
        d->group = GROUP_CAMPAIGN;
        if (pair->value->kind == NODE_MAP && pair->value->count) {
            decode_map(d, field->group, d->group, pair->value, dataset);
            continue;
        }
        struct field table = *field;
        table.name = pair->key->text;
        table.takes = "the keys csv and match";
        table.example = "{ csv: data/scores.csv, match: { worker: worker_id } }";
        value_wrong(d, &table, pair->value, NULL);
    }
    return true;
}

bool
take_key(struct decoding *d, const struct field *field, const struct node *node, void *at)
{
    struct dataset *dataset = at;
    const char *column = value_column(d, field, node);
    if (!column)
        return false;
    dataset->match_by = text_same(field->name, "worker")       ? MATCH_BY_WORKER
                        : text_same(field->name, "assignment") ? MATCH_BY_ASSIGNMENT
                                                               : MATCH_BY_ANSWER;
    if (dataset->match_by == MATCH_BY_ANSWER)
        dataset->field =
            text_trim(d->arena, strchr(field->name, '.') + 1, strlen(strchr(field->name, '.') + 1));
    if (dataset->field && !*dataset->field) {
        problem_at(d->problems, d->key->where,
                   "behind 'answer.' stands the name of a field, such as answer.code");
        return false;
    }
    dataset->key = dataset_column_use(dataset, column, node->where, d->arena);
    return true;
}
