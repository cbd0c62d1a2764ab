/* Reading goes line by line: sums first, then the order of seq and group, then the fold. What
 * follows the last whole group is either a torn write (left out) or damage (refused). */
#define _GNU_SOURCE /* memrchr */
#include "engine/scan.h"

#include <inttypes.h>
#include <string.h>

#include "codec/record.h"
#include "codec/record_stated.h"
#include "engine/torn.h"

struct scan {
    struct journal *journal;
    const char *bytes;
    size_t size;
    size_t offset; /* of the line being read */
    size_t line_size;
    unsigned line;
    size_t group_offset; /* where the group being read began */
    uint64_t group;      /* its number */
    bool in_group;
    char sum[DIGEST_TEXT_SIZE];
    struct entry *entries; /* of the group being read */
    size_t entry_count, entry_capacity;
};

static bool
damaged(const struct scan *scan, struct error *err, const struct error *inner)
{
    const char *line = scan->bytes + scan->offset;
    size_t left = scan->size - scan->offset;
    const char *hint = "";
    if (scan->journal->newer)
        return error_end(err, STATUS_JOURNAL,
                         "%s:%u: %s: a newer bursar wrote it. Nothing was sent. Install that "
                         "version, then run again",
                         scan->journal->path, scan->line, inner->text);
    if (left >= 7 && (memcmp(line, "<<<<<<<", 7) == 0 || memcmp(line, "=======", 7) == 0 ||
                      memcmp(line, ">>>>>>>", 7) == 0))
        hint = arena_print(scan->journal->arena,
                           ". These are git's conflict marks: two people ran this campaign on two "
                           "branches. 'git checkout --ours -- %s' brings one side back, 'git show "
                           ":3:./%s >theirs.jsonl' writes the other beside it, and 'bursar journal "
                           "merge %s theirs.jsonl' joins them",
                           scan->journal->path, scan->journal->path, scan->journal->path);
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
    if (entry->kind == ENTRY_GENESIS && entry->format != RECORD_FORMAT) {
        scan->journal->newer = entry->format > RECORD_FORMAT;
        return error_say(err, "the journal has format %u; this version reads %d", entry->format,
                         RECORD_FORMAT);
    }
    return true;
}

/* The last record of a group makes it count. */
static bool
group_fold(struct scan *scan, struct error *err)
{
    struct journal *journal = scan->journal;
    for (size_t i = 0; i < scan->entry_count; i++) {
        const struct entry *entry = &scan->entries[i];
        bool again = entry->kind == ENTRY_RESEND && entry->key;
        if (journal->chronicle)
            chronicle_apply(journal->chronicle, entry,
                            again ? ledger_find(&journal->ledger, entry->key) : NULL,
                            journal->arena);
        if (!ledger_apply(&journal->ledger, entry, journal->arena, err))
            return false;
    }
    if (journal->since)
        since_apply(journal->since, scan->entries, scan->entry_count, scan->sum);
    journal->next_seq += scan->entry_count;
    memcpy(journal->sum, scan->sum, sizeof journal->sum);
    journal->last_group_at = scan->group_offset;
    journal->last_group_size = scan->offset + scan->line_size + 1 - scan->group_offset;
    scan->entry_count = 0;
    scan->in_group = false;
    return true;
}

static void
record_keep(struct journal *journal, const struct entry *entry, const char *sum, uint64_t offset)
{
    journal->records = arena_push(journal->arena, journal->records, journal->record_count,
                                  &journal->record_capacity, sizeof *journal->records);
    struct kept_record *kept = &journal->records[journal->record_count++];
    kept->entry = *entry;
    kept->offset = offset;
    memcpy(kept->sum, sum, sizeof kept->sum);
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
    scan->line_size = size;
    scan->group = entry.group;
    scan->entries = arena_push(scan->journal->arena, scan->entries, scan->entry_count,
                               &scan->entry_capacity, sizeof *scan->entries);
    scan->entries[scan->entry_count++] = entry;
    if (scan->journal->keeps_records)
        record_keep(scan->journal, &entry, sum, scan->offset);
    return entry.seq < entry.group || group_fold(scan, err);
}

/* Where the whole groups end that were read so far. */
static uint64_t
groups_end(const struct scan *scan)
{
    return scan->in_group ? scan->group_offset : scan->offset;
}

static void
torn_note(struct scan *scan)
{
    struct journal *journal = scan->journal;
    journal->torn_at = groups_end(scan);
    journal->torn_bytes = scan->size - (size_t)journal->torn_at;
    problem_at(journal->warnings, (struct where){journal->path, scan->line, 0},
               "the last %zu bytes are an incomplete group: a run was stopped while it wrote "
               "them, and nothing of it was sent; they are left out",
               journal->torn_bytes);
}

/* Whether what does not verify is what a write left that was cut short. */
static bool
is_torn(const struct scan *scan, size_t line_size, bool line_ends)
{
    struct tear tear = {.bytes = scan->bytes,
                        .size = scan->size,
                        .offset = scan->offset,
                        .line_size = line_size,
                        .line_ends = line_ends,
                        .in_group = scan->in_group,
                        .group = scan->group,
                        .in_first_group = scan->journal->next_seq == 0};
    return tear_is_torn(&tear);
}

static bool
lines_take(struct scan *scan, struct error *err)
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
            if (!is_torn(scan, size, end != NULL)) {
                scan->journal->torn_at = groups_end(scan);
                return damaged(scan, err, &inner);
            }
            torn_note(scan);
            return true;
        }
        scan->offset += size + 1;
    }
    if (scan->in_group)
        torn_note(scan);
    return true;
}

bool
scan_journal(struct journal *journal, const char *bytes, size_t size, struct error *err)
{
    struct scan scan = {.journal = journal, .bytes = bytes, .size = size};
    return lines_take(&scan, err);
}

bool
scan_trial(struct journal *trial, const char *path, const struct buffer *bytes, struct arena *arena)
{
    struct problems ignored = {.arena = arena};
    struct error damage = {0};
    trial->path = path;
    trial->arena = arena;
    trial->warnings = &ignored;
    bool verifies = scan_journal(trial, bytes->bytes, bytes->size, &damage);
    trial->warnings = NULL;
    return verifies;
}

size_t
scan_verified_size(const struct journal *journal, size_t size)
{
    return journal->torn_bytes ? (size_t)journal->torn_at : size;
}

bool
scan_last_sum(const char *bytes, size_t size, char sum[DIGEST_TEXT_SIZE])
{
    sum[0] = '\0';
    while (size && bytes[size - 1] != '\n')
        size--;
    if (size == 0)
        return false;
    const char *before = memrchr(bytes, '\n', size - 1);
    const char *line = before ? before + 1 : bytes;
    return record_states_sum(line, (size_t)(bytes + size - 1 - line), sum);
}
