/* What holds between the parts of a step, and between steps and the whole, once all are read. */
#include "codec/decode.h"

#include <string.h>

#include "base/text.h"
#include "codec/lookups.h"

/* A field of the step's verb as it stands in the file, or NULL. */
static const struct node *
field_of(const struct decoding *d, size_t at, const char *key)
{
    const struct node *verb = step_node(d, at, verb_row(d->campaign->steps[at].verb)->name);
    return verb && verb->kind == NODE_MAP ? node_find(verb, key) : NULL;
}

/* A bonus that no limit lets through is a slip here already, not only when it is to be paid. */
static void
amount_check(struct decoding *d, size_t at)
{
    const struct step *step = &d->campaign->steps[at];
    const struct limits *limits = &d->campaign->limits;
    const struct node *amount = step->verb == VERB_BONUS ? field_of(d, at, "amount") : NULL;
    char is[MONEY_TEXT_SIZE], most[MONEY_TEXT_SIZE];
    if (!amount || step->amount == 0)
        return;
    money_print(is, step->amount);
    const struct node *written = node_find(d->root, "limits");
    bool own = written && written->kind == NODE_MAP && node_find(written, "per_bonus");
    if (step->amount > limits->per_bonus && !own)
        problem_at(d->problems, amount->where,
                   "'amount' is %s; without limits.per_bonus a bonus is at most %s. If it is "
                   "meant, add limits: { per_bonus: %s }",
                   is, money_print(most, limits->per_bonus), is);
    else if (step->amount > limits->per_bonus)
        problem_at(d->problems, amount->where,
                   "'amount' is %s, and limits.per_bonus is %s: change one of them", is,
                   money_print(most, limits->per_bonus));
    else if (limits->has_per_worker && step->amount > limits->per_worker)
        problem_at(d->problems, amount->where,
                   "'amount' is %s, and limits.per_worker is %s: change one of them", is,
                   money_print(most, limits->per_worker));
    else if (limits->has_total && step->amount > limits->total)
        problem_at(d->problems, amount->where,
                   "'amount' is %s, and limits.total is %s: change one of them", is,
                   money_print(most, limits->total));
}

/* A step can only have been what no step is now, and two cannot have been the same. */
static void
was_check(struct decoding *d, size_t at)
{
    const struct step *step = &d->campaign->steps[at];
    if (!step->was)
        return;
    for (size_t i = 0; i < d->campaign->step_count; i++) {
        const struct step *other = &d->campaign->steps[i];
        bool same = text_same(other->id, step->was) ||
                    (i < at && other->was && text_same(other->was, step->was));
        if (same)
            problem_at(d->problems, step_node(d, at, "was")->where,
                       "'was' names '%s', and the step in line %u %s: one of them must go",
                       step->was, other->where.line,
                       text_same(other->id, step->was) ? "is called so" : "says so too");
    }
}

/* A step only narrows: what the campaign leaves out cannot come back. */
static void
filter_check(struct decoding *d, size_t at)
{
    struct step *step = &d->campaign->steps[at];
    const struct filter *all = &d->campaign->filter;
    const struct node *where = step_node(d, at, "where");
    const struct node *node = where && where->kind == NODE_MAP ? node_find(where, "status") : NULL;
    if (!node) {
        memcpy(step->filter.status, all->status, sizeof all->status);
        return;
    }
    for (size_t i = 0; node && i < WORK_STATUS_COUNT; i++)
        if (step->filter.status[i] && !all->status[i])
            problem_at(d->problems, node->where,
                       "%s work is not in the campaign's 'where'%s, so no step can ask for it: "
                       "add it there",
                       work_status_name((enum work_status)i),
                       all->written ? "" : " (by default Submitted and Approved)");
}

/* What harms people is done to those whom the step itself names. */
static void
harm_check(struct decoding *d, size_t at)
{
    const struct step *step = &d->campaign->steps[at];
    const struct node *where = step_node(d, at, "where");
    bool narrowed = false;
    if (!verb_row(step->verb)->harms)
        return;
    for (size_t i = 0; where && where->kind == NODE_MAP && i < where->count; i++)
        narrowed |= !text_same(where->pairs[i].key->text, "status");
    if (narrowed)
        return;
    problem_at(
        d->problems, where ? where->where : step->where,
        "'%s' harms people (%s), so the step needs a 'where' of its own that says whom it "
        "means by more than 'status', such as where: { answer.attention_check: [red, green] }",
        verb_row(step->verb)->name,
        step->verb == VERB_REJECT ? "they are not paid, and it stays on their record"
                                  : "they are told so, and may lose their account over it");
}

/* Rejected work that no `where` lets in is not reached, whatever the step may override. */
static void
override_check(struct decoding *d, size_t at)
{
    const struct step *step = &d->campaign->steps[at];
    const struct campaign *campaign = d->campaign;
    if (step->verb != VERB_APPROVE || !step->override || step->filter.status[WORK_REJECTED])
        return;
    const struct node *node = field_of(d, at, "override");
    if (!campaign->filter.status[WORK_REJECTED])
        problem_at(
            d->problems, node->where,
            "'override' is for rejected work, and Rejected is not in the campaign's 'where'%s: "
            "add it there, such as where: { status: [Submitted, Approved, Rejected] }",
            campaign->filter.written ? "" : " (by default Submitted and Approved)");
    else
        problem_at(d->problems, node->where,
                   "'override' is for rejected work, and Rejected is not in this step's 'where': "
                   "add it there");
}

/* A table that is matched by worker has one amount for each worker, which is paid once. */
static void
per_settle(struct decoding *d, size_t at)
{
    struct step *step = &d->campaign->steps[at];
    const struct piece *piece = step->amount_from ? &step->amount_from->pieces[0] : NULL;
    if (piece && piece->lookup == LOOKUP_CELL && !field_of(d, at, "per") &&
        d->campaign->datasets[piece->dataset].match_by == MATCH_BY_WORKER)
        step->per = PER_WORKER;
}

void
steps_check(struct decoding *d)
{
    for (size_t i = 0; i < d->campaign->step_count; i++)
        step_id_check(d, i);
    for (size_t i = 0; i < d->campaign->step_count; i++) {
        const struct step *step = &d->campaign->steps[i];
        step_needs_check(d, i);
        was_check(d, i);
        amount_check(d, i);
        filter_check(d, i);
        harm_check(d, i);
        override_check(d, i);
        per_settle(d, i);
        lookups_settle(d, step->message_from, i);
        lookups_settle(d, step->subject_from, i);
    }
}
