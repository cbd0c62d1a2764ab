#include "sim/xml.h"

#include <stdint.h>

/* One code point. Never reads past the end: what a caller sent may be no UTF-8, and then becomes
 * something else. */
static uint32_t
code_take(const unsigned char **at)
{
    uint32_t code = *(*at)++;
    if (code < 0x80)
        return code;
    unsigned more = code >= 0xf0 ? 3 : code >= 0xe0 ? 2 : 1;
    for (code &= 0x3fu >> more; more && (**at & 0xc0) == 0x80; more--)
        code = code << 6 | (*(*at)++ & 0x3fu);
    return code;
}

void
xml_escape(struct buffer *out, const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    while (*at) {
        uint32_t code = code_take(&at);
        if (code == '&')
            buffer_text(out, "&amp;");
        else if (code == '<')
            buffer_text(out, "&lt;");
        else if (code == '>')
            buffer_text(out, "&gt;");
        else if (code >= 0x7f || code == '\r')
            buffer_print(out, "&#%u;", (unsigned)code);
        else if (code >= 0x20 || code == '\t' || code == '\n')
            buffer_print(out, "%c", (char)code);
    }
}
