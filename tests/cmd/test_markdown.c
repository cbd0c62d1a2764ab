/* Texts from outside within Markdown, words as they are written, and how amounts are told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "cmd/markdown_parts.h"
#include "cmd/markdown_text.h"
#include "cmd/written.h"
#include "support/stage.h"

struct sample {
    const char *text, *written;
};

static void
expect(void (*write)(struct buffer *, const char *), const struct sample *samples, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct buffer out = {0};
        write(&out, samples[i].text);
        assert_string_equal(out.bytes, samples[i].written);
        buffer_close(&out);
    }
}

static void
code_holds_whatever_it_is_given(void **state)
{
    static const struct sample samples[] = {
        {"plain", "`plain`"},
        {NULL, "–"},
        {" \n ", "–"},
        {"two\n\n lines", "`two lines`"},
        {"a `b` c", "``a `b` c``"},
        {"``x", "``` ``x ```"},
        {"a|b", "`a|b`"},
        {"\x1b[31m", "`\\u{1b}[31m`"},
    };
    (void)state;
    expect(markdown_code, samples, sizeof samples / sizeof *samples);
}

static void
a_cell_ends_where_it_should(void **state)
{
    static const struct sample samples[] = {
        {"a|b", "`a\\|b`"}, {"a\\|b", "`a\\¦b`"}, {"||", "`\\|\\|`"}, {"a\\", "`a\\`"}};
    (void)state;
    expect(markdown_cell, samples, sizeof samples / sizeof *samples);
}

static void
a_sentence_calls_upon_nobody(void **state)
{
    static const struct sample samples[] = {
        {"step 'bonus': 2 of 3 (67 %), $1.00; go!", "step 'bonus': 2 of 3 (67 %), $1.00; go!"},
        {"ask @ana, now", "ask `@ana,` now"},
        {"see #12", "see `#12`"},
        {"see GH-12 and gh-12", "see `GH-12` and `gh-12`"},
        {"see https://example.org www.example.org", "see `https://example.org` `www.example.org`"},
        {"<b>bold</b> *this* _that_ [x](y)", "`<b>bold</b>` `*this*` `_that_` `[x](y)`"},
        {"- no list", "`-` no list"},
        {"a `b` c", "a `` `b` `` c"},
        {"two\n# lines", "two `#` lines"},
        {"Grüße", "Grüße"},
    };
    (void)state;
    expect(markdown_prose, samples, sizeof samples / sizeof *samples);
}

static void
a_block_has_fences_that_its_words_have_not(void **state)
{
    static const struct sample samples[] = {
        {"a\nb", "```text\na\nb\n```\n"},
        {"a\n", "```text\na\n```\n"},
        {"```\nout", "````text\n```\nout\n````\n"},
        {"x `````", "``````text\nx `````\n``````\n"},
        {"", "```text\n\n```\n"},
    };
    (void)state;
    expect(markdown_block, samples, sizeof samples / sizeof *samples);
}

static void
a_template_is_told_as_it_is_written(void **state)
{
    (void)state;
    struct dataset_column columns[] = {{.name = "worker"}, {.name = "bonus usd"}};
    struct dataset dataset = {.name = "scores", .columns = columns};
    struct step steps[] = {{.id = "pay"}};
    struct campaign campaign = {.datasets = &dataset, .steps = steps};
    struct piece pieces[] = {
        {.lookup = LOOKUP_LITERAL, .text = "Dear "},
        {.lookup = LOOKUP_WORKER},
        {.lookup = LOOKUP_ASSIGNMENT},
        {.lookup = LOOKUP_TASK},
        {.lookup = LOOKUP_CAMPAIGN},
        {.lookup = LOOKUP_ANSWER, .text = "colour"},
        {.lookup = LOOKUP_CELL, .column = 1},
        {.lookup = LOOKUP_PAID},
    };
    struct template template = {.pieces = pieces, .count = sizeof pieces / sizeof *pieces};
    struct arena arena = {0};
    assert_string_equal(written_words(&campaign, &template, NULL, &arena),
                        "Dear ${{ worker }}${{ assignment }}${{ task }}${{ campaign }}"
                        "${{ answer.colour }}${{ scores.bonus usd }}${{ paid.pay }}");
    assert_string_equal(written_words(&campaign, NULL, "Thanks", &arena), "Thanks");
    assert_null(written_words(&campaign, NULL, NULL, &arena));
    arena_close(&arena);
}

enum { AMOUNTS_MAX = 64 };

/* What is told of one step's bonuses of these amounts; -1 stands for one that is not to be sent. */
static const char *
told(const cents_t *amounts, size_t count, struct arena *arena)
{
    struct step step = {.id = "pay", .verb = VERB_BONUS};
    struct campaign campaign = {.steps = &step, .step_count = 1};
    struct action actions[AMOUNTS_MAX] = {{0}};
    struct terms terms[AMOUNTS_MAX] = {{0}};
    struct step_count all = {.end = count};
    struct plan plan = {.actions = actions, .action_count = count, .steps = &all};
    struct session session = {.load = {.campaign = &campaign}, .plan = &plan};
    struct buffer out = {0};
    for (size_t i = 0; i < count; i++) {
        terms[i].amount = amounts[i];
        actions[i] = (struct action){.verb = VERB_BONUS,
                                     .terms = &terms[i],
                                     .decision = amounts[i] < 0 ? DECISION_SKIP : DECISION_DO};
    }
    markdown_amounts(&session, &out);
    const char *text = arena_text(arena, out.bytes ? out.bytes : "", out.size);
    buffer_close(&out);
    return text;
}

