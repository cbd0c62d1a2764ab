/* A journal of three groups, for tests that harm it. */
#ifndef TESTS_ENGINE_THREE_GROUPS_H
#define TESTS_ENGINE_THREE_GROUPS_H

#include "support/book.h"

/* Genesis and run; two intents; what became of them. */
struct story {
    size_t intents; /* where the second group begins */
    size_t last;    /* where the last group begins */
};

static inline struct story
story_write(struct book *book)
{
    struct story story;
    book_write(book);
    book_add_genesis(book, STORY_MS);
    story.intents = book_commit(book);
    book_add(book, bonus_at(KEY_ONE, STORY_MS + 1000));
    book_add(book, bonus_at(KEY_TWO, STORY_MS + 1000));
    story.last = book_commit(book);
    book_add(book, entry_at(ENTRY_DONE, KEY_ONE, STORY_MS + 2000));
    book_add(book, entry_at(ENTRY_UNKNOWN, KEY_TWO, STORY_MS + 2001));
    book_commit(book);
    journal_close(&book->journal);
    book_keep(book);
    return story;
}

/* A fourth group of one record, the end of the run; gives where it begins. */
static inline size_t
end_write(struct book *book)
{
    size_t begin = book->bytes.size;
    book_write(book);
    book_add(book, (struct entry){.kind = ENTRY_END, .at_ms = STORY_MS + 3000});
    book_commit(book);
    journal_close(&book->journal);
    book_keep(book);
    return begin;
}

/* States that it is refused, and where. */
static inline void
refused(struct book *book, unsigned line, const char *words)
{
    struct error err = {0};
    if (book_read(book, &err))
        fail_msg("read in spite of damage in line %u", line);
    assert_int_equal(err.status, STATUS_JOURNAL);
    const char *place = arena_print(&book->arena, "%s:%u: ", book->path, line);
    if (!strstr(err.text, place) || !strstr(err.text, words))
        fail_msg("'%s' and '%s' are not in: %s", place, words, err.text);
}

#endif
