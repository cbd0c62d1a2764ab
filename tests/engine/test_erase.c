/* People who are taken out of a journal: of it, its second copy, and what lies beside; and what is
 * stopped half way. */
#define _GNU_SOURCE /* nftw, memmem */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "codec/record_person.h"
#include "engine/erase.h"
#include "support/mirrored.h"

#define KEY_A1 "1111111111111111111111111111111111111111111111111111111111111111"
#define KEY_A2 "2222222222222222222222222222222222222222222222222222222222222222"

static struct entry
bonus_of(const char *key, const char *worker, stamp_t at_ms)
{
    struct entry entry = bonus_at(key, at_ms);
    entry.worker = worker;
    return entry;
}

/* Two people were paid, a day apart. */
static void
two_people_are_paid(struct book *book)
{
    must_reopen(book);
    book_add_genesis(book, STORY_MS);
    book_add(book, bonus_of(KEY_A1, "A1", STORY_MS + 1));
    book_commit(book);
    book_add(book, entry_at(ENTRY_DONE, KEY_A1, STORY_MS + 2));
    book_add(book, bonus_of(KEY_A2, "A2", STORY_MS + HOURS(24)));
    book_add(book, entry_at(ENTRY_DONE, KEY_A2, STORY_MS + HOURS(24)));
    book_commit(book);
    journal_close(&book->journal);
    book_keep(book);
}

static bool
file_names(const char *path, const char *worker)
{
    struct buffer bytes = {0};
    struct error err = {0};
    bool exists;
    assert_true(file_read(path, 1 << 24, &bytes, &exists, &err));
    bool named = bytes.size && bytes_name(bytes.bytes, bytes.size, worker);
    buffer_close(&bytes);
    return named;
}

static void
expect_named(struct book *book, const char *worker, bool here, bool copy)
{
    assert_int_equal(file_names(book->path, worker), here);
    assert_int_equal(file_names(copy_path(book), worker), copy);
}

/* Weighs and erases, all in one. */
static struct erasure
erase(struct book *book, struct erasure erasure)
{
    struct error err = {0};
    must_reopen(book);
    if (!erase_weigh(&book->journal, &erasure, &err) ||
        !erase_perform(&book->journal, &erasure, "ana@lab", STORY_MS + HOURS(48), &err))
        fail_msg("%s", err.text);
    journal_close(&book->journal);
    return erasure;
}

static void
expect_sound(struct book *book)
{
    must_reopen(book);
    assert_int_equal(book->warnings.count, 0);
    assert_false(book->journal.history_lost);
    assert_false(book->journal.unerased);
    assert_int_equal(ledger_find(&book->journal.ledger, KEY_A1)->standing, STANDING_DONE);
    assert_int_equal(ledger_find(&book->journal.ledger, KEY_A1)->amount, 100);
    journal_close(&book->journal);
}

static void
one_person_is_taken_out_of_both(void **state)
{
    struct book *book = *state;
    two_people_are_paid(book);
    struct erasure done = erase(book, (struct erasure){.worker = "A1"});
    assert_int_equal(done.workers.count, 1);
    assert_int_equal(done.records, 1);
    assert_int_equal(done.key_count, 1);
    expect_named(book, "A1", false, false);
    expect_named(book, "A2", true, true);
    expect_sound(book);
}

/* A power loss kept a block of the unsynced copy from the disk: the rest of the line still names
 * somebody, and nothing says that it is a person. */
static void
a_line_with_a_hole_goes_from_the_copy(void **state)
{
    struct book *book = *state;
    two_people_are_paid(book);
    struct buffer bytes = {0};
    struct error err = {0};
    assert_true(file_read(copy_path(book), 1 << 24, &bytes, NULL, &err));
    char *person = memmem(bytes.bytes, bytes.size, "\"person\"", strlen("\"person\""));
    assert_non_null(person);
    memset(person - 20, 0, 29);
    assert_true(file_write(copy_path(book), bytes.bytes, bytes.size, 0600, &err));
    buffer_close(&bytes);
    erase(book, (struct erasure){.worker = "A1"});
    expect_named(book, "A1", false, false);
    expect_sound(book);
}

