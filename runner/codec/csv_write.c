#include "codec/csv_write.h"

#include <stdbool.h>
#include <string.h>

static bool
is_number(const char *text)
{
    text += *text == '-' || *text == '+';
    return *text && text[strspn(text, "0123456789.,")] == '\0';
}

/* Also behind white space, which some spreadsheets cut off before they look, and with the wide
 * signs (U+FF1D, U+FF0B, U+FF0D, U+FF20) that some take for the narrow ones. */
static bool
is_formula(const char *text)
{
    static const char *const wide[] = {"\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d",
                                       "\xef\xbc\xa0"};
    text += strspn(text, " \t\r\n");
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
        if (strncmp(text, wide[i], strlen(wide[i])) == 0)
            return true;
    return *text && strchr("=+-@", *text) && !is_number(text);
}

void
csv_cell(const char *text, struct buffer *out)
{
    const char *guard = is_formula(text) ? "'" : "";
    if (text[strcspn(text, ",\"\r\n")] == '\0') {
        buffer_print(out, "%s%s", guard, text);
        return;
    }
    buffer_print(out, "\"%s", guard);
    for (; *text; text++) {
        if (*text == '"')
            buffer_text(out, "\"");
        buffer_add(out, text, 1);
    }
    buffer_text(out, "\"");
}
