/* Records are numbered and folded when they are added, and become one group, one write and one
 * sync when they are committed. */
#include "engine/journal.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "codec/record.h"
#include "engine/scan.h"
#include "engine/witness.h"
#include "io/file.h"
#include "io/peer.h"

bool
journal_hold(struct journal *journal, const char *holder, struct error *err)
{
    const char *path = arena_print(journal->arena, "%s.lock", journal->path);
    journal->locked = lock_take(&journal->lock, path, holder, err);
    journal->holder = holder;
    return journal->locked;
}

/* Copies of one journal in two folders have one second copy, and must not be continued side by
 * side. Where there is no place for the lock, there is none for a second copy either. */
static bool
id_hold(struct journal *journal, struct error *err)
{
    if (journal->id_locked || journal->unmirrored || !journal->ledger.has_genesis)
        return true;
    struct error trouble = {0};
    const char *path = mirror_lock_path(journal->ledger.genesis.journal, journal->arena);
    journal->id_locked = path && lock_take(&journal->id_lock, path, journal->holder, &trouble);
    if (trouble.status != STATUS_HELD)
        return true;
    *err = trouble;
    return error_within(err, "this journal is in use in another folder");
}

/* An erasure is written down before it is done, and may have been stopped in between; a merge may
 * have brought the record of one. */
static void
unerased_note(struct journal *journal)
{
    size_t here = ledger_lingering(&journal->ledger);
    journal->unerased = here || journal->mirror.names_more;
    if (journal->unerased)
        problem_at(journal->warnings, (struct where){journal->path, 0, 0},
                   "people were erased from this journal, and %s still names them",
                   here ? "it" : "its second copy on this machine");
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
                  (!for_writing || id_hold(journal, err)) && witness_check(journal, &content, err);
    if (worked)
        unerased_note(journal);
    journal->last_ms = journal->ledger.last_ms;
    journal->size_bytes = content.size;
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
    if (genesis->redacted)
        return error_end(err, STATUS_GUARDED,
                         "%s is a redacted copy: it does not tell for whom anything was done, so "
                         "nothing can be sent by it. Use the journal that it was made of",
                         journal->path);
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
    const char *side = file_name_beside(journal->path, "torn", now_ms, journal->arena);
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

static bool
entry_add(struct journal *journal, struct entry *entry, struct error *err)
{
    assert(!journal->torn_bytes); /* nothing may be written behind a torn end */
    entry->seq = journal->next_seq + journal->added_count;
    if (!ledger_apply(&journal->ledger, entry, journal->arena, err))
        return error_within(err, "%s", journal->path);
    journal->added = arena_push(journal->arena, journal->added, journal->added_count,
                                &journal->added_capacity, sizeof *journal->added);
    journal->added[journal->added_count++] = *entry;
    return true;
}

bool
journal_add(struct journal *journal, struct entry *entry, stamp_t now_ms, struct error *err)
{
    if (now_ms < journal->last_ms)
        now_ms = journal->last_ms;
    journal->last_ms = now_ms;
    entry->at_ms = now_ms;
    return entry_add(journal, entry, err);
}

bool
journal_bring(struct journal *journal, struct entry *entry, struct error *err)
{
    if (entry->at_ms > journal->last_ms)
        journal->last_ms = entry->at_ms;
    return entry_add(journal, entry, err);
}

/* Durable here first, then in the second copy. */
static bool
lines_write(struct journal *journal, const void *lines, size_t size, struct error *err)
{
    if (!(journal->exists || store_create(&journal->store, journal->path, err)) ||
        !store_append(&journal->store, lines, size, err))
        return false;
    journal->exists = true;
    struct error ignored = {0};
    if (journal->unmirrored)
        return true;
    id_hold(journal, &ignored); /* a new journal: nobody else has its ID */
    mirror_begin(&journal->mirror, journal->path, journal->ledger.genesis.journal, journal->lacking,
                 journal->lacking_size, journal->warnings, journal->arena);
    mirror_add(&journal->mirror, lines, size, journal->warnings);
    return true;
}

bool
journal_forward(struct journal *journal, const struct kept_record *records, size_t count,
                const void *lines, size_t size, struct error *err)
{
    assert(!journal->torn_bytes && journal->added_count == 0);
    if (!lines_write(journal, lines, size, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!ledger_apply(&journal->ledger, &records[i].entry, journal->arena, err))
            return error_within(err, "%s", journal->path);
        memcpy(journal->sum, records[i].sum, sizeof journal->sum);
    }
    journal->next_seq += count;
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
    if (!lines_write(journal, lines->bytes, lines->size, err))
        return false;
    memcpy(journal->sum, sum, sizeof sum);
    journal->next_seq += journal->added_count;
    journal->added_count = 0;
    return true;
}

void
journal_withdraw(struct journal *journal, size_t count)
{
    if (journal->added_count > count)
        journal->added_count = count;
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
    if (journal->id_locked)
        lock_release(&journal->id_lock);
    if (journal->locked)
        lock_release(&journal->lock);
    journal->id_locked = false;
    journal->locked = false;
}
