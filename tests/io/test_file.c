/* Whole files and folders. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/clock.h"
#include "scratch.h"

static char *
path_of(const char *name)
{
    return arena_print(&arena, "%s/%s", folder, name);
}

static void
what_is_written_is_read(void **state)
{
    (void)state;
    struct error err = {0};
    struct buffer content = {0};
    struct stat info;
    bool exists = false;
    char *path = path_of("a.html");
    assert_true(file_write(path, "one\0two", 7, 0644, &err));
    assert_true(file_write(path, "three\0four", 10, 0644, &err));
    assert_true(file_read(path, 10, &content, &exists, &err));
    assert_true(exists);
    assert_int_equal(content.size, 10);
    assert_memory_equal(content.bytes, "three\0four", 10);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0644);
    buffer_close(&content);
}

static void
a_file_that_is_not_there_is_an_error_only_when_it_must_be(void **state)
{
    (void)state;
    struct error err = {0};
    struct buffer content = {0};
    bool exists = true;
    assert_true(file_read(path_of("none"), 10, &content, &exists, &err));
    assert_false(exists);
    assert_false(file_read(path_of("none"), 10, &content, NULL, &err));
    assert_int_equal(err.status, STATUS_INVALID);
    assert_non_null(strstr(err.text, "check the path"));
    buffer_close(&content);
}

static void
only_regular_files_of_bounded_size_are_read(void **state)
{
    (void)state;
    struct error err = {0};
    struct buffer content = {0};
    char *fifo = path_of("fifo"), *large = path_of("large");
    assert_int_equal(mkfifo(fifo, 0600), 0);
    assert_true(file_write(large, "12345678901", 11, 0600, &err));
    static const char *const says[] = {"a device or a pipe", "a folder", "a device or a pipe",
                                       "more than the 10 bytes"};
    const char *const paths[] = {fifo, folder, "/dev/null", large};
    for (size_t i = 0; i < 4; i++) {
        bool exists = true;
        err = (struct error){0};
        assert_false(file_read(paths[i], 10, &content, &exists, &err));
        assert_false(exists);
        assert_non_null(strstr(err.text, says[i]));
    }
    buffer_close(&content);
}

/* Larger than the pieces that are read at a time. */
static void
a_file_is_compared_from_its_beginning_on(void **state)
{
    (void)state;
    enum { SIZE = 200000, LINE = 150000 };
    char *bytes = arena_alloc(&arena, SIZE), *path = path_of("compared");
    struct error err = {0};
    memset(bytes, 'x', SIZE);
    bytes[LINE - 1] = '\n';
    assert_true(file_write(path, bytes, SIZE, 0600, &err));
    static const struct {
        size_t changed, size, alike;
    } rows[] = {
        {SIZE, SIZE, SIZE},   {SIZE, 70000, 70000},   {SIZE, 65536, 65536},
        {SIZE, 0, 0},         {0, SIZE, 0},           {65535, SIZE, 65535},
        {65536, SIZE, 65536}, {199999, SIZE, 199999}, {70001, 70000, 70000},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct file_match match;
        bool exists = false;
        char *other = arena_text(&arena, bytes, SIZE);
        other[rows[i].changed] ^= 1;
        assert_true(file_compare(path, SIZE, other, rows[i].size, &match, &exists, &err));
        assert_true(exists);
        assert_int_equal(match.alike, rows[i].alike);
        assert_int_equal(match.whole_size, LINE);
    }
}

static void
comparing_fails_where_reading_does(void **state)
{
    (void)state;
    struct file_match match;
    struct error err = {0};
    bool exists = true;
    assert_true(file_compare(path_of("nothing"), 10, "a", 1, &match, &exists, &err));
    assert_false(exists);
    assert_int_equal(match.alike, 0);
    assert_int_equal(match.whole_size, 0);
    assert_false(file_compare(path_of("compared"), 10, "a", 1, &match, &exists, &err));
    assert_non_null(strstr(err.text, "more than the 10 bytes"));
}

