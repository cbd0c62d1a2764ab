#include "sim/handwork.h"

#include <stdint.h>

/* One code point of valid UTF-8, which is all that a tree holds. */
static uint32_t
code_take(const unsigned char **at)
{
    uint32_t code = *(*at)++;
    if (code < 0x80)
        return code;
    unsigned more = code >= 0xf0 ? 3 : code >= 0xe0 ? 2 : 1;
    for (code &= 0x3fu >> more; more; more--)
        code = code << 6 | (*(*at)++ & 0x3fu);
    return code;
}

/* Control characters other than tab and the ends of lines have no place in XML 1.0. */
static void
escaped_add(struct buffer *out, const char *text)
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

static void
element_add(struct buffer *out, const char *name, const char *text)
{
    buffer_print(out, "<%s>", name);
    escaped_add(out, text);
    buffer_print(out, "</%s>\n", name);
}

void
handwork_print(const struct node *answers, struct buffer *out)
{
    buffer_text(out, "<?xml version=\"1.0\" encoding=\"ASCII\"?>\n"
                     "<QuestionFormAnswers xmlns=\"http://mechanicalturk.amazonaws.com/"
                     "AWSMechanicalTurkDataSchemas/2005-10-01/QuestionFormAnswers.xsd\">\n");
    for (size_t i = 0; answers && i < answers->count; i++) {
        const struct node *value = answers->pairs[i].value;
        buffer_text(out, "<Answer>\n");
        element_add(out, "QuestionIdentifier", answers->pairs[i].key->text);
        if (value->kind == NODE_TEXT)
            element_add(out, "FreeText", value->text);
        for (size_t j = 0; value->kind == NODE_LIST && j < value->count; j++)
            element_add(out, "SelectionIdentifier", value->pairs[j].value->text);
        buffer_text(out, "</Answer>\n");
    }
    buffer_text(out, "</QuestionFormAnswers>\n");
}
