/* People and payments in their order, each once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/roster.h"

static void
people_stand_by_task_then_time_then_assignment(void **state)
{
    (void)state;
    static const struct assignment rows[] = {
        {.id = "X5", .worker = "A1", .task = 1, .submitted_ms = 10},
        {.id = "X4", .worker = "A2", .task = 0, .submitted_ms = 30},
        {.id = "X3", .worker = "A3", .task = 0, .submitted_ms = 20},
        {.id = "X1", .worker = "A4", .task = 0, .submitted_ms = 30},
        {.id = "X2", .worker = "A5", .task = 1, .submitted_ms = 5},
    };
    static const char *const order[] = {"X3", "X1", "X4", "X2", "X5"};
    struct arena arena = {0};
    struct roster roster = {0};
    for (size_t i = 0; i < 5; i++)
        roster_assignment_add(&roster, &rows[i], &arena);
    roster_sort(&roster);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(roster.assignments[i].id, order[i]);
        assert_ptr_equal(roster_find(&roster, order[i]), &roster.assignments[i]);
    }
    assert_null(roster_find(&roster, "X9"));
    arena_close(&arena);
}

static void
an_assignment_that_two_pages_bring_is_kept_once(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct roster roster = {0};
    struct assignment assignment = {.id = "X1", .worker = "A1", .status = WORK_SUBMITTED};
    assert_true(roster_assignment_add(&roster, &assignment, &arena));
    assignment.status = WORK_APPROVED;
    assert_true(roster_assignment_add(&roster, &assignment, &arena));
    assert_int_equal(roster.assignment_count, 1);
    assert_int_equal(roster.assignments[0].status, WORK_SUBMITTED);
    arena_close(&arena);
}

static void
an_assignment_belongs_to_one_worker_and_one_task(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct roster roster = {0};
    struct assignment first = {.id = "X1", .worker = "A1"};
    struct assignment others[] = {{.id = "X1", .worker = "A2"},
                                  {.id = "X1", .worker = "A1", .task = 1}};
    assert_true(roster_assignment_add(&roster, &first, &arena));
    for (size_t i = 0; i < 2; i++)
        assert_false(roster_assignment_add(&roster, &others[i], &arena));
    arena_close(&arena);
}

static void
a_payment_in_another_tasks_list_is_a_stray(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct roster roster = {0};
    struct assignment work = {.id = "X1", .worker = "A1", .task = 1};
    struct payment right = {.assignment = "X1", .worker = "A1", .words = "w", .task = 1};
    struct payment elsewhere = {.assignment = "X9", .worker = "A1", .words = "w", .task = 0};
    struct payment stray = {.assignment = "X1", .worker = "A1", .words = "w", .task = 0};
    roster_assignment_add(&roster, &work, &arena);
    roster_payment_add(&roster, &right, &arena);
    roster_payment_add(&roster, &elsewhere, &arena);
    assert_null(roster_stray_find(&roster));
    roster_payment_add(&roster, &stray, &arena);
    assert_ptr_equal(roster_stray_find(&roster), &roster.payments[2]);
    arena_close(&arena);
}

static void
payments_stand_by_time_and_equal_ones_are_all_kept(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct roster roster = {0};
    for (stamp_t i = 0; i < 100; i++) {
        struct payment payment = {
            .assignment = "X1", .worker = "A1", .words = "w", .at_ms = i * 37 % 50};
        roster_payment_add(&roster, &payment, &arena);
    }
    roster_sort(&roster);
    assert_int_equal(roster.payment_count, 100);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(roster.payments[i].at_ms, i / 2);
    arena_close(&arena);
}

static void
an_empty_roster_sorts(void **state)
{
    (void)state;
    struct roster roster = {0};
    roster_sort(&roster);
    assert_null(roster_find(&roster, "X1"));
}

static void
statuses_have_the_marketplaces_words(void **state)
{
    (void)state;
    enum work_status status;
    for (int i = 0; i < WORK_STATUS_COUNT; i++) {
        assert_true(work_status_find(work_status_name((enum work_status)i), &status));
        assert_int_equal(status, i);
    }
    assert_false(work_status_find("submitted", &status));
    assert_false(work_status_find("", &status));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(people_stand_by_task_then_time_then_assignment),
        cmocka_unit_test(an_assignment_that_two_pages_bring_is_kept_once),
        cmocka_unit_test(an_assignment_belongs_to_one_worker_and_one_task),
        cmocka_unit_test(a_payment_in_another_tasks_list_is_a_stray),
        cmocka_unit_test(payments_stand_by_time_and_equal_ones_are_all_kept),
        cmocka_unit_test(an_empty_roster_sorts),
        cmocka_unit_test(statuses_have_the_marketplaces_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
