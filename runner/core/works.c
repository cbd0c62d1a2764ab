#include "core/works.h"

static const size_t chain_end = (size_t)-1;

/* From the last to the first, so that each stands before those that follow it. */
void
works_init(struct works *works, const struct roster *roster, struct arena *arena)
{
    *works = (struct works){0};
    works->next = arena_alloc(arena, roster->assignment_count * sizeof *works->next);
    for (size_t i = roster->assignment_count; i-- > 0;) {
        const char *worker = roster->assignments[i].worker;
        uint32_t *first = index_find(&works->first, worker);
        works->next[i] = first ? *first : chain_end;
        if (first)
            *first = (uint32_t)i;
        else
            index_add(&works->first, worker, i, arena);
    }
}

bool
works_first(const struct works *works, const char *worker, size_t *at)
{
    const uint32_t *first = index_find(&works->first, worker);
    *at = first ? *first : chain_end;
    return first != NULL;
}

bool
works_next(const struct works *works, size_t *at)
{
    *at = works->next[*at];
    return *at != chain_end;
}
