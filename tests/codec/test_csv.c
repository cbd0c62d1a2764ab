/* CSV files as people have them: what is read, and what is refused in which words. A reading is
 * told as text: "3 [a][b]" for a row that begins in line 3, "4! words" for a problem there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "codec/csv.h"

struct told {
    struct buffer text;
    struct arena arena;
    size_t rows, rows_wanted; /* the taker ends the reading behind so many */
    bool whole;
};

static bool
tell(void *self, const struct csv_row *row)
{
    struct told *told = self;
    assert_int_equal(row->number, told->rows);
    assert_int_equal(row->where.column, 0);
    buffer_print(&told->text, "%u ", row->where.line);
    for (size_t i = 0; i < row->count; i++)
        buffer_print(&told->text, "[%s]", row->cells[i]);
    buffer_text(&told->text, "\n");
    return ++told->rows != told->rows_wanted;
}

/* From memory of exactly that size, so that reading past its end is seen. */
static const char *
told_read(struct told *told, const char *bytes, size_t size)
{
    char *copy = malloc(size ? size : 1);
    assert_non_null(copy);
    memcpy(copy, bytes, size);
    struct problems problems = {.arena = &told->arena};
    struct csv_taker taker = {told, tell, tell};
    told->whole =
        csv_read(&(struct csv_input){"t.csv", copy, size}, &taker, &problems, &told->arena);
    free(copy);
    for (size_t i = 0; i < problems.count; i++) {
        assert_string_equal(problems.items[i].where.file, "t.csv");
        buffer_print(&told->text, "%u! %s\n", problems.items[i].where.line, problems.items[i].text);
    }
    return told->text.bytes ? told->text.bytes : "";
}

static void
told_close(struct told *told)
{
    buffer_close(&told->text);
    arena_close(&told->arena);
}

struct sample {
    const char *text;
    const char *told;
};

static void
samples_check(const struct sample *samples, size_t count, bool whole)
{
    for (size_t i = 0; i < count; i++) {
        struct told told = {0};
        assert_string_equal(told_read(&told, samples[i].text, strlen(samples[i].text)),
                            samples[i].told);
        assert_int_equal(told.whole, whole);
        told_close(&told);
    }
}

#define ALL_OF(samples) samples, sizeof samples / sizeof *samples

static void
rows_are_read_with_their_lines(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"a,b\n1,2\n", "1 [a][b]\n2 [1][2]\n"},
        {"a,b\r\n1,2\r\n3,4\r\n", "1 [a][b]\n2 [1][2]\n3 [3][4]\n"},
        {"a,b\r1,2\r3,4\r", "1 [a][b]\n2 [1][2]\n3 [3][4]\n"},
        {"a,b\n1,2\r3,4\r\n5,6", "1 [a][b]\n2 [1][2]\n3 [3][4]\n4 [5][6]\n"},
        {"a,b\r1,2", "1 [a][b]\n2 [1][2]\n"},
        {"a\n", "1 [a]\n"},
        {"a", "1 [a]\n"},
        {",a\n1,x\n", "1 [][a]\n2 [1][x]\n"},
        {"\xef\xbb\xbfWorkerId,x\nA1,2\n", "1 [WorkerId][x]\n2 [A1][2]\n"},
        {"\xef\xbb\xbf\"WorkerId\",x\nA1,2\n", "1 [WorkerId][x]\n2 [A1][2]\n"},
        {"a,b\n1,\n,2\n", "1 [a][b]\n2 [1][]\n3 [][2]\n"},
        {"a,b\n1,", "1 [a][b]\n2 [1][]\n"},
        {"näme,b\nGrüße,\xf0\x9f\x98\x80\n", "1 [näme][b]\n2 [Grüße][\xf0\x9f\x98\x80]\n"},
    };
    samples_check(ALL_OF(samples), true);
}

static void
quotes_keep_what_stands_in_them(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"a,b\n\"1,5\",\"x;y\"\n", "1 [a][b]\n2 [1,5][x;y]\n"},
        {"a,b\n\"say \"\"hi\"\"\",2\n", "1 [a][b]\n2 [say \"hi\"][2]\n"},
        {"a,b\n\"\"\"\",\"\"\n", "1 [a][b]\n2 [\"][]\n"},
        {"a,b\n\"one\ntwo\",2\n3,4\n", "1 [a][b]\n2 [one\ntwo][2]\n4 [3][4]\n"},
        {"a,b\r\n\"one\r\n\r\ntwo\",2\r\n3,4\r\n", "1 [a][b]\n2 [one\r\n\r\ntwo][2]\n5 [3][4]\n"},
        {"a,b\r\"one\rtwo\",2\r3,4\r", "1 [a][b]\n2 [one\rtwo][2]\n4 [3][4]\n"},
        {"\"a\nb\",c\n1,2\n", "1 [a\nb][c]\n3 [1][2]\n"},
        {"\"a;b\"\n1\n", "1 [a;b]\n2 [1]\n"},
        {"a\n\"1\"", "1 [a]\n2 [1]\n"},
    };
    samples_check(ALL_OF(samples), true);
}

