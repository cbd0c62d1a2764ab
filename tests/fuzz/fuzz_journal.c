/* A whole journal that was bent: bytes flipped, cut out, put in, turned to zeros, cut off. Either
 * it is refused, or what is believed is the beginning of the journal as it was, up to the end of a
 * group, and nothing that was whole behind a lost group is lost with it (but for what looks exactly
 * like a torn write). What was left out is kept beside, and the journal goes on. An input that
 * begins with 'r' is a journal of any bytes. */
#define _GNU_SOURCE /* memmem */
#include "fuzz.h"

#include <fcntl.h>
#include <unistd.h>

#include "codec/record_stated.h"
#include "engine/journal.h"
#include "io/file.h"

#define START_MS ((stamp_t)1795442400000)
#define KEY(last) "a3b4f2d83a0c5d4c0f84e2aaf9b0e4ad7d3c3d31ad6f3b9ad9cf0a6d0a9f4c0" last

enum { GROUPS_MAX = 16, BENDS_MAX = 4, TEAR_BYTES = 16 };

static struct arena life;
static const char *folder, *path;
static struct buffer sealed;          /* the journal as it was written */
static size_t group_ends[GROUPS_MAX]; /* in it */
static size_t group_count;

static void
remove_folder(void)
{
    file_folder_remove(folder);
    buffer_close(&sealed);
    arena_close(&life);
}

static bool
open_journal(struct journal *journal, bool for_writing, struct problems *warnings,
             struct arena *arena, struct error *err)
{
    *journal = (struct journal){.path = path, .arena = arena, .unmirrored = true};
    *warnings = (struct problems){.arena = arena};
    return (!for_writing || journal_hold(journal, "ana@lab, pid 1", err)) &&
           journal_open(journal, path, for_writing, warnings, arena, err);
}

static void
add(struct journal *journal, struct entry entry)
{
    struct error err = {0};
    if (!journal_add(journal, &entry, START_MS + (stamp_t)journal->next_seq, &err))
        fprintf(stderr, "%s\n", err.text);
    CLAIM(!err.text[0]);
}

static void
commit(struct journal *journal)
{
    struct error err = {0};
    CLAIM(journal_commit(journal, &err));
    group_ends[group_count++] = journal->store.size;
    CLAIM(group_count < GROUPS_MAX);
}

static void
add_beginning(struct journal *journal)
{
    add(journal, (struct entry){.kind = ENTRY_GENESIS,
                                .format = 1,
                                .campaign = "best-joke",
                                .journal = "00112233445566778899aabbccddeeff",
                                .marketplace = "mturk",
                                .environment = "sandbox"});
    add(journal, (struct entry){.kind = ENTRY_RUN, .who = "ana", .host = "lab"});
}

static struct entry
intent(const char *key)
{
    return (struct entry){.kind = ENTRY_INTEND,
                          .key = key,
                          .step = "bonus",
                          .verb = VERB_BONUS,
                          .has_verb = true,
                          .amount = 100,
                          .fee = 20,
                          .content = "c",
                          .worker = "A1",
                          .assignment = "X1",
                          .task = "T1",
                          .body = "{}"};
}

/* Groups of one, two and three records, of most kinds. */
static void
seal(void)
{
    static const char *keys[] = {KEY("2")};
    struct journal journal;
    struct problems warnings;
    struct error err = {0};
    CLAIM(open_journal(&journal, true, &warnings, &life, &err));
    add_beginning(&journal);
    commit(&journal);
    for (int i = 0; i < 3; i++)
        add(&journal, intent(i == 0 ? KEY("1") : i == 1 ? KEY("2") : KEY("3")));
    commit(&journal);
    add(&journal, (struct entry){.kind = ENTRY_DONE, .key = KEY("1"), .request_id = "r1"});
    add(&journal, (struct entry){.kind = ENTRY_UNKNOWN, .key = KEY("2"), .why = "timeout"});
    commit(&journal);
    add(&journal, (struct entry){.kind = ENTRY_LOOK, .keys = keys, .key_count = 1, .pages = 1});
    add(&journal, (struct entry){.kind = ENTRY_RESEND, .key = KEY("2"), .attempt = 2});
    commit(&journal);
    add(&journal, (struct entry){.kind = ENTRY_DONE, .key = KEY("2")});
    commit(&journal);
    add(&journal, (struct entry){.kind = ENTRY_REFUSED, .key = KEY("3"), .code = "No"});
    commit(&journal);
    add(&journal, (struct entry){.kind = ENTRY_END, .done = 2, .refused = 1, .amount = 200});
    commit(&journal);
    journal_close(&journal);
    CLAIM(file_read(path, 1 << 20, &sealed, NULL, &err));
}

int LLVMFuzzerInitialize(int *count, char ***values);

int
LLVMFuzzerInitialize(int *count, char ***values)
{
    struct error err = {0};
    (void)count, (void)values;
    folder = file_temporary_folder(&life, &err);
    CLAIM(folder);
    path = arena_print(&life, "%s/a.journal.jsonl", folder);
    seal();
    atexit(remove_folder);
    return 0;
}

