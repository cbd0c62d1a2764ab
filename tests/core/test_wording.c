/* What a step says to one person: lookups filled in, and what cannot be sent refused at its
 * place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "support/stage_words.h"

/* X1 is A1's work on T1, who scored 17 and answered "blue" to "colour". */
static int
begin(void **state)
{
    static struct stage stage;
    stage_open(&stage);
    stage_work(&stage, "X1", "A1", WORK_SUBMITTED);
    stage_answer(&stage, "X1", "colour", "blue");
    stage_row(&stage, stage_table(&stage, "scores", MATCH_BY_WORKER), "A1", "17");
    *state = &stage;
    return 0;
}

static cents_t
paid_by_step(const void *self, const char *worker, size_t step)
{
    (void)self;
    return text_same(worker, "A1") ? (cents_t)(step + 1) * 125 : 0;
}

struct said {
    enum worded worded;
    struct content content;
    struct wording wording;
};

/* What step 0 says about X1. */
static struct said
say(struct stage *stage)
{
    struct selection *selection = arena_alloc(&stage->arena, sizeof *selection);
    selection_init(selection, &stage->campaign, &stage->roster, stage->ledger, &stage->arena);
    struct said said = {.wording = {.selection = selection, .paid = paid_by_step}};
    said.worded = wording_make(&said.wording, &said.content, &stage->arena);
    return said;
}

static struct said
say_message(struct stage *stage, const char *text)
{
    stage->steps[0].message_from = stage_template(stage, text);
    return say(stage);
}

/* The only cell of the table is this. */
static void
put_cell(struct stage *stage, const char *cell)
{
    stage->tables[0].cells[1] = cell;
}

static void
a_step_without_lookups_says_what_the_file_says(void **state)
{
    struct stage *stage = *state;
    stage_bonus(stage);
    struct said said = say(stage);
    assert_int_equal(said.worded, WORDED);
    assert_int_equal(said.content.amount, 100);
    assert_string_equal(said.content.message, "Well done");
    assert_false(step_varies(&stage->steps[0]));
}

static void
each_lookup_gives_its_value_and_all_else_is_literal(void **state)
{
    static const struct {
        const char *text, *said;
    } rows[] = {
        {"${{ worker }}", "A1"},
        {"${{ assignment }}", "X1"},
        {"${{ task }}", "T1"},
        {"${{ campaign }}", "best-joke"},
        {"${{ answer.colour }}", "blue"},
        {"You scored ${{ scores.cell }} of 20.", "You scored 17 of 20."},
        {"${{ scores.key }}${{ scores.cell }}", "A117"},
        {"We paid ${{ paid.bonus }}.", "We paid 2.50."},
        {"$1.00 { literal } ${not} {{ worker }}", "$1.00 { literal } ${not} {{ worker }}"},
        {"  ${{ worker }}\n\n", "A1"},
        {"two\nlines\tfor ${{ worker }}\r\nand more", "two\nlines\tfor A1\r\nand more"},
    };
    struct stage *stage = *state;
    stage_notify(stage);
    stage_bonus(stage);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct said said = say_message(stage, rows[i].text);
        assert_int_equal(said.worded, WORDED);
        assert_string_equal(said.content.message, rows[i].said);
    }
}

/* What is looked up is a value and never a template of its own. */
static void
what_is_looked_up_is_not_looked_into(void **state)
{
    struct stage *stage = *state;
    stage_notify(stage);
    put_cell(stage, "${{ worker }}");
    assert_string_equal(say_message(stage, "Code: ${{ scores.cell }}").content.message,
                        "Code: ${{ worker }}");
}

static void
only_what_tells_of_payments_waits_for_them(void **state)
{
    struct stage *stage = *state;
    size_t notify = stage_notify(stage);
    stage_bonus(stage);
    struct step *step = &stage->steps[notify];
    step->message_from = stage_template(stage, "Dear ${{ worker }}");
    assert_true(step_varies(step));
    assert_false(step_is_late(step));
    step->subject_from = stage_template(stage, "${{ paid.bonus }} for you");
    assert_true(step_is_late(step));
    step->subject_from = NULL;
    step->message_from = stage_template(stage, "${{ paid.bonus }} for you");
    assert_true(step_is_late(step));
}

