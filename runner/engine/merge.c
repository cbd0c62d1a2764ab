#include "engine/merge.h"

#include <assert.h>

#include "base/nonce.h"
#include "base/text.h"
#include "core/join.h"
#include "engine/scan.h"
#include "engine/witness.h"
#include "io/file.h"

/* The first run after the split, or the one that it fell into. */
static const struct entry *
run_at_split(const struct journal *journal, uint64_t split)
{
    const struct entry *run = NULL;
    for (uint64_t i = 0; i < journal->next_seq; i++) {
        const struct entry *entry = &journal->records[i].entry;
        if (entry->kind != ENTRY_RUN)
            continue;
        run = entry;
        if (i >= split)
            break;
    }
    return run;
}

struct parting
parting_make(const struct journal *ours, const struct journal *theirs)
{
    assert(ours->keeps_records && theirs->keeps_records);
    uint64_t split = 0;
    while (split < ours->next_seq && split < theirs->next_seq &&
           text_same(ours->records[split].sum, theirs->records[split].sum))
        split++;
    return (struct parting){.split = split,
                            .ours = ours->next_seq - split,
                            .theirs = theirs->next_seq - split,
                            .our_run = run_at_split(ours, split),
                            .their_run = run_at_split(theirs, split)};
}

static const char *
side_print(const char *side, const struct entry *run, uint64_t records, struct arena *arena)
{
    char when[STAMP_TEXT_SIZE];
    if (!run || records == 0)
        return arena_print(arena, "%s nothing more", side);
    return arena_print(arena, "%s %llu more, from the run of %s by %s@%s on", side,
                       (unsigned long long)records, stamp_print(when, run->at_ms),
                       run->who ? run->who : "?", run->host ? run->host : "?");
}

const char *
parting_print(const struct parting *parting, struct arena *arena)
{
    return arena_print(arena, "they split at record %llu; %s, %s",
                       (unsigned long long)parting->split,
                       side_print("here", parting->our_run, parting->ours, arena),
                       side_print("there", parting->their_run, parting->theirs, arena));
}

static bool
other_read(const struct journal *journal, const char *path, struct journal *other,
           struct error *err)
{
    const struct entry *genesis = &journal->ledger.genesis;
    *other = (struct journal){.unmirrored = true, .keeps_records = true};
    bool worked = journal_open(other, path, false, journal->warnings, journal->arena, err);
    journal_close(other);
    if (!worked)
        return false;
    if (!other->exists || !other->ledger.has_genesis)
        return error_end(err, STATUS_USAGE, "there is no journal at %s", path);
    struct identity identity = {.marketplace = genesis->marketplace,
                                .environment = genesis->environment,
                                .campaign = genesis->campaign};
    return journal_belongs(other, &identity, genesis->endpoint, err);
}

/* Ours is the beginning of theirs: the lines that follow are taken as they are. */
static bool
forward(struct journal *journal, const struct journal *other, uint64_t split, struct error *err)
{
    struct buffer bytes = {0};
    const struct kept_record *first = &other->records[split];
    bool worked =
        file_read(other->path, STORE_BYTES_MAX, &bytes, NULL, err) &&
        journal_forward(journal, first, other->next_seq - split, bytes.bytes + first->offset,
                        scan_verified_size(other, other->size_bytes) - first->offset, err);
    buffer_close(&bytes);
    return worked;
}

/* Whom ours has erased comes back only with what is open there, or was tried, because that may have
 * to be sent as it was, and with what ours knew nothing of. */
static bool
is_returning(const struct journal *journal, const struct index *erased, struct entry *entry)
{
    const struct deed *ours = entry->key ? ledger_find(&journal->ledger, entry->key) : NULL;
    if (!ours && entry->worker)
        return index_find(erased, entry->worker);
    if (!ours || !deed_is_erased(ours) || !entry->worker)
        return false;
    if (entry->kind == ENTRY_INTEND)
        return true;
    entry->worker = entry->assignment = entry->task = entry->body = entry->evidence = NULL;
    entry->salt = NULL;
    return false;
}

