/* YAML, bounded and strict: what is typed is what is read, and what could be misread is refused
 * with its place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/buffer.h"
#include "base/tree.h"

static struct arena arena;
static struct problems problems;

static int
begin(void **state)
{
    (void)state;
    problems = (struct problems){.arena = &arena};
    return 0;
}

static int
finish(void **state)
{
    (void)state;
    arena_close(&arena);
    return 0;
}

static struct node *
tree_of(const char *text)
{
    problems.count = 0;
    return tree_read("a.yaml", text, strlen(text), &problems, &arena);
}

/* The value of "k" in a map. */
static const struct node *
value_of(const char *text)
{
    const struct node *tree = tree_of(text);
    if (!tree || problems.count)
        fail_msg("%s: %s", text, problems.count ? problems.items[0].text : "no tree");
    const struct node *value = node_find(tree, "k");
    assert_non_null(value);
    return value;
}

/* States that one problem stands at that place, in these words. */
static void
refused(const char *bytes, size_t size, unsigned line, unsigned column, const char *words)
{
    problems.count = 0;
    tree_read("a.yaml", bytes, size, &problems, &arena);
    if (problems.count == 0)
        fail_msg("read: %.60s", bytes);
    const struct problem *problem = &problems.items[0];
    if (problem->where.line != line || problem->where.column != column ||
        !strstr(problem->text, words))
        fail_msg("%u:%u: %s; expected %u:%u: %s", problem->where.line, problem->where.column,
                 problem->text, line, column, words);
    assert_string_equal(problem->where.file, "a.yaml");
}

static void
a_scalar_is_the_text_that_was_typed(void **state)
{
    (void)state;
    static const char *const texts[] = {"1.10", "no",     "007",   "0x1F",       "1e3",
                                        "~",    "null",   "12:30", "2026-11-23", "+1",
                                        ".5",   "é 日本", "a#b",   "a:b"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        const struct node *value = value_of(arena_print(&arena, "k: %s\n", texts[i]));
        assert_int_equal(value->kind, NODE_TEXT);
        assert_string_equal(value->text, texts[i]);
        assert_true(value->plain);
        assert_false(value->cut);
    }
    assert_string_equal(value_of("k:\n")->text, "");
    assert_false(value_of("k: '1.10'")->plain);
    assert_string_equal(value_of("k: |\n  a\n\n  b\n")->text, "a\n\nb\n");
}

static void
maps_and_lists_stand_in_their_order_with_their_places(void **state)
{
    (void)state;
    const struct node *tree = tree_of("a: 1\nb:\n  - x\n  - { c: y }\n");
    assert_int_equal(tree->kind, NODE_MAP);
    assert_int_equal(tree->count, 2);
    const struct node *list = node_find(tree, "b");
    assert_int_equal(list->kind, NODE_LIST);
    assert_int_equal(list->count, 2);
    assert_null(list->pairs[0].key);
    assert_string_equal(list->pairs[0].value->text, "x");
    assert_int_equal(list->pairs[0].value->where.line, 3);
    assert_int_equal(list->pairs[0].value->where.column, 5);
    assert_false(list->flow);
    assert_true(list->pairs[1].value->flow);
    assert_true(node_find(list->pairs[1].value, "c")->flow);
    assert_null(node_find(tree, "c"));
}

