/* What workers filled in, from the service's XML to fields: every form of it that Amazon describes,
 * crowd-forms, and what must not be read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "base/buffer.h"
#include "base/crowdform.h"
#include "market/mturk/answers.h"
#include "market/mturk/xml.h"

#define HEAD \
    "<?xml version=\"1.0\" encoding=\"ASCII\"?>\n<QuestionFormAnswers xmlns=\"http://" \
    "mechanicalturk.amazonaws.com/AWSMechanicalTurkDataSchemas/2005-10-01/" \
    "QuestionFormAnswers.xsd\">\n"
#define END "</QuestionFormAnswers>"
#define FORM(answers) HEAD answers END
#define ANSWER(name, values) \
    "<Answer>\n<QuestionIdentifier>" name "</QuestionIdentifier>\n" values "\n</Answer>\n"
#define TEXT(name, text) ANSWER(name, "<FreeText>" text "</FreeText>")
#define CHOSEN(id) "<SelectionIdentifier>" id "</SelectionIdentifier>"

static struct answers
answers_of(const char *xml, struct arena *arena)
{
    return mturk_answers_read(xml, strlen(xml), arena);
}

/* "name=value;" for each field, in order. */
static const char *
printed(const struct answers *answers, size_t from, struct arena *arena)
{
    struct buffer out = {0};
    buffer_text(&out, "");
    for (size_t i = from; i < answers->count; i++)
        buffer_print(&out, "%s=%s;", answers->fields[i].name, answers->fields[i].value);
    const char *text = arena_text(arena, out.bytes, out.size);
    buffer_close(&out);
    return text;
}

static const struct {
    const char *xml, *fields;
} readable[] = {
    {"", ""},
    {FORM(""), ""},
    {"<QuestionFormAnswers/>", ""},
    {FORM(TEXT("code", "24bf")), "code=24bf;"},
    {FORM(TEXT("one", "1") TEXT("two", "2")), "one=1;two=2;"},
    {FORM(TEXT(" code ", " 24bf .\n")), "code=24bf .;"},
    {FORM(TEXT("a", "&lt;b&gt; &amp; &quot;c&quot; &apos;d&apos;")), "a=<b> & \"c\" 'd';"},
    {FORM(TEXT("a", "<![CDATA[<b> & ]]>c")), "a=<b> & c;"},
    {FORM(TEXT("a", "&#233;&#xE9; &#128512;")), "a=éé 😀;"},
    {FORM(TEXT("gr&#246;&#223;e", "é")), "größe=é;"}, /* whatever the header says */
    {FORM(TEXT("a", "one\ntwo\tthree&#13;four")), "a=one\ntwo\tthree\rfour;"},
    {FORM(TEXT("a", "x<!-- not --><?this either?>y")), "a=xy;"},
    {FORM(TEXT("a", "")), "a=;"},
    {FORM(ANSWER("a", "")), "a=;"},
    {FORM(ANSWER("a", "<FreeText/>")), "a=;"},
    {FORM(ANSWER("a", CHOSEN("x"))), "a=x;"},
    {FORM(ANSWER("a", CHOSEN("x") "\n" CHOSEN(" y ") CHOSEN("z"))), "a=x|y|z;"},
    {FORM(ANSWER("a", CHOSEN("x") "<OtherSelectionText>why not</OtherSelectionText>")),
     "a=x|why not;"},
    {FORM(ANSWER("a", "<OtherSelectionText>other</OtherSelectionText>")), "a=other;"},
    {FORM(ANSWER("a", CHOSEN("") CHOSEN("y"))), "a=|y;"},
    {FORM(ANSWER("a", "<UploadedFileSizeInBytes>12</UploadedFileSizeInBytes>"
                      "<UploadedFileKey>k/1</UploadedFileKey>")),
     "a=k/1;"},
    {FORM(TEXT("a", "first") TEXT("b", "x") TEXT("a", "second")), "a=first;b=x;"},
    {FORM("<Comment>x</Comment>" TEXT("a", "1")), "a=1;"},
    {"<q:QuestionFormAnswers xmlns:q=\"x\"><q:Answer><q:QuestionIdentifier>a"
     "</q:QuestionIdentifier><q:FreeText>1</q:FreeText></q:Answer></q:QuestionFormAnswers>",
     "a=1;"},
};

static void
every_form_of_an_answer_is_read(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof readable / sizeof *readable; i++) {
        struct answers answers = answers_of(readable[i].xml, &arena);
        if (answers.trouble)
            fail_msg("%s: %s", readable[i].xml, answers.trouble);
        assert_string_equal(printed(&answers, 0, &arena), readable[i].fields);
    }
    arena_close(&arena);
}