/* Whom ours has erased, as theirs still tells: ours knows only their actions' keys. */
static struct index
erased_find(const struct journal *journal, const struct ledger *theirs)
{
    struct index erased = {0};
    for (size_t i = 0; i < theirs->deed_count; i++) {
        const struct deed *deed = theirs->deeds[i];
        const struct deed *ours = ledger_find(&journal->ledger, deed->key);
        if (ours && deed_is_erased(ours) && deed->worker)
            index_add(&erased, deed->worker, i, journal->arena);
    }
    return erased;
}

static bool
join_write(struct journal *journal, const struct journal *other, const char *who, stamp_t now_ms,
           struct merge *merge, struct error *err)
{
    struct entry *records = arena_alloc(journal->arena, other->next_seq * sizeof *records);
    for (uint64_t i = 0; i < other->next_seq; i++)
        records[i] = other->records[i].entry;
    struct entry note = {.kind = ENTRY_MERGE,
                         .journal = other->ledger.genesis.journal,
                         .head = other->sum,
                         .split = merge->parting.split,
                         .records = merge->parting.theirs,
                         .who = who};
    if (!journal_add(journal, &note, now_ms, err))
        return false;
    struct join_input input = {.ours = &journal->ledger,
                               .theirs = &other->ledger,
                               .records = records,
                               .record_count = other->next_seq,
                               .split = merge->parting.split,
                               .first_seq = note.seq + 1};
    struct join join;
    join_make(&input, &join, journal->arena);
    struct index erased = erased_find(journal, &other->ledger);
    merge->news = join.news;
    merge->doubled = join.doubled;
    merge->doubled_count = join.doubled_count;
    for (size_t i = 0; i < join.count; i++) {
        struct entry *entry = &join.added[i];
        merge->returned += is_returning(journal, &erased, entry);
        bool personal =
            entry->worker || entry->kind == ENTRY_REFUSED || entry->kind == ENTRY_UNKNOWN;
        if (personal && !entry->salt)
            entry->salt = nonce_make(journal->arena);
        if (!journal_bring(journal, entry, err))
            return false;
    }
    return journal_commit(journal, err);
}

/* This machine's second copy may have held the other history until now; it follows this one again.
 */
static void
copy_renew(struct journal *journal)
{
    struct buffer content = {0};
    struct error ignored = {0};
    mirror_close(&journal->mirror);
    journal->history_lost = false;
    if (file_read(journal->path, STORE_BYTES_MAX, &content, NULL, &ignored) &&
        witness_check(journal, &content, &ignored))
        mirror_begin(&journal->mirror, journal->path, journal->ledger.genesis.journal,
                     journal->lacking, journal->lacking_size, journal->warnings, journal->arena);
    buffer_close(&content);
}

bool
journal_merge(struct journal *journal, const char *path, const char *who, stamp_t now_ms,
              struct merge *merge, struct error *err)
{
    assert(journal->locked && journal->keeps_records);
    struct journal *other = arena_alloc(journal->arena, sizeof *other);
    *merge = (struct merge){0};
    if (!other_read(journal, path, other, err))
        return false;
    merge->parting = parting_make(journal, other);
    merge->other = other->ledger;
    bool known = merge->parting.theirs == 0 ||
                 ledger_has_merged(&journal->ledger, other->ledger.genesis.journal, other->sum);
    if (known)
        return true;
    merge->forwarded = merge->parting.ours == 0 && !journal->torn_bytes;
    if (!journal_recover(journal, now_ms, err))
        return false;
    bool worked = merge->forwarded ? forward(journal, other, merge->parting.split, err)
                                   : join_write(journal, other, who, now_ms, merge, err);
    if (worked)
        copy_renew(journal);
    return worked;
}
