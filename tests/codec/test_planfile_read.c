/* A saved plan is read as it was written, and what a person broke in it is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "codec/planfile.h"
#include "codec/planfile_read.h"
#include "support/stage.h"

struct scene {
    struct stage stage;
    struct plan *plan;
    struct buffer text;
};

static int
begin(void **state)
{
    static struct scene scene;
    struct stage *stage = &scene.stage;
    static const struct entry_input inputs[] = {
        {"best-joke.yaml",
         "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"},
        {"a \"b\".txt", "sha256:1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}};
    stage_open(stage);
    stage_approve(stage);
    stage_qualify(stage);
    stage->steps[stage_bonus(stage)].message = "Grüße, \"friend\"\n\ttwo \\ lines";
    stage_notify(stage);
    stage_work(stage, "X1", "A1", WORK_SUBMITTED);
    stage_work(stage, "X2", "A2", WORK_APPROVED);
    scene.plan = stage_plan(stage);
    scene.text = (struct buffer){0};
    const struct planfile file = {
        .campaign = &stage->campaign,
        .roster = &stage->roster,
        .plan = scene.plan,
        .marketplace = "mturk",
        .environment = "sandbox",
        .currency = "USD",
        .journal = "best-joke.sandbox.journal.jsonl",
        .endpoint = "http://localhost:1",
        .account = "123456789012",
        .retry_refused = true,
        .inputs = inputs,
        .input_count = 2,
        .made_at_ms = STORY_MS,
        .made_by = "ana@lab",
    };
    struct planfile_progress progress = {0};
    while (planfile_encode(&file, &progress, &scene.text))
        continue;
    *state = &scene;
    return 0;
}

static int
finish(void **state)
{
    struct scene *scene = *state;
    buffer_close(&scene->text);
    stage_close(&scene->stage);
    return 0;
}

static void
read_back(struct scene *scene, struct saved_plan *saved)
{
    struct error err = {0};
    if (!planfile_decode("p.json", scene->text.bytes, scene->text.size, saved, &scene->stage.arena,
                         &err))
        fail_msg("%s", err.text);
}

static void
every_row_arrives(void **state)
{
    struct scene *scene = *state;
    struct saved_plan saved;
    read_back(scene, &saved);
    assert_int_equal(saved.row_count, scene->plan->action_count);
    for (size_t i = 0; i < saved.row_count; i++) {
        const struct planned *row = &saved.rows[i];
        const struct action *action = &scene->plan->actions[i];
        assert_string_equal(row->key, action->key);
        assert_int_equal(row->decision, action->decision);
        assert_null(planned_differs(row, scene->plan, 0, &scene->stage.arena));
    }
}

static void
the_head_arrives(void **state)
{
    struct scene *scene = *state;
    struct saved_plan saved;
    read_back(scene, &saved);
    assert_string_equal(saved.campaign, "best-joke");
    assert_string_equal(saved.marketplace, "mturk");
    assert_string_equal(saved.environment, "sandbox");
    assert_string_equal(saved.currency, "USD");
    assert_string_equal(saved.file, "best-joke.yaml");
    assert_string_equal(saved.journal, "best-joke.sandbox.journal.jsonl");
    assert_string_equal(saved.endpoint, "http://localhost:1");
    assert_string_equal(saved.account, "123456789012");
    assert_string_equal(saved.made_by, "ana@lab");
    assert_null(saved.journal_head);
    assert_true(saved.retry_refused);
    assert_int_equal(saved.made_at_ms, STORY_MS);
    assert_int_equal(saved.input_count, 2);
    assert_string_equal(saved.inputs[1].path, "a \"b\".txt");
}

static const char *
replaced(struct scene *scene, const char *text, const char *old, const char *new)
{
    const char *at = strstr(text, old);
    if (!at)
        fail_msg("no '%s' in the plan", old);
    return arena_print(&scene->stage.arena, "%.*s%s%s", (int)(at - text), text, new,
                       at + strlen(old));
}

static void
what_is_broken_is_named_with_its_place(void **state)
{
    static const struct {
        const char *old, *new, *says;
    } slips[] = {
        {"\"bursar_plan\": 1", "\"bursar_plan\": 2", "the plan has format 2"},
        {"\"bursar_plan\": 1", "\"bursar_plan\": \"1\"", "'bursar_plan' takes the number"},
        {"\"bursar_plan\": 1,", "", "this is no saved plan"},
        {"\"campaign\": \"best-joke\",", "", "'campaign' is missing"},
        {"\"best-joke\"", "\"best joke\"", "'campaign' takes a name of letters and digits"},
        {"\"journal_head\": null", "\"journal_head\": \"12\"", "'journal_head' takes 64"},
        {"\"retry_refused\": true", "\"retry_refused\": 1", "'retry_refused' takes true or false"},
        {"\"made_at\": \"2026", "\"made_at\": \"MMXX", "'made_at' takes a time"},
        {"\"currency\": \"USD\"", "\"currency\": 1", "'currency' takes a text of at most 4096"},
        {"\"sha256:0", "\"md5:0", "'inputs' takes an object"},
        {"\"actions\": [", "\"actions\": 7, \"rest\": [", "'actions' takes a list of actions"},
        {"\"actions\": [", "\"actions\": [7, ", "action 1: an action is an object"},
        {"\"reward\": \"0.50\", \"reward_fee\"", "\"reward\": 0.50, \"reward_fee\"",
         "action 1: 'reward' takes an amount in quotes, such as \"1.00\"; it has 0.5"},
        {"\"amount\": \"1.00\"", "\"amount\": \"1,00\"",
         "action 5: 'amount' takes an amount in quotes, such as \"1.00\"; it has \"1,00\""},
        {"\"amount\": \"1.00\"", "\"amount\": \"-1.00\"", "it has \"-1.00\""},
        {"\"amount\": \"1.00\"", "\"amount\": \"0.009\"", "it has \"0.009\""},
        {"\"amount\": \"1.00\", ", "", "action 5: 'amount' is missing"},
        {"\"worker\": \"A1\"", "\"worker\": \"a1\"", "'worker' takes a worker ID or null"},
        {"\"assignment\": \"X1\"", "\"assignment\": \"X 1\"", "'assignment' takes an ID"},
        {"\"do\": \"bonus\"", "\"do\": \"pay\"", "'do' takes an action"},
        {"\"decision\": \"do\"", "\"decision\": \"DO\"", "'decision' takes \"do\", \"skip\""},
        {"\"value\": 1}", "\"value\": 4294967296}", "'value' takes a whole number or null"},
        {"\"value\": 1}", "\"value\": \"1\"}", "'value' takes a whole number or null"},
        {"\"message\": null", "\"message\": 5", "'message' takes a text or null; it has 5"},
        {"\"message\": null", "\"message\": \"a\\u0000b\"", "a saved plan is JSON"},
        {"\"step\": ", "\"step\": \"bonus\", \"step\": ", "a saved plan is JSON"},
        {"\"key\": \"", "\"key\": \"z", "action 1: 'key' takes 64 hexadecimal digits"},
        {"]\n}", "]\n", "a saved plan is JSON"},
    };
    struct scene *scene = *state;
    for (size_t i = 0; i < sizeof slips / sizeof *slips; i++) {
        struct saved_plan saved;
        struct error err = {0};
        const char *text = replaced(scene, scene->text.bytes, slips[i].old, slips[i].new);
        assert_false(
            planfile_decode("p.json", text, strlen(text), &saved, &scene->stage.arena, &err));
        assert_int_equal(err.status, STATUS_INVALID);
        assert_string_equal(err.where.file, "p.json");
        if (!strstr(err.text, slips[i].says))
            fail_msg("%s: '%s' does not say '%s'", slips[i].new, err.text, slips[i].says);
    }
}

static void
one_action_stands_there_once(void **state)
{
    struct scene *scene = *state;
    struct saved_plan saved;
    struct error err = {0};
    const char *first = strstr(scene->text.bytes, "{\"key\""), *end = strchr(first, '\n');
    const char *row = arena_text(&scene->stage.arena, first, (size_t)(end - first));
    const char *text = replaced(scene, scene->text.bytes, "\"actions\": [",
                                arena_print(&scene->stage.arena, "\"actions\": [%s", row));
    assert_false(planfile_decode("p.json", text, strlen(text), &saved, &scene->stage.arena, &err));
    assert_string_equal(err.text, "action 2: 'key' is that of action 1, too");
}

/* Who made the plan goes into the journal, where a record has an end. */
static void
a_name_that_no_record_can_hold_is_refused(void **state)
{
    enum { LONGEST = 4096 };
    struct scene *scene = *state;
    char name[LONGEST + 2] = {0};
    memset(name, 'a', LONGEST);
    for (int longer = 0; longer <= 1; longer++) {
        struct saved_plan saved;
        struct error err = {0};
        name[LONGEST] = longer ? 'a' : '\0';
        const char *text = replaced(scene, scene->text.bytes, "ana@lab", name);
        bool taken =
            planfile_decode("p.json", text, strlen(text), &saved, &scene->stage.arena, &err);
        assert_int_equal(taken, !longer);
    }
}

