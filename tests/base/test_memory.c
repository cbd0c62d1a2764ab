/* Arenas, buffers and the index of names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/index.h"

static void
arena_memory_is_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    struct arena arena = {0};
    static const size_t sizes[] = {0, 1, 15, 16, 17, 4096, 65536, 65537, 1000000, 3};
    char *blocks[10];
    for (size_t i = 0; i < 10; i++) {
        blocks[i] = arena_alloc(&arena, sizes[i]);
        assert_int_equal((uintptr_t)blocks[i] % 16, 0);
        for (size_t at = 0; at < sizes[i]; at++)
            assert_int_equal(blocks[i][at], 0);
        memset(blocks[i], (int)i + 1, sizes[i]);
    }
    for (size_t i = 0; i < 10; i++)
        for (size_t at = 0; at < sizes[i]; at++)
            assert_int_equal(blocks[i][at], i + 1);
    arena_close(&arena);
}

static void
arena_texts_are_copies_with_an_end(void **state)
{
    (void)state;
    struct arena arena = {0};
    char bytes[] = {'a', '\0', 'b'};
    const char *text = arena_text(&arena, bytes, 3);
    bytes[0] = 'x';
    assert_memory_equal(text, "a\0b", 4);
    assert_string_equal(arena_text(&arena, NULL, 0), "");
    assert_null(arena_copy(&arena, NULL));
    assert_string_equal(arena_copy(&arena, "é"), "é");
    assert_string_equal(arena_print(&arena, "%d-%s", 7, "x"), "7-x");
    assert_int_equal(strlen(arena_print(&arena, "%100000d", 7)), 100000);
    arena_close(&arena);
}

/* A block holds as many texts as it has bytes, the first of an arena 8 KB and each other 64; what
 * is no text is aligned between them. */
static void
texts_stand_close_together(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *first = arena_copy(&arena, "A");
    for (size_t i = 1; i < 4 * 1024; i++)
        assert_ptr_equal(arena_copy(&arena, "A"), first + 2 * i);
    const char *second = arena_copy(&arena, "A");
    assert_ptr_not_equal(second, first + 8 * 1024);
    for (size_t i = 1; i < 32 * 1024; i++)
        assert_ptr_equal(arena_copy(&arena, "A"), second + 2 * i);
    assert_ptr_not_equal(arena_copy(&arena, "A"), second + 64 * 1024);
    assert_int_equal((uintptr_t)arena_alloc(&arena, 8) % 16, 0);
    arena_close(&arena);
}

static void
an_array_that_grows_keeps_what_it_holds(void **state)
{
    (void)state;
    struct arena arena = {0};
    size_t *items = NULL, capacity = 0;
    for (size_t count = 0; count < 10000; count++) {
        items = arena_push(&arena, items, count, &capacity, sizeof *items);
        assert_true(capacity > count);
        items[count] = count;
    }
    for (size_t i = 0; i < 10000; i++)
        assert_int_equal(items[i], i);
    arena_close(&arena);
}

/* What is large and grew out of its place is given back: of an array its last place is left, and
 * the small beginnings. */
static void
what_has_grown_leaves_nothing_behind(void **state)
{
    enum { COUNT = 1024 * 1024, BEGINNINGS_BYTES = 256 * 1024 };
    (void)state;
    struct arena arena = {0}, names = {0};
    size_t *items = NULL, capacity = 0;
    for (size_t count = 0; count < COUNT; count++)
        items = arena_push(&arena, items, count, &capacity, sizeof *items);
    assert_in_range(arena_size_bytes(&arena), capacity * sizeof *items,
                    capacity * sizeof *items + BEGINNINGS_BYTES);
    arena_close(&arena);
    struct index index = {0};
    for (size_t i = 0; i < COUNT / 16; i++)
        assert_true(index_add(&index, arena_print(&names, "name %zu", i), i, &arena));
    size_t size_bytes =
        index.capacity * sizeof *index.slots + index.name_capacity * sizeof *index.names;
    assert_in_range(arena_size_bytes(&arena), size_bytes, size_bytes + BEGINNINGS_BYTES);
    arena_close(&names);
    arena_close(&arena);
}

/* Also behind what was filled before it was moved, and where something had been taken back. */
static void
there_is_zeroed_room_for_one_more(void **state)
{
    enum { COUNT = 100 * 1000 };
    (void)state;
    struct arena arena = {0};
    size_t *items = NULL, capacity = 0;
    for (size_t count = 0; count < COUNT; count++) {
        items = arena_push(&arena, items, count, &capacity, sizeof *items);
        assert_int_equal(items[count], 0);
        items[count] = ~count;
    }
    for (size_t i = 0; i < COUNT; i++)
        assert_int_equal(items[i], ~i);
    items = arena_push(&arena, items, COUNT / 2, &capacity, sizeof *items);
    assert_int_equal(items[COUNT / 2], 0);
    arena_close(&arena);
}

/* The block under way goes on being filled beside what is large. */
static void
what_is_large_stands_apart(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *first = arena_copy(&arena, "A");
    void *large = arena_alloc(&arena, 1000000), *larger = arena_alloc(&arena, 2000000);
    assert_ptr_equal(arena_copy(&arena, "B"), first + 2);
    arena_give_back(&arena, large, 1000000);
    assert_int_equal(arena_size_bytes(&arena), 2000004);
    memset(larger, 'x', 2000000);
    assert_string_equal(first, "A");
    arena_give_back(&arena, NULL, 0);
    arena_close(&arena);
}

