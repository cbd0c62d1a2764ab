/* A journal in a folder of its own: written through the journal, then bent by hand.
 * Needs the cmocka headers before it. */
#ifndef SUPPORT_BOOK_H
#define SUPPORT_BOOK_H

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine/journal.h"
#include "io/file.h"
#include "support/history.h"

/* Digests of "k1" and "k2": what a key looks like. */
#define KEY_ONE "a3b4f2d83a0c5d4c0f84e2aaf9b0e4ad7d3c3d31ad6f3b9ad9cf0a6d0a9f4c01"
#define KEY_TWO "a3b4f2d83a0c5d4c0f84e2aaf9b0e4ad7d3c3d31ad6f3b9ad9cf0a6d0a9f4c02"

struct book {
    struct arena arena;
    char *folder;
    const char *path;
    struct problems warnings;
    struct journal journal;
    struct buffer bytes; /* the file as it was written */
};

static inline int
book_open(void **state)
{
    struct book *book = calloc(1, sizeof *book);
    struct error err = {0};
    *state = book;
    if (!book || !(book->folder = file_temporary_folder(&book->arena, &err)))
        return -1;
    book->path = arena_print(&book->arena, "%s/a.journal.jsonl", book->folder);
    book->warnings.arena = &book->arena;
    return 0;
}

static inline int
book_close(void **state)
{
    struct book *book = *state;
    file_folder_remove(book->folder);
    buffer_close(&book->bytes);
    arena_close(&book->arena);
    free(book);
    return 0;
}

/* Opens for reading what stands there now. */
static inline bool
book_read(struct book *book, struct error *err)
{
    book->journal = (struct journal){.unmirrored = true};
    book->warnings.count = 0;
    bool worked =
        journal_open(&book->journal, book->path, false, &book->warnings, &book->arena, err);
    journal_close(&book->journal);
    return worked;
}

/* Opens for writing; the journal stays open. */
static inline void
book_write(struct book *book)
{
    struct error err = {0};
    book->journal = (struct journal){.path = book->path, .arena = &book->arena, .unmirrored = true};
    book->warnings.count = 0;
    if (!journal_hold(&book->journal, "ana@lab, pid 1", &err) ||
        !journal_open(&book->journal, book->path, true, &book->warnings, &book->arena, &err))
        fail_msg("%s", err.text);
}

static inline void
book_add(struct book *book, struct entry entry)
{
    struct error err = {0};
    if (!journal_add(&book->journal, &entry, entry.at_ms, &err))
        fail_msg("%s", err.text);
}

/* Ends the group; gives the file's size. */
static inline size_t
book_commit(struct book *book)
{
    struct error err = {0};
    if (!journal_commit(&book->journal, &err))
        fail_msg("%s", err.text);
    return book->journal.store.size;
}

static inline void
book_add_genesis(struct book *book, stamp_t at_ms)
{
    book_add(book, (struct entry){.kind = ENTRY_GENESIS,
                                  .at_ms = at_ms,
                                  .format = 1,
                                  .journal = "00112233445566778899aabbccddeeff",
                                  .campaign = "best-joke",
                                  .marketplace = "mturk",
                                  .environment = "sandbox",
                                  .endpoint = "http://localhost"});
    book_add(book, run_at(at_ms));
}

static inline void
book_keep(struct book *book)
{
    struct error err = {0};
    buffer_clear(&book->bytes);
    if (!file_read(book->path, 1 << 24, &book->bytes, NULL, &err))
        fail_msg("%s", err.text);
}

/* Puts other bytes in the journal's place. */
static inline void
book_put(const struct book *book, const void *bytes, size_t size)
{
    int descriptor = open(book->path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, bytes, size), size);
    close(descriptor);
}

#endif
