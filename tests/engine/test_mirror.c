/* The second copy of a journal: it follows the journal, notices what the journal lost, and can be
 * brought back, also after runs that went on without the lost records. */
#define _XOPEN_SOURCE 700 /* nftw */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/mirrored.h"

static void
every_group_is_copied(void **state)
{
    struct book *book = *state;
    story_write(book);
    expect_file(copy_path(book), &book->bytes);
    must_reopen(book);
    assert_false(book->journal.history_lost);
    assert_int_equal(book->warnings.count, 0);
    one_more_run(book, STORY_MS + 2);
    book_keep(book);
    expect_file(copy_path(book), &book->bytes);
}

static void
a_copy_that_is_behind_is_filled_up(void **state)
{
    struct book *book = *state;
    size_t second = story_write(book);
    assert_int_equal(truncate(copy_path(book), (off_t)second + 10), 0);
    must_reopen(book);
    assert_false(book->journal.history_lost);
    one_more_run(book, STORY_MS + 2);
    book_keep(book);
    expect_file(copy_path(book), &book->bytes);
}

static void
hole_make(const char *path, long at, size_t size)
{
    static const char zeros[64];
    FILE *file = fopen(path, "r+");
    assert_true(file && size <= sizeof zeros && fseek(file, at, SEEK_SET) == 0);
    assert_int_equal(fwrite(zeros, 1, size, file), size);
    fclose(file);
}

/* The copy is not synced: a power loss keeps blocks from the disk. */
static void
a_copy_with_holes_is_filled_up(void **state)
{
    struct book *book = *state;
    size_t second = story_write(book);
    static const long before_second[] = {0, 20, -30, 1};
    for (size_t i = 0; i < sizeof before_second / sizeof *before_second; i++) {
        long at = i == 0 ? 0 : (long)second + before_second[i];
        hole_make(copy_path(book), at, 40);
        must_reopen(book);
        assert_false(book->journal.history_lost);
        assert_int_equal(book->warnings.count, 0);
        one_more_run(book, STORY_MS + 2 + (stamp_t)i);
        book_keep(book);
        expect_file(copy_path(book), &book->bytes);
    }
}

static void
a_copy_with_holes_that_knows_more_is_not_cut(void **state)
{
    struct book *book = *state;
    size_t second = story_write(book);
    hole_make(copy_path(book), 20, 40);
    book_put(book, book->bytes.bytes, second);
    must_reopen(book);
    assert_true(book->journal.history_lost);
    journal_close(&book->journal);
}

static void
a_copy_that_was_lost_is_made_anew(void **state)
{
    struct book *book = *state;
    story_write(book);
    unlink(copy_path(book));
    must_reopen(book);
    assert_false(book->journal.history_lost);
    one_more_run(book, STORY_MS + 2);
    book_keep(book);
    expect_file(copy_path(book), &book->bytes);
}

static void
a_journal_that_is_gone_is_noticed_and_brought_back(void **state)
{
    struct book *book = *state;
    story_write(book);
    unlink(book->path);
    must_reopen(book);
    assert_true(book->journal.history_lost);
    assert_int_equal(book->warnings.count, 1);
    journal_close(&book->journal);
    restore(book);
    expect_file(book->path, &book->bytes);
    must_reopen(book);
    assert_false(book->journal.history_lost);
    journal_close(&book->journal);
}

static void
a_journal_that_lost_records_is_noticed_and_brought_back(void **state)
{
    struct book *book = *state;
    size_t second = story_write(book);
    book_put(book, book->bytes.bytes, second);
    must_reopen(book);
    assert_true(book->journal.history_lost);
    journal_close(&book->journal);
    restore(book);
    expect_file(book->path, &book->bytes);
}

/* "Until then bonuses are only sent when …": a run may go on, and must not spoil the copy. */
static void
what_was_lost_can_be_brought_back_after_a_run_that_went_on(void **state)
{
    struct book *book = *state;
    size_t second = story_write(book);
    book_put(book, book->bytes.bytes, second);
    must_reopen(book);
    one_more_run(book, STORY_MS + 2);
    must_reopen(book);
    assert_true(book->journal.history_lost);
    one_more_run(book, STORY_MS + 3);
    restore(book);
    struct error err = {0};
    assert_true(book_read(book, &err));
    assert_non_null(ledger_find(&book->journal.ledger, KEY_ONE));
}

/* Nothing is begun anew over a copy that cannot be read, and what it may hold is not forgotten. */
static void
a_copy_that_cannot_be_read_counts_as_lost_history_and_is_left_alone(void **state)
{
    struct book *book = *state;
    story_write(book);
    const char *aside = arena_print(&book->arena, "%s.aside", copy_path(book));
    assert_int_equal(rename(copy_path(book), aside), 0);
    assert_int_equal(mkdir(copy_path(book), 0700), 0);
    must_reopen(book);
    assert_true(book->journal.history_lost);
    assert_int_equal(book->warnings.count, 1);
    assert_non_null(strstr(book->warnings.items[0].text, "cannot be read now"));
    one_more_run(book, STORY_MS + 2);
    assert_int_equal(rmdir(copy_path(book)), 0);
    assert_int_equal(rename(aside, copy_path(book)), 0);
    expect_file(copy_path(book), &book->bytes);
    must_reopen(book);
    assert_false(book->journal.history_lost);
    journal_close(&book->journal);
}

