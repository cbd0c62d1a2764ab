/* Names under a key. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "core/pseudonym.h"

static void
one_person_has_one_name_under_one_key(void **state)
{
    (void)state;
    struct arena arena = {0};
    unsigned char key[PSEUDONYM_KEY_SIZE] = {1}, other[PSEUDONYM_KEY_SIZE] = {2};
    const char *name = pseudonym_make(key, "mturk", "A1", &arena);
    /* printf 'bursar/person/1 mturk A1' | openssl dgst -sha256 -mac HMAC -macopt hexkey:0100… */
    assert_string_equal(name, "3vfg-km81-7dpy");
    assert_string_equal(pseudonym_make(key, "mturk", "A1", &arena), name);
    assert_string_not_equal(pseudonym_make(key, "mturk", "A2", &arena), name);
    assert_string_not_equal(pseudonym_make(key, "prolific", "A1", &arena), name);
    assert_string_not_equal(pseudonym_make(other, "mturk", "A1", &arena), name);
    arena_close(&arena);
}

static void
a_name_looks_like_nobodys_id(void **state)
{
    (void)state;
    struct arena arena = {0};
    unsigned char key[PSEUDONYM_KEY_SIZE] = {7};
    for (int i = 0; i < 1000; i++) {
        const char *name = pseudonym_make(key, "mturk", arena_print(&arena, "A%d", i), &arena);
        assert_int_equal(strlen(name), 14);
        assert_int_equal(strspn(name, "0123456789abcdefghjkmnpqrstvwxyz-"), 14);
    }
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_person_has_one_name_under_one_key),
        cmocka_unit_test(a_name_looks_like_nobodys_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
