/* What is only added to: what may lie at its path. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/trail.h"
#include "scratch.h"

static char *path;

static int
begin(void **state)
{
    if (scratch_open(state) != 0)
        return -1;
    path = arena_print(&arena, "%s/trail", folder);
    return 0;
}

static void
assert_refused(const char *words)
{
    struct trail trail;
    struct error err = {0};
    assert_false(trail_open(&trail, path, 0, &err));
    assert_int_equal(trail.descriptor, -1);
    assert_non_null(strstr(err.text, words));
    unlink(path);
}

static void
bytes_are_added_behind_those_that_are_kept(void **state)
{
    (void)state;
    struct trail trail;
    struct error err = {0};
    struct buffer content = {0};
    for (int i = 0; i < 2; i++) {
        assert_true(trail_open(&trail, path, 4, &err));
        assert_true(trail_add(&trail, "one\ntw", 6, &err));
        trail_close(&trail);
    }
    assert_true(file_read(path, 100, &content, NULL, &err));
    assert_string_equal(content.bytes, "one\none\ntw");
    buffer_close(&content);
    unlink(path);
}

/* The pipe has no reader: opening it must not wait for one. */
static void
what_is_no_file_of_ours_alone_is_refused(void **state)
{
    (void)state;
    char *other = arena_print(&arena, "%s/other", folder);
    struct error err = {0};
    struct buffer content = {0};
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_refused("cannot be opened");
    assert_true(file_write(other, "keep me", 7, 0600, &err));
    assert_int_equal(symlink(other, path), 0);
    assert_refused("cannot be opened");
    assert_int_equal(link(other, path), 0);
    assert_refused("not a regular file of yours alone");
    assert_true(file_read(other, 100, &content, NULL, &err));
    assert_string_equal(content.bytes, "keep me");
    buffer_close(&content);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_added_behind_those_that_are_kept),
        cmocka_unit_test(what_is_no_file_of_ours_alone_is_refused),
    };
    return cmocka_run_group_tests(tests, begin, scratch_close);
}
