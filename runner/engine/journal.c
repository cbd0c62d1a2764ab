/* Records are numbered and folded when they are added, and become one group, one write and one
 * sync when they are committed. */
#include "engine/journal.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "codec/record.h"
#include "engine/scan.h"
#include "io/peer.h"

bool
journal_hold(struct journal *journal, const char *holder, struct error *err)
{
    const char *path = arena_print(journal->arena, "%s.lock", journal->path);
    journal->locked = lock_take(&journal->lock, path, holder, err);
    return journal->locked;
}

static bool
lost_say(struct journal *journal, const char *what)
{
    journal->history_lost = true;
    problem_at(journal->warnings, (struct where){journal->path, 0, 0},
               "%s. 'bursar journal restore' brings the history back. Until then bonuses are only "
               "sent when the marketplace's list does not show them, and messages that this "
               "journal does not know count as perhaps sent",
               what);
    return true;
}

/* What this machine has seen of the journal, against what is there now. */
static bool
mirror_check(struct journal *journal, const struct buffer *content, struct error *err)
{
    if (journal->unmirrored)
        return true;
    mirror_init(&journal->mirror, journal->arena);
    const char *id = journal->ledger.has_genesis ? journal->ledger.genesis.journal : NULL;
    size_t verified = scan_verified_size(journal, content->size), missing;
    enum mirror_sight sight = mirror_look(&journal->mirror, journal->path, id, content, verified,
                                          &missing, journal->arena);
    if (missing)
        journal->lacking = arena_text(journal->arena, content->bytes + verified - missing, missing);
    journal->lacking_size = missing;
    /* A copy that holds what the journal lost is left as it is, so that it can be brought back. */
    journal->mirror.failed = sight == MIRROR_AHEAD || sight == MIRROR_DIFFERS;
    switch (sight) {
    case MIRROR_AGREES:
        return true;
    case MIRROR_AHEAD:
        if (journal->torn_bytes)
            return error_end(err, STATUS_JOURNAL,
                             "%s ends in the middle of a record, and this machine has seen more of "
                             "it: 'bursar journal restore' brings it back. Nothing was sent",
                             journal->path);
        return lost_say(journal, "this machine has seen more of this journal than is here");
    case MIRROR_DIFFERS:
        return lost_say(journal, "this machine has seen this journal with other records");
    case MIRROR_OTHER:
        return lost_say(journal, id ? "another journal was at this path before"
                                    : "a journal was at this path, and is gone");
    }
    return true;
}

bool
journal_open(struct journal *journal, const char *path, bool for_writing, struct problems *warnings,
             struct arena *arena, struct error *err)
{
    assert(!for_writing || journal->locked);
    journal->path = path;
    journal->arena = arena;
    journal->warnings = warnings;
    struct buffer content = {0};
    if (!store_open(&journal->store, path, for_writing, &journal->exists, &content, warnings,
                    err)) {
        buffer_close(&content);
        return false;
    }
    bool worked = scan_journal(journal, content.bytes, content.size, err) &&
                  mirror_check(journal, &content, err);
    journal->last_ms = journal->ledger.last_ms;
    if (worked && for_writing)
        journal->last_group =
            arena_text(arena, content.bytes ? content.bytes + journal->last_group_at : "",
                       journal->last_group_size);
    buffer_close(&content);
    return worked;
}

static bool
is_play(const char *endpoint)
{
    struct peer peer = {0};
    struct error ignored = {0};
    return endpoint && peer_read(&peer, endpoint, &ignored) && peer.loopback;
}

bool
journal_belongs(const struct journal *journal, const struct identity *identity,
                const char *endpoint, struct error *err)
{
    if (!journal->ledger.has_genesis)
        return true;
    const struct entry *genesis = &journal->ledger.genesis;
    if (is_play(genesis->endpoint) != is_play(endpoint))
        return error_end(err, STATUS_GUARDED,
                         "the journal %s was begun at %s, and this would be at %s: what was played "
                         "on this machine was not paid. Move the journal away, or give --journal "
                         "another path",
                         journal->path, genesis->endpoint, endpoint);
    if (text_same(genesis->campaign, identity->campaign) &&
        text_same(genesis->marketplace, identity->marketplace) &&
        text_same(genesis->environment, identity->environment))
        return true;
    return error_end(err, STATUS_GUARDED,
                     "the journal %s belongs to campaign '%s' in %s, and this is campaign '%s' in "
                     "%s: a new campaign needs a file name of its own, or --journal with another "
                     "path",
                     journal->path, genesis->campaign, genesis->environment, identity->campaign,
                     identity->environment);
}

