#include "core/needs.h"

#include <assert.h>

void
needs_init(struct needs *needs, const struct campaign *campaign, size_t workers_max,
           struct arena *arena)
{
    *needs = (struct needs){.campaign = campaign, .worker_capacity = workers_max};
    needs->cells = arena_alloc(arena, workers_max * campaign->step_count * sizeof *needs->cells);
    needs->troubled = arena_alloc(arena, workers_max * sizeof *needs->troubled);
}

static struct need_cell *
cell_find(const struct needs *needs, const char *worker, size_t step)
{
    const uint32_t *at = index_find(&needs->workers, worker);
    return at ? &needs->cells[*at * needs->campaign->step_count + step] : NULL;
}

/* For the last step nothing waits, so how it stands is not noted. */
static bool
is_last(const struct needs *needs, size_t step)
{
    return step + 1 == needs->campaign->step_count;
}

void
needs_add(struct needs *needs, const char *worker, size_t step, enum need_state state,
          struct arena *arena)
{
    if (is_last(needs, step))
        return;
    if (!index_find(&needs->workers, worker)) {
        assert(needs->workers.count < needs->worker_capacity);
        needs->troubled[needs->workers.count] = needs->campaign->step_count;
        index_add(&needs->workers, worker, needs->workers.count, arena);
    }
    size_t *troubled = &needs->troubled[*index_find(&needs->workers, worker)];
    struct need_cell *cell = cell_find(needs, worker, step);
    cell->total++;
    cell->done += state == NEED_DONE;
    cell->trouble += state == NEED_TROUBLE;
    if (state == NEED_TROUBLE && step < *troubled)
        *troubled = step;
}

void
needs_done(struct needs *needs, const char *worker, size_t step)
{
    if (is_last(needs, step))
        return;
    struct need_cell *cell = cell_find(needs, worker, step);
    assert(cell && cell->trouble > 0);
    cell->trouble--;
    cell->done++;
    size_t *troubled = &needs->troubled[*index_find(&needs->workers, worker)];
    while (*troubled < needs->campaign->step_count &&
           cell_find(needs, worker, *troubled)->trouble == 0)
        ++*troubled;
}

bool
needs_allow(const struct needs *needs, const char *worker, size_t step, size_t *held_by)
{
    const struct step *row = &needs->campaign->steps[step];
    if (!row->needs_written) {
        const uint32_t *at = index_find(&needs->workers, worker);
        *held_by = at ? needs->troubled[*at] : step;
        return *held_by >= step;
    }
    for (size_t i = 0; i < row->need_count; i++) {
        const struct need_cell *cell = cell_find(needs, worker, row->needs[i]);
        *held_by = row->needs[i];
        if (!cell || cell->total == 0 || cell->done < cell->total)
            return false;
    }
    return true;
}
