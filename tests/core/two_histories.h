/* Two histories of one campaign that begin alike, and their join. */
#ifndef TESTS_CORE_TWO_HISTORIES_H
#define TESTS_CORE_TWO_HISTORIES_H

#include "base/text.h"
#include "core/join.h"
#include "support/history.h"

#define KEY "a3b4f2d83a0c5d4c0f84e2aaf9b0e4ad7d3c3d31ad6f3b9ad9cf0a6d0a9f4c01"
#define OTHER_KEY "a3b4f2d83a0c5d4c0f84e2aaf9b0e4ad7d3c3d31ad6f3b9ad9cf0a6d0a9f4c02"

enum { RECORDS_MAX = 32, NONE = STANDING_COUNT };

/* A history that keeps its records, as a journal does. */
struct side {
    struct history history;
    struct entry records[RECORDS_MAX];
    size_t count;
};

struct two {
    struct side ours, theirs;
    uint64_t split;
};

static inline void
side_tell(struct side *side, struct entry entry)
{
    assert_true(side->count < RECORDS_MAX);
    entry.seq = entry.group = side->history.seq;
    side->records[side->count++] = entry;
    tell(&side->history, entry);
}

static inline void
side_begin(struct side *side)
{
    *side = (struct side){0};
    side_tell(side, (struct entry){.kind = ENTRY_GENESIS,
                                   .at_ms = STORY_MS,
                                   .format = 1,
                                   .journal = "0011",
                                   .campaign = "best-joke",
                                   .marketplace = "mturk",
                                   .environment = "sandbox"});
    side_tell(side, run_at(STORY_MS));
}

/* Both begin alike and part at their third record. */
static inline int
begin(void **state)
{
    static struct two two;
    side_begin(&two.ours);
    side_begin(&two.theirs);
    two.split = two.ours.count;
    *state = &two;
    return 0;
}

static inline int
finish(void **state)
{
    struct two *two = *state;
    history_close(&two->ours.history);
    history_close(&two->theirs.history);
    return 0;
}

/* One row of a table after another begins anew. */
static inline void
again(void **state)
{
    finish(state);
    begin(state);
}

/* Brings an action to a standing, a minute after its intent. */
static inline void
side_bring(struct side *side, const char *key, enum standing standing, stamp_t at_ms,
           const char *request_id)
{
    static const enum entry_kind kinds[] = {[STANDING_DONE] = ENTRY_DONE,
                                            [STANDING_REFUSED] = ENTRY_REFUSED,
                                            [STANDING_UNKNOWN] = ENTRY_UNKNOWN,
                                            [STANDING_RELEASED] = ENTRY_RELEASED};
    if ((int)standing == NONE)
        return;
    side_tell(side, bonus_at(key, at_ms));
    if (standing == STANDING_INTENDED)
        return;
    struct entry entry = entry_at(kinds[standing], key, at_ms + MINUTES(1));
    entry.request_id = standing == STANDING_DONE ? request_id : NULL;
    entry.why = "why";
    entry.code = "Code";
    side_tell(side, entry);
}

/* Joins theirs into ours; gives the join. */
static inline struct join
join(struct two *two)
{
    struct join joined;
    struct history *ours = &two->ours.history;
    struct join_input input = {.ours = &ours->ledger,
                               .theirs = &two->theirs.history.ledger,
                               .records = two->theirs.records,
                               .record_count = two->theirs.count,
                               .split = two->split,
                               .first_seq = ours->seq};
    join_make(&input, &joined, &ours->arena);
    for (size_t i = 0; i < joined.count; i++)
        tell(ours, joined.added[i]);
    return joined;
}

static inline const struct deed *
deed_of(struct two *two, const char *key)
{
    const struct deed *deed = ledger_find(&two->ours.history.ledger, key);
    assert_non_null(deed);
    return deed;
}

#endif
