/* A journal whose last write did not reach the disk whole: the last group is set aside, and nothing
 * else ever. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "three_groups.h"

/* A process or a machine may stop after any byte. */
static void
a_last_group_torn_at_any_byte_is_left_out_and_nothing_else(void **state)
{
    struct book *book = *state;
    struct story story = story_write(book);
    for (size_t size = story.last + 1; size < book->bytes.size; size++) {
        struct error err = {0};
        book_put(book, book->bytes.bytes, size);
        if (!book_read(book, &err))
            fail_msg("cut at %zu: %s", size, err.text);
        assert_int_equal(book->journal.torn_at, story.last);
        assert_int_equal(book->journal.torn_bytes, size - story.last);
        assert_int_equal(book->journal.next_seq, 4);
        assert_int_equal(book->warnings.count, 1);
        assert_int_equal(ledger_find(&book->journal.ledger, KEY_ONE)->standing, STANDING_INTENDED);
        assert_int_equal(ledger_find(&book->journal.ledger, KEY_TWO)->standing, STANDING_INTENDED);
    }
}

static void
a_cut_between_groups_is_no_tear(void **state)
{
    struct book *book = *state;
    struct story story = story_write(book);
    struct error err = {0};
    book_put(book, book->bytes.bytes, story.last);
    assert_true(book_read(book, &err));
    assert_int_equal(book->journal.torn_bytes, 0);
    assert_int_equal(book->journal.next_seq, 4);
}

static void
blocks_that_never_reached_the_disk_are_a_tear(void **state)
{
    static const char zeros[5000];
    struct book *book = *state;
    struct story story = story_write(book);
    static const size_t kept[] = {0, 1, 40};
    for (size_t i = 0; i < 3; i++)
        for (int with_newline = 0; with_newline < 2; with_newline++) {
            struct buffer bytes = {0};
            struct error err = {0};
            buffer_add(&bytes, book->bytes.bytes, story.last + kept[i]);
            buffer_add(&bytes, zeros, sizeof zeros);
            buffer_add(&bytes, "\n", (size_t)with_newline);
            book_put(book, bytes.bytes, bytes.size);
            if (!book_read(book, &err))
                fail_msg("%s", err.text);
            assert_int_equal(book->journal.torn_at, story.last);
            assert_int_equal(book->journal.torn_bytes, bytes.size - story.last);
            buffer_close(&bytes);
        }
}

/* Every sector of the last group for itself, as a power loss may leave them. */
static void
any_sector_of_the_last_group_may_be_missing(void **state)
{
    enum { SECTOR_BYTES = 512 };
    struct book *book = *state;
    struct story story = story_write(book);
    size_t size = book->bytes.size;
    for (size_t begin = story.last; begin < size;) {
        size_t end = (begin / SECTOR_BYTES + 1) * SECTOR_BYTES;
        end = end < size ? end : size;
        struct buffer bytes = {0};
        struct error err = {0};
        buffer_add(&bytes, book->bytes.bytes, size);
        memset(bytes.bytes + begin, 0, end - begin);
        book_put(book, bytes.bytes, size);
        if (!book_read(book, &err))
            fail_msg("without bytes %zu to %zu: %s", begin, end, err.text);
        assert_int_equal(book->journal.torn_at, story.last);
        buffer_close(&bytes);
        begin = end;
    }
}

/* What follows a hole in an earlier group shows that the hole is damage, at a line's beginning
 * and at its end. */
static void
a_hole_before_a_later_group_is_damage(void **state)
{
    struct book *book = *state;
    struct story story = story_write(book);
    size_t end = (size_t)(strchr(book->bytes.bytes + story.intents, '\n') - book->bytes.bytes);
    const size_t holes[] = {story.intents, end - 100};
    for (size_t i = 0; i < 2; i++) {
        char was[100];
        memcpy(was, book->bytes.bytes + holes[i], sizeof was);
        memset(book->bytes.bytes + holes[i], 0, sizeof was);
        book_put(book, book->bytes.bytes, book->bytes.size);
        refused(book, 3, "Nothing was sent");
        memcpy(book->bytes.bytes + holes[i], was, sizeof was);
    }
}

static void
a_torn_first_group_leaves_an_empty_journal(void **state)
{
    struct book *book = *state;
    struct story story = story_write(book);
    for (size_t size = 1; size < story.intents; size += 13) {
        struct error err = {0};
        book_put(book, book->bytes.bytes, size);
        assert_true(book_read(book, &err));
        assert_false(book->journal.ledger.has_genesis);
        assert_int_equal(book->journal.torn_at, 0);
        assert_int_equal(book->journal.torn_bytes, size);
    }
}

