/* A table of the campaign: its rows by their key, and the columns that are used. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "core/dataset.h"

struct table {
    struct arena arena;
    struct dataset dataset;
    size_t twin; /* what the last row that was not taken stands beside */
};

/* scores.csv with the columns `worker_id`, which is the key, and `score`. */
static int
begin(void **state)
{
    static struct table table;
    table = (struct table){.dataset = {.name = "scores", .path = "scores.csv"}};
    table.dataset.key =
        dataset_column_use(&table.dataset, "worker_id", (struct where){0}, &table.arena);
    dataset_column_use(&table.dataset, "score", (struct where){0}, &table.arena);
    *state = &table;
    return 0;
}

static int
finish(void **state)
{
    struct table *table = *state;
    arena_close(&table->arena);
    return 0;
}

static bool
add(struct table *table, const char *key, const char *score, unsigned line)
{
    const char *const cells[] = {key, score};
    return dataset_row_add(&table->dataset, cells, line, &table->twin, &table->arena);
}

static size_t
row_of(struct table *table, const char *key)
{
    return dataset_row(&table->dataset, key, &table->arena);
}

static void
a_column_that_is_used_twice_is_kept_once(void **state)
{
    struct table *table = *state;
    struct where first = {"a.yaml", 3, 9}, later = {"a.yaml", 7, 1};
    struct dataset *dataset = &table->dataset;
    size_t bonus = dataset_column_use(dataset, "bonus_usd", first, &table->arena);
    assert_int_equal(bonus, 2);
    assert_int_equal(dataset_column_use(dataset, "bonus_usd", later, &table->arena), bonus);
    assert_int_equal(dataset_column_use(dataset, "score", later, &table->arena), 1);
    assert_int_equal(dataset_column_use(dataset, "Score", later, &table->arena), 3);
    assert_int_equal(dataset->column_count, 4);
    assert_int_equal(dataset->columns[bonus].where.line, 3);
}

static void
a_row_is_found_by_its_key_with_its_cells_and_its_line(void **state)
{
    struct table *table = *state;
    assert_true(add(table, "A1", "9", 2));
    assert_true(add(table, "A2", "", 5));
    assert_true(add(table, "A3", "7", 9));
    size_t row = row_of(table, "A3");
    assert_string_equal(dataset_cell(&table->dataset, row, 0), "A3");
    assert_string_equal(dataset_cell(&table->dataset, row, 1), "7");
    assert_string_equal(dataset_cell(&table->dataset, row_of(table, "A2"), 1), "");
    assert_int_equal(dataset_place(&table->dataset, row).line, 9);
    assert_string_equal(dataset_place(&table->dataset, row).file, "scores.csv");
    assert_true(row_of(table, "A4") == dataset_none);
    assert_true(row_of(table, "A") == dataset_none);
    assert_int_equal(table->dataset.row_count, 3);
}

static void
a_second_row_of_a_key_is_not_taken_and_names_the_first(void **state)
{
    struct table *table = *state;
    assert_true(add(table, "A1", "9", 2));
    assert_true(add(table, "A2", "8", 3));
    assert_false(add(table, "A2", "7", 4));
    assert_int_equal(table->twin, 1);
    assert_int_equal(table->dataset.row_count, 2);
    assert_string_equal(dataset_cell(&table->dataset, row_of(table, "A2"), 1), "8");
    assert_true(add(table, "A3", "6", 5));
    assert_true(table->twin == dataset_none);
    assert_string_equal(dataset_cell(&table->dataset, row_of(table, "A3"), 1), "6");
}

static void
upper_and_lower_case_differ_unless_the_table_folds(void **state)
{
    struct table *table = *state;
    assert_true(add(table, "Code-a", "1", 2));
    assert_true(add(table, "CODE-A", "2", 3));
    assert_int_equal(row_of(table, "CODE-A"), 1);
    assert_true(row_of(table, "code-a") == dataset_none);
}

/* ASCII only: what a letter's other case is elsewhere depends on the language. */
static void
a_table_that_folds_knows_a_key_in_any_case_and_keeps_its_cells_as_they_are(void **state)
{
    struct table *table = *state;
    table->dataset.folds = true;
    assert_true(add(table, "Code-Ä", "1", 2));
    assert_int_equal(row_of(table, "CODE-Ä"), 0);
    assert_true(row_of(table, "code-ä") == dataset_none);
    assert_string_equal(dataset_cell(&table->dataset, 0, 0), "Code-Ä");
    assert_false(add(table, "cODE-Ä", "2", 3));
    assert_int_equal(table->twin, 0);
}

static void
rows_without_a_key_are_no_twins_and_nobody_finds_them(void **state)
{
    struct table *table = *state;
    for (int folds = 0; folds < 2; folds++) {
        table->dataset.folds = folds;
        assert_true(add(table, "", "1", 2));
        assert_true(row_of(table, "") == dataset_none);
    }
    assert_int_equal(table->dataset.row_count, 2);
}

static void
many_rows_stay_where_they_are(void **state)
{
    enum { ROWS = 5000 };
    struct table *table = *state;
    for (unsigned i = 0; i < ROWS; i++)
        assert_true(add(table, arena_print(&table->arena, "W%u", i),
                        arena_print(&table->arena, "%u", i * 3), i + 2));
    for (unsigned i = 0; i < ROWS; i += 7) {
        size_t row = row_of(table, arena_print(&table->arena, "W%u", i));
        assert_int_equal(dataset_place(&table->dataset, row).line, i + 2);
        assert_string_equal(dataset_cell(&table->dataset, row, 1),
                            arena_print(&table->arena, "%u", i * 3));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_column_that_is_used_twice_is_kept_once, begin, finish),
        cmocka_unit_test_setup_teardown(a_row_is_found_by_its_key_with_its_cells_and_its_line,
                                        begin, finish),
        cmocka_unit_test_setup_teardown(a_second_row_of_a_key_is_not_taken_and_names_the_first,
                                        begin, finish),
        cmocka_unit_test_setup_teardown(upper_and_lower_case_differ_unless_the_table_folds, begin,
                                        finish),
        cmocka_unit_test_setup_teardown(
            a_table_that_folds_knows_a_key_in_any_case_and_keeps_its_cells_as_they_are, begin,
            finish),
        cmocka_unit_test_setup_teardown(rows_without_a_key_are_no_twins_and_nobody_finds_them,
                                        begin, finish),
        cmocka_unit_test_setup_teardown(many_rows_stay_where_they_are, begin, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
