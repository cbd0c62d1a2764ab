/* What workers filled in, as XML of any content: it ends, within its bounds; what is read has names
 * that stand once, texts that are UTF-8, and values without white space at their ends. */
#include "fuzz.h"

#include "base/crowdform.h"
#include "base/index.h"
#include "base/text.h"
#include "market/mturk/answers.h"
#include "market/mturk/fieldlist.h"

static void
text_claim(const char *text)
{
    CLAIM(text_utf8_bad(text, strlen(text)) == strlen(text));
}

static void
fields_claim(const struct answers *answers, struct arena *arena)
{
    struct index seen = {0};
    for (size_t i = 0; i < answers->count; i++) {
        const struct reply_field *field = &answers->fields[i];
        CLAIM(*field->name && index_add(&seen, field->name, i, arena));
        text_claim(field->name);
        text_claim(field->value);
        CLAIM(text_same(field->value, text_trim(arena, field->value, strlen(field->value))));
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena arena = {0};
    struct feed feed = {bytes, size};
    char *xml = feed_rest(&feed, &size); /* of exactly its size, without an end */
    struct answers answers = mturk_answers_read(xml, size, &arena);
    if (answers.trouble) {
        CLAIM(*answers.trouble && answers.count == 0);
        text_claim(answers.trouble);
    }
    fields_claim(&answers, &arena);
    struct crowdform form;
    crowdform_read(arena_text(&arena, xml, size), &arena, &form);
    CLAIM(form.count <= CROWDFORM_VALUES_MAX);
    struct fieldlist inside = {.arena = &arena};
    for (size_t i = 0; i < form.count; i++)
        CLAIM(fieldlist_add(&inside, form.values[i].name, form.values[i].text));
    struct answers of_crowd_form = {.fields = inside.items, .count = inside.count};
    fields_claim(&of_crowd_form, &arena);
    free(xml);
    arena_close(&arena);
    return 0;
}
