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

/* A redacted copy goes by an id of its own, and tells of the same payments. */
static bool
redacted_check(const struct sources *sources, struct error *err)
{
    const struct source *last = &sources->items[sources->count - 1];
    for (size_t i = 0; i + 1 < sources->count; i++) {
        const struct source *other = &sources->items[i];
        if (last->campaign && last->redacted != other->redacted &&
            text_same(last->campaign, other->campaign))
            return error_end(err, STATUS_USAGE,
                             "%s is a redacted copy, and %s is of the same campaign: it would be "
                             "counted twice. Name one of them",
                             last->redacted ? last->path : other->path,
                             last->redacted ? other->path : last->path);
    }
    return true;
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
    const struct ledger *ledger = &journal->ledger;
    const struct entry *genesis = &ledger->genesis;
    sources->items[sources->count++] = (struct source){
        .path = arena_copy(arena, journal->path),
        .real = real,
        .redacted = ledger->has_genesis && genesis->redacted,
        .campaign = ledger->has_genesis
                        ? arena_print(arena, "%s %s", genesis->environment, genesis->campaign)
                        : NULL};
    bool worked = !ledger->has_genesis ||
                  (redacted_check(sources, err) && id_take(sources, genesis->journal, err));
    for (size_t i = 0; worked && i < ledger->merge_count; i++)
        worked = id_take(sources, ledger->merges[i].journal, err);
    return worked;
}