/* The copy came back as it was before the erasure, and not whole. */
static void
an_older_copy_with_a_hole_is_no_other_history(void **state)
{
    struct book *book = *state;
    two_people_are_paid(book);
    struct buffer bytes = {0};
    struct error err = {0};
    assert_true(file_read(copy_path(book), 1 << 24, &bytes, NULL, &err));
    erase(book, (struct erasure){.worker = "A1"});
    char *second = memmem(bytes.bytes, bytes.size, KEY_A2, strlen(KEY_A2));
    assert_non_null(second);
    memset(second, 0, 100);
    assert_true(file_write(copy_path(book), bytes.bytes, bytes.size, 0600, &err));
    must_reopen(book);
    assert_false(book->journal.history_lost);
    assert_true(book->journal.unerased);
    journal_close(&book->journal);
    bytes.bytes[bytes.size - 20] = 'x'; /* the last sum: whose record is that? */
    assert_true(file_write(copy_path(book), bytes.bytes, bytes.size, 0600, &err));
    buffer_close(&bytes);
    must_reopen(book);
    assert_true(book->journal.history_lost);
    journal_close(&book->journal);
}

static void
what_was_settled_before_a_day_is_for_nobody(void **state)
{
    struct book *book = *state;
    two_people_are_paid(book);
    erase(book, (struct erasure){.before_ms = STORY_MS + HOURS(24)});
    expect_named(book, "A1", false, false);
    expect_named(book, "A2", true, true);
    expect_sound(book);
}

static void
whoever_does_not_occur_changes_nothing(void **state)
{
    struct book *book = *state;
    two_people_are_paid(book);
    struct erasure erasure = {.worker = "A3"};
    struct error err = {0};
    must_reopen(book);
    assert_true(erase_weigh(&book->journal, &erasure, &err));
    assert_true(erase_is_empty(&erasure));
    journal_close(&book->journal);
}

static void
what_is_open_is_counted(void **state)
{
    struct book *book = *state;
    two_people_are_paid(book);
    must_reopen(book);
    book_add(book, bonus_of(KEY_ONE, "A1", STORY_MS + HOURS(25)));
    book_commit(book);
    struct erasure erasure = {.worker = "A1"};
    struct error err = {0};
    assert_true(erase_weigh(&book->journal, &erasure, &err));
    assert_int_equal(erasure.open, 1);
    journal_close(&book->journal);
}

/* Stopped before any file was written anew: it is written down who is to go. */
static void
an_erasure_that_was_only_written_down_is_known_and_finished(void **state)
{
    struct book *book = *state;
    const char *keys[] = {KEY_A1};
    two_people_are_paid(book);
    must_reopen(book);
    book_add(book, (struct entry){.kind = ENTRY_ERASED,
                                  .at_ms = STORY_MS + HOURS(48),
                                  .keys = keys,
                                  .key_count = 1});
    book_commit(book);
    journal_close(&book->journal);
    must_reopen(book);
    assert_true(book->journal.unerased);
    assert_int_equal(book->warnings.count, 1);
    uint64_t records = book->journal.next_seq;
    journal_close(&book->journal);
    struct erasure rest = erase(book, (struct erasure){0});
    assert_int_equal(rest.key_count, 0);
    expect_named(book, "A1", false, false);
    expect_sound(book);
    must_reopen(book);
    assert_int_equal(book->journal.next_seq, records);
    journal_close(&book->journal);
}

/* Stopped behind the journal: the copy is neither ahead nor another history. */
static void
the_copy_of_before_agrees_and_names_more(void **state)
{
    struct book *book = *state;
    two_people_are_paid(book);
    erase(book, (struct erasure){.worker = "A1"});
    struct buffer copy = {0}, now = {0};
    struct error err = {0};
    assert_true(file_read(book->path, 1 << 24, &now, NULL, &err));
    struct alike alike = records_alike(now.bytes, now.size, book->bytes.bytes, book->bytes.size);
    assert_int_equal(alike.there, book->bytes.size);
    buffer_add(&copy, book->bytes.bytes, book->bytes.size);
    buffer_add(&copy, now.bytes + alike.here, now.size - alike.here);
    assert_true(file_write(copy_path(book), copy.bytes, copy.size, 0600, &err));
    must_reopen(book);
    assert_false(book->journal.history_lost);
    assert_true(book->journal.unerased);
    journal_close(&book->journal);
    struct erasure rest = erase(book, (struct erasure){0});
    assert_int_equal(rest.records, 0);
    expect_named(book, "A1", false, false);
    expect_sound(book);
    buffer_close(&copy);
    buffer_close(&now);
}

