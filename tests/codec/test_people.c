/* Lists of people, as text and as CSV: what is taken of them, and what is said. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tables_desk.h"

static const char *
people_told(struct desk *desk)
{
    static const char *const workers[] = {"A1", "A2", "A3", "A4"};
    const char *told = "";
    for (size_t i = 0; i < 4; i++)
        if (index_find(&desk->people.listed, workers[i]))
            told = arena_print(&desk->arena, "%s%s ", told, workers[i]);
    return told;
}

#define LINE "a line takes a worker ID, such as A1EXAMPLE2WORKER; it has "

static void
a_list_has_one_worker_a_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *people, *said;
    } samples[] = {
        {"", "", ""},
        {"A1\nA2", "A1 A2 ", ""},
        {"# who was in wave 1\r\n\r\nA1\r\n \tA2 # Ann\r\nA1\r\n", "A1 A2 ", ""},
        {"A1\rA2\r\rA3\r", "A1 A2 A3 ", ""},
        {"A1, A2\nA3\n", "A3 ",
         "w.txt:1: " LINE "'A1, A2': one ID goes here, without blanks and commas\n"},
        {"\"A1\"\n\nWorkerId\n", "",
         "w.txt:1: " LINE "'\"A1\"': leave the quotes out\n"
         "w.txt:3: " LINE "'WorkerId': this looks like a heading or a word, not like an ID\n"},
        {"x\nx\nx\nx\nx\nx\nx\nx\nx\nA4\n3\nA1\n", "A4 ",
         "w.txt:1: " LINE "'x': this looks like a heading or a word, not like an ID\n"
         "w.txt:2: " LINE "'x': this looks like a heading or a word, not like an ID\n"
         "w.txt:3: " LINE "'x': this looks like a heading or a word, not like an ID\n"
         "w.txt:4: " LINE "'x': this looks like a heading or a word, not like an ID\n"
         "w.txt:5: " LINE "'x': this looks like a heading or a word, not like an ID\n"
         "w.txt:6: " LINE "'x': this looks like a heading or a word, not like an ID\n"
         "w.txt:7: " LINE "'x': this looks like a heading or a word, not like an ID\n"
         "w.txt:8: " LINE "'x': this looks like a heading or a word, not like an ID\n"
         "w.txt:9: " LINE "'x': this looks like a heading or a word, not like an ID\n"
         "w.txt:11: " LINE "'3': workers' IDs begin with A; is this an assignment's or a HIT's?\n"
         "w.txt:12: the rest of this file was not read\n"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct desk desk;
        desk_begin(&desk);
        desk_take(&desk, tables_people_decode, "w.txt", samples[i].text);
        assert_string_equal(people_told(&desk), samples[i].people);
        assert_int_equal(desk.campaign.given.assignment_count, 0);
        desk_close_having_said(&desk, samples[i].said);
    }
}

static void
a_column_has_workers(void **state)
{
    (void)state;
    static const struct {
        const char *column, *text, *people, *said;
    } samples[] = {
        {"WorkerId", "x,WorkerId\n1,A1\n2,\n3,A2\n4,A1\n", "A1 A2 ", ""},
        {"WorkerId", "worker_id\nA1\n", "A1 ", ""},
        {"WorkerId", "workerid\nA1\n", "A1 ", ""},
        {"WorkerId", "WORKER-ID,WorkerId\nA1,A2\n", "A2 ", ""},
        {"WorkerId", "worker_id,WorkerID\nA1,A2\n", "",
         "p.csv:1: 2 columns could be meant by 'WorkerId', 'worker_id' the first of them: name the "
         "one that is meant with 'column:' in the campaign\n"},
        {"who", "who\nA1\n", "A1 ", ""},
        {"who", "Who\nA1\n", "", "joke.yaml:8: p.csv has no column 'who', did you mean 'Who'?\n"},
        {"WorkerId", "id,name\nA1,Ann\n", "",
         "joke.yaml:8: p.csv has no column 'WorkerId': its columns are 'id' and 'name'; name the "
         "one with the worker IDs with 'column:'\n"},
        {"who", "who,n\nA1,1\nbob,2\nA2,3\n", "A1 A2 ",
         "p.csv:3: 'who' takes a worker ID, such as A1EXAMPLE2WORKER; it has 'bob': this looks "
         "like a heading or a word, not like an ID\n"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct desk desk;
        desk_begin(&desk);
        desk.people.column = samples[i].column;
        desk_take(&desk, tables_people_csv_decode, "p.csv", samples[i].text);
        assert_string_equal(people_told(&desk), samples[i].people);
        desk_close_having_said(&desk, samples[i].said);
    }
}

static void
people_of_the_roster_stand_in_it_once(void **state)
{
    (void)state;
    static const struct {
        decode_t *decode;
        const char *path, *text;
    } samples[] = {
        {tables_people_decode, "w.txt", "A1\n\nA2 # Ann\nA9\nA1\nA3\n"},
        {tables_people_csv_decode, "w.csv", "WorkerId,x\nA1,\nA2,1\nA9,1\nA1,2\nA3,1\n"},
    };
    static const char *const said[] = {
        "w.txt:4: the worker A9 is listed twice; the ID stands in the campaign file already: keep "
        "one\n"
        "w.txt:5: the worker A1 is listed twice; the ID stands in line 1 already: keep one\n",
        "w.csv:4: the worker A9 is listed twice; the ID stands in the campaign file already: keep "
        "one\n"
        "w.csv:5: the worker A1 is listed twice; the ID stands in line 2 already: keep one\n",
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct desk desk;
        desk_begin(&desk);
        desk.campaign.from = ROSTER_FROM_WORKERS;
        struct roster *given = &desk.campaign.given;
        roster_assignment_add(given, &(struct assignment){.id = "A9", .worker = "A9"}, &desk.arena);
        desk_take(&desk, samples[i].decode, samples[i].path, samples[i].text);
        assert_string_equal(people_told(&desk), "A1 A2 A3 ");
        assert_int_equal(given->assignment_count, 4);
        assert_string_equal(given->assignments[2].id, "A2");
        assert_string_equal(given->assignments[2].worker, "A2");
        assert_int_equal(given->assignments[2].status, WORK_SUBMITTED);
        desk_close_having_said(&desk, said[i]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_has_one_worker_a_line),
        cmocka_unit_test(a_column_has_workers),
        cmocka_unit_test(people_of_the_roster_stand_in_it_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
