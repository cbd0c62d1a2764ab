/* Cells that a spreadsheet opens and does not carry out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "codec/csv_write.h"

static void
a_cell_is_written_so(void **state)
{
    (void)state;
    static const struct {
        const char *text, *cell;
    } cases[] = {
        {"", ""},
        {"plain", "plain"},
        {"a,b", "\"a,b\""},
        {"say \"a\"", "\"say \"\"a\"\"\""},
        {"two\nlines", "\"two\nlines\""},
        {"-1.50", "-1.50"},
        {"+4", "+4"},
        {"-", "'-"},
        {"=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"-2+3", "'-2+3"},
        {"+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"},
        {" =1+1", "' =1+1"},
        {"\t=1+1", "'\t=1+1"},
        {"\r\n=1+1", "\"'\r\n=1+1\""},
        {"\xef\xbc\x9d"
         "1",
         "'\xef\xbc\x9d"
         "1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer out = {0};
        csv_cell(cases[i].text, &out);
        assert_string_equal(out.bytes ? out.bytes : "", cases[i].cell);
        buffer_close(&out);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cell_is_written_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
