#include "engine/keep.h"

#include "base/text.h"

static const char *
once(struct keep *keep, const char *text)
{
    return index_once(&keep->texts, text, keep->arena);
}

struct task
keep_task(struct keep *keep, const struct task *task)
{
    struct task kept = *task;
    kept.id = arena_copy(keep->arena, task->id);
    kept.title = once(keep, task->title);
    kept.state = once(keep, task->state);
    return kept;
}

/* Names of fields are those of the task's form; what stands in them is each worker's own. */
static const struct filled *
filled_keep(struct keep *keep, const struct filled *filled)
{
    struct filled *kept = filled_make(filled->fields, filled->field_count,
                                      once(keep, filled->unread_why), keep->arena);
    for (size_t i = 0; i < kept->field_count; i++)
        kept->fields[i] = (struct reply_field){once(keep, kept->fields[i].name),
                                               arena_copy(keep->arena, kept->fields[i].value)};
    return kept;
}

struct assignment
keep_assignment(struct keep *keep, const struct assignment *assignment)
{
    struct assignment kept = *assignment;
    kept.id = arena_copy(keep->arena, assignment->id);
    kept.worker = arena_copy(keep->arena, assignment->worker);
    kept.filled = assignment->filled ? filled_keep(keep, assignment->filled) : NULL;
    return kept;
}

struct payment
keep_payment(struct keep *keep, const struct roster *roster, const struct payment *payment)
{
    struct payment kept = *payment;
    const struct assignment *on = roster_find(roster, payment->assignment);
    bool theirs = on && text_same(on->worker, payment->worker);
    kept.assignment = on ? on->id : arena_copy(keep->arena, payment->assignment);
    kept.worker = theirs ? on->worker : arena_copy(keep->arena, payment->worker);
    kept.words = once(keep, payment->words);
    return kept;
}
