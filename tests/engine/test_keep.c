/* What is kept of an answer outlives it, and what many rows share stands once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "engine/keep.h"

struct kept {
    struct arena answer; /* of one reply; gone before anything is looked at */
    struct arena arena;
    struct keep keep;
};

static int
begin(void **state)
{
    static struct kept kept;
    kept = (struct kept){.keep.arena = &kept.arena};
    *state = &kept;
    return 0;
}

static int
end(void **state)
{
    struct kept *kept = *state;
    arena_close(&kept->arena);
    arena_close(&kept->answer);
    return 0;
}

static const char *
said(struct kept *kept, const char *text)
{
    return arena_copy(&kept->answer, text);
}

/* The reply's texts are overwritten before they are given back: who still points there shows. */
static void
forget(struct kept *kept, const char *const *texts, size_t count)
{
    for (size_t i = 0; i < count; i++)
        memset((char *)(uintptr_t)texts[i], '#', strlen(texts[i]));
    arena_close(&kept->answer);
}

static struct assignment
assignment_said(struct kept *kept, const char *id, const char **texts)
{
    struct reply_field field = {said(kept, "joke"), said(kept, id)};
    struct assignment said_now = {.id = said(kept, id),
                                  .worker = said(kept, "A1"),
                                  .filled = filled_make(&field, 1, NULL, &kept->answer)};
    const char *all[] = {said_now.id, said_now.worker, field.name, field.value};
    memcpy(texts, all, sizeof all);
    return said_now;
}

static void
an_assignment_outlives_its_reply(void **state)
{
    struct kept *kept = *state;
    const char *texts[4];
    struct assignment said_now = assignment_said(kept, "X1", texts);
    struct assignment assignment = keep_assignment(&kept->keep, &said_now);
    forget(kept, texts, 4);
    assert_string_equal(assignment.id, "X1");
    assert_string_equal(assignment.worker, "A1");
    assert_int_equal(assignment.filled->field_count, 1);
    assert_string_equal(assignment.filled->fields[0].name, "joke");
    assert_string_equal(assignment.filled->fields[0].value, "X1");
}

static void
names_of_fields_stand_once_and_what_is_in_them_with_each(void **state)
{
    struct kept *kept = *state;
    const char *texts[4];
    struct assignment one = assignment_said(kept, "X1", texts);
    struct assignment other = assignment_said(kept, "X2", texts);
    one = keep_assignment(&kept->keep, &one);
    other = keep_assignment(&kept->keep, &other);
    assert_ptr_equal(one.filled->fields[0].name, other.filled->fields[0].name);
    assert_string_equal(one.filled->fields[0].value, "X1");
    assert_string_equal(other.filled->fields[0].value, "X2");
}

static void
an_assignment_that_cannot_be_read_keeps_why(void **state)
{
    struct kept *kept = *state;
    const char *why = said(kept, "not XML");
    struct assignment unread = {
        .id = "X1", .worker = "A1", .filled = filled_make(NULL, 0, why, &kept->answer)};
    struct assignment assignment = keep_assignment(&kept->keep, &unread);
    forget(kept, &why, 1);
    assert_int_equal(assignment.filled->field_count, 0);
    assert_string_equal(assignment.filled->unread_why, "not XML");
}

static void
a_task_outlives_its_reply(void **state)
{
    struct kept *kept = *state;
    struct task said_now = {
        .id = said(kept, "3HIT"), .title = said(kept, "Jokes"), .state = said(kept, "Reviewable")};
    const char *texts[] = {said_now.id, said_now.title, said_now.state};
    struct task task = keep_task(&kept->keep, &said_now);
    forget(kept, texts, 3);
    assert_string_equal(task.id, "3HIT");
    assert_string_equal(task.title, "Jokes");
    assert_string_equal(task.state, "Reviewable");
}

/* On work that the roster has its names are the roster's; a payment on other work, or to somebody
 * else, brings its own. */
static void
a_payment_shares_the_roster_s_names_where_they_are_the_same(void **state)
{
    struct kept *kept = *state;
    static const char *const workers[] = {"A1", "A2", "A1"};
    static const char *const assignments[] = {"X1", "X1", "X9"};
    struct roster roster = {0};
    roster_assignment_add(&roster, &(struct assignment){.id = "X1", .worker = "A1"}, &kept->arena);
    roster_sort(&roster);
    for (size_t i = 0; i < 3; i++) {
        struct payment said_now = {.assignment = said(kept, assignments[i]),
                                   .worker = said(kept, workers[i]),
                                   .words = said(kept, "Thanks")};
        const char *texts[] = {said_now.assignment, said_now.worker, said_now.words};
        struct payment payment = keep_payment(&kept->keep, &roster, &said_now);
        forget(kept, texts, 3);
        assert_string_equal(payment.assignment, assignments[i]);
        assert_string_equal(payment.worker, workers[i]);
        assert_string_equal(payment.words, "Thanks");
        const struct assignment *work = &roster.assignments[0];
        assert_int_equal(payment.assignment == work->id, i < 2);
        assert_int_equal(payment.worker == work->worker, i == 0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_assignment_outlives_its_reply, begin, end),
        cmocka_unit_test_setup_teardown(names_of_fields_stand_once_and_what_is_in_them_with_each,
                                        begin, end),
        cmocka_unit_test_setup_teardown(an_assignment_that_cannot_be_read_keeps_why, begin, end),
        cmocka_unit_test_setup_teardown(a_task_outlives_its_reply, begin, end),
        cmocka_unit_test_setup_teardown(a_payment_shares_the_roster_s_names_where_they_are_the_same,
                                        begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
