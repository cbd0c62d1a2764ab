/* What was committed to a journal is read again; what was changed in it is refused with its line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "three_groups.h"

static void
what_was_committed_is_read_again(void **state)
{
    struct book *book = *state;
    struct error err = {0};
    story_write(book);
    assert_true(book_read(book, &err));
    assert_true(book->journal.exists);
    assert_int_equal(book->journal.torn_bytes, 0);
    assert_int_equal(book->journal.next_seq, 6);
    assert_int_equal(book->warnings.count, 0);
    assert_int_equal(ledger_find(&book->journal.ledger, KEY_ONE)->standing, STANDING_DONE);
    assert_int_equal(ledger_find(&book->journal.ledger, KEY_TWO)->standing, STANDING_UNKNOWN);
    assert_int_equal(book->journal.last_ms, STORY_MS + 2001);
}

static void
what_was_not_committed_is_not_there(void **state)
{
    struct book *book = *state;
    struct error err = {0};
    story_write(book);
    book_write(book);
    book_add(book, run_at(STORY_MS + 3000));
    journal_close(&book->journal);
    assert_true(book_read(book, &err));
    assert_int_equal(book->journal.next_seq, 6);
}

static void
no_file_is_an_empty_journal_and_reading_makes_none(void **state)
{
    struct book *book = *state;
    struct error err = {0};
    assert_true(book_read(book, &err));
    assert_false(book->journal.exists);
    assert_false(file_exists(book->path));
}

static void
time_never_runs_backwards_in_it(void **state)
{
    struct book *book = *state;
    struct error err = {0};
    story_write(book);
    book_write(book);
    book_add(book, run_at(STORY_MS - HOURS(1)));
    book_commit(book);
    journal_close(&book->journal);
    assert_true(book_read(book, &err));
    assert_int_equal(book->journal.last_ms, STORY_MS + 2001);
}

/* Bits rot, people try things: in an earlier group nothing is taken for a tear. */
static void
one_changed_byte_in_an_earlier_group_is_refused_with_its_line(void **state)
{
    struct book *book = *state;
    struct story story = story_write(book);
    static const unsigned char masks[] = {0x01, 0x20, 0x80};
    unsigned line = 1;
    for (size_t at = 0; at < story.last; at++) {
        char was = book->bytes.bytes[at];
        for (size_t i = 0; i <= sizeof masks; i++) {
            book->bytes.bytes[at] = i < sizeof masks ? (char)(was ^ masks[i]) : '\0';
            book_put(book, book->bytes.bytes, book->bytes.size);
            refused(book, line, "Nothing was sent");
        }
        book->bytes.bytes[at] = was;
        line += was == '\n';
    }
}

static void
a_whole_line_that_was_changed_is_refused_in_the_last_group_too(void **state)
{
    struct book *book = *state;
    story_write(book);
    char *code = strstr(book->bytes.bytes, "\"kind\":\"unknown\"");
    assert_non_null(code);
    memcpy(code, "\"kind\":\"refused\"", 16);
    book_put(book, book->bytes.bytes, book->bytes.size);
    refused(book, 6, "the sum differs");
}

static void
lines_that_are_missing_doubled_or_swapped_are_refused(void **state)
{
    struct book *book = *state;
    story_write(book);
    const char *lines[6];
    size_t sizes[6], at = 0;
    for (size_t i = 0; i < 6; at += sizes[i++]) {
        lines[i] = book->bytes.bytes + at;
        sizes[i] = (size_t)(strchr(lines[i], '\n') + 1 - lines[i]);
    }
    static const struct {
        size_t order[7], count;
        unsigned line;
    } rows[] = {
        {{0, 1, 3, 4, 5}, 5, 3},       {{0, 1, 2, 2, 3, 4, 5}, 7, 4}, {{0, 1, 3, 2, 4, 5}, 6, 3},
        {{1, 2, 3, 4, 5}, 5, 1},       {{0, 1, 2, 3, 5}, 5, 5},       {{0, 0, 1, 2, 3, 4, 5}, 7, 2},
        {{0, 1, 2, 3, 4, 5, 5}, 7, 7},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buffer bytes = {0};
        for (size_t j = 0; j < rows[i].count; j++)
            buffer_add(&bytes, lines[rows[i].order[j]], sizes[rows[i].order[j]]);
        book_put(book, bytes.bytes, bytes.size);
        refused(book, rows[i].line, "the sum differs");
        buffer_close(&bytes);
    }
}

#define ON_BOOK(test) cmocka_unit_test_setup_teardown(test, book_open, book_close)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOOK(what_was_committed_is_read_again),
        ON_BOOK(what_was_not_committed_is_not_there),
        ON_BOOK(no_file_is_an_empty_journal_and_reading_makes_none),
        ON_BOOK(time_never_runs_backwards_in_it),
        ON_BOOK(one_changed_byte_in_an_earlier_group_is_refused_with_its_line),
        ON_BOOK(a_whole_line_that_was_changed_is_refused_in_the_last_group_too),
        ON_BOOK(lines_that_are_missing_doubled_or_swapped_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