static const struct {
    const char *json, *fields;
} crowd_forms[] = {
    {"[{\"country\":\"FR\"}]", "taskAnswers.country=FR;"},
    {"{\"country\":\"FR\"}", "taskAnswers.country=FR;"},
    {"[{&quot;country&quot;:&quot; C&#244;te \\u00e9 &quot;}]", "taskAnswers.country=Côte é;"},
    {"[{\"sentiment\":{\"label\":\"good\",\"sure\":true,\"joke\":false}}]",
     "taskAnswers.sentiment.label=good;taskAnswers.sentiment.sure=true;"
     "taskAnswers.sentiment.joke=false;"},
    {"[{\"age\":41,\"low\":-9223372036854775808,\"share\":0.1,\"third\":0.30000000000000004,"
     "\"no\":null,\"empty\":\"\"}]",
     "taskAnswers.age=41;taskAnswers.low=-9223372036854775808;taskAnswers.share=0.1;"
     "taskAnswers.third=0.30000000000000004;taskAnswers.no=;taskAnswers.empty=;"},
    {"[{\"items\":[\"x\",{\"y\":2},[]]}]", "taskAnswers.items.0=x;taskAnswers.items.1.y=2;"},
    {"[{\"a\":1},{\"a\":2}]", "taskAnswers.0.a=1;taskAnswers.1.a=2;"},
    {"[\"x\"]", "taskAnswers.0=x;"},
    {"[{\"control\":\"a\\u0001b\"}]", "taskAnswers.control=a\001b;"},
    {"[]", ""},
    {"[{}]", ""},
    {"\"x\"", ""},
    {"12", ""},
    {"", ""},
    {"not json", ""},
};

/* What was answered is then not known, and no filter may take it for "not answered". */
static const char *const damaged_forms[] = {
    "[{\"a\":1}",
    "[{\"a\":1}] x",
    "[{\"a\":1,\"a\":2}]",
    "[{\"a\":{\"b\":1},\"a.b\":2}]",
    "[{\"a\":\"\\u0000\"}]",
    "[{\"a\":99999999999999999999}]",
};

static struct answers
answers_of_form(const char *json, struct arena *arena)
{
    return answers_of(arena_print(arena, HEAD "%s%s%s" END,
                                  "<Answer><QuestionIdentifier>taskAnswers"
                                  "</QuestionIdentifier><FreeText>",
                                  json, "</FreeText></Answer>"),
                      arena);
}

static void
a_crowd_forms_answers_are_fields_by_their_path(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof crowd_forms / sizeof *crowd_forms; i++) {
        struct answers answers = answers_of_form(crowd_forms[i].json, &arena);
        assert_null(answers.trouble);
        assert_string_equal(answers.fields[0].name, "taskAnswers");
        if (strcmp(printed(&answers, 1, &arena), crowd_forms[i].fields) != 0)
            fail_msg("%s: %s", crowd_forms[i].json, printed(&answers, 1, &arena));
    }
    for (size_t i = 0; i < sizeof damaged_forms / sizeof *damaged_forms; i++) {
        const char *trouble = answers_of_form(damaged_forms[i], &arena).trouble;
        if (!trouble || !strstr(trouble, "(taskAnswers) is damaged JSON, or too large"))
            fail_msg("%s: %s", damaged_forms[i], trouble ? trouble : "no trouble");
    }
    struct answers other = answers_of(FORM(TEXT("other", "[{\"a\":1}]")), &arena);
    assert_int_equal(other.count, 1);
    struct answers said = answers_of(
        FORM(TEXT("taskAnswers.a", "said") TEXT("taskAnswers", "[{\"a\":1,\"b\":2}]")), &arena);
    assert_string_equal(printed(&said, 0, &arena),
                        "taskAnswers.a=said;taskAnswers=[{\"a\":1,\"b\":2}];taskAnswers.b=2;");
    arena_close(&arena);
}

/* A text that stands so many times. */
static const char *
repeated(const char *text, size_t times, struct arena *arena)
{
    struct buffer out = {0};
    buffer_text(&out, "");
    for (size_t i = 0; i < times; i++)
        buffer_text(&out, text);
    const char *all = arena_text(arena, out.bytes, out.size);
    buffer_close(&out);
    return all;
}

static size_t
crowd_fields(const char *before, const char *middle, const char *after, struct arena *arena)
{
    struct crowdform form;
    crowdform_read(arena_print(arena, "%s%s%s", before, middle, after), arena, &form);
    return form.count;
}

