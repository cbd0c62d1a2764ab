/* Tables of a campaign (`data`): what is taken of them, and what is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/text.h"
#include "tables_desk.h"

struct sample {
    const char *text;
    const char *said;
};

/* A table by worker with an amount, a score and a word; `amount` stands in line 21 of the file. */
static void
scores_begin(struct desk *desk, enum match_by match_by)
{
    desk_begin(desk);
    static const struct {
        const char *name;
        enum column_takes takes;
    } columns[] = {{"worker_id", COLUMN_TEXT},
                   {"bonus_usd", COLUMN_MONEY},
                   {"score", COLUMN_SCORE},
                   {"word", COLUMN_TEXT}};
    desk->dataset.match_by = match_by;
    for (unsigned i = 0; i < 4; i++) {
        size_t at = dataset_column_use(&desk->dataset, columns[i].name,
                                       (struct where){"joke.yaml", 20 + i, 9}, &desk->arena);
        desk->dataset.columns[at].takes = columns[i].takes;
    }
}

static void
assert_cells(const struct dataset *dataset, size_t row, const char *expected, struct arena *arena)
{
    const char *cells = arena_print(arena, "%u", dataset_place(dataset, row).line);
    for (size_t i = 0; i < dataset->column_count; i++)
        cells = arena_print(arena, "%s [%s]", cells, dataset_cell(dataset, row, i));
    assert_string_equal(cells, expected);
}

static void
used_columns_are_kept_and_found_by_key(void **state)
{
    (void)state;
    struct desk desk;
    scores_begin(&desk, MATCH_BY_WORKER);
    desk_take(&desk, tables_dataset_decode, "data/scores.csv",
              "\xef\xbb\xbfname,word,score,bonus_usd,worker_id\r\n"
              "Ann,\"so, so\", 12 ,0.75,A1ANN\r\n"
              "\r\n"
              "Bob,\"two\r\nlines\",0,0,A2BOB\r\n"
              "Cem,,2147483647,0.00,A3CEM\r\n");
    const struct dataset *dataset = &desk.dataset;
    assert_string_equal(dataset->path, "data/scores.csv");
    assert_int_equal(dataset->row_count, 3);
    assert_int_equal(dataset->column_count, 4);
    assert_cells(dataset, 0, "2 [A1ANN] [0.75] [12] [so, so]", &desk.arena);
    assert_cells(dataset, 1, "4 [A2BOB] [0] [0] [two\r\nlines]", &desk.arena);
    assert_cells(dataset, 2, "6 [A3CEM] [0.00] [2147483647] []", &desk.arena);
    assert_int_equal(dataset_row(dataset, "A2BOB", &desk.arena), 1);
    assert_int_equal(dataset_row(dataset, "a2bob", &desk.arena), dataset_none);
    desk_close_having_said(&desk, "");
}

static void
scores_check(const struct sample *samples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct desk desk;
        scores_begin(&desk, MATCH_BY_WORKER);
        desk_take(
            &desk, tables_dataset_decode, "scores.csv",
            arena_print(&desk.arena, "worker_id,bonus_usd,score,word\n%s\n", samples[i].text));
        desk_close_having_said(&desk,
                               samples[i].said[0]
                                   ? arena_print(&desk.arena, "scores.csv:2: %s\n", samples[i].said)
                                   : "");
    }
}

#define ALL_OF(samples) samples, sizeof samples / sizeof *samples
#define MONEY "'bonus_usd' takes dollars with at most two decimals, such as 0.75; it "
#define SCORE "'score' takes a whole number from 0 to 2147483647, such as 12; it "
#define WORKER "'worker_id' takes a worker ID, such as A1EXAMPLE2WORKER; it has "

