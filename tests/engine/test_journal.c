/* A journal that was torn, bent or edited: a torn last group is set aside and nothing else ever;
 * everything else is refused with its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/book.h"

/* Three groups: genesis and run; two intents; what became of them. */
struct story {
    size_t intents; /* where the second group begins */
    size_t last;    /* where the last group begins */
};

static struct story
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

static void
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

/* The end of a run is a group of its own: one record is all that follows the damage. */
static void
one_byte_turned_to_zero_before_a_group_of_one_record_is_refused(void **state)
{
    struct book *book = *state;
    story_write(book);
    size_t end = book->bytes.size;
    book_write(book);
    book_add(book, (struct entry){.kind = ENTRY_END, .at_ms = STORY_MS + 3000});
    book_commit(book);
    journal_close(&book->journal);
    book_keep(book);
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
    size_t end = book->bytes.size;
    book_write(book);
    book_add(book, (struct entry){.kind = ENTRY_END, .at_ms = STORY_MS + 3000});
    book_commit(book);
    journal_close(&book->journal);
    book_keep(book);
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
    size_t last = book->bytes.size;
    book_write(book);
    book_add(book, (struct entry){.kind = ENTRY_END, .at_ms = STORY_MS + 3000});
    book_commit(book);
    journal_close(&book->journal);
    book_keep(book);
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

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_committed_is_read_again, book_open, book_close),
        cmocka_unit_test_setup_teardown(what_was_not_committed_is_not_there, book_open, book_close),
        cmocka_unit_test_setup_teardown(no_file_is_an_empty_journal_and_reading_makes_none,
                                        book_open, book_close),
        cmocka_unit_test_setup_teardown(time_never_runs_backwards_in_it, book_open, book_close),
        cmocka_unit_test_setup_teardown(a_last_group_torn_at_any_byte_is_left_out_and_nothing_else,
                                        book_open, book_close),
        cmocka_unit_test_setup_teardown(a_cut_between_groups_is_no_tear, book_open, book_close),
        cmocka_unit_test_setup_teardown(blocks_that_never_reached_the_disk_are_a_tear, book_open,
                                        book_close),
        cmocka_unit_test_setup_teardown(any_sector_of_the_last_group_may_be_missing, book_open,
                                        book_close),
        cmocka_unit_test_setup_teardown(a_hole_before_a_later_group_is_damage, book_open,
                                        book_close),
        cmocka_unit_test_setup_teardown(a_torn_first_group_leaves_an_empty_journal, book_open,
                                        book_close),
        cmocka_unit_test_setup_teardown(
            one_changed_byte_in_an_earlier_group_is_refused_with_its_line, book_open, book_close),
        cmocka_unit_test_setup_teardown(
            one_byte_turned_to_zero_before_a_group_of_one_record_is_refused, book_open, book_close),
        cmocka_unit_test_setup_teardown(a_hole_over_a_sum_before_a_group_of_one_record_is_refused,
                                        book_open, book_close),
        cmocka_unit_test_setup_teardown(a_hole_over_the_beginning_is_damage, book_open, book_close),
        cmocka_unit_test_setup_teardown(a_hole_up_to_the_only_record_of_the_last_group_is_damage,
                                        book_open, book_close),
        cmocka_unit_test_setup_teardown(
            a_whole_line_that_was_changed_is_refused_in_the_last_group_too, book_open, book_close),
        cmocka_unit_test_setup_teardown(lines_that_are_missing_doubled_or_swapped_are_refused,
                                        book_open, book_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
