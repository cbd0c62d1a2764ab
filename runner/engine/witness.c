#include "engine/witness.h"

#include "base/text.h"
#include "codec/record_person.h"
#include "codec/record_stated.h"
#include "engine/merge.h"
#include "engine/scan.h"

static const char unread_cure[] = "Make the second copies readable, or run again";
static const char merge_cure[] = "'bursar journal merge' joins the two";
static const char restore_cure[] = "'bursar journal restore' brings the history back";

/* Says that something is missing, and what brings it back. */
static void
lost_say(struct journal *journal, const char *what, const char *cure)
{
    journal->history_lost = true;
    journal->restorable = cure == restore_cure;
    problem_at(journal->warnings, (struct where){journal->path, 0, 0},
               "%s. %s. Until then bonuses are only sent when the marketplace's list does not show "
               "them, and messages that this journal does not know count as perhaps sent",
               what, cure);
}

/* Where this journal and its copy part, in words. */
static void
differs_say(struct journal *journal, const struct buffer *content, const struct buffer *copy)
{
    static const char seen[] = "this machine has seen this journal with other records";
    struct arena trial = {0}; /* two whole histories, for a few words */
    struct journal here = {.keeps_records = true}, there = here;
    if (scan_trial(&here, journal->path, content, &trial) &&
        scan_trial(&there, journal->mirror.path, copy, &trial)) {
        struct parting parting = parting_make(&here, &there);
        journal->unmerged = journal->mirror.path;
        lost_say(journal, arena_print(&trial, "%s: %s", seen, parting_print(&parting, &trial)),
                 merge_cure);
    } else {
        lost_say(journal, seen, restore_cure);
    }
    arena_close(&trial);
}

/* What the copy does not have is kept for the first write. Who only reads needs no second journal
 * in memory. */
static void
lacking_keep(struct journal *journal, const struct buffer *content, size_t from)
{
    size_t verified = scan_verified_size(journal, content->size);
    journal->lacking_size = journal->locked ? verified - from : 0;
    if (journal->lacking_size)
        journal->lacking = arena_text(journal->arena, content->bytes + from, journal->lacking_size);
}

/* The records in which a journal and its copy begin alike. */
static struct alike
common_records(const struct buffer *content, const struct buffer *copy)
{
    return records_alike(content->bytes, content->size, copy->bytes, copy->size);
}

/* The copy holds another history of this journal; all of it was merged here since. Then the copy
 * follows the journal from where they part. */
static bool
copy_is_merged(struct journal *journal, const struct buffer *content, const struct buffer *copy)
{
    char sum[DIGEST_TEXT_SIZE];
    if (!scan_last_sum(copy->bytes, copy->size, sum) ||
        !ledger_has_merged(&journal->ledger, journal->ledger.genesis.journal, sum))
        return false;
    struct alike alike = common_records(content, copy);
    journal->mirror.whole_size = alike.there;
    lacking_keep(journal, content, alike.here);
    return true;
}

/* Every other journal that this path has had was merged into this one. */
static bool
others_are_merged(struct journal *journal)
{
    const char **ids;
    const char *own = journal->ledger.has_genesis ? journal->ledger.genesis.journal : NULL;
    size_t count = mirror_ids(&journal->mirror, journal->path, &ids, journal->arena);
    for (size_t i = 0; i < count; i++) {
        struct buffer copy = {0};
        char sum[DIGEST_TEXT_SIZE];
        bool merged = text_same(ids[i], own) ||
                      (own && mirror_read(&journal->mirror, ids[i], &copy, journal->arena) &&
                       scan_last_sum(copy.bytes, copy.size, sum) &&
                       ledger_has_merged(&journal->ledger, ids[i], sum));
        buffer_close(&copy);
        if (!merged) {
            journal->unmerged =
                arena_print(journal->arena, "%s/%s.jsonl", journal->mirror.folder, ids[i]);
            return false;
        }
    }
    return !journal->mirror.unread;
}

/* The number of the first record that a journal does not share with its copy. */
static uint64_t
parting_seq(const struct buffer *content, const struct buffer *copy)
{
    size_t line = common_records(content, copy).here;
    uint64_t seq;
    bool there = line < content->size &&
                 record_states_seq(content->bytes + line, content->size - line, &seq);
    return there ? seq : UINT64_MAX;
}

static void
differs_judge(struct journal *journal, const struct buffer *content)
{
    struct buffer copy = {0};
    bool merged =
        mirror_read(&journal->mirror, journal->ledger.genesis.journal, &copy, journal->arena) &&
        copy_is_merged(journal, content, &copy);
    if (!merged)
        differs_say(journal, content, &copy);
    journal->lost_from = parting_seq(content, &copy);
    buffer_close(&copy);
}

bool
witness_check(struct journal *journal, const struct buffer *content, struct error *err)
{
    journal->lacking = NULL;
    journal->lacking_size = 0;
    if (journal->unmirrored || journal->ledger.genesis.redacted)
        return true;
    mirror_init(&journal->mirror, journal->arena);
    const char *id = journal->ledger.has_genesis ? journal->ledger.genesis.journal : NULL;
    size_t verified = scan_verified_size(journal, content->size), missing;
    enum mirror_sight sight = mirror_look(&journal->mirror, journal->path, id, content, verified,
                                          &missing, journal->arena);
    lacking_keep(journal, content, verified - missing);
    switch (sight) {
    case MIRROR_AGREES:
        break;
    case MIRROR_AHEAD:
        if (journal->torn_bytes)
            journal->warnings->count = 0; /* that nothing of the end was sent is not so */
        if (journal->torn_bytes)
            return error_end(err, STATUS_JOURNAL,
                             "%s ends in the middle of a record, and this machine has seen more of "
                             "it: 'bursar journal restore' brings it back. Nothing was sent",
                             journal->path);
        journal->lost_from = journal->next_seq;
        lost_say(journal, "this machine has seen more of this journal than is here", restore_cure);
        break;
    case MIRROR_DIFFERS:
        differs_judge(journal, content);
        break;
    case MIRROR_OTHER:
        if (!others_are_merged(journal))
            lost_say(journal,
                     id ? "another journal was at this path before"
                        : "a journal was at this path, and is gone",
                     id ? merge_cure : restore_cure);
        break;
    case MIRROR_UNREAD:
        if (journal->torn_bytes)
            return error_end(err, STATUS_JOURNAL,
                             "%s ends in the middle of a record, and what this machine has seen of "
                             "it cannot be read. Nothing was sent. %s",
                             journal->path, unread_cure);
        journal->lost_from = UINT64_MAX;
        lost_say(journal, "what this machine has seen of this journal cannot be read now",
                 unread_cure);
        break;
    }
    /* A copy that holds what the journal lost is left as it is, so that it can be brought back. */
    journal->mirror.failed =
        sight == MIRROR_UNREAD ||
        (journal->history_lost && (sight == MIRROR_AHEAD || sight == MIRROR_DIFFERS));
    return true;
}
