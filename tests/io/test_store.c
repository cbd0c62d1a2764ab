/* The file that only grows: what it accepts, and that after every failure either all of an append
 * is there or none of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/file.h"
#include "io/store.h"

struct place {
    struct arena arena;
    char *folder;
    char *path;
};

static int
open_place(void **state)
{
    struct place *place = calloc(1, sizeof *place);
    struct error err = {0};
    *state = place;
    if (!place || !(place->folder = file_temporary_folder(&place->arena, &err)))
        return -1;
    place->path = arena_print(&place->arena, "%s/a.journal.jsonl", place->folder);
    return 0;
}

static int
close_place(void **state)
{
    struct place *place = *state;
    file_folder_remove(place->folder);
    int there = access(place->folder, F_OK);
    arena_close(&place->arena);
    free(place);
    return there == 0 ? -1 : 0;
}

static void
put(const char *path, const char *text, mode_t mode)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, text, strlen(text)), strlen(text));
    assert_int_equal(fchmod(descriptor, mode), 0);
    close(descriptor);
}

static void
assert_holds(const char *path, const char *text)
{
    struct buffer content = {0};
    struct error err = {0};
    assert_true(file_read(path, 1 << 20, &content, NULL, &err));
    assert_string_equal(content.bytes, text);
    assert_int_equal(content.size, strlen(text));
    buffer_close(&content);
}

static void
what_was_appended_is_read_again(void **state)
{
    struct place *place = *state;
    struct store store;
    struct error err = {0};
    bool exists = true, reserved;
    struct buffer content = {0};
    assert_true(store_open(&store, place->path, true, &exists, &content, NULL, &err));
    assert_false(exists);
    assert_true(store_create(&store, place->path, &err));
    assert_true(store_append(&store, "one\n", 4, &err));
    assert_true(store_reserve(&store, 65536, &reserved, &err));
    assert_true(store_append(&store, "two\n", 4, &err));
    assert_int_equal(store.size, 8);
    store_close(&store);
    assert_holds(place->path, "one\ntwo\n");

    struct stat info;
    assert_int_equal(stat(place->path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);

    assert_true(store_open(&store, place->path, true, &exists, &content, NULL, &err));
    assert_true(exists);
    assert_string_equal(content.bytes, "one\ntwo\n");
    assert_int_equal(store.size, 8);
    assert_true(store_append(&store, "three\n", 6, &err));
    store_close(&store);
    assert_holds(place->path, "one\ntwo\nthree\n");
    buffer_close(&content);
}

static void
a_new_store_takes_the_place_of_nothing(void **state)
{
    struct place *place = *state;
    struct store store;
    struct error err = {0};
    put(place->path, "one\n", 0600);
    assert_false(store_create(&store, place->path, &err));
    assert_int_equal(err.status, STATUS_JOURNAL);
    assert_non_null(strstr(err.text, place->path));
    assert_holds(place->path, "one\n");
}

/* Opens what must not be accepted, for reading and for writing. */
static void
assert_refused(const char *path, const char *says)
{
    for (int for_writing = 0; for_writing <= 1; for_writing++) {
        struct store store;
        struct error err = {0};
        struct buffer content = {0};
        bool exists;
        assert_false(store_open(&store, path, for_writing, &exists, &content, NULL, &err));
        assert_false(exists);
        assert_int_equal(store.descriptor, -1);
        assert_int_equal(err.status, STATUS_JOURNAL);
        assert_non_null(strstr(err.text, path));
        assert_non_null(strstr(err.text, says));
        buffer_close(&content);
    }
}

static void
only_a_regular_file_of_our_own_is_accepted(void **state)
{
    struct place *place = *state;
    char *other = arena_print(&place->arena, "%s/other", place->folder);
    put(other, "one\n", 0600);
    assert_int_equal(symlink(other, place->path), 0);
    assert_refused(place->path, "is a link");
    unlink(place->path);
    assert_int_equal(mkfifo(place->path, 0600), 0);
    assert_refused(place->path, "not a regular file");
    unlink(place->path);
    put(place->path, "one\n", 0602);
    assert_refused(place->path, "everyone");
    put(place->path, "one\n", 0600);
    assert_int_equal(truncate(place->path, ((off_t)1 << 30) + 1), 0);
    assert_refused(place->path, "1 GiB");
    unlink(place->path);
    assert_refused(place->folder, place->folder);
}

static void
a_file_of_another_user_is_refused(void **state)
{
    struct place *place = *state;
    put(place->path, "one\n", 0644);
    if (geteuid() != 0)
        skip(); /* only root can give a file away */
    assert_int_equal(chown(place->path, 12345, (gid_t)-1), 0);
    assert_refused(place->path, "another user");
}

