/* The table against itself and against the structs and words of `core`. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "codec/campaign.h"
#include "codec/fields.h"

static void
every_row_explains_itself(void **state)
{
    (void)state;
    for (size_t group = 0; group < GROUP_COUNT; group++) {
        const struct group_row *row = group_row((enum group)group);
        assert_true(row->count > 0 && row->count <= FIELDS_MAX);
        for (size_t i = 0; i < row->count; i++) {
            const struct field *field = &row->fields[i];
            assert_non_null(field->takes);
            assert_non_null(field->example);
            assert_true(text_ends(field->help, "."));
            assert_false(field->required && field->one_of);
            assert_int_equal(field->looks_up, field->from_offset != 0);
            assert_true(!field->beside || field_find((enum group)group, field->beside));
            assert_ptr_equal(field_find((enum group)group, field->name), field);
        }
    }
}

static void
the_words_of_core_are_the_words_of_the_table(void **state)
{
    (void)state;
    const struct field *status = field_find(GROUP_WHERE, "status");
    for (size_t i = 0; i < WORK_STATUS_COUNT; i++)
        assert_string_equal(status->choices[i], work_status_name((enum work_status)i));
    assert_null(status->choices[WORK_STATUS_COUNT]);
    assert_null(field_find(GROUP_STEP, verb_row(VERB_CREATE)->name));
    for (size_t verb = 0; verb < VERB_COUNT; verb++) {
        if (verb == VERB_CREATE)
            continue;
        const char *name = verb_row((enum verb)verb)->name;
        const struct field *field = field_find(GROUP_STEP, name);
        assert_non_null(field);
        assert_int_equal(field->type, FIELD_VERB);
        assert_int_equal(field->verb, verb);
        assert_string_equal(group_row(field->group)->name, field->name);
    }
}

static void
every_example_of_a_step_is_a_right_step(void **state)
{
    (void)state;
    const struct group_row *row = group_row(GROUP_STEP);
    for (size_t i = 0; i < row->count; i++) {
        const struct field *field = &row->fields[i];
        struct arena arena = {0};
        struct problems problems = {.arena = &arena};
        bool verb = field->type == FIELD_VERB;
        char *text = arena_print(
            &arena,
            "campaign: a\nhits: [A]\nsteps:\n  - id: %s\n    approve:\n"
            "  - %s: %s\n%s",
            text_same(field->name, "was") ? "first" : "bonus", field->name, field->example,
            verb && verb_row(field->verb)->harms ? "    id: other\n    where: { except: [A1] }\n"
            : verb                               ? "    id: other\n"
            : text_same(field->name, "id")       ? "    approve:\n"
                                                 : "    id: other\n    approve:\n");
        assert_non_null(campaign_decode("a.yaml", text, strlen(text), &problems, &arena));
        assert_int_equal(problems.count, 0);
        arena_close(&arena);
    }
}

static void
other_spellings_and_other_tools_words_lead_to_ours(void **state)
{
    (void)state;
    static const struct {
        enum group group;
        const char *theirs, *ours;
    } cases[] = {
        {GROUP_CAMPAIGN, "HITs", "hits"},
        {GROUP_CAMPAIGN, "HITIds", "hits"},
        {GROUP_CAMPAIGN, "hit-ids", "hits"},
        {GROUP_CAMPAIGN, "Environment", "environment"},
        {GROUP_CAMPAIGN, "lables", "labels"},
        {GROUP_STEP, "sendBonus", "bonus"},
        {GROUP_STEP, "notify_workers", "notify"},
        {GROUP_STEP, "depends_on", "needs"},
        {GROUP_BONUS, "reason", "message"},
        {GROUP_BONUS, "reward", "amount"},
        {GROUP_NOTIFY, "MessageText", "message"},
        {GROUP_NOTIFY, "messagefile", "message_file"},
        {GROUP_QUALIFY, "QualificationTypeId", "qualification"},
        {GROUP_QUALIFY, "IntegerValue", "value"},
        {GROUP_QUALIFY, "qualification_name", "name"},
        {GROUP_QUALIFY, "SendNotification", "email"},
        {GROUP_APPROVE, "OverrideRejection", "override"},
        {GROUP_STEP, "reject_assignment", "reject"},
        {GROUP_STEP, "CreateWorkerBlock", "block"},
        {GROUP_STEP, "disassociate", "unqualify"},
        {GROUP_REJECT, "reason", "feedback"},
        {GROUP_WHERE, "exclude", "except"},
        {GROUP_WHERE, "include", "workers"},
        {GROUP_WHERE, "WorkerIds", "workers"},
        {GROUP_WHERE, "submitted_since", "submitted_after"},
        {GROUP_TABLE, "csv_file", "csv"},
        {GROUP_TABLE, "join", "match"},
        {GROUP_MATCH, "WorkerId", "worker"},
        {GROUP_BOUNDS, "at_least", "min"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct field *field = field_meant(cases[i].group, cases[i].theirs);
        assert_non_null(field);
        assert_string_equal(field->name, cases[i].ours);
    }
    assert_null(field_meant(GROUP_BONUS, "colour"));
    assert_string_equal(choice_meant(field_find(GROUP_APPROVE, "override"), "Yes"), "true");
    assert_string_equal(choice_meant(field_find(GROUP_CAMPAIGN, "environment"), "Live"),
                        "production");
}

static void
a_name_that_stands_for_many_is_found_by_each_of_them(void **state)
{
    (void)state;
    const struct field *answer = field_find(GROUP_WHERE, "answer.taskAnswers.colour");
    const struct field *column = field_find(GROUP_WHERE, "scores.Answer.code");
    assert_string_equal(answer->name, "answer.FIELD");
    assert_string_equal(column->name, "TABLE.COLUMN");
    assert_string_equal(field_find(GROUP_MATCH, "answer.code")->name, "answer.FIELD");
    assert_null(field_find(GROUP_WHERE, "colour"));
    assert_null(field_find(GROUP_WHERE, ".colour"));
    assert_null(field_find(GROUP_MATCH, "scores.code"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_explains_itself),
        cmocka_unit_test(the_words_of_core_are_the_words_of_the_table),
        cmocka_unit_test(every_example_of_a_step_is_a_right_step),
        cmocka_unit_test(a_name_that_stands_for_many_is_found_by_each_of_them),
        cmocka_unit_test(other_spellings_and_other_tools_words_lead_to_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
