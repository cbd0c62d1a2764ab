/* The account book: a file of records (codec/record), folded into a ledger as they are read and
 * as they are added.
 *
 * Records are added one by one and become durable together, as a group, by `journal_commit`; a
 * run sends nothing that is not committed. A journal that does not verify is not opened at all,
 * except that a last group which was cut by a crash is set aside: its effects had not begun. */
#ifndef ENGINE_JOURNAL_H
#define ENGINE_JOURNAL_H

#include "base/buffer.h"
#include "base/digest.h"
#include "core/chronicle.h"
#include "core/identity.h"
#include "core/ledger.h"
#include "engine/mirror.h"
#include "engine/since.h"
#include "io/lock.h"
#include "io/store.h"

/* A record that was read, with the sum of the chain up to it. */
struct kept_record {
    struct entry entry;
    uint64_t offset; /* where its line begins */
    char sum[DIGEST_TEXT_SIZE];
};

struct journal {
    const char *path;
    struct store store;
    struct lock lock; /* of the file at this path */
    bool locked;
    struct lock id_lock; /* of the journal, wherever a copy of it lies on this machine */
    bool id_locked;
    const char *holder; /* what another run is told of us */
    bool exists;
    struct ledger ledger;
    char sum[DIGEST_TEXT_SIZE]; /* of the last record of a whole group; "" when there is none */
    uint64_t next_seq;
    stamp_t last_ms;
    size_t size_bytes;  /* of the file as it was read */
    bool keeps_records; /* set before reading, by those who compare journals */
    struct kept_record *records;
    size_t record_count;
    size_t record_capacity;
    struct since *since; /* set before reading, by those who carry out a saved plan; or NULL */
    struct chronicle *chronicle; /* set before reading, by those who tell how it came about */
    uint64_t torn_at;            /* where an incomplete last group begins, or, of what does not
                                    verify, the whole groups before that end */
    size_t torn_bytes;
    size_t last_group_at;   /* where the last whole group begins */
    const char *last_group; /* its bytes, when it was opened for writing */
    size_t last_group_size;
    struct entry *added; /* not yet committed */
    size_t added_count;
    size_t added_capacity;
    struct buffer written; /* the lines of the group last committed */
    struct mirror mirror;
    const char *lacking; /* lines that the mirror does not have yet */
    size_t lacking_size;
    bool unmirrored;      /* a rehearsal's: no second copy is kept */
    bool newer;           /* it did not open because a newer version wrote it */
    const char *unmerged; /* with history_lost: the copy of another history, to be merged */
    bool restorable;      /* with history_lost: the second copy brings it back */
    uint64_t lost_from;   /* with history_lost: records are missing before this one */
    bool unerased;        /* people who were erased still stand in it, or in its second copy */
    bool history_lost;    /* the mirror shows that this is not the whole story */
    struct arena *arena;
    struct problems *warnings;
};

/* Takes the lock; `holder` is what another run is told. STATUS_HELD when another has it. Needs
 * `path` and `arena`. */
bool journal_hold(struct journal *journal, const char *holder, struct error *err);

/* Reads and verifies the whole file. `for_writing` needs the lock, and fails, STATUS_HELD, while a
 * copy of the same journal is open for writing from another place. No file is no error. An
 * incomplete last group is left out, with a warning. */
bool journal_open(struct journal *journal, const char *path, bool for_writing,
                  struct problems *warnings, struct arena *arena, struct error *err);

/* Puts the second copy of the journal that was last at this path back in its place; what lies
 * there now is kept beside, under a name given in `*aside` (NULL when there was nothing). Needs the
 * lock. */
bool journal_restore(struct journal *journal, stamp_t now_ms, const char **aside,
                     struct error *err);

/* Refuses (STATUS_GUARDED) a journal that belongs to something else: another campaign, marketplace
 * or environment, or play on this machine where now real money moves, or the other way round. */
bool journal_belongs(const struct journal *journal, const struct identity *identity,
                     const char *endpoint, struct error *err);

/* Before the first record that is added to what was there: makes sure that what was read is on the
 * disk; cuts an incomplete last group off, keeps it in a file beside, and adds the record of that.
 */
bool journal_recover(struct journal *journal, stamp_t now_ms, struct error *err);

/* Adds one record at `now_ms`; seq, group and time are filled in. Texts must live as long as the
 * journal. Fails when it cannot follow what is there, which is a mistake of ours. */
bool journal_add(struct journal *journal, struct entry *entry, stamp_t now_ms, struct error *err);

/* Adds a record that another journal held, at the time that it has there. */
bool journal_bring(struct journal *journal, struct entry *entry, struct error *err);

/* Adds records of a journal of which this one is the beginning, as the lines that they are there,
 * durably. */
bool journal_forward(struct journal *journal, const struct kept_record *records, size_t count,
                     const void *lines, size_t size, struct error *err);

/* Makes what was added durable. After a failure nothing more may be sent. */
bool journal_commit(struct journal *journal, struct error *err);

/* Takes back what was added after the first `count`, when it cannot be written: for the last commit
 * before everything stops, because the ledger keeps what it was told. */
void journal_withdraw(struct journal *journal, size_t count);

/* Room for what was added and `records` more, so that what comes back can be written down. */
bool journal_reserve(struct journal *journal, size_t records, struct error *err);

void journal_close(struct journal *journal);

#endif
