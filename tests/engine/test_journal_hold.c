/* Who may hold a journal, whose it is, and how a torn end is cut off and kept. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <sys/stat.h>

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
another_run_that_holds_it_is_named(void **state)
{
    struct book *book = *state;
    struct journal other = {.path = book->path, .arena = &book->arena};
    struct error err = {0};
    story_write(book);
    book_write(book);
    assert_false(journal_hold(&other, "ben@desk, pid 2", &err));
    assert_int_equal(err.status, STATUS_HELD);
    if (!strstr(err.text, "ana@lab, pid 1"))
        fail_msg("%s", err.text);
    journal_close(&book->journal);
    err = (struct error){0};
    assert_true(journal_hold(&other, "ben@desk, pid 2", &err));
    journal_close(&other);
}

static void
reading_takes_no_lock(void **state)
{
    struct book *book = *state;
    struct journal reader = {.unmirrored = true};
    struct error err = {0};
    story_write(book);
    book_write(book);
    assert_true(journal_open(&reader, book->path, false, &book->warnings, &book->arena, &err));
    assert_int_equal(reader.next_seq, 3);
    journal_close(&reader);
    journal_close(&book->journal);
}

static void
a_journal_belongs_to_one_campaign_and_environment(void **state)
{
    static const struct {
        const char *campaign, *marketplace, *environment, *endpoint;
        bool belongs;
    } rows[] = {
        {"best-joke", "mturk", "sandbox", "http://localhost", true},
        {"best-joke", "mturk", "sandbox", "http://127.0.0.1:8000", true},
        {"best-joke", "mturk", "sandbox", "https://example.com", false},
        {"best-jokes", "mturk", "sandbox", "http://localhost", false},
        {"best-joke", "other", "sandbox", "http://localhost", false},
        {"best-joke", "mturk", "production", "http://localhost", false},
    };
    struct book *book = *state;
    struct error err = {0};
    story_write(book);
    assert_true(book_read(book, &err));
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        err = (struct error){0};
        struct identity identity = {.marketplace = rows[i].marketplace,
                                    .environment = rows[i].environment,
                                    .campaign = rows[i].campaign};
        assert_int_equal(journal_belongs(&book->journal, &identity, rows[i].endpoint, &err),
                         rows[i].belongs);
        assert_int_equal(err.status, rows[i].belongs ? STATUS_DONE : STATUS_GUARDED);
    }
    if (!strstr(err.text, "belongs to campaign 'best-joke' in sandbox"))
        fail_msg("%s", err.text);
}

/* Recovers at `now_ms`, adds a run, and reads the whole again. */
static void
recover(struct book *book, stamp_t now_ms)
{
    struct error err = {0};
    book_write(book);
    assert_true(book->journal.torn_bytes > 0);
    if (!journal_recover(&book->journal, now_ms, &err))
        fail_msg("%s", err.text);
    book_add(book, run_at(now_ms));
    book_commit(book);
    journal_close(&book->journal);
    assert_true(book_read(book, &err));
    assert_int_equal(book->journal.torn_bytes, 0);
    assert_int_equal(book->warnings.count, 0);
}

static void
a_torn_end_is_cut_off_noted_and_kept_beside(void **state)
{
    struct book *book = *state;
    size_t last = story_write(book);
    for (size_t size = last + 1; size < book->bytes.size; size += 11) {
        stamp_t now_ms = STORY_MS + (stamp_t)size * 1000;
        char when[STAMP_TEXT_SIZE];
        const char *side =
            arena_print(&book->arena, "%s.torn-%s", book->path, stamp_print_amz(when, now_ms));
        struct error err = {0};
        struct buffer content = {0}, torn = {0};
        struct stat info;
        book_put(book, book->bytes.bytes, size);
        recover(book, now_ms);
        assert_int_equal(book->journal.next_seq, 4); /* genesis, run, recovered, run */
        assert_true(file_read(book->path, 1 << 20, &content, NULL, &err));
        assert_memory_equal(content.bytes, book->bytes.bytes, last);
        const char *note = content.bytes + last;
        assert_non_null(strstr(note, "\"kind\":\"recovered\""));
        assert_non_null(strstr(note, arena_print(&book->arena, "\"bytes\":%zu", size - last)));
        assert_non_null(strstr(note, arena_print(&book->arena, "\"side\":\"%s\"", side)));
        assert_true(file_read(side, 1 << 20, &torn, NULL, &err));
        assert_int_equal(torn.size, size - last);
        assert_memory_equal(torn.bytes, book->bytes.bytes + last, torn.size);
        assert_int_equal(stat(side, &info), 0);
        assert_int_equal(info.st_mode & 0777, 0600);
        buffer_close(&content);
        buffer_close(&torn);
    }
}