/* A journal that was put back, from a repository perhaps, is shorter than its copy. */
static void
what_is_brought_back_names_nobody_who_was_erased(void **state)
{
    struct book *book = *state;
    two_people_are_paid(book);
    erase(book, (struct erasure){.worker = "A1"});
    book_put(book, book->bytes.bytes, book->bytes.size);
    must_reopen(book);
    assert_true(book->journal.history_lost);
    assert_true(book->journal.restorable);
    journal_close(&book->journal);
    restore(book);
    expect_named(book, "A1", false, false);
    expect_sound(book);
    const char *aside = arena_print(&book->arena, "%s.replaced-20261123T140000Z", book->path);
    assert_true(file_names(aside, "A1"));
    erase(book, (struct erasure){0});
    assert_false(file_names(aside, "A1"));
    assert_true(file_names(aside, "A2"));
}

static void
what_was_torn_off_is_not_kept_with_them(void **state)
{
    struct book *book = *state;
    two_people_are_paid(book);
    struct buffer torn = {0};
    buffer_add(&torn, book->bytes.bytes, book->bytes.size);
    buffer_text(&torn,
                "{\"seq\":6,\"at\":\"2026-11-24T14:00:01.000Z\",\"kind\":\"intend\",\"group\""
                ":7,\"key\":\"" KEY_ONE "\",\"person\":{\"worker\":\"A1\",\"assi");
    book_put(book, torn.bytes, torn.size);
    erase(book, (struct erasure){.worker = "A1"});
    const char *side = arena_print(&book->arena, "%s.torn-20261124T140000Z", book->path);
    expect_named(book, "A1", false, false);
    assert_true(file_exists(side));
    assert_false(file_names(side, "A1"));
    expect_sound(book);
    buffer_close(&torn);
}

/* What an older version wrote of the marketplace's words. */
static void
an_id_in_words_that_cannot_go_is_named(void **state)
{
    struct book *book = *state;
    two_people_are_paid(book);
    must_reopen(book);
    book_add(book, (struct entry){.kind = ENTRY_BODY, .at_ms = STORY_MS, .text = "Dear A1, hello"});
    book_commit(book);
    struct erasure erasure = {.worker = "A1"};
    struct error err = {0};
    assert_true(erase_weigh(&book->journal, &erasure, &err));
    assert_int_equal(erasure.outside, 1);
    assert_int_equal(erasure.first_outside, 6);
    journal_close(&book->journal);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_line_with_a_hole_goes_from_the_copy, mirrored_begin,
                                        mirrored_finish),
        cmocka_unit_test_setup_teardown(an_older_copy_with_a_hole_is_no_other_history,
                                        mirrored_begin, mirrored_finish),
        cmocka_unit_test_setup_teardown(one_person_is_taken_out_of_both, mirrored_begin,
                                        mirrored_finish),
        cmocka_unit_test_setup_teardown(what_was_settled_before_a_day_is_for_nobody, mirrored_begin,
                                        mirrored_finish),
        cmocka_unit_test_setup_teardown(whoever_does_not_occur_changes_nothing, mirrored_begin,
                                        mirrored_finish),
        cmocka_unit_test_setup_teardown(what_is_open_is_counted, mirrored_begin, mirrored_finish),
        cmocka_unit_test_setup_teardown(an_erasure_that_was_only_written_down_is_known_and_finished,
                                        mirrored_begin, mirrored_finish),
        cmocka_unit_test_setup_teardown(the_copy_of_before_agrees_and_names_more, mirrored_begin,
                                        mirrored_finish),
        cmocka_unit_test_setup_teardown(what_is_brought_back_names_nobody_who_was_erased,
                                        mirrored_begin, mirrored_finish),
        cmocka_unit_test_setup_teardown(what_was_torn_off_is_not_kept_with_them, mirrored_begin,
                                        mirrored_finish),
        cmocka_unit_test_setup_teardown(an_id_in_words_that_cannot_go_is_named, mirrored_begin,
                                        mirrored_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