static void
white_space_at_the_ends_of_a_cell_goes(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {" a ,\tb\t\n 1 2 , \" x \" \n", "1 [a][b]\n2 [1 2][x]\n"},
        {"a,b\n\"\n1\n\",\"\"\n", "1 [a][b]\n2 [1][]\n"},
        {"a,b\n1, ", "1 [a][b]\n2 [1][]\n"},
        {"a,b\n1,\"x\" ", "1 [a][b]\n2 [1][x]\n"},
    };
    samples_check(ALL_OF(samples), true);
}

static void
blank_lines_and_rows_of_empty_cells_are_no_rows(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"a,b\n1,2\n\n\n", "1 [a][b]\n2 [1][2]\n"},
        {"a,b\n1,2\n  \n\t\r\n", "1 [a][b]\n2 [1][2]\n"},
        {"a,b\n1,2\n \t", "1 [a][b]\n2 [1][2]\n"},
        {"\n\na,b\n\n1,2\n", "3 [a][b]\n5 [1][2]\n"},
        {"a,b\n,\n1,2\n,\n\" \",\n", "1 [a][b]\n3 [1][2]\n"},
        {"a\r\n\r\n1\r\n", "1 [a]\n3 [1]\n"},
    };
    samples_check(ALL_OF(samples), true);
}

static void
a_row_that_does_not_fit_the_header_is_refused(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"a,b\n1\n3,4\n", "1 [a][b]\n3 [3][4]\n2! this row has 1 cell, but the header has 2\n"},
        {"a,b\n\"x\ny\",2\n1,50,3\n",
         "1 [a][b]\n2 [x\ny][2]\n4! this row has 3 cells, but the header has 2: a cell that holds "
         "a comma is written in quotes\n"},
        {"a,b\n1,2\n,,\n",
         "1 [a][b]\n2 [1][2]\n3! this row has 3 cells, but the header has 2: a cell that holds a "
         "comma is written in quotes\n"},
    };
    samples_check(ALL_OF(samples), false);
}

#define BEHIND "text stands behind the closing quote of a cell"
#define WITHIN ": a quote within a cell in quotes is written twice, \"\"\n"
#define INSIDE \
    "a quote stands in a cell that does not begin with one: put the cell in quotes, and write " \
    "the " \
    "quote in it twice, \"\"\n"
#define UNCLOSED "a quote opens a cell here, and none closes it up to the end of the file\n"

static void
a_quote_out_of_place_is_refused_with_its_line(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"a,b\n\"x\"y,2\n3,4\n", "1 [a][b]\n3 [3][4]\n2! " BEHIND WITHIN},
        {"a,b\n\"x\" y,2\n", "1 [a][b]\n2! " BEHIND WITHIN},
        {"a,b\n\"x\" \"y\",2\n", "1 [a][b]\n2! " BEHIND WITHIN},
        {"a,b\n1,\"x\n\ny\"z\n3,4\n",
         "1 [a][b]\n5 [3][4]\n4! " BEHIND " (its opening quote stands in line 2)" WITHIN},
        {"a,b\n1,\"x\ny\",\"z\n", "1 [a][b]\n3! " UNCLOSED},
        {"a,b\n5\" nail,2\n3,4\n", "1 [a][b]\n3 [3][4]\n2! " INSIDE},
        {"a,b\n1,2\n3,\"x\n5,6\n", "1 [a][b]\n2 [1][2]\n3! " UNCLOSED},
        {"a,b\n\"", "1 [a][b]\n2! " UNCLOSED},
        {"a,b\n\"x\"\"", "1 [a][b]\n2! " UNCLOSED},
        {"\"a,b\n1,2\n", "1! " UNCLOSED},
        {"\"a\"b,c\n1,2\n", "1! " BEHIND WITHIN "2! the rest of this file was not read\n"},
    };
    samples_check(ALL_OF(samples), false);
}

