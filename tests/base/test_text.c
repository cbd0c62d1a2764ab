/* Small questions about texts: UTF-8, near words, ids, keys, and what a terminal may see. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"

static void
utf8_is_strict(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t bad;
    } rows[] = {
        {"", 0},
        {"plain", 5},
        {"é€😀", 9},
        {"\xf4\x8f\xbf\xbf", 4},
        {"a\xff", 1},
        {"ab\x80", 2},
        {"\xc0\x80", 0},
        {"\xc1\xbf", 0},
        {"\xe0\x9f\xbf", 0},
        {"\xf0\x8f\xbf\xbf", 0},
        {"\xed\xa0\x80", 0},
        {"\xed\xbf\xbf", 0},
        {"\xed\x9f\xbf", 3},
        {"\xee\x80\x80", 3},
        {"\xf4\x90\x80\x80", 0},
        {"\xf5\x80\x80\x80", 0},
        {"a\xc3", 1},
        {"a\xe2\x82", 1},
        {"a\xf0\x9f\x98", 1},
        {"\xc3\xc3\xa9", 0},
        {"\xe2\x28\xa1", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(text_utf8_bad(rows[i].bytes, strlen(rows[i].bytes)), rows[i].bad);
    assert_int_equal(text_utf8_bad("a\0b", 3), 3);
}

static void
length_counts_characters(void **state)
{
    (void)state;
    assert_int_equal(text_length(""), 0);
    assert_int_equal(text_length("aé€😀"), 4);
}

static void
ends_are_trimmed_and_runs_of_space_collapsed(void **state)
{
    (void)state;
    static const struct {
        const char *text, *trimmed, *collapsed;
    } rows[] = {
        {"", "", ""},
        {" \t\r\n\v\f", "", ""},
        {"a", "a", "a"},
        {"  a  b\n\n c ", "a  b\n\n c", "a b c"},
        {"a\u00a0 b", "a\u00a0 b", "a\u00a0 b"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *text = rows[i].text;
        assert_string_equal(text_trim(&arena, text, strlen(text)), rows[i].trimmed);
        assert_string_equal(text_collapse(&arena, text), rows[i].collapsed);
    }
    arena_close(&arena);
}

static void
the_nearest_word_is_named_when_it_is_near(void **state)
{
    (void)state;
    static const char *const words[] = {"approve", "qualify", "bonus", "notify", "id", "per"};
    static const struct {
        const char *word, *nearest;
    } rows[] = {
        {"bonsu", "bonus"},
        {"Bonus", "bonus"},
        {"bonuses", "bonus"},
        {"aprove", "approve"},
        {"qualfy", "qualify"},
        {"ntoify", "notify"},
        {"message", NULL},
        {"", NULL},
        {"di", "id"},
        {"prr", "per"},
        {"x", NULL},
        {"bonus", "bonus"},
        {"a-word-much-longer-than-forty-characters-is", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *nearest = text_nearest(rows[i].word, words, 6);
        if (!text_same(nearest, rows[i].nearest))
            fail_msg("'%s' gives %s", rows[i].word, nearest ? nearest : "nothing");
    }
}

static void
ids_workers_and_names_have_their_shapes(void **state)
{
    (void)state;
    static const char of_64[] = "A234567890123456789012345678901234567890123456789012345678901234",
                      of_65[] = "A2345678901234567890123456789012345678901234567890123456789012345";
    static const struct {
        const char *text;
        bool id, worker, name;
    } rows[] = {
        {"A1B2", true, true, true},      {"3PR3", true, false, true},  {"A", true, false, true},
        {"", false, false, false},       {"a1", false, false, true},   {"A 1", false, false, false},
        {"A1\n", false, false, false},   {"-a", false, false, false},  {".a", false, false, false},
        {"a.b_c-d", false, false, true}, {"Aé", false, false, false},  {"é", false, false, false},
        {of_64, true, true, true},       {of_65, false, false, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(text_is_id(rows[i].text), rows[i].id);
        assert_int_equal(text_is_worker(rows[i].text), rows[i].worker);
        assert_int_equal(text_is_name(rows[i].text), rows[i].name);
    }
}

static void
an_aws_key_is_seen_wherever_it_stands(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool has;
    } rows[] = {
        {"AKIA0123456789ABCDEF", true},      {"ASIA0123456789ABCDEF", true},
        {"key=AKIA0123456789ABCDEF;", true}, {"\"AKIA0123456789ABCDEF\"", true},
        {"AKIA AKIA0123456789ABCDEF", true}, {"AKIA0123456789ABCDE", false},
        {"AKIA0123456789ABCDEFG", false},    {"AKIA0123456789abcdef", false},
        {"XAKIA0123456789ABCDEF", false},    {"AKIA0123456789ABCDEFg", false},
        {"AIDA0123456789ABCDEF", false},     {"", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (text_has_key(rows[i].text) != rows[i].has)
            fail_msg("'%s'", rows[i].text);
}

static void
nothing_that_steers_a_terminal_gets_through(void **state)
{
    (void)state;
    static const struct {
        const char *text, *seen;
    } rows[] = {
        {"plain é 日本 😀", "plain é 日本 😀"},
        {"\x1b[31mred\x1b]52;c;x\x07", "\\u{1b}[31mred\\u{1b}]52;c;x\\u{7}"},
        {"\xc2\x9b"
         "31m \xc2\x85 \x7f",
         "\\u{9b}31m \\u{85} \\u{7f}"},
        {"\x9b"
         "31m",
         "\\x{9b}31m"},
        {"abc\u202Ecba", "abc\\u{202e}cba"},
        {"\u2066\u2069\u200e\u200f\u061c", "\\u{2066}\\u{2069}\\u{200e}\\u{200f}\\u{61c}"},
        {"a\u200bb\ufeff\u2028", "a\\u{200b}b\\u{feff}\\u{2028}"},
        {"soft\u00ad join\u2060er\u2064 filler\u3164 tag\U000e0041",
         "soft\\u{ad} join\\u{2060}er\\u{2064} filler\\u{3164} tag\\u{e0041}"},
        {"tab\tcr\r", "tab\\u{9}cr\\u{d}"},
        {"\xff\xfe\xc3", "\\x{ff}\\x{fe}\\x{c3}"},
        {"two\nlines", "two\\u{a}lines"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buffer out = {0};
        buffer_add(&out, "", 0);
        text_escape(&out, rows[i].text, false);
        assert_string_equal(out.bytes, rows[i].seen);
        buffer_close(&out);
    }
    struct buffer out = {0};
    text_escape(&out, "two\nlines\r\x1b", true);
    assert_string_equal(out.bytes, "two\nlines\\u{d}\\u{1b}");
    buffer_close(&out);
}

static void
beginnings_ends_and_sameness(void **state)
{
    (void)state;
    assert_true(text_same(NULL, NULL));
    assert_false(text_same("", NULL));
    assert_false(text_same(NULL, ""));
    assert_true(text_starts("abc", "ab") && text_starts("abc", "") && !text_starts("a", "ab"));
    assert_true(text_ends("abc", "bc") && text_ends("abc", "") && !text_ends("c", "bc"));
}

static void
blanks_that_nobody_sees_are_trimmed_from_what_people_typed(void **state)
{
    (void)state;
    static const struct {
        const char *text, *trimmed;
    } rows[] = {
        {"", ""},
        {" \t x y \r\n", "x y"},
        {"\u00a0A1\u200b", "A1"},
        {"\ufeff\u3000yes\u2009", "yes"},
        {"a\u00a0b", "a\u00a0b"},
        {"\u00a0 \u200b", ""},
        {"é", "é"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(text_trim_wide(&arena, rows[i].text, strlen(rows[i].text)),
                            rows[i].trimmed);
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf8_is_strict),
        cmocka_unit_test(length_counts_characters),
        cmocka_unit_test(ends_are_trimmed_and_runs_of_space_collapsed),
        cmocka_unit_test(blanks_that_nobody_sees_are_trimmed_from_what_people_typed),
        cmocka_unit_test(the_nearest_word_is_named_when_it_is_near),
        cmocka_unit_test(ids_workers_and_names_have_their_shapes),
        cmocka_unit_test(an_aws_key_is_seen_wherever_it_stands),
        cmocka_unit_test(nothing_that_steers_a_terminal_gets_through),
        cmocka_unit_test(beginnings_ends_and_sameness),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