static void
an_amount_is_money_or_nothing_is_owed_or_it_is_wrong(void **state)
{
    static const struct {
        const char *cell;
        enum worded worded;
        cents_t amount;
    } rows[] = {
        {"1.50", WORDED, 150},           {"2", WORDED, 200},          {"0.1", WORDED, 10},
        {"999999.99", WORDED, 99999999}, {"0.00", WORDED_NOTHING, 0}, {"0", WORDED_NOTHING, 0},
        {"0.0", WORDED_NOTHING, 0},      {"3,50", WORDED_WRONG, 0},   {"1000000", WORDED_WRONG, 0},
        {"0.755", WORDED_WRONG, 0},      {"-1", WORDED_WRONG, 0},     {"$1", WORDED_WRONG, 0},
        {"", WORDED_WRONG, 0},           {"1e2", WORDED_WRONG, 0},    {"n/a", WORDED_WRONG, 0},
    };
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage->steps[bonus].amount_from = stage_template(stage, "${{ scores.cell }}");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        put_cell(stage, rows[i].cell);
        struct said said = say(stage);
        if (said.worded != rows[i].worded)
            fail_msg("'%s' gives %d", rows[i].cell, (int)said.worded);
        assert_true(said.worded == WORDED_WRONG || said.content.amount == rows[i].amount);
    }
}

static void
an_amount_that_is_wrong_is_named_with_its_row(void **state)
{
    struct stage *stage = *state;
    size_t bonus = stage_bonus(stage);
    stage->steps[bonus].amount_from = stage_template(stage, "${{ scores.cell }}");
    put_cell(stage, "3,50");
    struct said said = say(stage);
    assert_string_equal(said.wording.text,
                        "'amount' takes dollars with at most two decimals, such as 0.75; for "
                        "worker A1 it has '3,50'");
    assert_string_equal(said.wording.where.file, "scores.csv");
    assert_int_equal(said.wording.where.line, 2);
}

static void
a_value_is_a_whole_number_of_the_marketplaces_size(void **state)
{
    static const struct {
        const char *cell;
        enum worded worded;
        int value;
    } rows[] = {
        {"0", WORDED, 0},
        {"17", WORDED, 17},
        {"007", WORDED, 7},
        {"2147483647", WORDED, 2147483647},
        {"2147483648", WORDED_WRONG, 0},
        {"9999999999", WORDED_WRONG, 0},
        {"99999999999999999999999999", WORDED_WRONG, 0},
        {"-1", WORDED_WRONG, 0},
        {"+1", WORDED_WRONG, 0},
        {"1.0", WORDED_WRONG, 0},
        {"", WORDED_WRONG, 0},
        {"9:", WORDED_WRONG, 0},
    };
    struct stage *stage = *state;
    size_t qualify = stage_qualify(stage);
    stage->steps[qualify].value_from = stage_template(stage, "${{ scores.cell }}");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        put_cell(stage, rows[i].cell);
        struct said said = say(stage);
        if (said.worded != rows[i].worded)
            fail_msg("'%s' gives %d", rows[i].cell, (int)said.worded);
        assert_true(said.worded == WORDED_WRONG || said.content.value == rows[i].value);
    }
    holds(say(stage).wording.text, "'value' takes a whole number from 0 to 2147483647; for worker "
                                   "A1 it has '9:'");
}

static void
a_table_without_a_row_is_named_by_its_number(void **state)
{
    struct stage *stage = *state;
    stage_notify(stage);
    stage_table(stage, "codes", MATCH_BY_ASSIGNMENT);
    struct said said = say_message(stage, "${{ scores.cell }} ${{ codes.cell }}");
    assert_int_equal(said.worded, WORDED_NO_ROW);
    assert_int_equal(said.wording.dataset, 1);
}

static void
an_answer_that_was_not_given_is_wrong_where_it_is_looked_up(void **state)
{
    struct stage *stage = *state;
    stage_notify(stage);
    struct said said = say_message(stage, "You said ${{ answer.color }}");
    assert_int_equal(said.worded, WORDED_WRONG);
    assert_string_equal(said.wording.text, "assignment X1 of worker A1 has no answer 'color': "
                                           "correct the name, or leave such work out with 'where'");
    assert_int_equal(said.wording.where.column, 20);
}

/* "à" is one character of two bytes. */
static const char *
characters(struct stage *stage, size_t count)
{
    char *text = arena_alloc(&stage->arena, 2 * count + 1);
    for (size_t i = 0; i < count; i++)
        memcpy(text + 2 * i, "à", 2);
    return text;
}

