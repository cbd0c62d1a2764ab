#include "engine/erase_file.h"

#include <string.h>

#include "base/text.h"
#include "codec/record_person.h"
#include "codec/record_stated.h"
#include "io/anew.h"
#include "io/file.h"
#include "io/folder.h"

/* A line that the journal's records do not answer for: it stands in another history, or in a group
 * that was cut and never sent. What is cut within a person goes anyway: nobody can tell whose it
 * is.
 */
static bool
is_meant_by_itself(const struct journal *journal, const struct erasure *erasure, const char *line,
                   size_t size)
{
    char worker[DIGEST_TEXT_SIZE];
    stamp_t at_ms, before_ms = journal->ledger.erased_before_ms;
    if (erasure->before_ms > before_ms)
        before_ms = erasure->before_ms;
    return line[size - 1] != '\n' ||
           (record_states_worker(line, size, worker) && index_find(&erasure->workers, worker)) ||
           (before_ms && record_states_at(line, size, &at_ms) && at_ms < before_ms);
}

/* Whether a line's person goes. */
static bool
is_meant(const struct journal *journal, const struct erasure *erasure, bool same, const char *line,
         size_t size)
{
    char key[DIGEST_TEXT_SIZE];
    uint64_t seq;
    const struct deed *deed =
        record_states_key(line, size, key) ? ledger_find(&journal->ledger, key) : NULL;
    if (deed && index_find(&erasure->meant, key))
        return true;
    if (deed && deed->erased_seq)
        return same ? record_states_seq(line, size, &seq) && seq < deed->erased_seq
                    : deed->lingers || deed_is_erased(deed);
    return !deed && is_meant_by_itself(journal, erasure, line, size);
}

size_t
erase_bytes(const struct journal *journal, const struct erasure *erasure, bool same,
            const struct buffer *bytes, struct buffer *out)
{
    size_t count = 0;
    for (size_t at = 0, size; at < bytes->size; at += size) {
        const char *line = bytes->bytes + at;
        const char *end = memchr(line, '\n', bytes->size - at);
        size = end ? (size_t)(end - line) + 1 : bytes->size - at;
        /* Zeros are what a power loss kept from the disk: whom the rest names nobody can tell. */
        bool broken = memchr(line, '\0', size);
        bool meant = !broken && record_has_person(line, size) &&
                     is_meant(journal, erasure, same, line, size);
        count += meant || broken;
        if (meant)
            record_leave_person(line, size, out);
        else if (!broken)
            buffer_add(out, line, size);
    }
    return count;
}

static void
file_add(struct journal *journal, struct erasure *erasure, struct erase_file file)
{
    for (size_t i = 0; i < erasure->file_count; i++)
        if (text_same(erasure->files[i].path, file.path))
            return;
    erasure->files = arena_push(journal->arena, erasure->files, erasure->file_count,
                                &erasure->file_capacity, sizeof *erasure->files);
    erasure->files[erasure->file_count++] = file;
}

/* Of this journal, of those that its path has had, and of those that were merged into it. */
static void
copies_add(struct journal *journal, struct erasure *erasure)
{
    const char *folder = journal->mirror.folder, **ids;
    if (journal->unmirrored || !folder)
        return;
    const char *own = journal->ledger.genesis.journal;
    size_t count = mirror_ids(&journal->mirror, journal->path, &ids, journal->arena);
    size_t merges = journal->ledger.merge_count;
    for (size_t i = 0; i < 1 + count + merges; i++) {
        const char *id = i == 0       ? own
                         : i <= count ? ids[i - 1]
                                      : journal->ledger.merges[i - count - 1].journal;
        const char *path = arena_print(journal->arena, "%s/%s.jsonl", folder, id);
        file_add(journal, erasure,
                 (struct erase_file){.path = path, .id = id, .same = text_same(id, own)});
    }
    const char *half = arena_print(journal->arena, "%s/%s.jsonl" ANEW_ENDING, folder, own);
    file_add(journal, erasure, (struct erase_file){.path = half, .id = own});
}

bool
erase_files_find(struct journal *journal, struct erasure *erasure, struct error *err)
{
    static const char *const kinds[] = {".torn-", ".replaced-", ANEW_ENDING};
    const char *folder = file_beside(journal->arena, journal->path, "."), **paths;
    const char *slash = strrchr(journal->path, '/');
    const char *name = slash ? slash + 1 : journal->path;
    size_t count = 0;
    copies_add(journal, erasure);
    if (folder_is(folder) && !folder_list(folder, "", &paths, &count, journal->arena, err))
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *found = strrchr(paths[i], '/') + 1;
        for (size_t kind = 0; kind < sizeof kinds / sizeof *kinds; kind++)
            if (text_starts(found, arena_print(journal->arena, "%s%s", name, kinds[kind])))
                file_add(
                    journal, erasure,
                    (struct erase_file){.path = file_beside(journal->arena, journal->path, found)});
    }
    return true;
}

/* The copy of this very journal holds nothing that the journal lacks: it becomes what that will be,
 * also where it is from before an erasure of which the journal does not know any more. */
static bool
copy_read(const struct journal *journal, const struct erasure *erasure, const struct buffer *copy,
          struct erase_file *file, struct buffer *out, struct error *err)
{
    struct buffer own = {0};
    buffer_clear(out);
    bool worked = file_read(journal->path, STORE_BYTES_MAX, &own, NULL, err);
    if (worked)
        erase_bytes(journal, erasure, true, &own, out);
    bool same = out->size >= copy->size && memcmp(out->bytes, copy->bytes, copy->size) == 0;
    bool names = erasure->worker
                     ? copy->size && bytes_name(copy->bytes, copy->size, erasure->worker)
                     : journal->unerased;
    if (worked && file->records == 0 && !same && names)
        file->records = 1;
    buffer_close(&own);
    return worked;
}

bool
erase_file_read(const struct journal *journal, const struct erasure *erasure,
                struct erase_file *file, struct buffer *out, struct error *err)
{
    struct buffer bytes = {0};
    bool exists = false;
    file->records = 0;
    file->removed = false;
    bool worked = file_read(file->path, STORE_BYTES_MAX, &bytes, &exists, err);
    if (worked && exists)
        file->records = erase_bytes(journal, erasure, file->same, &bytes, out);
    if (worked && exists && file->same && file->id)
        worked = copy_read(journal, erasure, &bytes, file, out, err);
    bool half = text_ends(file->path, ANEW_ENDING) && exists; /* an erasure was stopped */
    bool named = erasure->worker && !file->id && out->size &&
                 bytes_name(out->bytes, out->size, erasure->worker);
    file->removed = half || named;
    file->records += file->removed;
    buffer_close(&bytes);
    return worked;
}

bool
erase_file_write(struct journal *journal, const struct erasure *erasure, struct erase_file *file,
                 struct error *err)
{
    struct buffer out = {0};
    struct lock lock;
    const char *own = journal->ledger.genesis.journal;
    const char *path =
        file->id && !text_same(file->id, own) ? mirror_lock_path(file->id, journal->arena) : NULL;
    if (path && !lock_take(&lock, path, journal->holder, err))
        return false;
    bool worked = erase_file_read(journal, erasure, file, &out, err);
    if (worked && file->removed)
        worked = anew_remove(file->path, err);
    else if (worked && file->records)
        worked = anew_write(file->path, out.bytes, out.size, err);
    else if (worked && file_exists(file->path))
        worked = anew_settle(file->path, err); /* an erasure that failed may have come that far */
    if (path)
        lock_release(&lock);
    buffer_close(&out);
    return worked;
}
