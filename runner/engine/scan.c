/* Reading goes line by line: sums first, then the order of seq and group, then the fold. What
 * follows the last whole group is either a torn write (cut off) or damage (refused); a line that
 * has its form, but not its sum, was not torn but changed. */
#define _GNU_SOURCE /* memmem */
#include "engine/scan.h"

#include <inttypes.h>
#include <string.h>

#include "codec/record.h"

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

/* True when a later line verifies against the one before it: then the damage is not at the end. */
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
        verifies = before[0] && record_decode(line, size, before, &entry, &arena, &ignored);
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

bool
scan_journal(struct journal *journal, const char *bytes, size_t size, struct error *err)
{
    struct scan scan = {.journal = journal, .bytes = bytes, .size = size};
    return lines_take(&scan, err);
}

size_t
scan_verified_size(const struct journal *journal, size_t size)
{
    return journal->torn_bytes ? (size_t)journal->torn_at : size;
}
