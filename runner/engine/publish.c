#include "engine/publish.h"

#include <string.h>

#include "base/nonce.h"
#include "base/text.h"
#include "codec/record.h"
#include "core/redact.h"
#include "io/file.h"

/* Every worker and assignment that a journal names. */
static void
ids_list(const struct journal *journal, struct index *ids, struct arena *arena)
{
    for (size_t i = 0; i < journal->record_count; i++) {
        const struct entry *entry = &journal->records[i].entry;
        if (entry->worker)
            index_add(ids, entry->worker, i, arena);
        if (entry->assignment)
            index_add(ids, entry->assignment, i, arena);
    }
}

/* True when a line names none of them. */
static bool
is_clean(const char *line, size_t size, const struct index *ids, struct arena *arena)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    const char *at = arena_text(arena, line, size);
    while (*at) {
        size_t word = strspn(at, letters);
        if (word && index_find(ids, arena_text(arena, at, word)))
            return false;
        at += word ? word : 1;
    }
    return true;
}

static bool
copy_make(const struct journal *journal, struct buffer *out, struct error *err)
{
    struct arena arena = {0}, turn = {0};
    struct index ids = {0};
    struct redaction redaction = {
        .secret = nonce_make(&arena), .journal = nonce_make(&arena), .head = journal->sum};
    char sum[DIGEST_TEXT_SIZE] = "";
    bool clean = true;
    ids_list(journal, &ids, &arena);
    for (size_t i = 0; clean && i < journal->next_seq; i++) {
        struct entry entry;
        size_t begin = out->size;
        redact_entry(&redaction, &journal->records[i].entry, &entry, &arena);
        record_encode(&entry, sum, out);
        clean = is_clean(out->bytes + begin, out->size - begin, &ids, &turn) ||
                error_end(err, STATUS_GUARDED,
                          "record %zu of %s holds somebody's ID in words that everybody was told, "
                          "or in a name of the campaign: such a journal cannot be published",
                          i, journal->path);
        arena_reset(&turn);
    }
    arena_close(&turn);
    arena_close(&arena);
    return clean;
}

bool
journal_publish(const struct journal *journal, const char *path, struct error *err)
{
    if (file_exists(path))
        return error_end(err, STATUS_USAGE, "'%s' is there already, and is not replaced", path);
    struct buffer out = {0};
    bool worked = copy_make(journal, &out, err) && file_write(path, out.bytes, out.size, 0600, err);
    buffer_close(&out);
    return worked;
}
