#include "sim/handwork.h"

#include "sim/xml.h"

static void
element_add(struct buffer *out, const char *name, const char *text)
{
    buffer_print(out, "<%s>", name);
    xml_escape(out, text);
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