static void
a_header_names_each_column_once(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"", "1! the file is empty: its first line names the columns, such as "
             "worker_id,bonus_usd\n"},
        {"\xef\xbb\xbf\n \n", "1! the file is empty: its first line names the columns, such as "
                              "worker_id,bonus_usd\n"},
        {",\n1,2\n", "1! the header names no column: it is the first line, such as "
                     "worker_id,bonus_usd\n"},
        {"\"\"\n1\n", "1! the header names no column: it is the first line, such as "
                      "worker_id,bonus_usd\n"},
        {"\n\"x\",b, x\n1,2,3\n", "2! the column 'x' stands twice in the header, as number 1 and "
                                  "3: rename one, or take it out\n"},
    };
    samples_check(ALL_OF(samples), false);
}

#define SEPARATED(by) \
    "1! the columns are separated by " by "; this takes files separated by ',': save it as CSV " \
    "with commas, and amounts with a decimal point, such as 0.75\n"

static void
another_separator_is_recognised(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"worker_id;bonus\nA1;3,50\n", SEPARATED("';'")},
        {"\"worker_id\";\"bonus\"\r\n\"A1\";\"3,50\"\r\n", SEPARATED("';'")},
        {"worker_id\tbonus\nA1\t3.50\n", SEPARATED("tabs")},
        {"worker_id|bonus\nA1|3.50\n", SEPARATED("'|'")},
        {"\n\nworker_id;bonus\nA1;3,50\n", SEPARATED("';'")},
        {"sep=;\nworker_id;bonus\n", SEPARATED("';'")},
    };
    samples_check(ALL_OF(samples), false);
}

#define NOT_CSV ", not CSV: save it as 'CSV UTF-8 (comma delimited)'\n"
#define NOT_TEXT(byte) \
    "! the byte " byte \
    " is not part of a UTF-8 text; save the file as 'CSV UTF-8 (comma delimited)'\n"

static void
what_is_no_utf_8_text_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t size;
        const char *told;
    } samples[] = {
        {"\xff\xfe"
         "a\0,\0b\0",
         8, "1! this is UTF-16 text" NOT_CSV},
        {"\xfe\xff\0a\0,\0b", 8, "1! this is UTF-16 text" NOT_CSV},
        {"a\0,\0b\0", 6, "1! this is UTF-16 text" NOT_CSV},
        {"\0a\0,\0b", 6, "1! this is UTF-16 text" NOT_CSV},
        {"PK\x03\x04zip", 7, "1! this is a spreadsheet (.xlsx, .ods) or another archive" NOT_CSV},
        {"\xd0\xcf\x11\xe0\xa1", 5,
         "1! this is a spreadsheet in the old format of Excel (.xls)" NOT_CSV},
        {"a,b\nx\0y,2\n3,4\n", 14, "1 [a][b]\n3 [3][4]\n2" NOT_TEXT("0x00")},
        {"a,b\n\"\n\xfc\",2\n3,4\n", 15, "1 [a][b]\n4 [3][4]\n3" NOT_TEXT("0xfc")},
        {"a,b\n12345678\xe4,2\n", 15, "1 [a][b]\n2" NOT_TEXT("0xe4")},
        {"\xe4,b\n1,2\n", 8, "1" NOT_TEXT("0xe4")},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct told told = {0};
        assert_string_equal(told_read(&told, samples[i].bytes, samples[i].size), samples[i].told);
        assert_false(told.whole);
        told_close(&told);
    }
}

#define KEY \
    "! this looks like an AWS access key. No file of a campaign holds a credential: take it out, " \
    "and if others have seen the file, deactivate the key\n"

static void
a_key_in_any_cell_is_refused_and_not_printed(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"a,b\n1,AKIAIOSFODNN7EXAMPLE", "1 [a][b]\n2 [1][AKIAIOSFODNN7EXAMPLE]\n2" KEY},
        {"a,b\r1,2\r3,\"my\rASIAIOSFODNN7EXAMPLE\"",
         "1 [a][b]\n2 [1][2]\n3 [3][my\rASIAIOSFODNN7EXAMPLE]\n4" KEY},
        {"a\r\n1\r\nAKIAIOSFODNN7EXAMPLE\r\n", "1 [a]\n2 [1]\n3 [AKIAIOSFODNN7EXAMPLE]\n3" KEY},
        {"AKIAIOSFODNN7EXAMPLE,AKIAIOSFODNN7EXAMPLE",
         "1" KEY "1" KEY "1! the column '(a credential)' stands twice in the header, as number 1 "
         "and 2: rename one, or take it out\n"},
    };
    samples_check(ALL_OF(samples), false);
}

static void
after_ten_problems_the_rest_is_not_read(void **state)
{
    (void)state;
    struct told told = {0};
    static const char rows[] = "a,b\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n1,2\n";
    const char *all = told_read(&told, rows, sizeof rows - 1);
    assert_non_null(strstr(all, "11! this row has 1 cell"));
    assert_null(strstr(all, "12! this row"));
    assert_non_null(strstr(all, "12! the rest of this file was not read\n"));
    assert_int_equal(told.rows, 1);
    assert_false(told.whole);
    told_close(&told);
}

