/* Reading goes line by line: sums first, then the order of seq and group, then the fold. What
 * follows the last whole group is either a torn write (cut off) or damage (refused); a line that
 * has its form, but not its sum, was not torn but changed. */
#define _GNU_SOURCE /* memmem, memrchr */
#include "engine/journal.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "codec/record.h"
#include "io/file.h"
#include "io/peer.h"

enum { JOURNAL_BYTES_MAX = 1024 * 1024 * 1024 };

struct scan {
    struct journal *journal;
    const char *bytes;
    size_t size;
    size_t offset; /* of the line being read */
    unsigned line;
    size_t group_offset; /* where the group being read began */
    uint64_t group;      /* its number */
    bool in_group;
    char sum[DIGEST_TEXT_SIZE];
    struct entry *entries; /* of the group being read */
    size_t entry_count, entry_capacity;
};

bool
journal_hold(struct journal *journal, const char *holder, struct error *err)
{
    const char *path = arena_print(journal->arena, "%s.lock", journal->path);
    journal->locked = lock_take(&journal->lock, path, holder, err);
    return journal->locked;
}

static bool
damaged(const struct scan *scan, struct error *err, const struct error *inner)
{
    const char *line = scan->bytes + scan->offset;
    size_t left = scan->size - scan->offset;
    const char *hint = "";
    if (left >= 7 && (memcmp(line, "<<<<<<<", 7) == 0 || memcmp(line, "=======", 7) == 0 ||
                      memcmp(line, ">>>>>>>", 7) == 0))
        hint = ". These are git's conflict marks: two people ran this campaign on two branches; "
               "take one side of the file as it was committed";
    else if (memchr(line, '\r', left < 4096 ? left : 4096))
        hint = ". It has CR line ends: git or an editor converted it; put \"*.journal.jsonl -text "
               "-merge\" into .gitattributes and check the file out again";
    else if (left >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0)
        hint = ". It begins with a byte order mark: an editor saved it";
    return error_end(err, STATUS_JOURNAL,
                     "%s:%u: %s%s. Nothing was sent. Bring the file back as it was (version "
                     "control, a backup), then run again",
                     scan->journal->path, scan->line, inner->text, hint);
}

/* A line that was cut has no end, or holds blocks that never reached the disk: zeros, many in a
 * row. A line that ends the way a record ends was written whole, and where a record is followed
 * by more than a line end, an editor took the line ends away. */
static bool
looks_torn(const char *line, size_t size, bool has_newline)
{
    enum { RECORD_TAIL = 74 };
    static const char mark[] = ",\"sum\":\"", hole[16];
    const char *tail = memmem(line, size, mark, strlen(mark));
    size_t after = tail ? size - (size_t)(tail - line) : 0;
    if (!has_newline)
        return after <= RECORD_TAIL;
    bool ended = after == RECORD_TAIL && memcmp(line + size - 2, "\"}", 2) == 0;
    return !ended && memmem(line, size, hole, sizeof hole) != NULL;
}

/* True for a line, or what a hole left of it, that begins and ends as a record and says that it is
 * of another group than the one being read. Its sum cannot be checked when the line before it is
 * lost; but what was written after a group shows that the group was whole once, so in doubt it
 * counts. */
static bool
looks_later(const struct scan *scan, const char *line, size_t size)
{
    enum { RECORD_TAIL = 74 };
    static const char head[] = "{\"seq\":", mark[] = ",\"group\":", tail[] = ",\"sum\":\"";
    const char *hole = memrchr(line, '\0', size);
    size_t lost = hole ? (size_t)(hole - line) + 1 : 0;
    if (!hole && line == scan->bytes + scan->offset)
        return false; /* the damaged line itself */
    line += lost;
    size -= lost;
    if (size < strlen(head) + RECORD_TAIL || memcmp(line, head, strlen(head)) != 0 ||
        memcmp(line + size - RECORD_TAIL, tail, strlen(tail)) != 0)
        return false;
    const char *group = memmem(line, size, mark, strlen(mark));
    return !scan->in_group || !group ||
           strtoull(group + strlen(mark), NULL, 10) != scan->group; /* the sum ends the digits */
}

/* True when a later line verifies against the one before it, or seems to be of a later group: then
 * the damage is not at the end. */
static bool
later_verifies(const struct scan *scan)
{
    struct arena arena = {0};
    bool verifies = false;
    size_t at = scan->offset;
    char before[DIGEST_TEXT_SIZE] = "";
    while (at < scan->size && !verifies) {
        const char *line = scan->bytes + at;
        const char *end = memchr(line, '\n', scan->size - at);
        size_t size = end ? (size_t)(end - line) : scan->size - at;
        struct entry entry;
        struct error ignored = {0};
        verifies = looks_later(scan, line, size) ||
                   (before[0] && record_decode(line, size, before, &entry, &arena, &ignored));
        before[0] = '\0';
        if (size > 75 && memcmp(line + size - 74, ",\"sum\":\"", 8) == 0) {
            memcpy(before, line + size - 66, 64);
            before[64] = '\0';
        }
        at += size + 1;
        arena_reset(&arena);
    }
    arena_close(&arena);
    return verifies;
}

static bool
order_check(const struct scan *scan, const struct entry *entry, struct error *err)
{
    uint64_t expected = scan->journal->next_seq + scan->entry_count;
    if (entry->seq != expected)
        return error_say(err, "record %" PRIu64 " stands where %" PRIu64 " belongs", entry->seq,
                         expected);
    if (scan->in_group && entry->group != scan->group)
        return error_say(err, "group %" PRIu64 " begins before group %" PRIu64 " is whole",
                         entry->group, scan->group);
    if (entry->kind == ENTRY_GENESIS && entry->format != RECORD_FORMAT)
        return error_say(err, "the journal has format %u; this version reads %d", entry->format,
                         RECORD_FORMAT);
    return true;
}

