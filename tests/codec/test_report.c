/* A page and a table of what a ledger holds, where everything that others wrote is hostile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/digest.h"
#include "base/text.h"
#include "codec/report.h"
#include "codec/report_csv.h"
#include "support/history.h"

#define EVIL "\"'><script>alert(1)</script>\x1b[31m\xe2\x80\xae=1+1"

struct desk {
    struct history history;
    struct chronicle chronicle;
    struct report report;
    struct veil veil;
    struct buffer chapter, page;
};

static const char *
name_hidden(void *self, const char *marketplace, const char *id, struct arena *arena)
{
    (void)self;
    return arena_print(arena, "%s-%zu", marketplace, strlen(id));
}

static const char *
words_plain(void *self, const char *text, struct arena *arena)
{
    (void)self;
    return arena_copy(arena, text);
}

static const char *
moment_plain(stamp_t at_ms, struct arena *arena)
{
    char text[STAMP_TEXT_SIZE];
    return arena_print(arena, "%.10s %.5s UTC", stamp_print(text, at_ms), text + 11);
}

static void
note(struct desk *desk, struct entry entry)
{
    chronicle_apply(&desk->chronicle, &entry, NULL, &desk->history.arena);
    tell(&desk->history, entry);
}

static int
begin(void **state)
{
    static struct desk desk;
    static const struct label labels[] = {{"grant", EVIL}};
    desk = (struct desk){0};
    desk.veil = (struct veil){.name = name_hidden, .words = words_plain};
    desk.report = (struct report){.made_ms = STORY_MS,
                                  .made_by = EVIL,
                                  .version = "0",
                                  .names_kept = true,
                                  .zone = "UTC",
                                  .veil = &desk.veil,
                                  .moment = moment_plain};
    note(&desk, (struct entry){.kind = ENTRY_GENESIS,
                               .at_ms = STORY_MS,
                               .format = 1,
                               .campaign = "best-joke",
                               .marketplace = "mturk",
                               .environment = "sandbox",
                               .endpoint = EVIL,
                               .journal = EVIL,
                               .labels = labels,
                               .label_count = 1});
    note(&desk, (struct entry){.kind = ENTRY_RUN,
                               .at_ms = STORY_MS,
                               .who = EVIL,
                               .host = EVIL,
                               .version = EVIL,
                               .plan = EVIL,
                               .plan_by = EVIL,
                               .commit = EVIL,
                               .balance = 10000});
    *state = &desk;
    return 0;
}

static int
finish(void **state)
{
    struct desk *desk = *state;
    buffer_close(&desk->chapter);
    buffer_close(&desk->page);
    history_close(&desk->history);
    return 0;
}

static const char *
page_of(struct desk *desk)
{
    struct arena *arena = &desk->history.arena;
    struct statement statement;
    const struct report_advice advice[] = {{EVIL, EVIL}};
    statement_make(&statement, &desk->history.ledger, desk->report.span, &desk->veil, arena);
    struct report_chapter chapter = {.number = 1,
                                     .ledger = &desk->history.ledger,
                                     .statement = &statement,
                                     .chronicle = &desk->chronicle,
                                     .marketplace = "MTurk",
                                     .currency = "USD",
                                     .path = EVIL,
                                     .sum = "",
                                     .advice = advice,
                                     .advice_count = 1};
    report_chapter(&desk->report, &chapter, &desk->chapter);
    struct yearly yearly = {.arena = arena};
    yearly_add(&yearly, &desk->history.ledger, &desk->report.span, NULL);
    yearly_sort(&yearly);
    struct report_sum sum = {.number = 1,
                             .path = EVIL,
                             .campaign = "best-joke",
                             .marketplace = "mturk",
                             .environment = "sandbox",
                             .currency = "USD",
                             .done = statement.done};
    report_page(&desk->report, &sum, 1, &yearly, &desk->chapter, &desk->page);
    yearly_close(&yearly);
    return desk->page.bytes;
}

static void
pay(struct desk *desk, const char *key, const char *worker, cents_t amount)
{
    struct entry entry = bonus_at(key, STORY_MS);
    entry.worker = worker;
    entry.amount = amount;
    note(desk, entry);
    note(desk, entry_at(ENTRY_DONE, key, STORY_MS));
}

static void
refuse(struct desk *desk, const char *key)
{
    struct entry refused = entry_at(ENTRY_REFUSED, key, STORY_MS);
    refused.code = refused.text = EVIL;
    note(desk, bonus_at(key, STORY_MS));
    note(desk, refused);
}

static void
assert_says(const char *page, const char *words)
{
    if (!strstr(page, words))
        fail_msg("'%s' is not in the page", words);
}

static void
nothing_of_it_is_carried_out(void **state)
{
    struct desk *desk = *state;
    pay(desk, "k1", "A1SECRET", 100);
    refuse(desk, "k2");
    const char *page = page_of(desk);
    assert_true(text_starts(page, REPORT_BEGINNING));
    assert_null(strstr(page, "<script"));
    assert_null(strstr(page, "\x1b"));
    assert_null(strstr(page, "\xe2\x80\xae"));
    assert_null(strstr(page, "\"'>"));
    assert_null(strstr(page, "src="));
    assert_null(strstr(page, "A1SECRET"));
    assert_says(page, "&quot;&#39;&gt;&lt;script&gt;alert(1)");
    assert_says(page, "mturk-8");
    assert_int_equal(text_utf8_bad(page, desk->page.size), desk->page.size);
}

static void
the_policy_names_the_very_style(void **state)
{
    struct desk *desk = *state;
    const char *page = page_of(desk);
    const char *style = strstr(page, "<style>") + strlen("<style>");
    char digest[DIGEST_BASE64_SIZE];
    digest_base64(style, (size_t)(strstr(style, "</style>") - style), digest);
    assert_says(page, "default-src 'none'; style-src 'sha256-");
    assert_says(page, digest);
    assert_null(strstr(page, "unsafe"));
}

static void
figures_are_those_of_the_ledger(void **state)
{
    struct desk *desk = *state;
    pay(desk, "k1", "A1", 12345);
    pay(desk, "k2", "A22", 5);
    pay(desk, "k3", NULL, 100);
    refuse(desk, "k4");
    const char *page = page_of(desk);
    assert_says(page, "<dd>125.10 USD</dd>"); /* 123.45 + 0.05 + 1.00, and 0.20 three times */
    assert_says(page, "124.50 in bonuses, 0.60 in fees");
    assert_says(page, "to 2 people and some who were erased");
    assert_says(page, "<td class=n>123.45</td>");
    assert_says(page, "erased");
    assert_says(page, "<dd>-25.10 USD</dd>"); /* what is left of 100.00 */
}