static void
a_torn_journal_is_not_cut_when_the_copy_has_more(void **state)
{
    struct book *book = *state;
    struct error err = {0};
    story_write(book);
    book_put(book, book->bytes.bytes, book->bytes.size - 5);
    assert_false(reopen(book, &err));
    assert_int_equal(err.status, STATUS_JOURNAL);
    assert_non_null(strstr(err.text, "bursar journal restore"));
    journal_close(&book->journal);
}

/* A run was killed while it wrote the copy, and somebody cut the journal: the group that neither
 * has whole cannot come back, and the journal goes on without it, as one that lost records. */
static void
a_group_that_neither_has_whole_is_cut_off_and_counts_as_lost(void **state)
{
    struct book *book = *state;
    struct error err = {0};
    story_write(book);
    size_t whole = book->bytes.size;
    must_reopen(book);
    book_add(book, run_at(STORY_MS + 2));
    book_add(book, run_at(STORY_MS + 3));
    book_commit(book);
    journal_close(&book->journal);
    book_keep(book);
    size_t line = (size_t)(strchr(book->bytes.bytes + whole, '\n') + 1 - book->bytes.bytes);
    assert_int_equal(truncate(copy_path(book), (off_t)line), 0);
    book_put(book, book->bytes.bytes, line - 7);
    assert_false(reopen(book, &err));
    journal_close(&book->journal);
    restore(book);
    struct stat info;
    assert_int_equal(stat(book->path, &info), 0);
    assert_int_equal(info.st_size, whole);
    must_reopen(book);
    assert_true(book->journal.history_lost);
    journal_close(&book->journal);
}

static void
without_a_place_for_it_there_is_one_warning_and_no_copy(void **state)
{
    struct book *book = *state;
    char path[4000];
    snprintf(path, sizeof path, "%s/state/bursar", book->folder);
    int descriptor = open(path, O_WRONLY | O_CREAT, 0600);
    close(descriptor);
    story_write(book);
    assert_int_equal(book->warnings.count, 1);
    assert_non_null(strstr(book->warnings.items[0].text, "no second copy of the journal is kept"));
}

static void
where_nothing_names_a_folder_there_is_one_warning_and_no_copy(void **state)
{
    struct book *book = *state;
    const char *home = getenv("HOME") ? arena_copy(&book->arena, getenv("HOME")) : NULL;
    const char *folder = arena_copy(&book->arena, getenv("XDG_STATE_HOME"));
    unsetenv("HOME");
    unsetenv("XDG_STATE_HOME");
    story_write(book);
    assert_int_equal(book->warnings.count, 1);
    assert_non_null(strstr(book->warnings.items[0].text, "neither XDG_STATE_HOME nor HOME"));
    setenv("XDG_STATE_HOME", folder, 1);
    if (home)
        setenv("HOME", home, 1);
}

static void
nothing_is_brought_back_where_nothing_was(void **state)
{
    struct book *book = *state;
    struct journal journal = {
        .path = book->path, .arena = &book->arena, .warnings = &book->warnings};
    struct error err = {0};
    const char *aside;
    assert_true(journal_hold(&journal, "ana@lab, pid 1", &err));
    assert_false(journal_restore(&journal, STORY_MS, &aside, &err));
    assert_int_equal(err.status, STATUS_JOURNAL);
    journal_close(&journal);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_group_is_copied, mirrored_begin, mirrored_finish),
        cmocka_unit_test_setup_teardown(a_copy_that_is_behind_is_filled_up, mirrored_begin,
                                        mirrored_finish),
        cmocka_unit_test_setup_teardown(a_copy_with_holes_is_filled_up, mirrored_begin,
                                        mirrored_finish),
        cmocka_unit_test_setup_teardown(a_copy_with_holes_that_knows_more_is_not_cut,
                                        mirrored_begin, mirrored_finish),
        cmocka_unit_test_setup_teardown(a_copy_that_was_lost_is_made_anew, mirrored_begin,
                                        mirrored_finish),
        cmocka_unit_test_setup_teardown(a_journal_that_is_gone_is_noticed_and_brought_back,
                                        mirrored_begin, mirrored_finish),
        cmocka_unit_test_setup_teardown(a_journal_that_lost_records_is_noticed_and_brought_back,
                                        mirrored_begin, mirrored_finish),
        cmocka_unit_test_setup_teardown(what_was_lost_can_be_brought_back_after_a_run_that_went_on,
                                        mirrored_begin, mirrored_finish),
        cmocka_unit_test_setup_teardown(
            a_copy_that_cannot_be_read_counts_as_lost_history_and_is_left_alone, mirrored_begin,
            mirrored_finish),
        cmocka_unit_test_setup_teardown(a_torn_journal_is_not_cut_when_the_copy_has_more,
                                        mirrored_begin, mirrored_finish),
        cmocka_unit_test_setup_teardown(
            a_group_that_neither_has_whole_is_cut_off_and_counts_as_lost, mirrored_begin,
            mirrored_finish),
        cmocka_unit_test_setup_teardown(without_a_place_for_it_there_is_one_warning_and_no_copy,
                                        mirrored_begin, mirrored_finish),
        cmocka_unit_test_setup_teardown(
            where_nothing_names_a_folder_there_is_one_warning_and_no_copy, mirrored_begin,
            mirrored_finish),
        cmocka_unit_test_setup_teardown(nothing_is_brought_back_where_nothing_was, mirrored_begin,
                                        mirrored_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