static void
a_group_writable_file_is_used_with_a_warning(void **state)
{
    struct place *place = *state;
    struct store store;
    struct error err = {0};
    struct buffer content = {0};
    struct problems warnings = {.arena = &place->arena};
    bool exists;
    put(place->path, "one\n", 0660);
    assert_true(store_open(&store, place->path, false, &exists, &content, &warnings, &err));
    assert_true(exists);
    assert_true(warnings.count >= 1); /* more where the test's folder is on a network */
    assert_string_equal(warnings.items[0].where.file, place->path);
    assert_non_null(strstr(warnings.items[0].text, "group"));
    store_close(&store);
    buffer_close(&content);
}

static void
what_others_could_change_is_used_with_a_warning(void **state)
{
    struct place *place = *state;
    char *other = arena_print(&place->arena, "%s/other", place->folder);
    static const char *const words[] = {"has 2 names", "everyone on this machine can replace it"};
    put(place->path, "one\n", 0600);
    for (size_t i = 0; i < 2; i++) {
        struct store store;
        struct error err = {0};
        struct buffer content = {0};
        struct problems warnings = {.arena = &place->arena};
        bool exists;
        assert_int_equal(i == 0 ? link(place->path, other) : chmod(place->folder, 0777), 0);
        assert_true(store_open(&store, place->path, false, &exists, &content, &warnings, &err));
        assert_true(warnings.count >= 1);
        assert_non_null(strstr(warnings.items[0].text, words[i]));
        store_close(&store);
        buffer_close(&content);
        unlink(other);
    }
    chmod(place->folder, 0700);
}

