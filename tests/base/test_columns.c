/* The columns that texts take on a terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/columns.h"

static void
letters_take_what_a_terminal_gives_them(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t columns;
    } rows[] = {
        {"", 0},     {"abc", 3},  {"Schön – …", 9},
        {"冗談", 4}, {"ｱ", 1},    {"e\xcc\x81", 1}, /* a letter and its accent */
        {"🎉!", 3},   {"안녕", 4}, {"\xff\xfe", 2},  /* no UTF-8: a column a byte */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(columns_of(rows[i].text), rows[i].columns);
}

static void
no_letter_is_cut_in_half(void **state)
{
    (void)state;
    assert_int_equal(columns_fit("abc", 2), 2);
    assert_int_equal(columns_fit("abc", 9), 3);
    assert_int_equal(columns_fit("冗談", 3), strlen("冗"));
    assert_int_equal(columns_fit("冗談", 1), 0);
    assert_int_equal(columns_fit("e\xcc\x81x", 1), 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_take_what_a_terminal_gives_them),
        cmocka_unit_test(no_letter_is_cut_in_half),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
