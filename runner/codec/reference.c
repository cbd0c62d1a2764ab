#include "codec/reference.h"

#include <string.h>

#include "base/text.h"

/* A name that stands for many is shown by one of them. */
static const char *
shown_name(const struct field *field)
{
    static const struct {
        const char *pattern, *one;
    } ones[] = {{"answer.FIELD", "answer.colour"}, {"TABLE.COLUMN", "scores.score"}};
    for (size_t i = 0; i < sizeof ones / sizeof *ones; i++)
        if (text_same(field->name, ones[i].pattern))
            return ones[i].one;
    return field->name;
}

void
reference_example(const struct field *field, struct buffer *out)
{
    buffer_print(out, "%s: %s", shown_name(field), field->example);
}

void
reference_need(const struct field *field, struct buffer *out)
{
    if (field->required)
        buffer_text(out, "Needed.");
    if (!field->fallback)
        return;
    buffer_text(out, "Without it: ");
    for (size_t i = 0; field->fallback[i]; i++)
        buffer_print(out, "%s%s", i ? ", " : "", field->fallback[i]);
    buffer_text(out, ".");
}

/* The rows whose map a group is, as "'limits'" or "'where' of a step". */
void
reference_place(enum group group, struct buffer *out)
{
    bool any = false;
    if (group == GROUP_CAMPAIGN)
        buffer_text(out, "at the top of the file");
    for (int outer = 0; outer < GROUP_COUNT; outer++) {
        const struct group_row *row = group_row((enum group)outer);
        for (size_t i = 0; i < row->count; i++) {
            const struct field *field = &row->fields[i];
            bool holds = field->group == group && group != GROUP_CAMPAIGN;
            if (!holds)
                continue;
            buffer_print(out, "%s'%s'", any ? " or " : "in ", field->name);
            if (outer == GROUP_STEP)
                buffer_text(out, " of a step");
            else if (outer != GROUP_CAMPAIGN && row->name)
                buffer_print(out, " of '%s'", row->name);
            any = true;
        }
    }
}

static void
field_encode(const struct field *field, struct buffer *out)
{
    struct buffer need = {0};
    reference_need(field, &need);
    buffer_print(out, "### `%s`\n\n%s\n\nTakes %s.%s%s%s\n\n```yaml\n", field->name, field->help,
                 field->takes, need.size ? " " : "", need.size ? need.bytes : "",
                 field->looks_up ? " Lookups, `${{ … }}`, may stand in it." : "");
    reference_example(field, out);
    buffer_text(out, "\n```\n\n");
    buffer_close(&need);
}

static void
group_encode(enum group group, struct buffer *out)
{
    const struct group_row *row = group_row(group);
    struct buffer place = {0};
    reference_place(group, &place);
    buffer_print(out, "## Keys %s\n\n", place.bytes ? place.bytes : "");
    if (row->help)
        buffer_print(out, "%s\n\n", row->help);
    for (size_t i = 0; i < row->count; i++)
        field_encode(&row->fields[i], out);
    buffer_close(&place);
}

static const char introduction[] =
    "# The campaign file\n\n"
    "Every key that a campaign file may hold, made from the table that reads it (`bursar schema "
    "--markdown`); `bursar help\nKEY` shows one of them. Values are read as they are typed: `1.10` "
    "is one dollar and ten cents, `no` is the word no, and\nleading zeros stay. Paths are relative "
    "to the file. A text that holds ` #`, or inside `{ }` a comma, needs quotes.\n\n"
    "## Lookups\n\n"
    "`${{ NAME }}` looks a value up; it is not a language, and nothing is calculated. `$1.00` and "
    "`{…}` in prose stay as they\nare.\n\n"
    "| lookup | value |\n|---|---|\n"
    "| `${{ worker }}` | the worker's ID |\n"
    "| `${{ assignment }}`, `${{ task }}` | IDs of the work and of its HIT |\n"
    "| `${{ campaign }}` | the campaign's name |\n"
    "| `${{ answer.FIELD }}` | what the worker answered; a field of a crowd form by its path, "
    "`answer.taskAnswers.FIELD` |\n"
    "| `${{ TABLE.COLUMN }}` | the cell in the worker's row of a table under `data` |\n"
    "| `${{ paid.STEP }}` | in `notify`: what an earlier bonus step really paid to this worker |\n\n";

void
reference_encode(struct buffer *out)
{
    buffer_text(out, introduction);
    for (int group = 0; group < GROUP_COUNT; group++)
        group_encode((enum group)group, out);
    out->bytes[--out->size] = '\0'; /* one line end is enough */
}