static void
a_crowd_form_beyond_its_bounds_adds_nothing(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *values = repeated("1,", CROWDFORM_VALUES_MAX - 3, &arena);
    assert_int_equal(crowd_fields("{\"a\":[", values, "1]}", &arena), CROWDFORM_VALUES_MAX - 2);
    assert_int_equal(crowd_fields("{\"a\":[1,", values, "1]}", &arena), 0);
    const char *lists = repeated("[],", CROWDFORM_VALUES_MAX, &arena);
    assert_int_equal(crowd_fields("{\"a\":[", lists, "1]}", &arena), 0);
    const char *open = repeated("[", CROWDFORM_DEPTH_MAX - 1, &arena);
    const char *close = repeated("]", CROWDFORM_DEPTH_MAX - 1, &arena);
    assert_int_equal(crowd_fields("{\"a\":", open, arena_print(&arena, "1%s}", close), &arena), 1);
    assert_int_equal(crowd_fields("{\"a\":[", open, arena_print(&arena, "1%s]}", close), &arena),
                     0);
    const char *key = repeated("k", CROWDFORM_PATH_BYTES_MAX - strlen("taskAnswers."), &arena);
    assert_int_equal(crowd_fields("{\"", key, "\":1}", &arena), 1);
    assert_int_equal(crowd_fields("{\"k", key, "\":1}", &arena), 0);
    arena_close(&arena);
}

static const struct {
    const char *xml, *why;
} unreadable[] = {
    {" ", "line 1: no element found"},
    {"{}", "line 1: not well-formed (invalid token)"},
    {FORM(TEXT("a", "1")) "<x/>", "junk after document element"},
    {HEAD TEXT("a", "1"), "line 7: no element found"},
    {HEAD "<Answer>" END, "line 3: mismatched tag"},
    {"<Other/>", "it holds 'Other', not QuestionFormAnswers"},
    {FORM(ANSWER("", "<FreeText>1</FreeText>")), "an Answer has no QuestionIdentifier"},
    {FORM("<Answer><FreeText>1</FreeText></Answer>"), "an Answer has no QuestionIdentifier"},
    {FORM(TEXT("a", "1<b>2</b>3")), "FreeText holds another element, not a text"},
    {FORM(TEXT("<b>a</b>", "1")), "QuestionIdentifier holds another element, not a text"},
    {FORM(TEXT("a", "b & c")), "not well-formed"},
    {FORM(TEXT("a", "&nbsp;")), "undefined entity"},
    {FORM(TEXT("a", "&#0;")), "reference to invalid character number"},
    {FORM(TEXT("a", "&#55357;&#56832;")), "reference to invalid character number"},
    {FORM(TEXT("a", "\001")), "not well-formed"},
    {FORM(TEXT("a", "\xe9")), "not well-formed"},
    {"<!DOCTYPE QuestionFormAnswers>" END, "it has a document type, which is refused"},
    {"<!DOCTYPE q [<!ENTITY a \"x\">]><QuestionFormAnswers>&a;" END,
     "it has a document type, which is refused"},
    {"<!DOCTYPE q SYSTEM \"file:///etc/passwd\"><QuestionFormAnswers/>",
     "it has a document type, which is refused"},
};

static void
what_cannot_be_read_has_no_fields_and_says_why(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof unreadable / sizeof *unreadable; i++) {
        struct answers answers = answers_of(unreadable[i].xml, &arena);
        if (!answers.trouble || !strstr(answers.trouble, unreadable[i].why))
            fail_msg("%s: %s", unreadable[i].xml, answers.trouble);
        assert_int_equal(answers.count, 0);
    }
    arena_close(&arena);
}

static void
xml_beyond_its_bounds_is_not_read(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *open = repeated("<x>", XML_DEPTH_MAX - 1, &arena);
    const char *close = repeated("</x>", XML_DEPTH_MAX - 1, &arena);
    const char *deepest = arena_print(&arena, HEAD "%s%s" END, open, close);
    assert_null(answers_of(deepest, &arena).trouble);
    const char *deeper = arena_print(&arena, HEAD "<x>%s%s</x>" END, open, close);
    assert_string_equal(answers_of(deeper, &arena).trouble,
                        "line 3: elements stand more than 64 levels deep");
    size_t room = XML_SIZE_BYTES_MAX - strlen(FORM(""));
    const char *largest = arena_print(&arena, HEAD "%s" END, repeated(" ", room, &arena));
    assert_null(answers_of(largest, &arena).trouble);
    assert_string_equal(answers_of(arena_print(&arena, " %s", largest), &arena).trouble,
                        "it is larger than 1 MiB");
    arena_close(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_form_of_an_answer_is_read),
        cmocka_unit_test(a_crowd_forms_answers_are_fields_by_their_path),
        cmocka_unit_test(a_crowd_form_beyond_its_bounds_adds_nothing),
        cmocka_unit_test(what_cannot_be_read_has_no_fields_and_says_why),
        cmocka_unit_test(xml_beyond_its_bounds_is_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