static void
a_write_replaces_files_and_nothing_else(void **state)
{
    (void)state;
    struct error err = {0};
    struct buffer content = {0};
    struct stat info;
    char *target = path_of("target"), *link = path_of("link"), *loose = path_of("loose");
    char *device = path_of("device");
    assert_true(file_write(target, "one", 3, 0600, &err));
    assert_int_equal(symlink(target, link), 0);
    assert_true(file_write(link, "two", 3, 0600, &err));
    assert_int_equal(lstat(link, &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_true(file_read(target, 10, &content, NULL, &err));
    assert_string_equal(content.bytes, "two");
    assert_int_equal(symlink(path_of("nowhere"), loose), 0);
    assert_false(file_write(loose, "x", 1, 0600, &(struct error){0}));
    assert_int_equal(mkfifo(device, 0600), 0);
    assert_false(file_write(device, "x", 1, 0600, &(struct error){0}));
    assert_int_equal(stat(device, &info), 0);
    assert_true(S_ISFIFO(info.st_mode));
    assert_false(file_write(folder, "x", 1, 0600, &(struct error){0}));
    assert_false(file_write(path_of("no/folder"), "x", 1, 0600, &err));
    assert_non_null(strstr(err.text, "no/folder' cannot be written"));
    buffer_close(&content);
}

static void
paths_in_a_file_are_relative_to_it(void **state)
{
    (void)state;
    static const struct {
        const char *base, *relative, *expected;
    } cases[] = {
        {"study/a.yaml", "data/x.csv", "study/data/x.csv"},
        {"a.yaml", "data/x.csv", "data/x.csv"},
        {"/a.yaml", "x.csv", "/x.csv"},
        {"study/a.yaml", "/data/x.csv", "/data/x.csv"},
        {"./a.yaml", "../x.csv", "./../x.csv"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(file_beside(&arena, cases[i].base, cases[i].relative),
                            cases[i].expected);
}

static void
who_else_can_read_a_file_is_told(void **state)
{
    (void)state;
    static const struct {
        mode_t mode;
        const char *words;
    } cases[] = {
        {0600, NULL},
        {0400, NULL},
        {0640, "by its whole group"},
        {0604, "be read by everyone"},
        {0644, "be read by everyone"},
        {0602, "changed by everyone"},
    };
    struct error err = {0};
    char *path = arena_print(&arena, "%s/keys", folder);
    assert_true(file_write(path, "x", 1, 0600, &err));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(chmod(path, cases[i].mode), 0);
        const char *words = file_exposure(path);
        assert_int_equal(words != NULL, cases[i].words != NULL);
        assert_true(!words || strstr(words, cases[i].words));
    }
    assert_null(file_exposure("/nowhere/at/all"));
    if (geteuid() != 0)
        skip(); /* only root can give a file away */
    assert_int_equal(chown(path, 12345, (gid_t)-1), 0);
    assert_string_equal(file_exposure(path), "belongs to another user");
}

static void
folders_are_made_with_those_above_them(void **state)
{
    (void)state;
    struct error err = {0};
    struct stat info;
    char *inner = path_of("state/bursar/journals/"), *file = path_of("file");
    umask(077);
    assert_true(file_folder_make(inner, &err));
    assert_true(file_folder_make(inner, &err));
    assert_int_equal(stat(inner, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    assert_true(file_write(file, "x", 1, 0600, &err));
    assert_false(file_folder_make(file, &err));
    assert_non_null(strstr(err.text, "cannot be made"));
    assert_int_equal(rmdir(path_of("state/bursar/journals")), 0);
    assert_int_equal(rmdir(path_of("state/bursar")), 0);
    assert_int_equal(rmdir(path_of("state")), 0);
}

static void
only_a_temporary_folder_is_removed(void **state)
{
    (void)state;
    struct error err = {0};
    char *plain = path_of("plain"), *shared = path_of("bursar-abcdef");
    char *pointer = path_of("bursar-uvwxyz");
    char *made = file_temporary_folder(&arena, &err);
    assert_int_equal(mkdir(plain, 0700), 0);
    assert_int_equal(mkdir(shared, 0700), 0);
    assert_int_equal(chmod(shared, 0755), 0);
    assert_int_equal(symlink(plain, pointer), 0);
    assert_true(file_write(arena_print(&arena, "%s/a", made), "x", 1, 0600, &err));
    assert_true(file_write(arena_print(&arena, "%s/keep", plain), "x", 1, 0600, &err));
    const char *const paths[] = {plain, shared, pointer, made};
    for (size_t i = 0; i < 4; i++)
        file_folder_remove(paths[i]);
    assert_int_equal(access(arena_print(&arena, "%s/keep", plain), F_OK), 0);
    assert_int_equal(access(shared, F_OK), 0);
    assert_int_not_equal(access(made, F_OK), 0);
    unlink(arena_print(&arena, "%s/keep", plain));
    rmdir(plain);
    rmdir(shared);
}

static void
the_clocks_agree_with_the_system(void **state)
{
    (void)state;
    stamp_t before = clock_boot_ms();
    assert_true(clock_boot_ms() >= before);
    assert_true(clock_wall_ms() / STAMP_DAY_MS > 365 * 50); /* years since 1970 */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read),
        cmocka_unit_test(a_file_that_is_not_there_is_an_error_only_when_it_must_be),
        cmocka_unit_test(only_regular_files_of_bounded_size_are_read),
        cmocka_unit_test(a_file_is_compared_from_its_beginning_on),
        cmocka_unit_test(comparing_fails_where_reading_does),
        cmocka_unit_test(a_write_replaces_files_and_nothing_else),
        cmocka_unit_test(paths_in_a_file_are_relative_to_it),
        cmocka_unit_test(who_else_can_read_a_file_is_told),
        cmocka_unit_test(folders_are_made_with_those_above_them),
        cmocka_unit_test(only_a_temporary_folder_is_removed),
        cmocka_unit_test(the_clocks_agree_with_the_system),
    };
    return cmocka_run_group_tests(tests, scratch_open, scratch_close);
}