static void
words_have_the_length_that_the_marketplace_takes_after_they_are_filled_in(void **state)
{
    static const struct {
        enum verb verb;
        const char *key;
        size_t most;
    } rows[] = {
        {VERB_APPROVE, "feedback", 1024}, {VERB_REJECT, "feedback", 1024},
        {VERB_BONUS, "message", 4096},    {VERB_NOTIFY, "message", 4096},
        {VERB_UNQUALIFY, "reason", 4096}, {VERB_BLOCK, "reason", 4096},
        {VERB_UNBLOCK, "reason", 4096},
    };
    struct stage *stage = *state;
    stage_notify(stage);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        stage->steps[0].verb = rows[i].verb;
        put_cell(stage, characters(stage, rows[i].most - 2));
        assert_int_equal(say_message(stage, "à ${{ scores.cell }}").worded, WORDED);
        struct said said = say_message(stage, "àà ${{ scores.cell }}");
        assert_int_equal(said.worded, WORDED_WRONG);
        holds(said.wording.text,
              arena_print(&stage->arena,
                          "'%s' takes at most %zu characters; for worker A1 it has %zu: shorten it "
                          "by 1",
                          rows[i].key, rows[i].most, rows[i].most + 1));
        assert_string_equal(said.wording.where.file, "scores.csv");
    }
}

static void
a_subject_is_one_line_of_200_characters(void **state)
{
    struct stage *stage = *state;
    stage_notify(stage);
    stage->steps[0].subject_from = stage_template(stage, "${{ scores.cell }}");
    put_cell(stage, characters(stage, 200));
    assert_int_equal(say(stage).worded, WORDED);
    put_cell(stage, characters(stage, 201));
    holds(say(stage).wording.text, "'subject' takes at most 200 characters");
    put_cell(stage, "two\nlines");
    holds(say(stage).wording.text, "'subject' would have several lines for worker A1");
    put_cell(stage, "two\r\nlines");
    holds(say(stage).wording.text, "'subject' would have several lines for worker A1");
}

static void
words_that_say_nothing_are_not_sent(void **state)
{
    struct stage *stage = *state;
    stage_notify(stage);
    put_cell(stage, "");
    struct said said = say_message(stage, " ${{ scores.cell }}\n");
    assert_int_equal(said.worded, WORDED_WRONG);
    holds(said.wording.text, "'message' says nothing to worker A1");
    assert_int_equal(said.wording.where.line, 2);
}

static void
control_characters_are_not_sent_whatever_surrounds_them(void **state)
{
    static const char *const cells[] = {"a\x01z",     "a\x7fz",     "\x1b[2J",        "a\rz",
                                        "a\xc2\x85z", "a\xc2\x9fz", "line\nline\x02", "a\bz"};
    struct stage *stage = *state;
    stage_notify(stage);
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        put_cell(stage, cells[i]);
        struct said said = say_message(stage, "Code: ${{ scores.cell }}.");
        assert_int_equal(said.worded, WORDED_WRONG);
        holds(said.wording.text, "'message' would have a control character for worker A1");
    }
    put_cell(stage, "tab\there, no-break\xc2\xa0space");
    assert_int_equal(say_message(stage, "${{ scores.cell }}").worded, WORDED);
}

/* A text without cells is wrong where the file has it. */
static void
what_no_table_says_is_wrong_in_the_file(void **state)
{
    struct stage *stage = *state;
    stage_notify(stage);
    stage_answer(stage, "X1", "colour", "bl\x02ue");
    struct said said = say_message(stage, "You said ${{ answer.colour }}");
    assert_int_equal(said.worded, WORDED_WRONG);
    assert_string_equal(said.wording.where.file, "best-joke.yaml");
    assert_int_equal(said.wording.where.column, 13);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_step_without_lookups_says_what_the_file_says, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(each_lookup_gives_its_value_and_all_else_is_literal, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(what_is_looked_up_is_not_looked_into, begin, stage_finish),
        cmocka_unit_test_setup_teardown(only_what_tells_of_payments_waits_for_them, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(an_amount_is_money_or_nothing_is_owed_or_it_is_wrong, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(an_amount_that_is_wrong_is_named_with_its_row, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_value_is_a_whole_number_of_the_marketplaces_size, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(a_table_without_a_row_is_named_by_its_number, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(an_answer_that_was_not_given_is_wrong_where_it_is_looked_up,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(
            words_have_the_length_that_the_marketplace_takes_after_they_are_filled_in, begin,
            stage_finish),
        cmocka_unit_test_setup_teardown(a_subject_is_one_line_of_200_characters, begin,
                                        stage_finish),
        cmocka_unit_test_setup_teardown(words_that_say_nothing_are_not_sent, begin, stage_finish),
        cmocka_unit_test_setup_teardown(control_characters_are_not_sent_whatever_surrounds_them,
                                        begin, stage_finish),
        cmocka_unit_test_setup_teardown(what_no_table_says_is_wrong_in_the_file, begin,
                                        stage_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
