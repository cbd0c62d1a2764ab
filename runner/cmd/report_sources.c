#include "cmd/report_sources.h"

#include "base/text.h"
#include "io/file.h"

static bool
id_take(struct sources *sources, const char *id, struct error *err)
{
    struct arena *arena = sources->arena;
    size_t at = sources->count - 1;
    if (!id || index_add(&sources->by_id, arena_copy(arena, id), at, arena))
        return true;
    size_t other = *index_find(&sources->by_id, id);
    return other == at ||
           error_end(err, STATUS_USAGE,
                     "%s and %s tell of one history, as copies, or because one was merged into the "
                     "other: it would be counted twice. Name one of them",
                     sources->items[other].path, sources->items[at].path);
}

bool
sources_take(struct sources *sources, const struct journal *journal, bool *fresh, struct error *err)
{
    struct arena *arena = sources->arena;
    const char *real = file_real(journal->path, arena);
    *fresh = false;
    for (size_t i = 0; i < sources->count; i++)
        if (text_same(sources->items[i].real, real))
            return true;
    *fresh = true;
    sources->items = arena_push(arena, sources->items, sources->count, &sources->capacity,
                                sizeof *sources->items);
    sources->items[sources->count++] =
        (struct source){.path = arena_copy(arena, journal->path), .real = real};
    const struct ledger *ledger = &journal->ledger;
    bool worked = !ledger->has_genesis || id_take(sources, ledger->genesis.journal, err);
    for (size_t i = 0; worked && i < ledger->merge_count; i++)
        worked = id_take(sources, ledger->merges[i].journal, err);
    return worked;
}
