/* A plan as JSON: it parses, every row has the same members, and the totals equal the rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>

#include "codec/planfile.h"
#include "support/stage.h"

static int
begin(void **state)
{
    static struct stage stage;
    stage_open(&stage);
    *state = &stage;
    return 0;
}

static int
finish(void **state)
{
    stage_close(*state);
    return 0;
}

static json_t *
encode(struct stage *stage, const struct plan *plan)
{
    static const struct entry_input inputs[] = {{"best-joke.yaml", "sha256:00"},
                                                {"a \"b\".txt", "sha256:11"}};
    struct planfile file = {.campaign = &stage->campaign,
                            .roster = &stage->roster,
                            .plan = plan,
                            .marketplace = "mturk",
                            .environment = "sandbox",
                            .currency = "USD",
                            .journal = "best-joke.sandbox.journal.jsonl",
                            .endpoint = "http://localhost:1",
                            .inputs = inputs,
                            .input_count = 2,
                            .made_at_ms = STORY_MS,
                            .made_by = "ana@lab"};
    struct buffer out = {0}, piece = {0};
    json_error_t trouble;
    struct planfile_progress progress = {0};
    for (; planfile_encode(&file, &progress, &piece); buffer_clear(&piece)) {
        assert_in_range(piece.size, 1, 100 * 1024);
        buffer_add(&out, piece.bytes, piece.size);
    }
    buffer_close(&piece);
    json_t *value = json_loadb(out.bytes, out.size, JSON_REJECT_DUPLICATES, &trouble);
    if (!value)
        fail_msg("%s: %s", trouble.text, out.bytes);
    buffer_close(&out);
    return value;
}

static cents_t
cents_of(const json_t *object, const char *name)
{
    cents_t cents = 0;
    const char *text = json_string_value(json_object_get(object, name));
    if (!text || !money_read_balance(text, &cents))
        fail_msg("'%s' is no amount: %s", name, text ? text : "(none)");
    return cents;
}

/* One action of every decision, with all four verbs. */
static struct plan *
plan_of_everything(struct stage *stage)
{
    size_t approve = stage_approve(stage), qualify = stage_qualify(stage),
           bonus = stage_bonus(stage), notify = stage_notify(stage);
    (void)approve;
    (void)notify;
    stage->steps[bonus].message = "Grüße, \"friend\"\n\ttwo \\ lines";
    stage_work(stage, "X1", "A1", WORK_SUBMITTED);
    stage_work(stage, "X2", "A2", WORK_APPROVED);
    stage_work(stage, "X3", "A3", WORK_SUBMITTED);
    stage_work(stage, "X4", "A4", WORK_SUBMITTED);
    stage_work(stage, "X5", "A5", WORK_SUBMITTED);
    stage_deed(stage, bonus, "X2", ENTRY_DONE, STORY_MS);
    stage_deed(stage, qualify, "X3", ENTRY_REFUSED, STORY_MS);
    stage_paid(stage, "X4", "A4", 7, "by hand", STORY_MS);
    stage_deed(stage, bonus, "X5", ENTRY_DONE, STORY_MS);
    stage->history.ledger.deeds[2]->amount = 50;
    stage->history.ledger.deeds[2]->content = "another";
    return stage_plan(stage);
}

static void
totals_equal_the_rows(void **state)
{
    struct stage *stage = *state;
    struct plan *plan = plan_of_everything(stage);
    json_t *file = encode(stage, plan);
    const json_t *rows = json_object_get(file, "actions"),
                 *totals = json_object_get(file, "totals");
    assert_int_equal(json_array_size(rows), plan->action_count);
    cents_t amount = 0, fee = 0, reward = 0, reward_fee = 0;
    json_int_t counts[DECISION_COUNT] = {0};
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        const char *decision = json_string_value(json_object_get(row, "decision"));
        for (int j = 0; j < DECISION_COUNT; j++)
            counts[j] += text_same(decision, decision_name((enum decision)j));
        cents_t sent = text_same(decision, "do");
        amount += sent * cents_of(row, "amount");
        fee += sent * cents_of(row, "fee");
        reward += sent * cents_of(row, "reward");
        reward_fee += sent * cents_of(row, "reward_fee");
    }
    for (int j = 0; j < DECISION_COUNT; j++) {
        const char *name = decision_name((enum decision)j);
        assert_int_equal(json_integer_value(json_object_get(totals, name)), counts[j]);
        assert_true(counts[j] > 0);
    }
    assert_int_equal(cents_of(totals, "amount"), amount);
    assert_int_equal(cents_of(totals, "fee"), fee);
    assert_int_equal(cents_of(totals, "total"), amount + fee);
    assert_int_equal(cents_of(totals, "reward"), reward);
    assert_int_equal(cents_of(totals, "reward_fee"), reward_fee);
    assert_int_equal(cents_of(totals, "balance"), 100000);
    assert_int_equal(cents_of(totals, "balance_after"), 100000 - amount - fee);
    assert_true(amount > 0 && reward > 0);
    json_decref(file);
}

static void
every_row_has_the_same_members(void **state)
{
    static const char *const names[] = {
        "key",    "step",    "do",      "worker",        "assignment", "task",
        "amount", "fee",     "reward",  "reward_fee",    "decision",   "why",
        "detail", "subject", "message", "qualification", "value"};
    enum { NAMES = sizeof names / sizeof *names };
    struct stage *stage = *state;
    json_t *file = encode(stage, plan_of_everything(stage));
    const json_t *rows = json_object_get(file, "actions");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *row = json_array_get(rows, i);
        assert_int_equal(json_object_size(row), NAMES);
        for (size_t j = 0; j < NAMES; j++)
            assert_non_null(json_object_get(row, names[j]));
        bool per_worker = text_same(json_string_value(json_object_get(row, "do")), "qualify") ||
                          text_same(json_string_value(json_object_get(row, "do")), "notify");
        assert_int_equal(json_is_null(json_object_get(row, "assignment")), per_worker);
        assert_int_equal(json_is_null(json_object_get(row, "task")), per_worker);
    }
    json_decref(file);
}

