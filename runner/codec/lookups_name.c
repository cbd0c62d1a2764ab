/* The names that a lookup can have, and what is said of others. */
#include "codec/lookups.h"

#include <string.h>

#include "base/text.h"

#define SPACES " \t\n\v\f\r"

static const struct {
    const char *name;
    enum lookup lookup;
} plain[] = {
    {"worker", LOOKUP_WORKER},
    {"assignment", LOOKUP_ASSIGNMENT},
    {"task", LOOKUP_TASK},
    {"campaign", LOOKUP_CAMPAIGN},
};

/* Words that other tools have for ours. */
static const struct {
    const char *theirs, *ours;
} others[] = {
    {"WorkerId", "worker"},
    {"worker_id", "worker"},
    {"workerid", "worker"},
    {"AssignmentId", "assignment"},
    {"assignment_id", "assignment"},
    {"HITId", "task"},
    {"hit_id", "task"},
    {"hit", "task"},
    {"hits", "task"},
    {"bonus", "paid.bonus"},
    {"amount", "paid.bonus"},
};

size_t
lookups_table(struct decoding *d, const char *name, struct where where)
{
    const struct campaign *campaign = d->campaign;
    const char **names = arena_alloc(d->arena, (campaign->dataset_count + 1) * sizeof *names);
    const char *all = "", *shown = value_shown(name, d->arena);
    for (size_t i = 0; i < campaign->dataset_count; i++) {
        names[i] = campaign->datasets[i].name;
        if (text_same(names[i], name))
            return i;
        all = arena_print(d->arena, "%s%s%s", all, i ? ", " : "", names[i]);
    }
    const char *near = text_nearest(name, names, campaign->dataset_count);
    if (d->data_refused)
        return dataset_none;
    if (near)
        problem_at(d->problems, where, "no table %s in 'data', did you mean '%s'?", shown, near);
    else if (text_nearest(name, (const char *const[]){"answer", "Answer"}, 2))
        problem_at(d->problems, where,
                   "no table %s in 'data'; a field of the answers is written answer.FIELD", shown);
    else if (campaign->dataset_count)
        problem_at(d->problems, where, "no table %s in 'data'; there are: %s", shown, all);
    else
        problem_at(d->problems, where,
                   "no table %s: a table is named under 'data', such as data: { scores: { csv: "
                   "data/scores.csv, match: { worker: worker_id } } }",
                   shown);
    return dataset_none;
}

bool
lookup_is_known(const struct decoding *d, const char *name)
{
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (text_same(plain[i].name, name))
            return true;
    if (text_starts(name, "answer.") || text_starts(name, "paid."))
        return true;
    for (size_t i = 0; i < d->campaign->dataset_count; i++) {
        const char *table = d->campaign->datasets[i].name;
        if (text_starts(name, table) && name[strlen(table)] == '.')
            return true;
    }
    return false;
}

static bool
is_number(const char *text)
{
    return *text && strspn(text, "0123456789.") == strlen(text);
}

/* What stands in a lookup beside a name: a filter, a calculation, a call. */
static bool
is_calculated(const struct decoding *d, const char *name)
{
    const char *call = strchr(name, '(');
    if (strchr(name, '|') || (call && !lookup_is_known(d, name)))
        return true;
    for (const char *at = name; (at = strpbrk(at, "+-*/%?")); at++) {
        const char *rest = at + 1 + strspn(at + 1, SPACES);
        if (is_number(rest) || lookup_is_known(d, rest))
            return true;
    }
    return false;
}

static void
name_refuse(struct decoding *d, const char *name, struct where where)
{
    const char *dot = strchr(name, '.'), *near = NULL;
    const char *candidates[sizeof plain / sizeof *plain];
    const char *head = dot ? arena_text(d->arena, name, (size_t)(dot - name)) : name;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        candidates[i] = plain[i].name;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        near = text_same(others[i].theirs, name) ? others[i].ours : near;
    if (!near && !dot)
        near = text_nearest(name, candidates, sizeof plain / sizeof *plain);
    size_t table = 0;
    while (table < d->campaign->dataset_count &&
           !text_same(d->campaign->datasets[table].name, head))
        table++;
    const char *inner = dot && text_same(head, "data") ? dot + 1 : "";
    bool is_plain = dot && lookup_is_known(d, head);
    if (lookup_is_known(d, inner))
        problem_at(d->problems, where,
                   "a table stands in a lookup by its own name: write ${{ %s }}", inner);
    else if (is_plain)
        problem_at(d->problems, where, "'%s' has no parts: write ${{ %s }}", head, head);
    else if (table < d->campaign->dataset_count)
        problem_at(d->problems, where,
                   "'%s' is a table; a lookup names one of its columns too: ${{ %s.COLUMN }}", head,
                   head);
    else if (text_same(head, "answer"))
        problem_at(d->problems, where,
                   "'answer' needs the field that was answered, such as ${{ answer.colour }}");
    else if (text_same(head, "paid"))
        problem_at(d->problems, where,
                   "'paid' needs the id of a bonus step, such as ${{ paid.bonus }}");
    else if (near)
        problem_at(d->problems, where, "nothing is called %s here, did you mean ${{ %s }}?",
                   value_shown(name, d->arena), near);
    else if (dot && dot > name)
        lookups_table(d, head, where);
    else
        problem_at(d->problems, where,
                   "nothing is called %s here; a lookup is one of worker, assignment, task, "
                   "campaign, answer.FIELD, TABLE.COLUMN and paid.STEP",
                   value_shown(name, d->arena));
}

bool
lookup_read(struct decoding *d, const char *name, struct piece *piece)
{
    if (!name[0]) {
        problem_at(d->problems, piece->where,
                   "this lookup is empty; it takes one of worker, assignment, task, campaign, "
                   "answer.FIELD, TABLE.COLUMN and paid.STEP");
        return false;
    }
    if (is_calculated(d, name)) {
        problem_at(d->problems, piece->where,
                   "a lookup names one value and nothing more; %s would be calculated: put the "
                   "result into a column of the table",
                   value_shown(name, d->arena));
        return false;
    }
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (text_same(plain[i].name, name)) {
            piece->lookup = plain[i].lookup;
            return true;
        }
    const char *dot = strchr(name, '.');
    const char *rest = dot ? dot + 1 + strspn(dot + 1, SPACES) : "";
    if (*rest && (text_starts(name, "answer.") || text_starts(name, "paid."))) {
        piece->lookup = text_starts(name, "paid.") ? LOOKUP_PAID : LOOKUP_ANSWER;
        piece->text = rest;
        return true;
    }
    if (!*rest || !lookup_is_known(d, name)) {
        name_refuse(d, name, piece->where);
        return false;
    }
    piece->lookup = LOOKUP_CELL;
    piece->dataset =
        lookups_table(d, arena_text(d->arena, name, (size_t)(dot - name)), piece->where);
    piece->column =
        dataset_column_use(&d->campaign->datasets[piece->dataset], rest, piece->where, d->arena);
    return true;
}
