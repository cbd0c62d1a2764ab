/* A file of results as Amazon gives it out: what it holds is counted, what is none is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "codec/batch.h"

static struct arena arena;

static int
finish(void **state)
{
    (void)state;
    arena_close(&arena);
    return 0;
}

static bool
survey(const char *text, struct batch *batch, struct problems *problems)
{
    *problems = (struct problems){.arena = &arena};
    struct csv_input input = {"results.csv", text, strlen(text)};
    return batch_survey(&input, batch, problems, &arena);
}

static void
the_rows_of_a_batch_are_counted(void **state)
{
    (void)state;
    static const char text[] =
        "\"HITId\",\"Title\",\"AssignmentId\",\"WorkerId\",\"AssignmentStatus\",\"Answer.text\"\r\n"
        "\"3T1\",\"Jokes\",\"3A1\",\"A1\",\"Submitted\",\"one\ntwo\"\r\n"
        "\"3T1\",\"Jokes\",\"3A2\",\"A2\",\"Approved\",\"\"\r\n"
        "\"3T2\",\"Jokes\",\"3A3\",\"A1\",\"Approved\",\"\"\r\n"
        "\"3T3\",\"Jokes\",\"3A4\",\"A3\",\"Rejected\",\"\"\r\n";
    struct batch batch;
    struct problems problems;
    assert_true(survey(text, &batch, &problems));
    assert_int_equal(batch.assignments, 4);
    assert_int_equal(batch.tasks, 3);
    assert_int_equal(batch.selected, 3);
    assert_int_equal(batch.workers, 2);
    assert_int_equal(batch.submitted, 1);
}

static void
without_a_status_all_count_as_handed_in(void **state)
{
    (void)state;
    struct batch batch;
    struct problems problems;
    assert_true(survey("WorkerId,AssignmentId,HITId\nA1,3A1,3T1\nA2,3A2,3T1\n", &batch, &problems));
    assert_int_equal(batch.selected, 2);
    assert_int_equal(batch.submitted, 2);
}

static void
what_is_no_file_of_results_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        unsigned line;
        const char *says;
    } samples[] = {
        {"HITId,AssignmentId,who\n3T,3A,A1\n", 1,
         "a table of assignments has the columns HITId, AssignmentId and WorkerId; 'WorkerId' is "
         "not there: its columns are 'HITId', 'AssignmentId' and 'who'"},
        {"HITId,AssignmentId,WorkerId\n3T,,A1\n", 2,
         "'AssignmentId' takes an assignment ID, such as 3EXAMPLE4ASSIGNMENT5; it is empty"},
        {"HITId,AssignmentId,WorkerId\n3T,3A,A1\n3T,3A,A1\n", 3,
         "the assignment 3A stands in line 2 already: keep one of the two"},
        {"HITId,AssignmentId,WorkerId\n", 1, "no assignment stands below the header"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct batch batch;
        struct problems problems;
        assert_false(survey(samples[i].text, &batch, &problems));
        assert_int_equal(problems.count, 1);
        assert_int_equal(problems.items[0].where.line, samples[i].line);
        assert_string_equal(problems.items[0].text, samples[i].says);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_rows_of_a_batch_are_counted),
        cmocka_unit_test(without_a_status_all_count_as_handed_in),
        cmocka_unit_test(what_is_no_file_of_results_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, finish);
}