/* One change: what, where, how long, and with which byte. */
static void
bend(struct buffer *journal, struct feed *feed)
{
    static const char zeros[4096];
    struct buffer out = {0};
    unsigned what = feed_byte(feed) % 5;
    size_t at = journal->size ? feed_number(feed) % journal->size : 0;
    size_t length = feed_number(feed) % sizeof zeros;
    char byte = (char)feed_byte(feed);
    if (length > journal->size - at)
        length = journal->size - at;
    buffer_add(&out, journal->bytes, at);
    size_t go_on = at;
    if (what == 0 && at < journal->size) { /* flip */
        char flipped = (char)(journal->bytes[at] ^ (byte ? byte : 1));
        buffer_add(&out, &flipped, 1);
        go_on = at + 1;
    } else if (what == 1) { /* cut out */
        go_on = at + length;
    } else if (what == 2) { /* put in */
        for (size_t i = 0; i <= length % 64; i++)
            buffer_add(&out, &byte, 1);
    } else if (what == 3) { /* a hole */
        buffer_add(&out, zeros, length);
        go_on = at + length;
    } else { /* cut off */
        go_on = journal->size;
    }
    buffer_add(&out, journal->bytes + go_on, journal->size - go_on);
    buffer_close(journal);
    *journal = out;
}

/* What was believed of a bent journal, against what it was. */
static void
belief_claim(const struct journal *journal, const struct buffer *bent)
{
    size_t believed = journal->torn_bytes ? (size_t)journal->torn_at : bent->size;
    CLAIM(believed + journal->torn_bytes == bent->size);
    CLAIM(believed <= sealed.size && (!believed || !memcmp(bent->bytes, sealed.bytes, believed)));
    size_t group = 0;
    while (believed && group_ends[group] != believed)
        CLAIM(++group < group_count);
    /* Zeros from the middle of a sector on, right behind a group, are what a write leaves whose
     * first sector did not reach the disk; damage that happens to begin there cannot be told from
     * it. */
    enum { SECTOR_BYTES = 512 };
    if (journal->torn_bytes && bent->bytes[believed] == '\0' && believed % SECTOR_BYTES)
        return;
    /* Where the first line that was lost does not say its group any more, whole lines of one other
     * group behind it cannot be told from the rest of its own. */
    uint64_t own, later = 0, one;
    const char *first = bent->bytes + believed;
    bool says = record_states_group(first, record_span(first, journal->torn_bytes), &own);
    size_t lost = believed ? group + 1 : 0;
    for (size_t at = lost < group_count ? group_ends[lost] : sealed.size; at < sealed.size;) {
        size_t line = (size_t)((char *)memchr(sealed.bytes + at, '\n', sealed.size - at) -
                               (sealed.bytes + at)) +
                      1;
        if (memmem(first, journal->torn_bytes, sealed.bytes + at, line)) {
            CLAIM(!says && record_states_group(sealed.bytes + at, line - 1, &one));
            CLAIM(later == 0 || later == one);
            later = one;
        }
        at += line;
    }
}

/* A journal that can be read can be gone on with, and keeps what it had. */
static void
go_on(struct arena *arena, size_t torn_bytes)
{
    struct journal journal;
    struct problems warnings;
    struct error err = {0};
    if (!open_journal(&journal, true, &warnings, arena, &err))
        fprintf(stderr, "%s\n", err.text);
    CLAIM(!err.text[0]);
    bool begun = journal.ledger.has_genesis;
    CLAIM(journal.torn_bytes == torn_bytes);
    CLAIM(journal_recover(&journal, START_MS, &err));
    if (!begun)
        add_beginning(&journal);
    else
        add(&journal, (struct entry){.kind = ENTRY_RUN, .who = "ben", .host = "lab"});
    CLAIM(journal_commit(&journal, &err));
    uint64_t next_seq = journal.next_seq;
    journal_close(&journal);
    CLAIM(open_journal(&journal, false, &warnings, arena, &err));
    CLAIM(journal.torn_bytes == 0 && journal.next_seq == next_seq);
    journal_close(&journal);
}

static void
put(const struct buffer *bytes)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    CLAIM(descriptor >= 0);
    CLAIM(write(descriptor, bytes->bytes, bytes->size) == (ssize_t)bytes->size);
    close(descriptor);
}

/* What was torn in the input before lies beside, under the same name. */
static void
forget_side(const char *side)
{
    if (file_exists(side))
        unlink(side);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena arena = {0};
    struct buffer bent = {0};
    struct feed feed = {bytes, size};
    struct journal journal;
    struct problems warnings;
    struct error err = {0};
    bool raw = feed_byte(&feed) == 'r';
    if (raw) {
        buffer_add(&bent, feed.bytes, feed.left);
    } else {
        buffer_add(&bent, sealed.bytes, sealed.size);
        for (int i = 0; i < BENDS_MAX && feed.left; i++)
            bend(&bent, &feed);
    }
    put(&bent);
    bool believed = open_journal(&journal, false, &warnings, &arena, &err);
    size_t torn_bytes = journal.torn_bytes;
    if (believed && !raw)
        belief_claim(&journal, &bent);
    CLAIM(believed || err.status == STATUS_JOURNAL);
    journal_close(&journal);
    if (believed) {
        char when[STAMP_TEXT_SIZE];
        forget_side(arena_print(&arena, "%s.torn-%s", path, stamp_print_amz(when, START_MS)));
        go_on(&arena, torn_bytes);
    }
    buffer_close(&bent);
    arena_close(&arena);
    return 0;
}
