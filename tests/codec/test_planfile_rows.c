/* The rows of a saved plan are read one by one: at the cost of one, and with the words for what is
 * no JSON that reading the whole would give. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "codec/planfile_read.h"

static void
row_print(size_t at, struct buffer *out)
{
    buffer_print(out,
                 "%s\n  {\"key\": \"%064zx\", \"step\": \"bonus\", \"do\": \"bonus\", \"worker\": "
                 "\"A%zu\", \"assignment\": \"3X%zu\", \"task\": \"3T\", \"amount\": \"1.00\", "
                 "\"fee\": \"0.20\", \"reward\": \"0.00\", \"reward_fee\": \"0.00\", "
                 "\"decision\": \"do\", \"why\": \"never-done\", \"detail\": null, \"subject\": "
                 "null, \"message\": \"[\\\"Gr\xc3\xbc\xc3\x9f"
                 "e\\\\\\\"}], \", "
                 "\"qualification\": null, \"value\": null}",
                 at ? "," : "", at, at, at);
}

/* Lists and texts that look like the list of actions stand before it. */
static void
plan_print(size_t rows, struct buffer *out)
{
    buffer_text(out,
                "{\n \"bursar_plan\": 1, \"campaign\": \"c\", \"marketplace\": \"mturk\", "
                "\"environment\": \"sandbox\", \"currency\": \"USD\", \"file\": \"\\\"actions\\\""
                ": [\", \"journal\": \"j\", \"endpoint\": \"e\", \"account\": null, "
                "\"retry_refused\": false, \"inputs\": {}, \"journal_head\": null, \"made_at\": "
                "\"2026-11-23T14:00:00Z\", \"made_by\": \"ana@lab\", \"tasks\": [{\"actions\": "
                "[1]}], \"note\": \"actions\",\n \"actions\": [");
    for (size_t i = 0; i < rows; i++)
        row_print(i, out);
    buffer_text(out, "],\n \"totals\": {\"do\": 1}\n}\n");
}

/* What jansson holds, and held at most. */
static struct {
    size_t now, most;
} held;

static void *
count_malloc(size_t size)
{
    void *memory = malloc(size);
    held.now += malloc_usable_size(memory);
    held.most = held.now > held.most ? held.now : held.most;
    return memory;
}

static void
count_free(void *memory)
{
    held.now -= malloc_usable_size(memory);
    free(memory);
}

/* What of a plan with so many rows is held at most as JSON; the arena takes what stays. */
static size_t
held_most(size_t rows, struct arena *arena)
{
    struct buffer text = {0};
    struct saved_plan plan;
    struct error err = {0};
    plan_print(rows, &text);
    held.now = held.most = 0;
    json_set_alloc_funcs(count_malloc, count_free);
    if (!planfile_decode("p.json", text.bytes, text.size, &plan, arena, &err))
        fail_msg("%s", err.text);
    json_set_alloc_funcs(malloc, free);
    buffer_close(&text);
    assert_int_equal(plan.row_count, rows);
    assert_int_equal(held.now, 0);
    return held.most;
}

static void
a_thousand_rows_are_held_as_one_is(void **state)
{
    (void)state;
    struct arena few = {0}, many = {0};
    size_t one = held_most(1, &few);
    assert_true(one > 0);
    assert_in_range(held_most(1000, &many), one, one + one / 4);
    arena_close(&few);
    arena_close(&many);
}

static void
what_all_rows_say_is_kept_once(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct buffer text = {0};
    struct saved_plan plan;
    struct error err = {0};
    plan_print(3, &text);
    assert_true(planfile_decode("p.json", text.bytes, text.size, &plan, &arena, &err));
    assert_string_equal(plan.file, "\"actions\": [");
    assert_string_equal(plan.rows[2].message, "[\"Grüße\\\"}], ");
    assert_string_equal(plan.rows[2].worker, "A2");
    assert_ptr_equal(plan.rows[2].message, plan.rows[0].message);
    assert_ptr_equal(plan.rows[2].step, plan.rows[0].step);
    buffer_close(&text);
    arena_close(&arena);
}

/* Reading such bytes fails exactly where and as jansson fails on the whole; or not at all. */
static void
as_jansson_says(const char *bytes, size_t size)
{
    json_error_t trouble;
    struct arena arena = {0};
    struct saved_plan plan;
    struct error err = {0};
    json_t *root = json_loadb(bytes, size, JSON_REJECT_DUPLICATES, &trouble);
    bool decoded = planfile_decode("p.json", bytes, size, &plan, &arena, &err);
    bool no_json = strstr(err.text, "a saved plan is JSON, and this is none") != NULL;
    if (no_json != !root)
        fail_msg("%s: %.*s", root ? "it is JSON" : trouble.text, (int)size, bytes);
    if (!root) {
        assert_false(decoded);
        assert_int_equal(err.where.line, trouble.line);
        assert_int_equal(err.where.column, trouble.column);
        assert_true(text_ends(err.text, trouble.text));
    }
    json_decref(root);
    arena_close(&arena);
}

static void
what_is_no_json_is_told_as_of_the_whole(void **state)
{
    static const char others[] = "\"{}[],:\\ x0\n\xff";
    (void)state;
    struct buffer text = {0}, broken = {0};
    plan_print(2, &text);
    for (size_t at = 0; at < text.size; at++) {
        as_jansson_says(text.bytes, at);
        for (size_t i = 0; i < strlen(others); i++) {
            buffer_clear(&broken);
            buffer_add(&broken, text.bytes, text.size);
            broken.bytes[at] = others[i];
            as_jansson_says(broken.bytes, broken.size);
        }
        buffer_clear(&broken);
        buffer_add(&broken, text.bytes, at);
        buffer_add(&broken, text.bytes + at + 1, text.size - at - 1);
        as_jansson_says(broken.bytes, broken.size);
    }
    buffer_close(&text);
    buffer_close(&broken);
}

/* What is wrong with the head is said before what is wrong with a row. */
static void
the_head_comes_first(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct buffer text = {0};
    struct saved_plan plan;
    struct error err = {0}, second = {0};
    plan_print(2, &text);
    memcpy(strstr(text.bytes, "\"1.00\""), "\"1,00\"", strlen("\"1,00\""));
    assert_false(planfile_decode("p.json", text.bytes, text.size, &plan, &arena, &err));
    assert_non_null(strstr(err.text, "action 1: 'amount' takes"));
    memcpy(strstr(text.bytes, "sandbox"), "sand/ox", strlen("sand/ox"));
    assert_false(planfile_decode("p.json", text.bytes, text.size, &plan, &arena, &second));
    assert_non_null(strstr(second.text, "'environment' takes"));
    buffer_close(&text);
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_thousand_rows_are_held_as_one_is),
        cmocka_unit_test(what_all_rows_say_is_kept_once),
        cmocka_unit_test(what_is_no_json_is_told_as_of_the_whole),
        cmocka_unit_test(the_head_comes_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
