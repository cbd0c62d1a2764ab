/* A journal with a second copy, in a folder of the test's own; both go at its end. Needs the cmocka
 * headers before it, and nftw (_XOPEN_SOURCE 700). */
#ifndef SUPPORT_MIRRORED_H
#define SUPPORT_MIRRORED_H

#include <ftw.h>
#include <stdio.h>
#include <sys/stat.h>

#include "support/book.h"

static const char mirrored_id[] = "00112233445566778899aabbccddeeff";

static inline int
mirrored_begin(void **state)
{
    if (book_open(state) != 0)
        return -1;
    const struct book *book = *state;
    char folder[4000];
    snprintf(folder, sizeof folder, "%s/state", book->folder);
    return mkdir(folder, 0700) == 0 && setenv("XDG_STATE_HOME", folder, 1) == 0 ? 0 : -1;
}

static inline int
remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

static inline int
mirrored_finish(void **state)
{
    nftw(getenv("XDG_STATE_HOME"), remove_one, 8, FTW_DEPTH | FTW_PHYS);
    return book_close(state);
}

static inline const char *
copy_path(struct book *book)
{
    return arena_print(&book->arena, "%s/state/bursar/journals/%s.jsonl", book->folder,
                       mirrored_id);
}

static inline bool
reopen(struct book *book, struct error *err)
{
    book->journal = (struct journal){.path = book->path, .arena = &book->arena};
    book->warnings.count = 0;
    if (!journal_hold(&book->journal, "ana@lab, pid 1", err))
        fail_msg("%s", err->text);
    return journal_open(&book->journal, book->path, true, &book->warnings, &book->arena, err);
}

static inline void
must_reopen(struct book *book)
{
    struct error err = {0};
    if (!reopen(book, &err))
        fail_msg("%s", err.text);
}

static inline void
one_more_run(struct book *book, stamp_t at_ms)
{
    book_add(book, run_at(at_ms));
    book_commit(book);
    journal_close(&book->journal);
}

/* Two groups; gives where the second begins. */
static inline size_t
story_write(struct book *book)
{
    must_reopen(book);
    book_add_genesis(book, STORY_MS);
    size_t second = book_commit(book);
    book_add(book, bonus_at(KEY_ONE, STORY_MS + 1));
    book_commit(book);
    journal_close(&book->journal);
    book_keep(book);
    return second;
}

static inline void
expect_file(const char *path, const struct buffer *expected)
{
    struct buffer content = {0};
    struct error err = {0};
    if (!file_read(path, 1 << 24, &content, NULL, &err))
        fail_msg("%s", err.text);
    assert_int_equal(content.size, expected->size);
    assert_memory_equal(content.bytes, expected->bytes, expected->size);
    buffer_close(&content);
}

static inline void
restore(struct book *book)
{
    struct journal journal = {
        .path = book->path, .arena = &book->arena, .warnings = &book->warnings};
    struct error err = {0};
    const char *aside;
    assert_true(journal_hold(&journal, "ana@lab, pid 1", &err));
    if (!journal_restore(&journal, STORY_MS, &aside, &err))
        fail_msg("%s", err.text);
    journal_close(&journal);
}

#endif
