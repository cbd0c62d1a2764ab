/* Whom the campaign means: statuses as they were before our own approvals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "core/select.h"
#include "support/stage.h"

static int
begin(void **state)
{
    static struct stage stage;
    stage_open(&stage);
    stage_approve(&stage);
    stage_work(&stage, "X1", "A1", WORK_SUBMITTED);
    *state = &stage;
    return 0;
}

static int
finish(void **state)
{
    stage_close(*state);
    return 0;
}

static enum work_status
status_of(struct stage *stage)
{
    return select_status(&stage->roster.assignments[0], &stage->history.ledger);
}

static void
without_a_deed_of_ours_the_status_is_the_marketplaces(void **state)
{
    struct stage *stage = *state;
    for (int status = 0; status < WORK_STATUS_COUNT; status++) {
        stage->roster.assignments[0].status = (enum work_status)status;
        assert_int_equal(status_of(stage), status);
    }
}

static void
what_we_approved_or_perhaps_approved_keeps_its_status_from_before(void **state)
{
    static const enum entry_kind outcomes[] = {ENTRY_UNKNOWN, ENTRY_RESEND, ENTRY_DONE};
    struct stage *stage = *state;
    stage_intend(stage, 0, "X1", STORY_MS);
    stage->roster.assignments[0].status = WORK_APPROVED;
    for (size_t i = 0; i < 3; i++) {
        tell(&stage->history, stage_entry(stage, outcomes[i], 0, "X1", STORY_MS));
        assert_int_equal(status_of(stage), WORK_SUBMITTED);
    }
}

static void
what_we_did_not_approve_after_all_has_its_status_of_now(void **state)
{
    struct stage *stage = *state;
    stage_deed(stage, 0, "X1", ENTRY_REFUSED, STORY_MS);
    stage->roster.assignments[0].status = WORK_REJECTED;
    assert_int_equal(status_of(stage), WORK_REJECTED);
}

static void
campaign_and_step_filter_by_status(void **state)
{
    struct stage *stage = *state;
    struct step *step = &stage->steps[0];
    for (int status = 0; status < WORK_STATUS_COUNT; status++) {
        const struct assignment assignment = {.id = "X9", .status = (enum work_status)status};
        const struct ledger *ledger = &stage->history.ledger;
        assert_int_equal(select_campaign(&stage->campaign, &assignment, ledger),
                         status != WORK_REJECTED);
        step->filter = (struct filter){0};
        assert_true(select_step(step, &assignment, ledger));
        step->filter.written = true;
        assert_false(select_step(step, &assignment, ledger));
        step->filter.status[status] = true;
        assert_true(select_step(step, &assignment, ledger));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(without_a_deed_of_ours_the_status_is_the_marketplaces,
                                        begin, finish),
        cmocka_unit_test_setup_teardown(
            what_we_approved_or_perhaps_approved_keeps_its_status_from_before, begin, finish),
        cmocka_unit_test_setup_teardown(what_we_did_not_approve_after_all_has_its_status_of_now,
                                        begin, finish),
        cmocka_unit_test_setup_teardown(campaign_and_step_filter_by_status, begin, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