/* The last record of a group makes it count. */
static bool
group_fold(struct scan *scan, struct error *err)
{
    struct journal *journal = scan->journal;
    for (size_t i = 0; i < scan->entry_count; i++)
        if (!ledger_apply(&journal->ledger, &scan->entries[i], journal->arena, err))
            return false;
    journal->next_seq += scan->entry_count;
    memcpy(journal->sum, scan->sum, sizeof journal->sum);
    scan->entry_count = 0;
    scan->in_group = false;
    return true;
}

static bool
line_take(struct scan *scan, const char *line, size_t size, struct error *err)
{
    struct entry entry;
    char sum[DIGEST_TEXT_SIZE];
    memcpy(sum, scan->sum, sizeof sum);
    if (!record_decode(line, size, sum, &entry, scan->journal->arena, err) ||
        !order_check(scan, &entry, err))
        return false;
    memcpy(scan->sum, sum, sizeof sum);
    if (!scan->in_group)
        scan->group_offset = scan->offset;
    scan->in_group = true;
    scan->group = entry.group;
    scan->entries = arena_push(scan->journal->arena, scan->entries, scan->entry_count,
                               &scan->entry_capacity, sizeof *scan->entries);
    scan->entries[scan->entry_count++] = entry;
    return entry.seq < entry.group || group_fold(scan, err);
}

static void
torn_note(struct scan *scan)
{
    struct journal *journal = scan->journal;
    journal->torn_at = scan->in_group ? scan->group_offset : scan->offset;
    journal->torn_bytes = scan->size - (size_t)journal->torn_at;
    problem_at(journal->warnings, (struct where){journal->path, scan->line, 0},
               "the last %zu bytes are an incomplete group: a run was stopped while it wrote "
               "them, and nothing of it was sent; they are left out",
               journal->torn_bytes);
}

static bool
scan_all(struct scan *scan, struct error *err)
{
    while (scan->offset < scan->size) {
        const char *line = scan->bytes + scan->offset;
        const char *end = memchr(line, '\n', scan->size - scan->offset);
        size_t size = end ? (size_t)(end - line) : scan->size - scan->offset;
        struct error inner = {0};
        scan->line++;
        if (!end || !line_take(scan, line, size, &inner)) {
            if (!end)
                error_say(&inner, "the line does not end");
            if (!looks_torn(line, size, end != NULL) || later_verifies(scan))
                return damaged(scan, err, &inner);
            torn_note(scan);
            return true;
        }
        scan->offset += size + 1;
    }
    if (scan->in_group)
        torn_note(scan);
    return true;
}

/* Where the last whole group ends. */
static size_t
verified_size(const struct journal *journal, const struct buffer *content)
{
    return journal->torn_bytes ? (size_t)journal->torn_at : content->size;
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
    size_t verified = verified_size(journal, content), missing;
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
    struct scan scan = {.journal = journal, .bytes = content.bytes, .size = content.size};
    bool worked = scan_all(&scan, err) && mirror_check(journal, &content, err);
    journal->last_ms = journal->ledger.last_ms;
    buffer_close(&content);
    return worked;
}

/* True when the journal that is there holds all of the copy, and perhaps more: then bringing the
 * copy back would lose records. */
static bool
holds_all(const char *path, const struct buffer *copy, size_t copy_size)
{
    struct buffer there = {0};
    struct error ignored = {0};
    bool exists = false;
    bool all = file_read(path, JOURNAL_BYTES_MAX, &there, &exists, &ignored) && exists &&
               there.size >= copy_size && memcmp(there.bytes, copy->bytes, copy_size) == 0;
    buffer_close(&there);
    return all;
}

bool
journal_restore(struct journal *journal, stamp_t now_ms, const char **aside, struct error *err)
{
    assert(journal->locked);
    struct buffer copy = {0};
    mirror_init(&journal->mirror, journal->arena);
    bool worked = mirror_recall(&journal->mirror, journal->path, &copy, journal->arena, err);
    struct journal trial = {
        .path = "the second copy", .arena = journal->arena, .warnings = journal->warnings};
    struct scan scan = {.journal = &trial, .bytes = copy.bytes, .size = copy.size};
    worked = worked && scan_all(&scan, err);
    size_t size = worked ? verified_size(&trial, &copy) : 0;
    *aside = NULL;
    if (worked && holds_all(journal->path, &copy, size))
        worked = error_say(err,
                           "%s holds all that this machine has seen of it: there is nothing to "
                           "bring back",
                           journal->path);
    if (worked && file_exists(journal->path)) {
        char when[STAMP_TEXT_SIZE];
        *aside = arena_print(journal->arena, "%s.replaced-%s", journal->path,
                             stamp_print_amz(when, now_ms));
        worked = file_move(journal->path, *aside, err);
    }
    worked = worked && file_write(journal->path, copy.bytes, size, 0600, err);
    if (!worked)
        err->status = STATUS_JOURNAL;
    buffer_close(&copy);
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
    if (!journal->torn_bytes)
        return true;
    char when[STAMP_TEXT_SIZE];
    const char *side =
        arena_print(journal->arena, "%s.torn-%s", journal->path, stamp_print_amz(when, now_ms));
    const char *first = side; /* kept by a run that was stopped before it could cut */
    for (unsigned number = 2; file_exists(side); number++)
        side = arena_print(journal->arena, "%s-%u", first, number);
    size_t bytes = journal->torn_bytes;
    if (!store_cut(&journal->store, journal->torn_at, side, err))
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
