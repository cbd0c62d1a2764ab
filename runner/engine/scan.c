/* Reading goes line by line: sums first, then the order of seq and group, then the fold. What
 * follows the last whole group is either a torn write (cut off) or damage (refused); a line that
 * has its form, but not its sum, was not torn but changed. */
#define _GNU_SOURCE /* memmem */
#include "engine/scan.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "codec/record.h"

enum { RECORD_TAIL = 74 }; /* ,"sum":"…"} */

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
        hint = ". These are git's conflict marks: two people ran this campaign on two branches. "
               "'git checkout --ours FILE' brings one side back, 'git show :3:./FILE' the other; "
               "write that beside, and join them with 'bursar journal merge FILE OTHER'";
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

enum { SECTOR_BYTES = 512 };

/* Sectors reach the disk one by one. Those of the last write that did not show as zeros, from where
 * the write or a sector begins to where a sector or the file ends. */
static bool
has_hole(const struct scan *scan, const char *line, size_t size)
{
    for (size_t at = 0; at < size; at++) {
        size_t begin = at;
        while (at < size && line[at] == '\0')
            at++;
        bool begins = begin == 0 || (scan->offset + begin) % SECTOR_BYTES == 0;
        bool ends = scan->offset + at == scan->size || (scan->offset + at) % SECTOR_BYTES == 0;
        if (at > begin && begins && ends)
            return true;
    }
    return false;
}

/* A line that was cut has no end, or has a hole, or many zeros in a row. Where a whole record is
 * followed by more than a line end, an editor took the line ends away. */
static bool
looks_torn(const struct scan *scan, const char *line, size_t size, bool has_newline)
{
    static const char mark[] = ",\"sum\":\"", zeros[16];
    const char *tail = memmem(line, size, mark, strlen(mark));
    size_t after = tail ? size - (size_t)(tail - line) : 0;
    if ((!has_newline && after <= RECORD_TAIL) || has_hole(scan, line, size))
        return true;
    bool ended = after == RECORD_TAIL && memcmp(line + size - 2, "\"}", 2) == 0;
    return !ended && memmem(line, size, zeros, sizeof zeros) != NULL;
}

/* The group that a line says it belongs to, if its beginning can be read. */
static bool
group_stated(const char *line, size_t size, uint64_t *group)
{
    static const char begin[] = "{\"seq\":", mark[] = ",\"group\":";
    enum { HEAD_SIZE_MAX = 160 };
    size_t head = size < HEAD_SIZE_MAX ? size : HEAD_SIZE_MAX;
    if (size < strlen(begin) || memcmp(line, begin, strlen(begin)) != 0)
        return false;
    const char *at = memmem(line, head, mark, strlen(mark));
    const char *digit = at ? at + strlen(mark) : NULL, *end = line + head;
    *group = 0;
    for (; digit && digit < end && *digit >= '0' && *digit <= '9'; digit++)
        *group = *group * 10 + (uint64_t)(*digit - '0');
    return digit && digit < end && (*digit == ',' || *digit == '}');
}

/* True when the beginning of a record names that kind. */
static bool
kind_stated(const char *line, size_t size, const char *kind)
{
    enum { HEAD_SIZE_MAX = 160 };
    char mark[40];
    int length = snprintf(mark, sizeof mark, ",\"kind\":\"%s\"", kind);
    return memmem(line, size < HEAD_SIZE_MAX ? size : HEAD_SIZE_MAX, mark, (size_t)length) != NULL;
}

/* True for a record that cannot stand in the group which begins where reading stopped: the end of a
 * run is a group of its own; and in a journal's first group nothing was sent yet. */
static bool
is_of_later_group(const struct scan *scan, const char *line, size_t size)
{
    static const char *const sent[] = {"intend", "resend", "done", "refused", "released"};
    bool later = kind_stated(line, size, "end");
    for (size_t i = 0; scan->journal->next_seq == 0 && i < sizeof sent / sizeof *sent; i++)
        later |= kind_stated(line, size, sent[i]);
    return later;
}

/* Fills `sum` with the sum that a line ends in; false when it does not end so. */
static bool
sum_stated(const char *line, size_t size, char sum[DIGEST_TEXT_SIZE])
{
    static const char mark[] = ",\"sum\":\"";
    sum[0] = '\0';
    if (size <= RECORD_TAIL || memcmp(line + size - RECORD_TAIL, mark, strlen(mark)) != 0)
        return false;
    memcpy(sum, line + size - 66, 64);
    sum[64] = '\0';
    return true;
}

/* Where what begins as a record at `line` ends: at its line end, or where the next record begins,
 * because zeros may stand in the line end's place. No JSON text holds that beginning. */
static size_t
span(const char *line, size_t left)
{
    static const char begin[] = "{\"seq\":";
    const char *end = memchr(line, '\n', left);
    size_t size = end ? (size_t)(end - line) : left;
    const char *next = size ? memmem(line + 1, size - 1, begin, strlen(begin)) : NULL;
    return next ? (size_t)(next - line) : size;
}

/* True when a write began here and its first sector did not reach the disk: the sector's older half
 * is whole, which damage would not have spared. So all that follows is of one group. */
static bool
is_a_writes_beginning(const struct scan *scan)
{
    return scan->bytes[scan->offset] == '\0' && scan->offset % SECTOR_BYTES != 0;
}

/* True when the damage is not at the end: a later line belongs to a later group, or to another one
 * than a line before it, or verifies against the one before it. */
static bool
later_follows(const struct scan *scan)
{
    struct arena arena = {0};
    uint64_t group = scan->group, later_group, seen_group = 0;
    bool follows = false, known = scan->in_group, seen = false;
    char before[DIGEST_TEXT_SIZE] = "";
    for (size_t at = scan->offset; at < scan->size && !follows;) {
        const char *line = scan->bytes + at;
        size_t size = span(line, scan->size - at);
        struct entry entry;
        struct error ignored = {0};
        bool first = at == scan->offset;
        bool stated = group_stated(line, size, &later_group);
        follows =
            !first && stated && (known ? later_group > group : is_of_later_group(scan, line, size));
        follows |= seen && stated && later_group != seen_group;
        if (stated)
            seen_group = later_group;
        seen |= stated;
        if (!known && stated && (first || is_a_writes_beginning(scan))) {
            known = true;
            group = later_group;
        }
        follows |= before[0] && record_decode(line, size, before, &entry, &arena, &ignored) &&
                   (!known || entry.group > group);
        sum_stated(line, size, before);
        at += size + (at + size < scan->size && line[size] == '\n');
        arena_reset(&arena);
    }
    arena_close(&arena);
    return follows;
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
    for (size_t i = 0; i < scan->entry_count; i++)
        if (!ledger_apply(&journal->ledger, &scan->entries[i], journal->arena, err))
            return false;
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
            if (!looks_torn(scan, line, size, end != NULL) || later_follows(scan))
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
    return sum_stated(line, (size_t)(bytes + size - 1 - line), sum);
}