static void
what_somebody_added_changes_nothing(void **state)
{
    struct scene *scene = *state;
    struct saved_plan saved;
    struct error err = {0};
    const char *text =
        replaced(scene, scene->text.bytes, "\"step\": ", "\"note\": [1], \"step\": ");
    assert_true(planfile_decode("p.json", text, strlen(text), &saved, &scene->stage.arena, &err));
    assert_int_equal(saved.row_count, scene->plan->action_count);
}

static void
a_plan_is_known_by_its_beginning(void **state)
{
    static const char *const plans[] = {"{\"bursar_plan\": 1", "\n { \n\t\"bursar_plan\":2"};
    static const char *const others[] = {"",
                                         "{",
                                         "{\"bursar_pla",
                                         "{\"campaign\": \"a\", \"bursar_plan\": 1}",
                                         "\"bursar_plan",
                                         "campaign: a",
                                         "{{\"bursar_plan\": 1"};
    (void)state;
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++)
        assert_true(planfile_begins(plans[i], strlen(plans[i])));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(planfile_begins(others[i], strlen(others[i])));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_row_arrives, begin, finish),
        cmocka_unit_test_setup_teardown(the_head_arrives, begin, finish),
        cmocka_unit_test_setup_teardown(what_is_broken_is_named_with_its_place, begin, finish),
        cmocka_unit_test_setup_teardown(one_action_stands_there_once, begin, finish),
        cmocka_unit_test_setup_teardown(a_name_that_no_record_can_hold_is_refused, begin, finish),
        cmocka_unit_test_setup_teardown(what_somebody_added_changes_nothing, begin, finish),
        cmocka_unit_test(a_plan_is_known_by_its_beginning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
