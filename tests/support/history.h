/* A ledger told by hand, record by record, so that a test reads as the story of a few actions.
 * Needs the cmocka headers before it. */
#ifndef SUPPORT_HISTORY_H
#define SUPPORT_HISTORY_H

#include <string.h>

#include "core/ledger.h"

/* 2026-11-23T14:00:00Z, when all stories begin. */
#define STORY_MS ((stamp_t)1795442400000)
#define MINUTES(count) ((stamp_t)(count)*STAMP_MINUTE_MS)
#define HOURS(count) ((stamp_t)(count)*STAMP_HOUR_MS)

struct history {
    struct arena arena;
    struct ledger ledger;
    uint64_t seq;
};

/* Takes in what must be possible. */
static inline void
tell(struct history *history, struct entry entry)
{
    struct error err = {0};
    entry.seq = entry.group = history->seq++;
    if (!ledger_apply(&history->ledger, &entry, &history->arena, &err))
        fail_msg("the ledger does not take '%s' in: %s", entry_kind_name(entry.kind), err.text);
}

/* States that a record cannot follow, and that the words say why. */
static inline void
deny(struct history *history, struct entry entry, const char *words)
{
    struct error err = {0};
    entry.seq = entry.group = history->seq;
    assert_false(ledger_apply(&history->ledger, &entry, &history->arena, &err));
    if (!strstr(err.text, words))
        fail_msg("'%s' is not in: %s", words, err.text);
}

static inline struct entry
run_at(stamp_t at_ms)
{
    return (struct entry){.kind = ENTRY_RUN, .at_ms = at_ms, .who = "ana", .host = "lab"};
}

static inline void
history_begin(struct history *history)
{
    *history = (struct history){0};
    tell(history, (struct entry){.kind = ENTRY_GENESIS,
                                 .at_ms = STORY_MS,
                                 .format = 1,
                                 .campaign = "best-joke",
                                 .marketplace = "mturk",
                                 .environment = "sandbox"});
    tell(history, run_at(STORY_MS));
}

static inline void
history_close(struct history *history)
{
    arena_close(&history->arena);
}

static inline struct entry
bonus_at(const char *key, stamp_t at_ms)
{
    return (struct entry){.kind = ENTRY_INTEND,
                          .key = key,
                          .at_ms = at_ms,
                          .step = "bonus",
                          .verb = VERB_BONUS,
                          .has_verb = true,
                          .amount = 100,
                          .fee = 20,
                          .content = "content",
                          .worker = "A1",
                          .assignment = "X1",
                          .task = "T1",
                          .body = "{}"};
}

static inline struct entry
entry_at(enum entry_kind kind, const char *key, stamp_t at_ms)
{
    return (struct entry){.kind = kind, .key = key, .at_ms = at_ms};
}

static inline struct entry
resend_at(const char *key, unsigned attempt, stamp_t at_ms)
{
    return (struct entry){.kind = ENTRY_RESEND, .key = key, .at_ms = at_ms, .attempt = attempt};
}

static inline void
tell_look(struct history *history, const char *key, bool found, stamp_t at_ms)
{
    const char *keys[] = {key};
    tell(history,
         (struct entry){
             .kind = ENTRY_LOOK, .at_ms = at_ms, .keys = keys, .key_count = 1, .found = found});
}

#endif
