/* The steps: their list, and what holds between them once all are read. */
#include "codec/decode.h"

#include "base/text.h"

/* `- approve` is a step without fields; any other text is not a step yet. */
static void
bare_decode(struct decoding *d, const struct node *node)
{
    struct step *step = &d->campaign->steps[d->step];
    const struct field *verb = field_find(GROUP_STEP, node->text);
    const char *near = NULL;
    if (verb && verb->type == FIELD_VERB) {
        step->verb = verb->verb;
        step->content = node->where;
        if (!group_is_optional(verb->group))
            value_wrong(d, verb,
                        &(struct node){.kind = NODE_TEXT, .where = node->where, .text = ""}, NULL);
        return;
    }
    const struct field *meant = field_meant(GROUP_STEP, node->text);
    if (meant && meant->type == FIELD_VERB)
        near = meant->name;
    if (value_is_nothing(node))
        problem_at(d->problems, node->where, "this step is empty: it takes one of %s",
                   group_keys(GROUP_STEP, true, d->arena));
    else if (near)
        problem_at(d->problems, node->where, "unknown step %s, did you mean '%s'?",
                   value_shown(node->text, d->arena), near);
    else
        problem_at(d->problems, node->where, "unknown step %s: a step has one of %s",
                   value_shown(node->text, d->arena), group_keys(GROUP_STEP, true, d->arena));
}

bool
steps_decode(struct decoding *d, const struct field *field, const struct node *list)
{
    struct campaign *campaign = d->campaign;
    if (list->kind != NODE_LIST || list->count == 0) {
        value_wrong(d, field, list,
                    list->kind == NODE_MAP && list->count ? "begin each step with \"- \"" : NULL);
        return false;
    }
    if (list->count > (size_t)field->most) {
        problem_at(d->problems, list->where, "'steps' has %zu steps; at most %d are read",
                   list->count, (int)field->most);
        return false;
    }
    campaign->steps = arena_alloc(d->arena, list->count * sizeof *campaign->steps);
    d->step_nodes = arena_alloc(d->arena, list->count * sizeof(struct node *));
    campaign->step_count = list->count;
    for (d->step = 0; d->step < list->count; d->step++) {
        const struct node *node = list->pairs[d->step].value;
        struct step *step = &campaign->steps[d->step];
        d->step_nodes[d->step] = node;
        step->where = node->where;
        if (node->kind == NODE_MAP)
            decode_map(d, field->group, d->group, node, step);
        else if (node->kind == NODE_TEXT)
            bare_decode(d, node);
        else
            problem_at(d->problems, node->where,
                       "a step is a map with one of %s; this one is a list",
                       group_keys(GROUP_STEP, true, d->arena));
    }
    return true;
}

/* The verb that the file gives the step, or NULL when it gives none that is known. */
static const struct field *
verb_of(const struct node *node)
{
    const struct field *field = NULL;
    if (node->kind == NODE_TEXT)
        field = field_find(GROUP_STEP, node->text);
    for (size_t i = 0; node->kind == NODE_MAP && i < node->count; i++) {
        const struct field *one = field_find(GROUP_STEP, node->pairs[i].key->text);
        if (one && one->type == FIELD_VERB)
            field = one;
    }
    return field && field->type == FIELD_VERB ? field : NULL;
}

const struct node *
step_node(const struct decoding *d, size_t step, const char *key)
{
    const struct node *node = d->step_nodes[step];
    return node->kind == NODE_MAP ? node_find(node, key) : NULL;
}

void
step_id_check(struct decoding *d, size_t at)
{
    struct step *step = &d->campaign->steps[at];
    const struct node *written = step_node(d, at, "id");
    const struct field *verb = verb_of(d->step_nodes[at]);
    if (written && !step->id)
        return; /* refused already */
    if (!written && !verb)
        return;
    step->id = step->id ? step->id : verb->name;
    for (size_t i = 0; i < at; i++) {
        if (!text_same(d->campaign->steps[i].id, step->id))
            continue;
        unsigned line = d->campaign->steps[i].where.line;
        bool twins = !written && !step_node(d, i, "id");
        if (twins)
            problem_at(d->problems, step->where,
                       "a second '%s' step; the first is in line %u: give this one a name, such "
                       "as id: %s-2",
                       step->id, line, step->id);
        else if (written)
            problem_at(d->problems, written->where,
                       "the id '%s' belongs to the step in line %u already: choose another",
                       step->id, line);
        else
            problem_at(d->problems, step->where,
                       "without an id this step is called '%s', and the step in line %u has that "
                       "id: give this one a name, such as id: %s-2",
                       step->id, line, step->id);
        return;
    }
}

enum { NEEDS_SAID_MAX = 20 };

/* What to say of a needed step that does not stand above. */
static void
need_refuse(struct decoding *d, const struct node *node, size_t at)
{
    const struct campaign *campaign = d->campaign;
    const char **ids = arena_alloc(d->arena, (campaign->step_count + 1) * sizeof *ids);
    size_t count = 0;
    /* Looking for near names is slow, and nobody reads a hundred of them. */
    if (++d->needs_refused > NEEDS_SAID_MAX)
        return;
    for (size_t i = 0; i < campaign->step_count; i++) {
        const char *id = campaign->steps[i].id;
        if (text_same(id, node->text)) {
            if (i == at)
                problem_at(d->problems, node->where, "a step cannot need itself");
            else
                problem_at(d->problems, node->where,
                           "the step '%s' stands below, in line %u; a step can only need steps "
                           "above it: change their order",
                           id, campaign->steps[i].where.line);
            return;
        }
        if (id && i < at)
            ids[count++] = id;
    }
    const char *near = text_nearest(node->text, ids, count), *all = "";
    for (size_t i = 0; i < count; i++)
        all = arena_print(d->arena, "%s%s%s", all, i ? ", " : "", ids[i]);
    const char *shown = value_shown(node->text, d->arena);
    if (near)
        problem_at(d->problems, node->where, "no step above is called %s, did you mean '%s'?",
                   shown, near);
    else if (count)
        problem_at(d->problems, node->where, "no step above is called %s; there are: %s", shown,
                   all);
    else
        problem_at(d->problems, node->where,
                   "no step stands above this one, so it cannot need %s: leave 'needs' out", shown);
}

static void
need_add(struct decoding *d, const struct node *node, size_t at)
{
    struct step *step = &d->campaign->steps[at];
    const struct field *field = field_find(GROUP_STEP, "needs");
    if (!value_text(d, field, node))
        return;
    for (size_t i = 0; i < at; i++) {
        if (!text_same(d->campaign->steps[i].id, node->text))
            continue;
        for (size_t j = 0; j < step->need_count; j++)
            if (step->needs[j] == i) {
                problem_at(d->problems, node->where, "'needs' names '%s' twice; once is enough",
                           node->text);
                return;
            }
        step->needs[step->need_count++] = i;
        return;
    }
    need_refuse(d, node, at);
}

void
step_needs_check(struct decoding *d, size_t at)
{
    struct step *step = &d->campaign->steps[at];
    const struct node *node = step_node(d, at, "needs");
    if (!step->needs_written)
        return;
    size_t room = node->kind == NODE_LIST ? node->count : 1;
    step->needs = arena_alloc(d->arena, (room + 1) * sizeof *step->needs);
    if (node->kind == NODE_TEXT)
        need_add(d, node, at);
    for (size_t i = 0; node->kind == NODE_LIST && i < node->count; i++)
        need_add(d, node->pairs[i].value, at);
}
