/* Tables: rows found by their keys. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/dataset.h"

static void
a_table_keeps_its_rows_however_many_it_expected(void **state)
{
    (void)state;
    for (size_t expected = 0; expected <= 1000; expected += 500) {
        struct arena arena = {0};
        struct dataset dataset = {.path = "t.csv"};
        dataset_column_use(&dataset, "key", (struct where){0}, &arena);
        dataset_column_use(&dataset, "value", (struct where){0}, &arena);
        assert_int_equal(dataset_column_use(&dataset, "key", (struct where){0}, &arena), 0);
        dataset_reserve(&dataset, expected, &arena);
        size_t twin;
        for (unsigned i = 0; i < 700; i++) {
            const char *cells[] = {arena_print(&arena, "k%u", i), arena_print(&arena, "v%u", i)};
            assert_true(dataset_row_add(&dataset, cells, 2 * i, &twin, &arena));
            assert_int_equal(twin, dataset_none);
        }
        assert_false(dataset_row_add(&dataset, (const char *[]){"k300", "x"}, 9, &twin, &arena));
        assert_int_equal(twin, 300);
        assert_int_equal(dataset.row_count, 700);
        for (unsigned i = 0; i < 700; i++) {
            size_t row = dataset_find(&dataset, arena_print(&arena, "k%u", i), &arena);
            assert_int_equal(row, i);
            assert_string_equal(dataset_cell(&dataset, row, 1), arena_print(&arena, "v%u", i));
            assert_int_equal(dataset_place(&dataset, row).line, 2 * i);
        }
        arena_close(&arena);
    }
}

static void
a_key_is_found_in_its_case_or_in_any(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct dataset exact = {0}, folded = {.folds = true};
    size_t twin;
    const char *const keys[] = {"aB", "Ab", ""};
    dataset_column_use(&exact, "key", (struct where){0}, &arena);
    dataset_column_use(&folded, "key", (struct where){0}, &arena);
    for (size_t i = 0; i < 3; i++)
        assert_true(dataset_row_add(&exact, &keys[i], 1, &twin, &arena));
    assert_int_equal(dataset_find(&exact, "Ab", &arena), 1);
    assert_int_equal(dataset_find(&exact, "AB", &arena), dataset_none);
    assert_int_equal(dataset_find(&exact, "", &arena), dataset_none);
    assert_true(dataset_row_add(&folded, &keys[0], 1, &twin, &arena));
    assert_false(dataset_row_add(&folded, &keys[1], 2, &twin, &arena));
    assert_int_equal(twin, 0);
    assert_int_equal(dataset_find(&folded, "AB", &arena), 0);
    assert_string_equal(dataset_cell(&folded, 0, 0), "aB");
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_keeps_its_rows_however_many_it_expected),
        cmocka_unit_test(a_key_is_found_in_its_case_or_in_any),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
