/* The campaign to start from passes the check whatever it was made of, and what is added to other
 * people's files leaves what is in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/text.h"
#include "base/tree.h"
#include "codec/campaign.h"
#include "codec/outline.h"

static struct arena arena;

static int
finish(void **state)
{
    (void)state;
    arena_close(&arena);
    return 0;
}

static const char *
encode(const struct outline *outline)
{
    struct buffer out = {0};
    outline_encode(outline, &out);
    const char *text = arena_text(&arena, out.bytes, out.size);
    buffer_close(&out);
    return text;
}

static void
it_passes_the_check_with_any_name_and_any_task(void **state)
{
    (void)state;
    static const char *const names[] = {"best-joke", "no",      "Null", "12", "1e5", "0x1F",
                                        "1.0",       "a.b_c-d", "9to5", "y",  "E1"};
    static const char *const tasks[] = {"3PR3LXCWSF67WOX6Y5S8EXAMPLE1", "123", "3E5", "NO", "Y"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        for (size_t count = 1; count <= sizeof tasks / sizeof *tasks; count++) {
            struct outline outline = {.name = names[i],
                                      .schema = "s.json",
                                      .tasks = tasks,
                                      .task_count = count,
                                      .approves = i % 2};
            const char *text = encode(&outline);
            struct problems problems = {.arena = &arena};
            struct campaign *campaign =
                campaign_decode("c.yaml", text, strlen(text), &problems, &arena);
            assert_int_equal(problems.count, 0);
            assert_string_equal(campaign->name, names[i]);
            assert_int_equal(campaign->task_count, count);
            assert_string_equal(campaign->tasks[count - 1].id, tasks[count - 1]);
            assert_int_equal(campaign->step_count, 1 + i % 2);
        }
}

/* Editors read YAML's guesses: a name that is not text there would be marked as wrong. */
static void
what_yaml_would_guess_at_is_put_in_quotes(void **state)
{
    (void)state;
    static const char *const tasks[] = {"123"};
    const char *text = encode(
        &(struct outline){.name = "no", .schema = "s.json", .tasks = tasks, .task_count = 1});
    assert_non_null(strstr(text, "\ncampaign: \"no\"\n"));
    assert_non_null(strstr(text, "\nhits: [\"123\"]\n"));
}

static void
a_file_of_results_is_the_roster_and_its_numbers_are_expected(void **state)
{
    (void)state;
    const char *text = encode(&(struct outline){.name = "b",
                                                .schema = "s.json",
                                                .csv = "../my data/b #1.csv",
                                                .workers = 2,
                                                .assignments = 3});
    struct problems problems = {.arena = &arena};
    const struct node *root = tree_read("c.yaml", text, strlen(text), &problems, &arena);
    assert_int_equal(problems.count, 0);
    assert_null(node_find(root, "hits"));
    assert_string_equal(node_find(node_find(root, "assignments"), "csv")->text,
                        "../my data/b #1.csv");
    assert_string_equal(node_find(node_find(root, "expect"), "workers")->text, "2");
    assert_string_equal(node_find(node_find(root, "expect"), "assignments")->text, "3");
}

static void
a_name_is_made_of_a_files_name(void **state)
{
    (void)state;
    static const struct {
        const char *path, *name;
    } samples[] = {
        {"best-joke.yaml", "best-joke"},
        {"data/Batch 12 (new).csv", "Batch-12-new"},
        {"../Größe.csv", "Gr-e"},
        {"a.b.csv", "a.b"},
        {".hidden", "hidden"},
        {"--.yaml", "campaign"},
        {"7890123456789012345678901234567890123456789012345678901234567890123456789.csv",
         "7890123456789012345678901234567890123456789012345678901234567890"},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const char *name = outline_name(samples[i].path, &arena);
        assert_string_equal(name, samples[i].name);
        assert_true(text_is_name(name));
    }
}

static void
lines_are_added_that_are_not_there(void **state)
{
    (void)state;
    static const char *const lines[] = {"*.csv", "plan.json", NULL};
    static const struct {
        const char *before, *after;
        size_t missing;
    } samples[] = {
        {"", "# private\n*.csv\nplan.json\n", 2},
        {"*.csv", "*.csv\n\n# private\nplan.json\n", 1},
        {"*.csv \r\nbuild/\r\n", "*.csv \r\nbuild/\r\n\n# private\nplan.json\n", 1},
        {"# *.csv\n!*.csv\nplan.json\n", "# *.csv\n!*.csv\nplan.json\n\n# private\n*.csv\n", 1},
        {"plan.json\n*.csv\n", "plan.json\n*.csv\n", 0},
        {"plan.json2\n*.csv\n", "plan.json2\n*.csv\n\n# private\nplan.json\n", 1},
    };
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        struct buffer text = {0};
        buffer_text(&text, samples[i].before);
        assert_int_equal(outline_lines_add(lines, "private", &text), samples[i].missing);
        assert_string_equal(text.bytes, samples[i].after);
        buffer_close(&text);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_passes_the_check_with_any_name_and_any_task),
        cmocka_unit_test(what_yaml_would_guess_at_is_put_in_quotes),
        cmocka_unit_test(a_file_of_results_is_the_roster_and_its_numbers_are_expected),
        cmocka_unit_test(a_name_is_made_of_a_files_name),
        cmocka_unit_test(lines_are_added_that_are_not_there),
    };
    return cmocka_run_group_tests(tests, NULL, finish);
}
