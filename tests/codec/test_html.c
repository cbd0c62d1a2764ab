/* Whatever came from outside is text in a page, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "codec/html.h"

static void
a_text_is_shown_so(void **state)
{
    (void)state;
    static const struct {
        const char *text, *html;
    } cases[] = {
        {"", ""},
        {"plain", "plain"},
        {"<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"},
        {"\" onload='x' &amp;", "&quot; onload=&#39;x&#39; &amp;amp;"},
        {"tab\there", "tab\\u{9}here"},
        {"bell\a, esc\x1b[31m", "bell\\u{7}, esc\\u{1b}[31m"},
        {"turned \xe2\x80\xae"
         "over",
         "turned \\u{202e}over"},
        {"unseen\xe2\x80\x8b", "unseen\\u{200b}"},
        {"broken \xc3", "broken \\x{c3}"},
        {"Zo\xc3\xab", "Zo\xc3\xab"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = {0};
        html_text(&out, cases[i].text);
        assert_string_equal(out.bytes ? out.bytes : "", cases[i].html);
        buffer_close(&out);
    }
}

static void
a_table_has_its_rows(void **state)
{
    (void)state;
    static const struct html_head heads[] = {{"<Who>", false}, {"How much", true}, {NULL, false}};
    struct buffer out = {0};
    html_table(&out, "A & B", heads);
    html_row(&out);
    html_row_head(&out, "a<b");
    html_cell_money(&out, 1205);
    html_cell_money(&out, 0);
    html_cell_number(&out, 7);
    html_row_end(&out);
    html_table_end(&out);
    html_more(&out, 1, 3, "rows");
    html_more(&out, 3, 3, "rows");
    assert_string_equal(
        out.bytes,
        "<div class=table><table>\n<caption>A &amp; B</caption>\n<thead><tr>"
        "<th scope=col>&lt;Who&gt;</th><th scope=col class=n>How much</th></tr></thead>\n<tbody>\n"
        "<tr><th scope=row>a&lt;b</th><td class=n>12.05</td><td class=n>–</td><td class=n>7</td>"
        "</tr>\n</tbody></table></div>\n<p class=more>… and 2 more rows, see --csv</p>\n");
    buffer_close(&out);
}

static void
a_moment_has_its_lines(void **state)
{
    (void)state;
    static const struct {
        const char *text, *html;
    } cases[] = {
        {"2026-11-24 14:02 UTC", "<td><span class=w>2026-11-24<br>14:02 UTC</span></td>"},
        {"2026-11-24 14:02 UTC (15:02 here)",
         "<td><span class=w>2026-11-24<br>14:02 UTC</span><br><span class=w>(15:02 here)</span>"
         "</td>"},
        {"stopped <", "<td><span>stopped &lt;</span></td>"},
        {"", "<td><span></span></td>"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = {0};
        html_cell_moment(&out, cases[i].text);
        assert_string_equal(out.bytes, cases[i].html);
        buffer_close(&out);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_shown_so),
        cmocka_unit_test(a_table_has_its_rows),
        cmocka_unit_test(a_moment_has_its_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