static void
whoever_takes_the_rows_may_end_the_reading(void **state)
{
    (void)state;
    struct told told = {.rows_wanted = 2};
    assert_string_equal(told_read(&told, "a\n1\n2\n3,4\n", 10), "1 [a]\n2 [1]\n");
    assert_false(told.whole);
    told_close(&told);
}

/* A quote that is missing at the top of a large file must neither fill the memory nor be named at
 * the bottom. */
static void
a_row_has_a_largest_size(void **state)
{
    (void)state;
    struct buffer large = {0};
    buffer_text(&large, "a,b\n1,2\n1,\"x\n");
    while (large.size <= CSV_ROW_BYTES_MAX + 100)
        buffer_text(&large, "3,4 and so on and on and on and on and on and on and on\n");
    struct told told = {0};
    const char *all = told_read(&told, large.bytes, large.size);
    assert_non_null(strstr(all, "3! the row that begins here has more than 16 MiB: is a closing "
                                "quote missing in line 3?\n"));
    assert_false(told.whole);
    told_close(&told);
    buffer_close(&large);
}

/* The bytes behind the pointer are never looked at. */
static void
a_file_has_a_largest_size(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct problems problems = {.arena = &arena};
    struct csv_input input = {"t.csv", "", (size_t)CSV_SIZE_BYTES_MAX + 1};
    assert_false(csv_read(&input, &(struct csv_taker){0}, &problems, &arena));
    assert_string_equal(problems.items[0].text,
                        "the file has 1073741825 bytes; at most 1 GiB is read");
    arena_close(&arena);
}

static void
a_header_has_a_largest_width(void **state)
{
    (void)state;
    struct buffer wide = {0};
    for (int i = 0; i < CSV_COLUMNS_MAX; i++)
        buffer_print(&wide, "c%d,", i);
    buffer_text(&wide, "last\n1\n");
    struct told told = {0};
    assert_string_equal(told_read(&told, wide.bytes, wide.size),
                        "1! the header has 16385 columns; at most 16384 are taken\n"
                        "2! the rest of this file was not read\n");
    told_close(&told);
    buffer_close(&wide);
}

static void
a_column_is_found_by_its_name_or_named_nearly(void **state)
{
    (void)state;
    static const char *const names[] = {"worker_id", "bonus_usd", "Answer.code"};
    static const struct {
        const char *name;
        size_t columns;
        const char *hint;
    } misses[] = {
        {"WorkerId", 3, "did you mean 'worker_id'?"},
        {"bonus_us", 3, "did you mean 'bonus_usd'?"},
        {"answer code", 3, "did you mean 'Answer.code'?"},
        {"score", 3, "its columns are 'worker_id', 'bonus_usd' and 'Answer.code'"},
        {"score", 1, "its only column is 'worker_id'"},
        {"worker", 1, "its only column is 'worker_id'"},
    };
    struct arena arena = {0};
    struct csv_row header = {.cells = names, .count = 3};
    size_t column = 9;
    assert_true(csv_column(&header, "bonus_usd", &column));
    assert_int_equal(column, 1);
    for (size_t i = 0; i < sizeof misses / sizeof *misses; i++) {
        header.count = misses[i].columns;
        assert_false(csv_column(&header, misses[i].name, &column));
        assert_string_equal(csv_column_hint(&header, misses[i].name, &arena), misses[i].hint);
    }
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_read_with_their_lines),
        cmocka_unit_test(quotes_keep_what_stands_in_them),
        cmocka_unit_test(white_space_at_the_ends_of_a_cell_goes),
        cmocka_unit_test(blank_lines_and_rows_of_empty_cells_are_no_rows),
        cmocka_unit_test(a_row_that_does_not_fit_the_header_is_refused),
        cmocka_unit_test(a_quote_out_of_place_is_refused_with_its_line),
        cmocka_unit_test(a_header_names_each_column_once),
        cmocka_unit_test(another_separator_is_recognised),
        cmocka_unit_test(what_is_no_utf_8_text_is_refused),
        cmocka_unit_test(a_key_in_any_cell_is_refused_and_not_printed),
        cmocka_unit_test(after_ten_problems_the_rest_is_not_read),
        cmocka_unit_test(whoever_takes_the_rows_may_end_the_reading),
        cmocka_unit_test(a_row_has_a_largest_size),
        cmocka_unit_test(a_file_has_a_largest_size),
        cmocka_unit_test(a_header_has_a_largest_width),
        cmocka_unit_test(a_column_is_found_by_its_name_or_named_nearly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
