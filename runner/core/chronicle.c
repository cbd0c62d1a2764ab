#include "core/chronicle.h"

#include "base/text.h"

static const stamp_t finest_ms = 250;

const char *
event_name(enum event event)
{
    switch (event) {
    case EVENT_INTENDED:
        return "begun";
    case EVENT_DONE:
        return "done";
    case EVENT_REFUSED:
        return "refused";
    case EVENT_RETRIED:
        return "tried again";
    case EVENT_RELEASED:
        return "put off";
    case EVENT_UNKNOWN:
        return "unknown";
    case EVENT_LOOKED:
        return "looked for";
    case EVENT_FOUND:
        return "found done";
    case EVENT_RESENT:
        return "sent again";
    }
    return "";
}

/* What one record says of that; false when it is about something else. */
static bool
event_of(const struct entry *entry, const struct deed *before, enum event *event)
{
    switch (entry->kind) {
    case ENTRY_INTEND:
        *event = EVENT_INTENDED;
        return true;
    case ENTRY_DONE:
        *event = EVENT_DONE;
        return true;
    case ENTRY_REFUSED:
        *event = EVENT_REFUSED;
        return true;
    case ENTRY_RELEASED:
        *event = EVENT_RELEASED;
        return true;
    case ENTRY_UNKNOWN:
        *event = EVENT_UNKNOWN;
        return true;
    case ENTRY_LOOK:
        *event = EVENT_LOOKED;
        return true;
    case ENTRY_ADOPT:
        *event = EVENT_FOUND;
        return true;
    case ENTRY_RESEND:
        *event = before && !before->doubtful && before->standing == STANDING_INTENDED
                     ? EVENT_RETRIED
                     : EVENT_RESENT;
        return true;
    case ENTRY_GENESIS:
    case ENTRY_RUN:
    case ENTRY_BODY:
    case ENTRY_RESOLVE:
    case ENTRY_RECOVERED:
    case ENTRY_ERASED:
    case ENTRY_END:
    case ENTRY_MERGE:
        return false;
    }
    return false;
}

static void
bins_join(struct chronicle_run *run)
{
    size_t joined = (run->bin_count + 1) / 2;
    for (size_t i = 0; i < joined; i++) {
        struct chronicle_bin both = run->bins[2 * i];
        for (size_t kind = 0; kind < EVENT_COUNT && 2 * i + 1 < run->bin_count; kind++)
            both.counts[kind] += run->bins[2 * i + 1].counts[kind];
        run->bins[i] = both;
    }
    for (size_t i = joined; i < run->bin_count; i++)
        run->bins[i] = (struct chronicle_bin){0};
    run->bin_count = joined;
    run->width_ms *= 2;
}

/* The bin of a moment. What a merge brought may be older than the run: it counts at its beginning.
 */
static struct chronicle_bin *
bin_at(struct chronicle_run *run, stamp_t at_ms, struct arena *arena)
{
    stamp_t since_ms = at_ms > run->entry.at_ms ? at_ms - run->entry.at_ms : 0;
    while (since_ms / run->width_ms >= CHRONICLE_BINS_MOST)
        bins_join(run);
    size_t at = (size_t)(since_ms / run->width_ms);
    while (run->bin_count <= at) {
        run->bins =
            arena_push(arena, run->bins, run->bin_count, &run->bin_capacity, sizeof *run->bins);
        run->bins[run->bin_count++] = (struct chronicle_bin){0};
    }
    return &run->bins[at];
}

static void
run_add(struct chronicle *chronicle, const struct entry *entry, struct arena *arena)
{
    chronicle->runs = arena_push(arena, chronicle->runs, chronicle->run_count,
                                 &chronicle->run_capacity, sizeof *chronicle->runs);
    chronicle->runs[chronicle->run_count++] =
        (struct chronicle_run){.entry = *entry, .last_ms = entry->at_ms, .width_ms = finest_ms};
}

static bool
is_noted(enum entry_kind kind)
{
    return kind == ENTRY_RESOLVE || kind == ENTRY_MERGE || kind == ENTRY_RECOVERED ||
           kind == ENTRY_ERASED;
}

static void
note_add(struct chronicle *chronicle, const struct entry *entry, struct arena *arena)
{
    struct chronicle_note *last =
        chronicle->note_count ? &chronicle->notes[chronicle->note_count - 1] : NULL;
    if (last && last->entry.kind == entry->kind && last->entry.group == entry->group &&
        last->entry.decided == entry->decided && text_same(last->entry.who, entry->who)) {
        last->count++;
        return;
    }
    chronicle->notes = arena_push(arena, chronicle->notes, chronicle->note_count,
                                  &chronicle->note_capacity, sizeof *chronicle->notes);
    chronicle->notes[chronicle->note_count++] = (struct chronicle_note){*entry, 1};
}

void
chronicle_apply(struct chronicle *chronicle, const struct entry *entry, const struct deed *before,
                struct arena *arena)
{
    enum event event;
    chronicle->record_count++;
    if (entry->kind == ENTRY_RUN)
        run_add(chronicle, entry, arena);
    if (is_noted(entry->kind))
        note_add(chronicle, entry, arena);
    if (!chronicle->run_count)
        return;
    struct chronicle_run *run = &chronicle->runs[chronicle->run_count - 1];
    if (entry->kind == ENTRY_END && entry->at_ms > run->last_ms)
        run->last_ms = entry->at_ms;
    if (!event_of(entry, before, &event))
        return;
    size_t count = entry->kind == ENTRY_LOOK ? entry->key_count : 1;
    bin_at(run, entry->at_ms, arena)->counts[event] += (uint32_t)count;
    run->totals[event] += count;
    if (entry->at_ms > run->last_ms)
        run->last_ms = entry->at_ms;
}
