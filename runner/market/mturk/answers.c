#include "market/mturk/answers.h"

#include <string.h>

#include "base/buffer.h"
#include "base/crowdform.h"
#include "base/text.h"
#include "market/mturk/complaint.h"
#include "market/mturk/fieldlist.h"
#include "market/mturk/xml.h"

enum { DEPTH_ROOT = 1, DEPTH_ANSWER = 2, DEPTH_MEMBER = 3 };

struct sheet_of_answers {
    struct fieldlist fields;
    const char *name;     /* of the Answer that is open, once it was told */
    struct buffer values; /* of it, joined */
    size_t value_count;
};

/* UploadedFileSizeInBytes is left out: the key alone says which file. */
static const char *const value_names[] = {"FreeText", "SelectionIdentifier", "OtherSelectionText",
                                          "UploadedFileKey"};

static bool
is_value(const char *name)
{
    for (size_t i = 0; i < sizeof value_names / sizeof *value_names; i++)
        if (text_same(name, value_names[i]))
            return true;
    return false;
}

static const char *
enter(void *context, const char *name, unsigned depth)
{
    struct sheet_of_answers *sheet = context;
    if (depth == DEPTH_ROOT && !text_same(name, "QuestionFormAnswers"))
        return arena_print(sheet->fields.arena, "it holds '%s', not QuestionFormAnswers",
                           mturk_beginning(name, MTURK_CODE_SIZE_MAX, sheet->fields.arena));
    if (depth == DEPTH_ANSWER) {
        sheet->name = NULL;
        sheet->value_count = 0;
        buffer_clear(&sheet->values);
    }
    return NULL;
}

static const char *
member_take(struct sheet_of_answers *sheet, const char *name, const char *text)
{
    bool names = text_same(name, "QuestionIdentifier");
    if (!names && !is_value(name))
        return NULL;
    if (!text)
        return arena_print(sheet->fields.arena, "%s holds another element, not a text", name);
    const char *trimmed = text_trim_wide(sheet->fields.arena, text, strlen(text));
    if (names) {
        sheet->name = trimmed;
        return NULL;
    }
    buffer_text(&sheet->values, sheet->value_count++ ? "|" : "");
    buffer_text(&sheet->values, trimmed);
    return NULL;
}

/* A form's field without a name is not sent by any browser, so its absence is a damage. */
static const char *
answer_take(struct sheet_of_answers *sheet)
{
    if (!sheet->name || !*sheet->name)
        return "an Answer has no QuestionIdentifier";
    const char *value = arena_text(sheet->fields.arena, sheet->values.bytes, sheet->values.size);
    if (!fieldlist_add(&sheet->fields, sheet->name, value) ||
        !text_same(sheet->name, CROWDFORM_FIELD))
        return NULL;
    struct crowdform form;
    const char *trouble = crowdform_read(value, sheet->fields.arena, &form);
    for (size_t i = 0; i < form.count; i++)
        fieldlist_add(&sheet->fields, form.values[i].name, form.values[i].text);
    return trouble;
}

static const char *
leave(void *context, const char *name, unsigned depth, const char *text)
{
    struct sheet_of_answers *sheet = context;
    if (depth == DEPTH_MEMBER)
        return member_take(sheet, name, text);
    return depth == DEPTH_ANSWER && text_same(name, "Answer") ? answer_take(sheet) : NULL;
}

struct answers
mturk_answers_read(const char *xml, size_t size_bytes, struct arena *arena)
{
    if (size_bytes == 0)
        return (struct answers){0};
    struct sheet_of_answers sheet = {.fields = {.arena = arena}};
    struct xml_listener listener = {.context = &sheet, .enter = enter, .leave = leave};
    const char *trouble = mturk_xml_read(xml, size_bytes, &listener, arena);
    buffer_close(&sheet.values);
    if (trouble)
        return (struct answers){.trouble = trouble};
    return (struct answers){.fields = sheet.fields.items, .count = sheet.fields.count};
}
