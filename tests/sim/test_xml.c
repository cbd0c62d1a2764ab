/* Texts in XML: references for what would break out of an element or is no ASCII. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "sim/xml.h"

static void
texts_are_escaped(void **state)
{
    (void)state;
    static const struct {
        const char *text, *escaped;
    } cases[] = {
        {"", ""},
        {"plain 'words' \"here\"", "plain 'words' \"here\""},
        {"<a href=\"x\">&amp;</a>]]>", "&lt;a href=\"x\"&gt;&amp;amp;&lt;/a&gt;]]&gt;"},
        {"\u00e9\u20ac\U0001f600", "&#233;&#8364;&#128512;"},
        {"a\tb\nc\rd", "a\tb\nc&#13;d"},
        {"a\001b\033c\177", "abc&#127;"},
    };
    struct buffer out = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buffer_clear(&out);
        buffer_text(&out, "");
        xml_escape(&out, cases[i].text);
        assert_string_equal(out.bytes, cases[i].escaped);
    }
    buffer_close(&out);
}

/* In memory of exactly its size, so that a step too far is seen. */
static void
a_text_that_is_no_utf8_is_not_read_past_its_end(void **state)
{
    (void)state;
    static const char *const texts[] = {"\xf0", "a\xc3", "\xe2\x82", "\x80", "\xff\xff"};
    struct buffer out = {0};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char *text = strdup(texts[i]);
        assert_non_null(text);
        xml_escape(&out, text);
        free(text);
    }
    for (size_t i = 0; i < out.size; i++)
        assert_true((unsigned char)out.bytes[i] < 0x7f);
    buffer_close(&out);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_escaped),
        cmocka_unit_test(a_text_that_is_no_utf8_is_not_read_past_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