static void
an_arena_can_be_used_again(void **state)
{
    (void)state;
    struct arena arena = {0};
    memset(arena_alloc(&arena, 100), 'x', 100);
    arena_reset(&arena);
    assert_int_equal(arena_size_bytes(&arena), 0);
    static const char zeros[200];
    assert_memory_equal(arena_alloc(&arena, sizeof zeros), zeros, sizeof zeros);
    arena_close(&arena);
    arena_close(&arena);
}

static void
a_buffer_grows_and_is_always_ended(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    for (int i = 0; i < 1000; i++) {
        buffer_print(&buffer, "%d,", i % 10);
        assert_int_equal(buffer.bytes[buffer.size], '\0');
    }
    assert_int_equal(buffer.size, 2000);
    buffer_add(&buffer, "a\0b", 3);
    assert_int_equal(buffer.size, 2003);
    assert_memory_equal(buffer.bytes + 2000, "a\0b", 4);
    buffer_clear(&buffer);
    assert_int_equal(buffer.size, 0);
    assert_string_equal(buffer.bytes, "");
    buffer_text(&buffer, "again");
    assert_string_equal(buffer.bytes, "again");
    buffer_close(&buffer);
    assert_null(buffer.bytes);
    buffer_clear(&buffer);
    buffer_add(&buffer, NULL, 0);
    assert_string_equal(buffer.bytes, "");
    buffer_close(&buffer);
}

static int
without_memory(void)
{
    struct arena arena = {0};
    fclose(stderr);
    arena_alloc(&arena, SIZE_MAX / 2 - 1);
    return 0;
}

/* Stopped by an error, as the table of exit codes has it, and not by a signal. */
static void
without_memory_the_process_ends_with_exit_code_1(void **state)
{
    (void)state;
    int status;
    pid_t child = fork();
    if (child == 0)
        _exit(without_memory());
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 1);
}

static void
json_strings_are_escaped(void **state)
{
    (void)state;
    static const struct {
        const char *text, *json;
    } rows[] = {
        {"", "\"\""},
        {"plain", "\"plain\""},
        {"\"\\/", "\"\\\"\\\\/\""},
        {"\b\t\n\f\r", "\"\\b\\t\\n\\f\\r\""},
        {"\x01\x0b\x1f\x7f", "\"\\u0001\\u000b\\u001f\\u007f\""},
        {"\xc2\x80\xc2\x9b\xc2\x9f\xc2\xa0", "\"\\u0080\\u009b\\u009f\xc2\xa0\""},
        {"é€😀\u2028", "\"é€😀\u2028\""},
        {"</script>", "\"</script>\""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct buffer buffer = {0};
        buffer_json(&buffer, rows[i].text);
        assert_string_equal(buffer.bytes, rows[i].json);
        buffer_close(&buffer);
    }
    struct buffer buffer = {0};
    buffer_json_bytes(&buffer, "a\0b", 3);
    assert_string_equal(buffer.bytes, "\"a\\u0000b\"");
    buffer_close(&buffer);
}

static void
the_index_finds_what_was_added_and_nothing_else(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct index index = {0};
    assert_null(index_find(&index, "name 1"));
    for (size_t i = 0; i < 5000; i++)
        assert_true(index_add(&index, arena_print(&arena, "name %zu", i), i, &arena));
    assert_int_equal(index.count, 5000);
    for (size_t i = 0; i < 5000; i++) {
        uint32_t *value = index_find(&index, arena_print(&arena, "name %zu", i));
        assert_non_null(value);
        assert_int_equal(*value, i);
    }
    assert_null(index_find(&index, "name 5000"));
    assert_null(index_find(&index, ""));
    arena_close(&arena);
}

static void
an_index_with_room_does_not_move(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct index index = {0};
    assert_true(index_add(&index, "before", 7, &arena));
    index_reserve(&index, 1000, &arena);
    assert_int_equal(*index_find(&index, "before"), 7);
    size_t capacity = index.capacity;
    for (size_t i = 1; i < 1000; i++)
        assert_true(index_add(&index, arena_print(&arena, "%zu", i), i, &arena));
    assert_int_equal(index.capacity, capacity);
    index_reserve(&index, 10, &arena);
    assert_int_equal(index.capacity, capacity);
    arena_close(&arena);
}

static void
a_name_is_added_once_and_its_number_may_be_changed(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct index index = {0};
    assert_true(index_add(&index, "", 1, &arena));
    assert_false(index_add(&index, "", 2, &arena));
    assert_int_equal(index.count, 1);
    assert_int_equal(*index_find(&index, ""), 1);
    *index_find(&index, "") = 3;
    assert_int_equal(*index_find(&index, ""), 3);
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(arena_texts_are_copies_with_an_end),
        cmocka_unit_test(texts_stand_close_together),
        cmocka_unit_test(an_array_that_grows_keeps_what_it_holds),
        cmocka_unit_test(what_has_grown_leaves_nothing_behind),
        cmocka_unit_test(there_is_zeroed_room_for_one_more),
        cmocka_unit_test(what_is_large_stands_apart),
        cmocka_unit_test(an_arena_can_be_used_again),
        cmocka_unit_test(a_buffer_grows_and_is_always_ended),
        cmocka_unit_test(without_memory_the_process_ends_with_exit_code_1),
        cmocka_unit_test(json_strings_are_escaped),
        cmocka_unit_test(the_index_finds_what_was_added_and_nothing_else),
        cmocka_unit_test(an_index_with_room_does_not_move),
        cmocka_unit_test(a_name_is_added_once_and_its_number_may_be_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