bool
journal_recover(struct journal *journal, stamp_t now_ms, struct error *err)
{
    if (!journal->exists)
        return true;
    if (!journal->torn_bytes)
        return store_confirm(&journal->store, journal->last_group, journal->last_group_size, err);
    char when[STAMP_TEXT_SIZE];
    const char *side =
        arena_print(journal->arena, "%s.torn-%s", journal->path, stamp_print_amz(when, now_ms));
    size_t bytes = journal->torn_bytes;
    if (!store_cut(&journal->store, journal->torn_at, side, err) ||
        !store_confirm(&journal->store, journal->last_group, journal->last_group_size, err))
        return false;
    journal->torn_bytes = 0;
    if (!journal->ledger.has_genesis)
        return true; /* not even the first group was whole: the journal begins anew */
    struct entry entry = {.kind = ENTRY_RECOVERED,
                          .bytes = bytes,
                          .side = side,
                          .why = "the last group was cut; nothing of it was sent"};
    return journal_add(journal, &entry, now_ms, err);
}

bool
journal_add(struct journal *journal, struct entry *entry, stamp_t now_ms, struct error *err)
{
    assert(!journal->torn_bytes); /* nothing may be written behind a torn end */
    if (now_ms < journal->last_ms)
        now_ms = journal->last_ms;
    journal->last_ms = now_ms;
    entry->at_ms = now_ms;
    entry->seq = journal->next_seq + journal->added_count;
    if (!ledger_apply(&journal->ledger, entry, journal->arena, err))
        return error_within(err, "%s", journal->path);
    journal->added = arena_push(journal->arena, journal->added, journal->added_count,
                                &journal->added_capacity, sizeof *journal->added);
    journal->added[journal->added_count++] = *entry;
    return true;
}

bool
journal_commit(struct journal *journal, struct error *err)
{
    if (journal->added_count == 0)
        return true;
    struct buffer *lines = &journal->written;
    buffer_clear(lines);
    char sum[DIGEST_TEXT_SIZE];
    memcpy(sum, journal->sum, sizeof sum);
    for (size_t i = 0; i < journal->added_count; i++) {
        journal->added[i].group = journal->next_seq + journal->added_count - 1;
        record_encode(&journal->added[i], sum, lines);
    }
    bool worked = (journal->exists || store_create(&journal->store, journal->path, err)) &&
                  store_append(&journal->store, lines->bytes, lines->size, err);
    if (!worked)
        return false;
    journal->exists = true;
    mirror_begin(&journal->mirror, journal->path, journal->ledger.genesis.journal, journal->lacking,
                 journal->lacking_size, journal->warnings, journal->arena);
    mirror_add(&journal->mirror, journal->written.bytes, journal->written.size, journal->warnings);
    memcpy(journal->sum, sum, sizeof sum);
    journal->next_seq += journal->added_count;
    journal->added_count = 0;
    return true;
}

bool
journal_reserve(struct journal *journal, size_t records, struct error *err)
{
    enum { RECORD_ROOM_BYTES = 4096, ESCAPED_BYTES = 6 };
    bool reserved;
    size_t room = (records + journal->added_count) * RECORD_ROOM_BYTES;
    for (size_t i = 0; i < journal->added_count; i++) {
        const struct entry *entry = &journal->added[i];
        room += ESCAPED_BYTES *
                ((entry->body ? strlen(entry->body) : 0) + (entry->text ? strlen(entry->text) : 0));
    }
    return !journal->exists || store_reserve(&journal->store, room, &reserved, err);
}

void
journal_close(struct journal *journal)
{
    store_close(&journal->store);
    mirror_close(&journal->mirror);
    buffer_close(&journal->written);
    if (journal->locked)
        lock_release(&journal->lock);
    journal->locked = false;
}
