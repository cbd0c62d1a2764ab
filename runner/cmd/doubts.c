#include "cmd/doubts.h"

void
doubt_add(struct doubts *doubts, const char *step, enum verb verb, const char *worker)
{
    if (index_add(&doubts->by_step, step, doubts->count, doubts->arena)) {
        doubts->items = arena_push(doubts->arena, doubts->items, doubts->count, &doubts->capacity,
                                   sizeof *doubts->items);
        doubts->items[doubts->count++] = (struct doubt){.step = step, .verb = verb};
    }
    struct doubt *doubt = &doubts->items[*index_find(&doubts->by_step, step)];
    doubt->count++;
    doubts->total++;
    if (worker && doubt->worker_count < ASKED_MOST)
        doubt->workers[doubt->worker_count++] = worker;
}