static void
what_could_be_misread_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned line, column;
        const char *words;
    } rows[] = {
        {"", 1, 1, "the file is empty"},
        {"# only a comment\n", 1, 1, "the file is empty"},
        {"a: 1\n---\nb: 2\n", 2, 1, "a second document begins here"},
        {"a: &x 1\n", 1, 4, "anchors (&x) are not read here"},
        {"a: &x [1]\n", 1, 4, "anchors (&x) are not read here"},
        {"a: &x {b: 1}\n", 1, 4, "anchors (&x) are not read here"},
        {"a: 1\nb: *x\n", 2, 4, "aliases (*x) are not read here"},
        {"a: !!int 1\n", 1, 4, "tags (!!int) are not read here"},
        {"a: !mine [1]\n", 1, 4, "tags (!mine) are not read here"},
        {"a: 1\nb: 2\na: 3\n", 3, 1, "'a' stands twice here; the first is in line 1"},
        {"a: {x: 1, \"x\": 2}\n", 1, 11, "'x' stands twice here"},
        {"[1, 2]: x\n", 1, 1, "a key is text; this one is a list"},
        {"{a: 1}: x\n", 1, 1, "a key is text; this one is a map"},
        {"a: \"x\\0y\"\n", 1, 4, "a NUL character stands in this text"},
        {"a: \"x\n", 1, 4, "a quotation mark opens here and is never closed"},
        {"\xff\xfe"
         "a",
         1, 1, "UTF-16"},
        {"\xfe\xff"
         "a",
         1, 1, "UTF-16"},
        {"a: 1\nb: caf\xe9\n", 2, 7, "the byte 0xe9 is not UTF-8"},
        {"a: \xc0\x80\n", 1, 4, "is not UTF-8"},
        {"a: \xed\xa0\x80\n", 1, 4, "is not UTF-8"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        refused(rows[i].text, strlen(rows[i].text), rows[i].line, rows[i].column, rows[i].words);
    refused("a: 1\n\0b", 7, 2, 1, "a NUL byte stands here");
}

static void
several_problems_of_one_file_are_told_together(void **state)
{
    (void)state;
    tree_of("a: &x 1\nb: !t 2\na: 3\n");
    assert_int_equal(problems.count, 3);
}

static void
nesting_ends_at_thirty_two_levels(void **state)
{
    (void)state;
    struct buffer text = {0};
    for (unsigned depth = 1; depth < TREE_DEPTH_MAX; depth++)
        buffer_text(&text, "[");
    buffer_text(&text, "x");
    for (unsigned depth = 1; depth < TREE_DEPTH_MAX; depth++)
        buffer_text(&text, "]");
    assert_non_null(tree_of(text.bytes));
    assert_int_equal(problems.count, 0);
    const char *deeper = arena_print(&arena, "[%s]", text.bytes);
    refused(deeper, strlen(deeper), 1, TREE_DEPTH_MAX + 1, "nested deeper than 32 levels");
    buffer_close(&text);
}

/* libyaml alone needs hours for these: the test is over at once, or it runs out of its time. */
static void
a_bomb_of_brackets_does_not_go_off(void **state)
{
    (void)state;
    static const char *const bombs[] = {"[", "{", "- ", "? ", "[{a: "};
    for (size_t i = 0; i < sizeof bombs / sizeof *bombs; i++) {
        struct buffer text = {0};
        while (text.size + strlen(bombs[i]) <= TREE_SIZE_BYTES_MAX)
            buffer_text(&text, bombs[i]);
        problems.count = 0;
        assert_null(tree_read("a.yaml", text.bytes, text.size, &problems, &arena));
        assert_int_equal(problems.count, 1);
        buffer_close(&text);
    }
}

static void
size_ends_at_one_mebibyte(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_text(&text, "k: ");
    while (text.size < TREE_SIZE_BYTES_MAX)
        buffer_add(&text, "x", 1);
    assert_non_null(tree_read("a.yaml", text.bytes, text.size, &problems, &arena));
    buffer_add(&text, "x", 1);
    refused(text.bytes, text.size, 1, 1, "the file has 1048577 bytes; at most 1048576 are read");
    buffer_close(&text);
}

static void
values_end_at_two_hundred_thousand(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_text(&text, "[x");
    for (int i = 2; i < TREE_NODES_MAX; i++)
        buffer_text(&text, ",x");
    buffer_text(&text, "]");
    assert_non_null(tree_of(text.bytes));
    assert_int_equal(problems.count, 0);
    text.bytes[text.size - 1] = ',';
    buffer_text(&text, "x]");
    assert_null(tree_of(text.bytes));
    assert_int_equal(problems.count, 1);
    assert_non_null(strstr(problems.items[0].text, "more than 200000 values"));
    buffer_close(&text);
}

/* A list of more things than a person writes by hand. */
static void
a_long_document_may_have_many_more(void **state)
{
    (void)state;
    struct buffer text = {0};
    while (text.size <= 2 * TREE_SIZE_BYTES_MAX)
        buffer_text(&text, "- { id: x, worker: y }\n");
    problems = (struct problems){.arena = &arena};
    assert_non_null(tree_read_long("a.yaml", text.bytes, text.size, &problems, &arena));
    assert_int_equal(problems.count, 0);
    assert_null(tree_read("a.yaml", text.bytes, text.size, &problems, &arena));
    while (text.size <= TREE_LONG_SIZE_BYTES_MAX)
        buffer_text(&text, "# a comment that takes room and nothing else, so that this is quick\n");
    problems.count = 0;
    assert_null(tree_read_long("a.yaml", text.bytes, text.size, &problems, &arena));
    assert_non_null(strstr(problems.items[0].text, "at most 67108864 are read"));
    buffer_close(&text);
}

static void
a_key_twice_is_seen_in_maps_of_any_size(void **state)
{
    (void)state;
    struct buffer text = {0};
    for (int i = 0; i < 20000; i++)
        buffer_print(&text, "key-%d: x\n", i);
    assert_non_null(tree_of(text.bytes));
    assert_int_equal(problems.count, 0);
    buffer_text(&text, "key-0: x\n");
    refused(text.bytes, text.size, 20001, 1, "'key-0' stands twice here; the first is in line 1");
    buffer_close(&text);
}

/* " #" cuts a plain text off in silence: whoever reads the value is told. */
static void
text_cut_by_a_comment_is_marked(void **state)
{
    (void)state;
    static const struct {
        const char *text, *value;
        bool cut;
    } rows[] = {
        {"k: We are #1\n", "We are", true},
        {"k: We are\t#1\n", "We are", true},
        {"é: 日本\nö: ü\nk: größer als 日本 # 1\n", "größer als 日本", true},
        {"\xef\xbb\xbfé: ü\nk: ö # 1\n", "ö", true},
        {"é: ü\r\nk: ö # 1\r\n", "ö", true},
        {"k: 😀 #1", "😀", true},
        {"k: [ä #1\n]\n", "", false},
        {"k: größer#als\n", "größer#als", false},
        {"k: 'größer' # a comment\n", "größer", false},
        {"é: 日本\nk: ö\n# a comment\n", "ö", false},
        {"k: ö\n  # a comment\n", "ö", false},
        {"é: 日本 # a comment\nk: ö\n", "ö", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct node *value = value_of(rows[i].text);
        if (value->kind == NODE_LIST) {
            assert_true(value->pairs[0].value->cut);
            continue;
        }
        assert_string_equal(value->text, rows[i].value);
        if (value->cut != rows[i].cut)
            fail_msg("cut is %d: %s", value->cut, rows[i].text);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_scalar_is_the_text_that_was_typed, begin, finish),
        cmocka_unit_test_setup_teardown(maps_and_lists_stand_in_their_order_with_their_places,
                                        begin, finish),
        cmocka_unit_test_setup_teardown(what_could_be_misread_is_refused_with_its_place, begin,
                                        finish),
        cmocka_unit_test_setup_teardown(several_problems_of_one_file_are_told_together, begin,
                                        finish),
        cmocka_unit_test_setup_teardown(nesting_ends_at_thirty_two_levels, begin, finish),
        cmocka_unit_test_setup_teardown(a_bomb_of_brackets_does_not_go_off, begin, finish),
        cmocka_unit_test_setup_teardown(size_ends_at_one_mebibyte, begin, finish),
        cmocka_unit_test_setup_teardown(values_end_at_two_hundred_thousand, begin, finish),
        cmocka_unit_test_setup_teardown(a_long_document_may_have_many_more, begin, finish),
        cmocka_unit_test_setup_teardown(a_key_twice_is_seen_in_maps_of_any_size, begin, finish),
        cmocka_unit_test_setup_teardown(text_cut_by_a_comment_is_marked, begin, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