/* The end of a run is a group of its own: one record is all that follows the damage. */
static void
one_byte_turned_to_zero_before_a_group_of_one_record_is_refused(void **state)
{
    struct book *book = *state;
    story_write(book);
    size_t end = end_write(book);
    for (size_t at = end - 400; at < end; at++) {
        struct error err = {0};
        char was = book->bytes.bytes[at];
        book->bytes.bytes[at] = '\0';
        book_put(book, book->bytes.bytes, book->bytes.size);
        if (book_read(book, &err))
            fail_msg("read with byte %zu of %zu turned to zero", at, end);
        assert_int_equal(err.status, STATUS_JOURNAL);
        book->bytes.bytes[at] = was;
    }
}

/* A block of zeros over a sum hides what the next record is chained to; its group tells. */
static void
a_hole_over_a_sum_before_a_group_of_one_record_is_refused(void **state)
{
    struct book *book = *state;
    static const char hole[60];
    story_write(book);
    size_t end = end_write(book);
    for (size_t at = end - 75; at + sizeof hole <= end; at++) {
        char was[sizeof hole];
        memcpy(was, book->bytes.bytes + at, sizeof hole);
        memcpy(book->bytes.bytes + at, hole, sizeof hole);
        book_put(book, book->bytes.bytes, book->bytes.size);
        refused(book, 6, "Nothing was sent");
        memcpy(book->bytes.bytes + at, was, sizeof hole);
    }
}

/* Of the records left two are of different groups, or one was sent: a tear leaves the end of one
 * group, and in a journal's first group nothing was sent. */
static void
a_hole_over_the_beginning_is_damage(void **state)
{
    struct book *book = *state;
    struct story story = story_write(book);
    const size_t ends[] = {story.intents, story.intents + 500};
    for (size_t i = 0; i < 2; i++) {
        struct error err = {0};
        memset(book->bytes.bytes, 0, ends[i]);
        book_put(book, book->bytes.bytes, book->bytes.size);
        if (book_read(book, &err))
            fail_msg("read with a hole up to %zu", ends[i]);
        assert_int_equal(err.status, STATUS_JOURNAL);
    }
}

/* With the line ends lost in it there is no pair of lines left whose sums could be compared; a
 * record of a later group that still has its form shows all the same that this was not torn. */
static void
a_hole_up_to_the_only_record_of_the_last_group_is_damage(void **state)
{
    struct book *book = *state;
    struct story story = story_write(book);
    size_t last = end_write(book);
    struct buffer bent = {0};
    /* The last begins behind a sum, so that the line with the hole in it has two. */
    const size_t begins[] = {story.intents, story.intents + 50, story.last, story.last + 300,
                             last - 30};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        for (size_t line_end = 0; line_end < 2; line_end++) {
            struct error err = {0};
            buffer_clear(&bent);
            buffer_add(&bent, book->bytes.bytes, book->bytes.size);
            memset(bent.bytes + begins[i], 0, last - line_end - begins[i]);
            book_put(book, bent.bytes, bent.size);
            if (book_read(book, &err))
                fail_msg("read with a hole from %zu to %zu", begins[i], last - line_end);
            assert_int_equal(err.status, STATUS_JOURNAL);
        }
    buffer_close(&bent);
}

#define ON_BOOK(test) cmocka_unit_test_setup_teardown(test, book_open, book_close)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOOK(a_last_group_torn_at_any_byte_is_left_out_and_nothing_else),
        ON_BOOK(a_cut_between_groups_is_no_tear),
        ON_BOOK(blocks_that_never_reached_the_disk_are_a_tear),
        ON_BOOK(any_sector_of_the_last_group_may_be_missing),
        ON_BOOK(a_hole_before_a_later_group_is_damage),
        ON_BOOK(a_torn_first_group_leaves_an_empty_journal),
        ON_BOOK(one_byte_turned_to_zero_before_a_group_of_one_record_is_refused),
        ON_BOOK(a_hole_over_a_sum_before_a_group_of_one_record_is_refused),
        ON_BOOK(a_hole_over_the_beginning_is_damage),
        ON_BOOK(a_hole_up_to_the_only_record_of_the_last_group_is_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
