/* The key of the names in reports: made once, kept for the owner, never replaced. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/name_key.h"
#include "io/file.h"

struct place {
    struct arena arena;
    struct problems warnings;
    const char *folder, *path;
};

static int
begin(void **state)
{
    static struct place place;
    struct error err = {0};
    place = (struct place){0};
    place.warnings.arena = &place.arena;
    place.folder = file_temporary_folder(&place.arena, &err);
    place.path = arena_print(&place.arena, "%s/bursar/report-names.key", place.folder);
    setenv("XDG_STATE_HOME", place.folder, 1);
    *state = &place;
    return 0;
}

static int
finish(void **state)
{
    struct place *place = *state;
    unlink(place->path);
    rmdir(arena_print(&place->arena, "%s/bursar", place->folder));
    file_folder_remove(place->folder);
    arena_close(&place->arena);
    return 0;
}

static struct name_key
find(struct place *place)
{
    struct name_key key;
    struct error err = {0};
    if (!name_key_find(&key, &place->warnings, &place->arena, &err))
        fail_msg("%s", err.text);
    return key;
}

static void
it_is_made_once_and_is_the_owners(void **state)
{
    struct place *place = *state;
    struct stat about;
    struct name_key first = find(place), second = find(place);
    assert_true(first.kept && second.kept);
    assert_memory_equal(first.bytes, second.bytes, sizeof first.bytes);
    assert_int_equal(stat(place->path, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_equal(place->warnings.count, 0);
}

static void
what_is_no_key_is_not_replaced(void **state)
{
    struct place *place = *state;
    struct name_key key = find(place);
    struct error err = {0};
    assert_true(file_write(place->path, "0123\n", 5, 0600, &err));
    assert_false(name_key_find(&key, &place->warnings, &place->arena, &err));
    assert_non_null(strstr(err.text, "holds no key"));
}

static void
that_others_can_read_it_is_said(void **state)
{
    struct place *place = *state;
    find(place);
    assert_int_equal(chmod(place->path, 0644), 0);
    assert_true(find(place).kept);
    assert_int_equal(place->warnings.count, 1);
}

static void
without_a_place_it_is_another_each_time(void **state)
{
    struct place *place = *state;
    setenv("XDG_STATE_HOME", "relative", 1);
    char *home = getenv("HOME") ? strdup(getenv("HOME")) : NULL;
    unsetenv("HOME");
    struct name_key first = find(place), second = find(place);
    if (home)
        setenv("HOME", home, 1);
    free(home);
    assert_false(first.kept);
    assert_memory_not_equal(first.bytes, second.bytes, sizeof first.bytes);
    assert_int_equal(place->warnings.count, 2);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_is_made_once_and_is_the_owners, begin, finish),
        cmocka_unit_test_setup_teardown(what_is_no_key_is_not_replaced, begin, finish),
        cmocka_unit_test_setup_teardown(that_others_can_read_it_is_said, begin, finish),
        cmocka_unit_test_setup_teardown(without_a_place_it_is_another_each_time, begin, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
