/* What a person, git or an editor did to a journal is refused in words that help. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "codec/record.h"
#include "support/book.h"

static size_t
story_write(struct book *book)
{
    book_write(book);
    book_add_genesis(book, STORY_MS);
    size_t last = book_commit(book);
    book_add(book, bonus_at(KEY_ONE, STORY_MS + 1000));
    book_commit(book);
    journal_close(&book->journal);
    book_keep(book);
    return last;
}

static void
refused(struct book *book, const char *words)
{
    struct error err = {0};
    if (book_read(book, &err))
        fail_msg("read, where '%s' was expected", words);
    assert_int_equal(err.status, STATUS_JOURNAL);
    if (!strstr(err.text, words))
        fail_msg("'%s' is not in: %s", words, err.text);
}

/* The file with one text in place of another, everywhere. */
static void
put_replaced(struct book *book, const char *what, const char *by)
{
    struct buffer bytes = {0};
    const char *at = book->bytes.bytes, *found;
    for (; (found = strstr(at, what)); at = found + strlen(what)) {
        buffer_add(&bytes, at, (size_t)(found - at));
        buffer_text(&bytes, by);
    }
    buffer_text(&bytes, at);
    book_put(book, bytes.bytes, bytes.size);
    buffer_close(&bytes);
}

static void
put_around(struct book *book, const char *before, size_t at, const char *between, const char *after)
{
    struct buffer bytes = {0};
    buffer_text(&bytes, before);
    buffer_add(&bytes, book->bytes.bytes, at);
    buffer_text(&bytes, between);
    buffer_add(&bytes, book->bytes.bytes + at, book->bytes.size - at);
    buffer_text(&bytes, after);
    book_put(book, bytes.bytes, bytes.size);
    buffer_close(&bytes);
}

static void
gits_conflict_marks_are_named(void **state)
{
    struct book *book = *state;
    size_t last = story_write(book);
    static const char hint[] = "two people ran this campaign on two branches";
    put_around(book, "", last, "<<<<<<< HEAD\n", "=======\n>>>>>>> wave-2\n");
    refused(book, hint);
    put_around(book, "<<<<<<< HEAD\n", last, "", "=======\n>>>>>>> wave-2\n");
    refused(book, hint);
    put_around(book, "", last, "", "=======\n");
    refused(book, hint);
    put_around(book, "", last, "", ">>>>>>> wave-2\n");
    refused(book, hint);
}

static void
converted_line_ends_are_named(void **state)
{
    struct book *book = *state;
    story_write(book);
    put_replaced(book, "\n", "\r\n");
    refused(book, "It has CR line ends");
    put_replaced(book, "\n", "\r");
    refused(book, "It has CR line ends");
}

static void
a_byte_order_mark_is_named(void **state)
{
    struct book *book = *state;
    story_write(book);
    put_around(book, "\xef\xbb\xbf", 0, "", "");
    refused(book, "It begins with a byte order mark");
}

static void
what_an_editor_does_is_refused(void **state)
{
    struct book *book = *state;
    size_t last = story_write(book);
    put_replaced(book, "\":", "\": ");
    refused(book, "Bring the file back as it was");
    put_around(book, "", last, "\n", "");
    refused(book, "does not end in its sum");
    put_around(book, "", last, "", "\n");
    refused(book, "does not end in its sum");
    put_replaced(book, "\n", " ");
    refused(book, ":1: ");
    put_around(book, "# a note\n", last, "", "");
    refused(book, ":1: ");
    put_replaced(book, "best-joke", "better-joke");
    refused(book, "the sum differs");
    book_put(book, "{}\n", 3);
    refused(book, ":1: ");
}

/* Sums can be made right by hand; the order of records and groups is checked as well. */
static void
records_and_groups_out_of_place_are_refused(void **state)
{
    static const struct {
        uint64_t seq, group;
        const char *words;
    } rows[] = {
        {2, 2, ":2: record 2 stands where 1 belongs"},
        {0, 1, ":2: record 0 stands where 1 belongs"},
        {1, 2, ":2: group 2 begins before group 1 is whole"},
    };
    struct book *book = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct entry genesis = {.kind = ENTRY_GENESIS,
                                .group = 1,
                                .at_ms = STORY_MS,
                                .format = 1,
                                .journal = "00",
                                .campaign = "best-joke",
                                .marketplace = "mturk",
                                .environment = "sandbox"};
        struct entry run = run_at(STORY_MS);
        struct buffer bytes = {0};
        char sum[DIGEST_TEXT_SIZE] = "";
        run.seq = rows[i].seq;
        run.group = rows[i].group;
        record_encode(&genesis, sum, &bytes);
        record_encode(&run, sum, &bytes);
        book_put(book, bytes.bytes, bytes.size);
        refused(book, rows[i].words);
        buffer_close(&bytes);
    }
}

static void
a_newer_format_is_refused(void **state)
{
    struct book *book = *state;
    book_write(book);
    book_add(book, (struct entry){.kind = ENTRY_GENESIS,
                                  .at_ms = STORY_MS,
                                  .format = 2,
                                  .journal = "00",
                                  .campaign = "best-joke",
                                  .marketplace = "mturk",
                                  .environment = "sandbox",
                                  .endpoint = "http://localhost"});
    book_commit(book);
    journal_close(&book->journal);
    refused(book, "the journal has format 2; this version reads 1");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(gits_conflict_marks_are_named, book_open, book_close),
        cmocka_unit_test_setup_teardown(converted_line_ends_are_named, book_open, book_close),
        cmocka_unit_test_setup_teardown(a_byte_order_mark_is_named, book_open, book_close),
        cmocka_unit_test_setup_teardown(what_an_editor_does_is_refused, book_open, book_close),
        cmocka_unit_test_setup_teardown(records_and_groups_out_of_place_are_refused, book_open,
                                        book_close),
        cmocka_unit_test_setup_teardown(a_newer_format_is_refused, book_open, book_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
