#define _GNU_SOURCE /* memmem */
#include "engine/sibling.h"

#include <string.h>

#include "base/text.h"
#include "codec/record.h"
#include "engine/scan.h"
#include "io/file.h"
#include "io/folder.h"

enum { GENESIS_BYTES_MAX = 64 * 1024 };

/* The first record of a file, when it is a journal of that campaign. */
static bool
genesis_read(const char *path, const struct identity *identity, struct entry *genesis,
             struct arena *arena)
{
    struct buffer head = {0};
    char sum[DIGEST_TEXT_SIZE] = "";
    struct error ignored = {0};
    const char *end = NULL;
    if (file_read_beginning(path, GENESIS_BYTES_MAX, &head) && head.size)
        end = memchr(head.bytes, '\n', head.size);
    bool is_one =
        end &&
        record_decode(head.bytes, (size_t)(end - head.bytes), sum, genesis, arena, &ignored) &&
        genesis->kind == ENTRY_GENESIS && !genesis->redacted &&
        text_same(genesis->campaign, identity->campaign) &&
        text_same(genesis->marketplace, identity->marketplace) &&
        text_same(genesis->environment, identity->environment);
    buffer_close(&head);
    return is_one;
}

/* True when all that the other file holds is in this journal: the sum of its last record stands in
 * the chain, or in the record of a merge. */
static bool
is_held(const struct journal *journal, const char *path)
{
    struct buffer other = {0}, ours = {0};
    struct error ignored = {0};
    char sum[DIGEST_TEXT_SIZE];
    bool held = file_read(path, STORE_BYTES_MAX, &other, NULL, &ignored) &&
                scan_last_sum(other.bytes, other.size, sum) &&
                file_read(journal->path, STORE_BYTES_MAX, &ours, NULL, &ignored) &&
                memmem(ours.bytes, ours.size, sum, strlen(sum));
    buffer_close(&other);
    buffer_close(&ours);
    return held;
}

static bool
refuse(const struct journal *journal, const struct identity *identity, const char *other,
       struct error *err)
{
    if (!journal->exists && journal->history_lost && journal->restorable)
        return error_end(err, STATUS_JOURNAL,
                         "the journal at %s is gone, and this machine kept a second copy, which "
                         "'bursar journal restore' brings back. Nothing was sent. %s is of the "
                         "same campaign '%s' in %s, and may be older: move it away",
                         journal->path, other, identity->campaign, identity->environment);
    if (!journal->exists)
        return error_end(err, STATUS_JOURNAL,
                         "the journal of campaign '%s' in %s is %s, and this would begin another "
                         "one, %s, that knows nothing of it. Nothing was sent. Give that file this "
                         "name, or name it with --journal",
                         identity->campaign, identity->environment, other, journal->path);
    return error_end(
        err, STATUS_JOURNAL,
        "%s and %s are both journals of campaign '%s' in %s, each with records that "
        "the other lacks. Nothing was sent. 'bursar journal merge %s %s' joins them; or "
        "move one to another folder",
        journal->path, other, identity->campaign, identity->environment, journal->path, other);
}

static const char *
name_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool
sibling_check(const struct journal *journal, const struct identity *identity, struct error *err)
{
    struct arena arena = {0};
    const char **paths;
    size_t count = 0;
    struct error ignored = {0}; /* a folder that cannot be listed hides none of ours */
    const char *folder = file_beside(&arena, journal->path, ".");
    bool alone = true;
    if (!folder_list(folder, ".jsonl", &paths, &count, &arena, &ignored))
        count = 0;
    for (size_t i = 0; alone && i < count; i++) {
        struct entry genesis;
        const char *path = file_beside(&arena, journal->path, name_of(paths[i]));
        if (text_same(name_of(path), name_of(journal->path)) ||
            !genesis_read(path, identity, &genesis, &arena) || is_held(journal, path))
            continue;
        alone = refuse(journal, identity, path, err);
    }
    arena_close(&arena);
    return alone;
}