static void
few_amounts_are_told_one_by_one(void **state)
{
    (void)state;
    struct arena arena = {0};
    static const cents_t amounts[] = {200, 50, -1, 50, 100, 50, 50};
    const char *text = told(amounts, 7, &arena);
    holds(text, "### Amounts of `pay`");
    holds(text, "6 bonuses: least 0.50, median 0.50, mean 0.83, most 2.00");
    holds(text, "     0.50                    4 ████████████████████████████████████████\n");
    holds(text, "     1.00                    1 ██████████\n");
    holds(text, "     2.00                    1 ██████████\n");
    arena_close(&arena);
}

static void
many_amounts_are_told_in_ranges(void **state)
{
    (void)state;
    struct arena arena = {0};
    cents_t amounts[AMOUNTS_MAX];
    for (size_t i = 0; i < AMOUNTS_MAX; i++)
        amounts[i] = 100 + 10 * (cents_t)i;
    const char *text = told(amounts, AMOUNTS_MAX, &arena);
    holds(text, "64 bonuses: least 1.00, median 4.15, mean 4.15, most 7.30");
    holds(text, "     1.00 to 1.99           10 ████████████████████████████████████████\n");
    holds(text, "     7.00 to 7.99            4 ████████████████\n");
    amounts[0] = 1;
    amounts[63] = 99999999;
    text = told(amounts, AMOUNTS_MAX, &arena);
    holds(text, "     0.00 to 199999.99      63 ████████████████████████████████████████\n");
    holds(text, "800000.00 to 999999.99       1 █\n");
    arena_close(&arena);
}

static void
of_no_bonus_nothing_is_told(void **state)
{
    (void)state;
    struct arena arena = {0};
    static const cents_t amounts[] = {-1};
    assert_string_equal(told(amounts, 1, &arena), "");
    assert_string_equal(told(amounts, 0, &arena), "");
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(code_holds_whatever_it_is_given),
        cmocka_unit_test(a_cell_ends_where_it_should),
        cmocka_unit_test(a_sentence_calls_upon_nobody),
        cmocka_unit_test(a_block_has_fences_that_its_words_have_not),
        cmocka_unit_test(a_template_is_told_as_it_is_written),
        cmocka_unit_test(few_amounts_are_told_one_by_one),
        cmocka_unit_test(many_amounts_are_told_in_ranges),
        cmocka_unit_test(of_no_bonus_nothing_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
