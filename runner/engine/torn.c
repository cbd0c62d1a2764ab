#define _GNU_SOURCE /* memmem */
#include "engine/torn.h"

#include <string.h>

#include "codec/record.h"
#include "codec/record_stated.h"

enum { SECTOR_BYTES = 512 };

/* Sectors reach the disk one by one. Those of the last write that did not show as zeros, from where
 * the write or a sector begins to where a sector or the file ends. */
static bool
has_hole(const struct tear *tear, const char *line, size_t size)
{
    for (size_t at = 0; at < size; at++) {
        size_t begin = at;
        while (at < size && line[at] == '\0')
            at++;
        bool begins = begin == 0 || (tear->offset + begin) % SECTOR_BYTES == 0;
        bool ends = tear->offset + at == tear->size || (tear->offset + at) % SECTOR_BYTES == 0;
        if (at > begin && begins && ends)
            return true;
    }
    return false;
}

/* A line that was cut has no end, or has a hole, or many zeros in a row. Where a whole record is
 * followed by more than a line end, an editor took the line ends away. */
static bool
looks_torn(const struct tear *tear)
{
    static const char zeros[16];
    const char *line = tear->bytes + tear->offset;
    size_t size = tear->line_size, tail = record_states_tail(line, size);
    if ((!tear->line_ends && tail <= RECORD_TAIL_SIZE) || has_hole(tear, line, size))
        return true;
    bool ended = tail == RECORD_TAIL_SIZE && memcmp(line + size - 2, "\"}", 2) == 0;
    return !ended && memmem(line, size, zeros, sizeof zeros) != NULL;
}

/* True for a record that cannot stand in the group which begins where reading stopped: the end of a
 * run is a group of its own; and in a journal's first group nothing was sent or looked for yet. */
static bool
is_of_later_group(const struct tear *tear, const char *line, size_t size)
{
    static const enum entry_kind sent[] = {ENTRY_INTEND, ENTRY_RESEND, ENTRY_DONE, ENTRY_REFUSED,
                                           ENTRY_RELEASED, ENTRY_LOOK};
    bool later = record_states_kind(line, size, ENTRY_END);
    for (size_t i = 0; tear->in_first_group && i < sizeof sent / sizeof *sent; i++)
        later |= record_states_kind(line, size, sent[i]);
    return later;
}

/* True when a write began here and its first sector did not reach the disk: the sector's older half
 * is whole, which damage would not have spared. So all that follows is of one group. */
static bool
is_a_writes_beginning(const struct tear *tear)
{
    return tear->bytes[tear->offset] == '\0' && tear->offset % SECTOR_BYTES != 0;
}

/* True when the damage is not at the end: a later line belongs to a later group, or to another one
 * than a line before it, or verifies against the one before it. */
static bool
later_follows(const struct tear *tear)
{
    struct arena arena = {0};
    uint64_t group = tear->group, later_group, seen_group = 0;
    bool follows = false, known = tear->in_group, seen = false;
    char before[DIGEST_TEXT_SIZE] = "";
    for (size_t at = tear->offset; at < tear->size && !follows;) {
        const char *line = tear->bytes + at;
        size_t size = record_span(line, tear->size - at);
        struct entry entry;
        struct error ignored = {0};
        bool first = at == tear->offset;
        bool stated = record_states_group(line, size, &later_group);
        follows =
            !first && stated && (known ? later_group > group : is_of_later_group(tear, line, size));
        follows |= seen && stated && later_group != seen_group;
        if (stated)
            seen_group = later_group;
        seen |= stated;
        if (!known && stated && (first || is_a_writes_beginning(tear))) {
            known = true;
            group = later_group;
        }
        follows |= before[0] && record_decode(line, size, before, &entry, &arena, &ignored) &&
                   (!known || entry.group > group);
        record_states_sum(line, size, before);
        at += size + (at + size < tear->size && line[size] == '\n');
        arena_reset(&arena);
    }
    arena_close(&arena);
    return follows;
}

bool
tear_is_torn(const struct tear *tear)
{
    return looks_torn(tear) && !later_follows(tear);
}