static void
a_cell_is_held_against_what_its_column_takes(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"A1,\"3,50\",1,x", MONEY "has '3,50': write 3.50, with a point"},
        {"A1,$1.50,1,x", MONEY "has '$1.50': write 1.50, without the sign"},
        {"A1,\"1,000.00\",1,x", MONEY "has '1,000.00': write 1000.00"},
        {"A1,0.755,1,x", MONEY "has '0.755'"},
        {"A1,-1,1,x", MONEY "has '-1': an amount is never below zero"},
        {"A1,,1,x", MONEY "is empty: write 0 where nothing is owed"},
        {"A1,NA,1,x", MONEY "has 'NA': that stands for no value; write 0 where nothing is owed"},
        {"A1,-,1,x", MONEY "has '-': that stands for no value; write 0 where nothing is owed"},
        {"A1,#REF!,1,x", MONEY "has '#REF!': a formula failed in the spreadsheet; mend it there"},
        {"A1,1000000,1,x", MONEY "has '1000000': at most 999999.99"},
        {"A1,1,12.0,x", SCORE "has '12.0': write 12, without a point"},
        {"A1,1,12.5,x", SCORE "has '12.5': write digits and nothing else"},
        {"A1,1,-3,x", SCORE "has '-3': it is never below zero"},
        {"A1,1,2147483648,x", SCORE "has '2147483648'"},
        {"A1,1,,x", SCORE "is empty: write the score, or take the row out"},
        {"A1,1,nan,x",
         SCORE "has 'nan': that stands for no value; write the score, or take the row out"},
        {"1.2E+13,1,1,x", WORKER "'1.2E+13': a spreadsheet made a number of it; make the column "
                                 "text there and copy it again"},
        {"Ann Lee,1,1,x", WORKER "'Ann Lee': one ID goes here, without blanks and commas"},
        {"a1bc,1,1,x", WORKER "'a1bc': IDs have no small letters; copy it again"},
        {"3ABC,1,1,x",
         WORKER "'3ABC': workers' IDs begin with A; is this an assignment's or a HIT's?"},
        {"A,1,1,x", WORKER "'A': more than the A belongs to it"},
        {",1,1,x", "this row has no 'worker_id': fill it in, or take the row out"},
        {"A1,1,1,", ""},
    };
    scores_check(ALL_OF(samples));
}

static void
every_mistake_of_a_row_is_said_and_the_row_is_not_taken(void **state)
{
    (void)state;
    struct desk desk;
    scores_begin(&desk, MATCH_BY_WORKER);
    desk_take(&desk, tables_dataset_decode, "scores.csv",
              "worker_id,bonus_usd,score,word\nbob,1.005,x,\nA2,1,1,\n");
    assert_int_equal(desk.dataset.row_count, 1);
    desk_close_having_said(&desk, "scores.csv:2: " MONEY "has '1.005'\n"
                                  "scores.csv:2: " SCORE "has 'x': write digits and nothing else\n"
                                  "scores.csv:2: " WORKER
                                  "'bob': this looks like a heading or a word, not like an "
                                  "ID\n");
}

