/* A campaign whose roster is a list of workers knows no work of theirs. What asks for some is told
 * so, each with what to do. */
#include "codec/decode.h"

static const struct node *
inner(const struct node *node, const char *key)
{
    return node && node->kind == NODE_MAP ? node_find(node, key) : NULL;
}

static void
filter_check(struct decoding *d, const struct node *where, const struct filter *filter)
{
    const struct node *status = inner(where, "status");
    if (status)
        problem_at(d->problems, status->where,
                   "'status' is about work, and a list of 'workers' has none: take it out");
    for (size_t i = 0; i < filter->condition_count; i++) {
        const struct condition *condition = &filter->conditions[i];
        if (condition->kind == CONDITION_AFTER || condition->kind == CONDITION_BEFORE)
            problem_at(d->problems, condition->where,
                       "'%s' is about when work was handed in, and a list of 'workers' has no "
                       "work: take it out",
                       condition->name);
        if (condition->kind == CONDITION_ANSWER)
            problem_at(d->problems, condition->where,
                       "'%s' is about the answers of work, and a list of 'workers' has none: put "
                       "the value into a table that is matched by worker",
                       condition->name);
    }
}

static void
expect_check(struct decoding *d, const struct node *expect)
{
    const struct node *assignments = inner(expect, "assignments");
    if (assignments)
        problem_at(d->problems, assignments->where,
                   "a list of 'workers' has no assignments to count: expect workers instead");
}

void
workless_template_check(struct decoding *d, const struct template *template)
{
    bool workless = d->campaign->from == ROSTER_FROM_WORKERS;
    for (size_t i = 0; workless && template && i < template->count; i++) {
        const struct piece *piece = &template->pieces[i];
        const char *what = piece->lookup == LOOKUP_ASSIGNMENT ? "an assignment"
                           : piece->lookup == LOOKUP_TASK     ? "a task"
                           : piece->lookup == LOOKUP_ANSWER   ? "answers"
                                                              : NULL;
        if (what)
            problem_at(d->problems, piece->where,
                       "this looks up %s, and a list of 'workers' has no work: only worker, "
                       "campaign and TABLE.COLUMN can be looked up",
                       what);
    }
}

static void
step_check(struct decoding *d, size_t at)
{
    const struct step *step = &d->campaign->steps[at];
    const struct node *node = d->step_nodes[at];
    bool needs_work = step->verb == VERB_REJECT || step->verb == VERB_BONUS ||
                      (step->verb == VERB_APPROVE && step->content.line);
    if (needs_work)
        problem_at(d->problems, step->where,
                   "'%s' is about work, and a list of 'workers' has none: name the work with "
                   "'hits' or 'assignments' instead",
                   verb_row(step->verb)->name);
    filter_check(d, inner(node, "where"), &step->filter);
    expect_check(d, inner(node, "expect"));
    workless_template_check(d, step->value_from);
    workless_template_check(d, step->message_from);
    workless_template_check(d, step->subject_from);
}

void
workless_check(struct decoding *d)
{
    const struct campaign *campaign = d->campaign;
    if (campaign->from != ROSTER_FROM_WORKERS)
        return;
    filter_check(d, inner(d->root, "where"), &campaign->filter);
    expect_check(d, inner(d->root, "expect"));
    for (size_t i = 0; i < campaign->dataset_count; i++)
        if (campaign->datasets[i].match_by != MATCH_BY_WORKER)
            problem_at(d->problems, campaign->datasets[i].where,
                       "the table '%s' is matched by work, and a list of 'workers' has none: match "
                       "it by worker",
                       campaign->datasets[i].name);
    for (size_t i = 0; i < campaign->step_count; i++)
        step_check(d, i);
}