static void
words_and_reasons_arrive_unharmed(void **state)
{
    struct stage *stage = *state;
    struct plan *plan = plan_of_everything(stage);
    json_t *file = encode(stage, plan);
    const json_t *rows = json_object_get(file, "actions");
    for (size_t i = 0; i < plan->action_count; i++) {
        const struct action *action = &plan->actions[i];
        const struct step *step = &stage->steps[action->step];
        const json_t *row = json_array_get(rows, i);
        const char *message = json_string_value(json_object_get(row, "message"));
        const char *why = json_string_value(json_object_get(row, "why"));
        bool held = action->why == WHY_NEEDS;
        assert_string_equal(json_string_value(json_object_get(row, "key")), action->key);
        assert_string_equal(json_string_value(json_object_get(row, "worker")),
                            action->assignment->worker);
        assert_true(text_same(message, step->message));
        assert_string_equal(why, held ? action->words : why_name(action->why));
        assert_true(text_same(json_string_value(json_object_get(row, "detail")),
                              held ? NULL : action->words));
    }
    json_decref(file);
}

static void
the_head_says_what_the_plan_was_made_of(void **state)
{
    struct stage *stage = *state;
    json_t *file = encode(stage, plan_of_everything(stage));
    static const char *const members[][2] = {{"campaign", "best-joke"},
                                             {"marketplace", "mturk"},
                                             {"environment", "sandbox"},
                                             {"currency", "USD"},
                                             {"file", "best-joke.yaml"},
                                             {"journal", "best-joke.sandbox.journal.jsonl"},
                                             {"endpoint", "http://localhost:1"},
                                             {"made_at", "2026-11-23T14:00:00Z"},
                                             {"made_by", "ana@lab"}};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        assert_string_equal(json_string_value(json_object_get(file, members[i][0])), members[i][1]);
    assert_int_equal(json_integer_value(json_object_get(file, "bursar_plan")), 1);
    assert_true(json_is_null(json_object_get(file, "journal_head")));
    assert_true(json_is_null(json_object_get(file, "account")));
    const json_t *inputs = json_object_get(file, "inputs");
    assert_string_equal(json_string_value(json_object_get(inputs, "a \"b\".txt")), "sha256:11");
    const json_t *task = json_array_get(json_object_get(file, "tasks"), 0);
    assert_int_equal(json_integer_value(json_object_get(task, "assignments")), 5);
    assert_int_equal(json_integer_value(json_object_get(task, "selected")), 5);
    assert_int_equal(cents_of(task, "reward"), 50);
    json_decref(file);
}

static void
refusals_carry_their_exit_codes(void **state)
{
    struct stage *stage = *state;
    struct plan *plan = plan_of_everything(stage);
    json_t *file = encode(stage, plan);
    const json_t *refusals = json_object_get(file, "refusals");
    assert_int_equal(json_array_size(refusals), plan->refusal_count);
    assert_int_equal(plan->refusal_count, 1); /* the conflict */
    const json_t *refusal = json_array_get(refusals, 0);
    assert_int_equal(json_integer_value(json_object_get(refusal, "exit")), 5);
    assert_string_equal(json_string_value(json_object_get(refusal, "text")),
                        plan->refusals[0].text);
    assert_int_equal(json_array_size(json_object_get(file, "remarks")), plan->remark_count);
    json_decref(file);
}

static void
an_empty_plan_is_a_plan(void **state)
{
    struct stage *stage = *state;
    stage_bonus(stage);
    json_t *file = encode(stage, stage_plan(stage));
    assert_int_equal(json_array_size(json_object_get(file, "actions")), 0);
    assert_int_equal(cents_of(json_object_get(file, "totals"), "total"), 0);
    json_decref(file);
}

/* It is never whole in memory, and whole all the same where the pieces meet. */
static void
a_long_plan_comes_in_pieces(void **state)
{
    enum { PEOPLE = 1000 };
    struct stage *stage = *state;
    stage->balance = 1000 * 1000;
    stage_bonus(stage);
    for (size_t i = 0; i < PEOPLE; i++)
        stage_work(stage, arena_print(&stage->arena, "X%zu", i),
                   arena_print(&stage->arena, "A%zu", i), WORK_APPROVED);
    json_t *value = encode(stage, stage_plan(stage));
    const json_t *actions = json_object_get(value, "actions");
    assert_int_equal(json_array_size(actions), PEOPLE);
    const json_t *last = json_array_get(actions, PEOPLE - 1);
    assert_string_equal(json_string_value(json_object_get(last, "assignment")), "X999");
    json_decref(value);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(totals_equal_the_rows, begin, finish),
        cmocka_unit_test_setup_teardown(every_row_has_the_same_members, begin, finish),
        cmocka_unit_test_setup_teardown(words_and_reasons_arrive_unharmed, begin, finish),
        cmocka_unit_test_setup_teardown(the_head_says_what_the_plan_was_made_of, begin, finish),
        cmocka_unit_test_setup_teardown(refusals_carry_their_exit_codes, begin, finish),
        cmocka_unit_test_setup_teardown(an_empty_plan_is_a_plan, begin, finish),
        cmocka_unit_test_setup_teardown(a_long_plan_comes_in_pieces, begin, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