static void
a_missing_column_is_said_where_the_campaign_uses_it(void **state)
{
    (void)state;
    static const struct sample samples[] = {
        {"worker_id,bonus,score,word\nA1,1,1,x\n",
         "joke.yaml:21: scores.csv has no column 'bonus_usd': its columns are 'worker_id', 'bonus',"
         " 'score' and 'word'\n"},
        {"WorkerId,bonus_us,Score,word\nA1,1,1,x\n",
         "joke.yaml:20: scores.csv has no column 'worker_id', did you mean 'WorkerId'?\n"
         "joke.yaml:21: scores.csv has no column 'bonus_usd', did you mean 'bonus_us'?\n"
         "joke.yaml:22: scores.csv has no column 'score', did you mean 'Score'?\n"},
        {"worker_id,bonus_usd,score\nA1,x,1\n",
         "joke.yaml:23: scores.csv has no column 'word': its columns are 'worker_id', 'bonus_usd' "
         "and 'score'\n"
         "scores.csv:2: " MONEY "has 'x'\n"},
        {"worker_id;bonus_usd;score;word\nA1;1;1;x\n",
         "scores.csv:1: the columns are separated by ';'; this takes files separated by ',': save "
         "it "
         "as CSV with commas, and amounts with a decimal point, such as 0.75\n"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct desk desk;
        scores_begin(&desk, MATCH_BY_WORKER);
        desk_take(&desk, tables_dataset_decode, "scores.csv", samples[i].text);
        assert_int_equal(desk.dataset.row_count, 0);
        desk_close_having_said(&desk, samples[i].said);
    }
}

/* A table of one column, by what its keys are held against. */
static void
keys_begin(struct desk *desk, enum match_by match_by, bool folds)
{
    desk_begin(desk);
    desk->dataset.match_by = match_by;
    desk->dataset.folds = folds;
    dataset_column_use(&desk->dataset, "code", (struct where){"joke.yaml", 20, 9}, &desk->arena);
}

static void
a_key_stands_once(void **state)
{
    (void)state;
    static const struct {
        enum match_by match_by;
        bool folds;
        const char *text, *said;
        size_t rows;
    } samples[] = {
        {MATCH_BY_WORKER, false, "code\nA1\nA2\n\nA1\n",
         "t.csv:5: 'A1' stands in line 2 already: each code has one row, so keep one of the two\n",
         2},
        {MATCH_BY_ANSWER, true, "code\nx-Ab\nX-aB\n",
         "t.csv:3: 'X-aB' stands in line 2 already, as 'x-Ab': each code has one row, so keep one "
         "of the two\n",
         1},
        {MATCH_BY_ANSWER, false, "code\nx-Ab\nX-aB\nNaN\n7 7\n", "", 4},
        {MATCH_BY_WORKER, true, "code\na1b\n", "", 1},
        {MATCH_BY_ASSIGNMENT, true, "code\n3abc\n", "", 1},
        {MATCH_BY_ASSIGNMENT, false, "code\n3abc\n",
         "t.csv:2: 'code' takes an assignment ID, such as 3EXAMPLE4ASSIGNMENT5; it has '3abc': IDs "
         "have no small letters; copy it again\n",
         0},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct desk desk;
        keys_begin(&desk, samples[i].match_by, samples[i].folds);
        desk_take(&desk, tables_dataset_decode, "t.csv", samples[i].text);
        assert_int_equal(desk.dataset.row_count, samples[i].rows);
        desk_close_having_said(&desk, samples[i].said);
    }
}

static void
without_a_key_cells_are_checked_and_nothing_is_taken(void **state)
{
    (void)state;
    struct desk desk;
    desk_begin(&desk);
    desk_take(&desk, tables_dataset_decode, "t.csv", "code\n1\n1,2\n");
    desk_close_having_said(&desk,
                           "t.csv:3: this row has 2 cells, but the header has 1: a cell that "
                           "holds a comma is written in quotes\n");
    scores_begin(&desk, MATCH_BY_WORKER);
    desk.dataset.key = dataset_none;
    desk_take(&desk, tables_dataset_decode, "t.csv",
              "worker_id,bonus_usd,score,word\n,1,1,x\n,1.555,1,x\n");
    assert_int_equal(desk.dataset.row_count, 0);
    desk_close_having_said(&desk, "t.csv:3: " MONEY "has '1.555'\n");
}

static void
after_ten_problems_the_rest_is_not_read(void **state)
{
    (void)state;
    struct desk desk;
    keys_begin(&desk, MATCH_BY_WORKER, false);
    const char *text = "code\n";
    for (int i = 0; i < 20; i++)
        text = arena_print(&desk.arena, "%s%d\n", text, i);
    desk_take(&desk, tables_dataset_decode, "t.csv", text);
    assert_int_equal(desk.problems.count, 11);
    assert_string_equal(desk.problems.items[10].text, "the rest of this file was not read");
    assert_int_equal(desk.problems.items[10].where.line, 12);
    arena_close(&desk.arena);
}

static void
a_table_grows_beyond_the_room_made_for_it(void **state)
{
    (void)state;
    struct desk desk;
    keys_begin(&desk, MATCH_BY_ANSWER, false);
    const char *text = "code\r";
    for (int i = 0; i < 1000; i++)
        text = arena_print(&desk.arena, "%s%d\r", text, i);
    desk_take(&desk, tables_dataset_decode, "t.csv", text);
    for (size_t i = 0; i < 1000; i++) {
        assert_int_equal(
            dataset_row(&desk.dataset, arena_print(&desk.arena, "%zu", i), &desk.arena), i);
        assert_int_equal(dataset_place(&desk.dataset, i).line, i + 2);
    }
    desk_close_having_said(&desk, "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(used_columns_are_kept_and_found_by_key),
        cmocka_unit_test(a_cell_is_held_against_what_its_column_takes),
        cmocka_unit_test(every_mistake_of_a_row_is_said_and_the_row_is_not_taken),
        cmocka_unit_test(a_missing_column_is_said_where_the_campaign_uses_it),
        cmocka_unit_test(a_key_stands_once),
        cmocka_unit_test(without_a_key_cells_are_checked_and_nothing_is_taken),
        cmocka_unit_test(after_ten_problems_the_rest_is_not_read),
        cmocka_unit_test(a_table_grows_beyond_the_room_made_for_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