static void
an_empty_journal_says_so(void **state)
{
    const char *page = page_of(*state);
    assert_says(page, "Nothing was done yet.");
    assert_says(page, "Nobody was paid.");
    assert_null(strstr(page, "<figure>"));
}

static void
a_page_has_an_end_however_many_were_paid(void **state)
{
    enum { PAYMENTS = 20000, PAGE_BYTES_MOST = 400000 };
    struct desk *desk = *state;
    for (int i = 0; i < PAYMENTS; i++)
        pay(desk, arena_print(&desk->history.arena, "k%d", i),
            arena_print(&desk->history.arena, "A%d", i), 100 + i);
    const char *page = page_of(desk);
    assert_true(desk->page.size < PAGE_BYTES_MOST);
    assert_says(page, "… and 19800 more payments, see --csv");
}

static void
a_table_has_a_row_for_each_action_and_no_formula(void **state)
{
    struct desk *desk = *state;
    struct buffer out = {0};
    struct report_csv csv = {
        .ledger = &desk->history.ledger, .currency = "USD", .veil = &desk->veil};
    pay(desk, "k1", "A1SECRET", 100);
    pay(desk, "k2", NULL, 250);
    struct entry lost = entry_at(ENTRY_UNKNOWN, "k3", STORY_MS);
    lost.why = "=HYPERLINK(\"http://x\")\r\n" EVIL;
    note(desk, bonus_at("k3", STORY_MS));
    note(desk, lost);
    report_csv_head(false, &out);
    for (size_t i = 0; i < desk->history.ledger.deed_count; i++)
        report_csv_row(&csv, i, &out);
    size_t rows = 0;
    for (const char *at = out.bytes; (at = strstr(at, "\r\n")); at++)
        rows++;
    assert_int_equal(rows, 4);
    assert_null(strstr(out.bytes, "A1SECRET"));
    assert_null(strstr(out.bytes, "\x1b"));
    assert_says(out.bytes, "best-joke,sandbox,bonus,bonus,mturk-8,T1,done,1.00,0.20,1.20,USD,");
    assert_says(out.bytes, "best-joke,sandbox,bonus,bonus,erased,T1,done,2.50,0.20,2.70,USD,");
    assert_says(out.bytes, "unknown,1.00,0.20,0.00,USD,");
    assert_says(out.bytes, ",\"'=HYPERLINK(\"\"http://x\"\")\\u{d}\\u{a}");
    buffer_clear(&out);
    csv.with_ids = true;
    report_csv_row(&csv, 0, &out);
    assert_says(out.bytes, "mturk-8,A1SECRET,X1,T1,done");
    buffer_close(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_of_it_is_carried_out, begin, finish),
        cmocka_unit_test_setup_teardown(the_policy_names_the_very_style, begin, finish),
        cmocka_unit_test_setup_teardown(figures_are_those_of_the_ledger, begin, finish),
        cmocka_unit_test_setup_teardown(an_empty_journal_says_so, begin, finish),
        cmocka_unit_test_setup_teardown(a_page_has_an_end_however_many_were_paid, begin, finish),
        cmocka_unit_test_setup_teardown(a_table_has_a_row_for_each_action_and_no_formula, begin,
                                        finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