/* No file of this process may grow past `size` from now on: what a full disk looks like. */
static void
limit_files(rlim_t size)
{
    struct rlimit limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    limit.rlim_cur = size;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void
an_append_that_finds_no_room_leaves_the_old_bytes(void **state)
{
    struct place *place = *state;
    struct store store;
    struct error err = {0};
    char many[10000];
    memset(many, 'x', sizeof many);
    signal(SIGXFSZ, SIG_IGN);
    assert_true(store_create(&store, place->path, &err));
    assert_true(store_append(&store, "one\n", 4, &err));
    limit_files(5000); /* so that half of it can be written */
    assert_false(store_append(&store, many, sizeof many, &err));
    limit_files(RLIM_INFINITY);
    assert_int_equal(err.status, STATUS_JOURNAL);
    assert_non_null(strstr(err.text, "nothing of them was kept"));
    assert_non_null(strstr(err.text, "free some space"));
    assert_false(store.broken);
    assert_holds(place->path, "one\n");
    err = (struct error){0};
    assert_true(store_append(&store, "two\n", 4, &err));
    assert_holds(place->path, "one\ntwo\n");
    store_close(&store);
}

static void
what_was_read_is_written_once_more_when_it_is_confirmed(void **state)
{
    struct place *place = *state;
    struct store store;
    struct error err = {0};
    struct buffer content = {0};
    bool exists;
    put(place->path, "one\ntwo\n", 0600);
    assert_true(store_open(&store, place->path, true, &exists, &content, NULL, &err));
    put(place->path, "one\nt\0\0\0", 0600); /* what the disk has */
    assert_true(store_confirm(&store, content.bytes + 4, 4, &err));
    assert_true(store_append(&store, "three\n", 6, &err));
    assert_holds(place->path, "one\ntwo\nthree\n");
    store_close(&store);
    buffer_close(&content);
}

static void
a_store_that_cannot_be_confirmed_is_never_touched_again(void **state)
{
    struct place *place = *state;
    struct store store;
    struct error err = {0};
    struct buffer content = {0};
    bool exists;
    put(place->path, "one\n", 0600);
    assert_true(store_open(&store, place->path, true, &exists, &content, NULL, &err));
    int file = store.descriptor;
    store.descriptor = open("/dev/null", O_RDWR);
    assert_false(store_confirm(&store, "one\n", 4, &err));
    assert_non_null(strstr(err.text, "did not confirm"));
    close(store.descriptor);
    store.descriptor = file;
    assert_false(store_append(&store, "two\n", 4, &err));
    assert_holds(place->path, "one\n");
    store_close(&store);
    buffer_close(&content);
}

static void
a_store_that_cannot_be_synced_is_never_touched_again(void **state)
{
    struct place *place = *state;
    struct store store;
    struct error err = {0};
    bool reserved;
    assert_true(store_create(&store, place->path, &err));
    assert_true(store_append(&store, "one\n", 4, &err));
    /* /dev/null takes every byte and cannot be synced (EINVAL). */
    int file = store.descriptor;
    store.descriptor = open("/dev/null", O_RDWR);
    assert_false(store_append(&store, "two\n", 4, &err));
    assert_true(store.broken);
    assert_int_equal(err.status, STATUS_JOURNAL);
    assert_non_null(strstr(err.text, "did not confirm"));
    close(store.descriptor);
    store.descriptor = file;
    err = (struct error){0};
    assert_false(store_append(&store, "two\n", 4, &err));
    assert_false(store_reserve(&store, 100, &reserved, &(struct error){0}));
    assert_false(store_cut(&store, 0, "/nowhere/side", &(struct error){0}));
    assert_non_null(strstr(err.text, "not touched any more"));
    assert_holds(place->path, "one\n");
    store_close(&store);
}

static void
reserving_does_not_change_what_is_read(void **state)
{
    struct place *place = *state;
    struct store store;
    struct error err = {0};
    bool reserved = false;
    struct stat info;
    assert_true(store_create(&store, place->path, &err));
    assert_true(store_append(&store, "one\n", 4, &err));
    assert_true(store_reserve(&store, 256 * 1024, &reserved, &err));
    assert_holds(place->path, "one\n");
    assert_int_equal(fstat(store.descriptor, &info), 0);
    assert_true(!reserved || info.st_blocks * 512 >= 256 * 1024);
    store_close(&store);
}

static void
reserving_more_than_there_is_fails_before_anything_is_written(void **state)
{
    struct place *place = *state;
    struct store store;
    struct error err = {0};
    bool reserved = true;
    assert_true(store_create(&store, place->path, &err));
    assert_true(store_append(&store, "one\n", 4, &err));
    bool worked = store_reserve(&store, SIZE_MAX / 4, &reserved, &err);
    assert_true(!worked || !reserved); /* a file system without reservations says so */
    assert_false(reserved);
    assert_true(worked || strstr(err.text, "no room for"));
    assert_holds(place->path, "one\n");
    store_close(&store);
}

static void
a_file_that_was_moved_takes_nothing_more_that_is_to_come(void **state)
{
    struct store store;
    struct error err = {0};
    bool reserved;
    struct place *place = *state;
    const char *away = arena_print(&place->arena, "%s.moved", place->path);
    assert_true(store_create(&store, place->path, &err));
    assert_true(store_append(&store, "one\n", 4, &err));
    assert_true(store_reserve(&store, 100, &reserved, &err));
    assert_int_equal(rename(place->path, away), 0);
    assert_false(store_reserve(&store, 100, &reserved, &err));
    assert_int_equal(err.status, STATUS_JOURNAL);
    assert_true(store_append(&store, "two\n", 4, &err)); /* what has come back is kept */
    assert_holds(away, "one\ntwo\n");
    int other = open(place->path, O_CREAT | O_WRONLY, 0600);
    assert_true(other >= 0);
    close(other);
    assert_false(store_reserve(&store, 100, &reserved, &err));
    store_close(&store);
}

static void
what_is_cut_off_is_kept_aside(void **state)
{
    struct place *place = *state;
    struct store store;
    struct error err = {0};
    struct buffer content = {0};
    bool exists;
    char *side = arena_print(&place->arena, "%s.torn", place->path);
    put(place->path, "one\ntw", 0600);
    assert_true(store_open(&store, place->path, true, &exists, &content, NULL, &err));
    assert_true(store_cut(&store, 4, side, &err));
    assert_int_equal(store.size, 4);
    assert_holds(place->path, "one\n");
    assert_holds(side, "tw");
    assert_true(store_append(&store, "two\n", 4, &err));
    assert_holds(place->path, "one\ntwo\n");
    /* A side file that is there already holds an earlier loss: nothing is cut. */
    assert_false(store_cut(&store, 4, side, &err));
    assert_non_null(strstr(err.text, "nothing was cut"));
    assert_holds(place->path, "one\ntwo\n");
    assert_holds(side, "tw");
    store_close(&store);
    buffer_close(&content);
}

#define IN_PLACE(test) cmocka_unit_test_setup_teardown(test, open_place, close_place)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        IN_PLACE(what_was_appended_is_read_again),
        IN_PLACE(a_new_store_takes_the_place_of_nothing),
        IN_PLACE(only_a_regular_file_of_our_own_is_accepted),
        IN_PLACE(a_file_of_another_user_is_refused),
        IN_PLACE(a_group_writable_file_is_used_with_a_warning),
        IN_PLACE(what_others_could_change_is_used_with_a_warning),
        IN_PLACE(an_append_that_finds_no_room_leaves_the_old_bytes),
        IN_PLACE(what_was_read_is_written_once_more_when_it_is_confirmed),
        IN_PLACE(a_store_that_cannot_be_confirmed_is_never_touched_again),
        IN_PLACE(a_store_that_cannot_be_synced_is_never_touched_again),
        IN_PLACE(reserving_does_not_change_what_is_read),
        IN_PLACE(reserving_more_than_there_is_fails_before_anything_is_written),
        IN_PLACE(a_file_that_was_moved_takes_nothing_more_that_is_to_come),
        IN_PLACE(what_is_cut_off_is_kept_aside),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
