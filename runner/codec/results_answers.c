#include "codec/results_answers.h"

#include <string.h>

#include "base/crowdform.h"
#include "base/text.h"

#define PREFIX "Answer."

struct results_answers
results_answers_make(const struct csv_row *header, struct arena *arena)
{
    struct results_answers answers = {
        .names = arena_alloc(arena, header->count * sizeof *answers.names),
        .columns = arena_alloc(arena, header->count * sizeof *answers.columns),
    };
    for (size_t i = 0; i < header->count; i++) {
        if (!text_starts(header->cells[i], PREFIX) || !header->cells[i][strlen(PREFIX)])
            continue;
        answers.names[answers.count] = header->cells[i] + strlen(PREFIX);
        answers.columns[answers.count++] = i;
    }
    return answers;
}

struct fields {
    struct arena *arena;
    struct reply_field *items;
    size_t count, capacity;
};

static void
field_add(struct fields *fields, const char *name, const char *value)
{
    fields->items = arena_push(fields->arena, fields->items, fields->count, &fields->capacity,
                               sizeof *fields->items);
    fields->items[fields->count++] = (struct reply_field){.name = name, .value = value};
}

/* What has a column of its own is there already: no name stands twice. */
static bool
has_column(const struct results_answers *answers, const char *name)
{
    for (size_t i = 0; i < answers->count; i++)
        if (text_same(answers->names[i], name))
            return true;
    return false;
}

void
results_answers_take(const struct results_answers *answers, const struct csv_row *row,
                     struct assignment *assignment, struct arena *arena)
{
    struct fields fields = {.arena = arena};
    if (answers->count == 0)
        return;
    for (size_t i = 0; i < answers->count; i++) {
        const char *value = arena_copy(arena, row->cells[answers->columns[i]]);
        field_add(&fields, answers->names[i], value);
        if (!text_same(answers->names[i], CROWDFORM_FIELD))
            continue;
        struct crowdform form;
        const char *why = crowdform_read(value, arena, &form);
        if (why) {
            assignment->filled = filled_make(NULL, 0, why, arena);
            return;
        }
        for (size_t j = 0; j < form.count; j++)
            if (!has_column(answers, form.values[j].name))
                field_add(&fields, form.values[j].name, form.values[j].text);
    }
    assignment->filled = filled_make(fields.items, fields.count, NULL, arena);
}
