#include "cmd/doubts.h"

#include "base/text.h"

void
doubt_add(struct doubts *doubts, const char *step, uint64_t call, enum verb verb,
          const char *worker)
{
    const char *name = arena_print(doubts->arena, "%s %llu", step, (unsigned long long)call);
    if (index_add(&doubts->by_name, name, doubts->count, doubts->arena)) {
        doubts->items = arena_push(doubts->arena, doubts->items, doubts->count, &doubts->capacity,
                                   sizeof *doubts->items);
        doubts->items[doubts->count++] = (struct doubt){.step = step, .call = call, .verb = verb};
    }
    struct doubt *doubt = &doubts->items[*index_find(&doubts->by_name, name)];
    doubt->count++;
    doubts->total++;
    if (worker && doubt->worker_count < ASKED_MOST)
        doubt->workers[doubt->worker_count++] = worker;
}

size_t
doubts_calls(const struct doubts *doubts, const char *step)
{
    size_t count = 0;
    for (size_t i = 0; i < doubts->count; i++)
        count += text_same(doubts->items[i].step, step);
    return count;
}

const char *
doubt_target(const struct doubts *doubts, const struct doubt *doubt)
{
    bool one = doubt->call && doubts_calls(doubts, doubt->step) > 1 && doubt->worker_count;
    return one ? arena_print(doubts->arena, "%s:%s+", doubt->step, doubt->workers[0]) : doubt->step;
}

bool
doubts_in_calls(const struct doubts *doubts)
{
    for (size_t i = 0; i < doubts->count; i++)
        if (doubts_calls(doubts, doubts->items[i].step) > 1)
            return true;
    return false;
}