static void
a_journal_without_one_whole_group_begins_anew(void **state)
{
    struct book *book = *state;
    struct error err = {0};
    story_write(book);
    book_put(book, book->bytes.bytes, 40);
    book_write(book);
    assert_true(journal_recover(&book->journal, STORY_MS, &err));
    assert_int_equal(book->journal.added_count, 0);
    book_add_genesis(book, STORY_MS);
    book_commit(book);
    journal_close(&book->journal);
    assert_true(book_read(book, &err));
    assert_int_equal(book->journal.next_seq, 2);
    assert_int_equal(book->journal.torn_bytes, 0);
}

/* A run that was killed between keeping the torn end and cutting it off, and another at once. */
static void
what_an_earlier_recovery_kept_is_in_nobodys_way(void **state)
{
    struct book *book = *state;
    struct error err = {0};
    story_write(book);
    char when[STAMP_TEXT_SIZE];
    const char *side =
        arena_print(&book->arena, "%s.torn-%s", book->path, stamp_print_amz(when, STORY_MS + 5000));
    const char *next = arena_print(&book->arena, "%s-2", side);
    struct buffer kept = {0};
    book_put(book, book->bytes.bytes, book->bytes.size - 20);
    if (!file_write(side, "kept", 4, 0600, &err))
        fail_msg("%s", err.text);
    recover(book, STORY_MS + 5000);
    assert_true(file_read(side, 100, &kept, NULL, &err));
    assert_string_equal(kept.bytes, "kept");
    assert_true(file_exists(next));
    buffer_close(&kept);
}

static void
without_a_tear_recovering_changes_nothing(void **state)
{
    struct book *book = *state;
    struct error err = {0};
    story_write(book);
    book_write(book);
    assert_true(journal_recover(&book->journal, STORY_MS, &err));
    assert_int_equal(book->journal.added_count, 0);
    journal_close(&book->journal);
}

/* Two crashes within a second of each other leave two torn ends. */
static void
a_second_torn_end_in_the_same_second_is_kept_under_a_name_of_its_own(void **state)
{
    struct book *book = *state;
    struct error err = {0};
    size_t last = story_write(book);
    for (int i = 0; i < 3; i++) {
        book_put(book, book->bytes.bytes, last + 7 + (size_t)i);
        book_write(book);
        if (!journal_recover(&book->journal, STORY_MS + 2000, &err))
            fail_msg("%s", err.text);
        journal_close(&book->journal);
    }
    assert_true(file_exists(arena_print(&book->arena, "%s.torn-20261123T140002Z", book->path)));
    assert_true(file_exists(arena_print(&book->arena, "%s.torn-20261123T140002Z-3", book->path)));
}

/* A sync that failed leaves bytes that can be read and are not on the disk. */
static void
the_last_group_is_written_once_more_before_anything_follows_it(void **state)
{
    struct book *book = *state;
    struct error err = {0};
    size_t last = story_write(book);
    book_write(book);
    assert_int_equal(truncate(book->path, (off_t)last), 0);
    assert_true(journal_recover(&book->journal, STORY_MS + 2000, &err));
    book_add(book, run_at(STORY_MS + 3000));
    book_commit(book);
    journal_close(&book->journal);
    if (!book_read(book, &err))
        fail_msg("%s", err.text);
    assert_int_equal(book->journal.next_seq, 4);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(another_run_that_holds_it_is_named, book_open, book_close),
        cmocka_unit_test_setup_teardown(reading_takes_no_lock, book_open, book_close),
        cmocka_unit_test_setup_teardown(a_journal_belongs_to_one_campaign_and_environment,
                                        book_open, book_close),
        cmocka_unit_test_setup_teardown(a_torn_end_is_cut_off_noted_and_kept_beside, book_open,
                                        book_close),
        cmocka_unit_test_setup_teardown(a_journal_without_one_whole_group_begins_anew, book_open,
                                        book_close),
        cmocka_unit_test_setup_teardown(what_an_earlier_recovery_kept_is_in_nobodys_way, book_open,
                                        book_close),
        cmocka_unit_test_setup_teardown(without_a_tear_recovering_changes_nothing, book_open,
                                        book_close),
        cmocka_unit_test_setup_teardown(
            the_last_group_is_written_once_more_before_anything_follows_it, book_open, book_close),
        cmocka_unit_test_setup_teardown(
            a_second_torn_end_in_the_same_second_is_kept_under_a_name_of_its_own, book_open,
            book_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
