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
reference_example(const struct field *field, const char *indent, struct buffer *out)
{
    static const char between[] = " or ";
    for (const char *at = field->example; at;) {
        const char *other = strstr(at, between);
        size_t size = other ? (size_t)(other - at) : strlen(at);
        const char *quote = field->type == FIELD_PROSE && *at != '[' && *at != '{' ? "\"" : "";
        buffer_print(out, "%s%s: %s%.*s%s\n", indent, shown_name(field), quote, (int)size, at,
                     quote);
        at = other ? other + strlen(between) : NULL;
    }
}

/* Which keys of the group exclude each other, the verbs of a step apart, which are too many. */
static void
one_of_print(enum group group, struct buffer *out)
{
    const struct group_row *row = group_row(group);
    size_t left = 0;
    for (size_t i = 0; i < row->count; i++)
        left += row->fields[i].one_of;
    buffer_text(out, "One of ");
    for (size_t i = 0; i < row->count; i++)
        if (row->fields[i].one_of)
            buffer_print(out, "%s%s", row->fields[i].name,
                         --left > 1  ? ", "
                         : left == 1 ? " and "
                                     : "");
    buffer_text(out, " is needed.");
}

void
reference_need(enum group group, const struct field *field, struct buffer *out)
{
    if (field->required)
        buffer_text(out, "Needed.");
    if (field->one_of && field->type != FIELD_VERB)
        one_of_print(group, out);
    if (field->beside)
        buffer_print(out, "Only beside %s.%s", field->beside, field->fallback ? " " : "");
    if (!field->fallback)
        return;
    buffer_text(out, "Without it: ");
    for (size_t i = 0; field->fallback[i]; i++)
        buffer_print(out, "%s%s", i ? ", " : "", field->fallback[i]);
    buffer_text(out, ".");
}

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
            if (field->group != group || group == GROUP_CAMPAIGN)
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
field_encode(enum group group, const struct field *field, struct buffer *out)
{
    struct buffer need = {0};
    reference_need(group, field, &need);
    buffer_print(out, "### `%s`\n\n%s\n\nTakes %s.%s%s%s\n\n```yaml\n", field->name, field->help,
                 field->takes, need.size ? " " : "", need.size ? need.bytes : "",
                 field->looks_up ? " Lookups, `${{ … }}`, may stand in it." : "");
    reference_example(field, "", out);
    buffer_text(out, "```\n\n");
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
        field_encode(group, &row->fields[i], out);
    buffer_close(&place);
}

static const char introduction[] =
    "# The campaign file\n"
    "\n"
    "Every key that a campaign file may hold, made from the table that reads it (`bursar schema "
    "--markdown`); `bursar help\n"
    "KEY` shows one of them. Values are read as they are typed: `1.10` is one dollar and ten "
    "cents, `no` is the word no, and\n"
    "leading zeros stay. Paths are relative to the file. A text that holds ` #`, or inside `{ }` a "
    "comma, needs quotes.\n"
    "\n"
    "## An example\n"
    "\n"
    "```yaml\n"
    "campaign: memory-wave-1\n"
    "environment: sandbox\n"
    "labels: { grant: R01-12345, protocol: IRB-2026-14 }\n"
    "hits: [3PR3LXCWSF67WOX6Y5S8EXAMPLE1]\n"
    "where: { status: [Submitted, Approved] }\n"
    "data:\n"
    "  scores: { csv: data/scores.csv, match: { worker: worker_id } }\n"
    "limits: { total: 450.00, per_worker: 5.00, per_bonus: 4.00 }\n"
    "expect: { workers: 212 }\n"
    "steps:\n"
    "  - approve: { feedback: Thank you. }\n"
    "  - id: score-bonus\n"
    "    bonus:\n"
    "      amount: ${{ scores.bonus_usd }}\n"
    "      message: You scored ${{ scores.score }} of 20.\n"
    "    where: { answer.attention_check: blue, scores.score: { min: 8 }, except: { csv: "
    "data/exclude.csv, column: WorkerId } }\n"
    "  - qualify:\n"
    "      name: memory-wave-1\n"
    "      create: { description: \"Took part in memory study, wave 1\" }\n"
    "      value: ${{ scores.score }}\n"
    "  - notify: { subject: Your bonus, message_file: messages/thanks.txt }\n"
    "    needs: [score-bonus]\n"
    "```\n"
    "\n"
    "Steps run in this order, and each action is done once. A worker is held back from a step "
    "while something of theirs above\n"
    "it was refused or is not known; with `needs`, only those come into a step for whom each named "
    "step did something, and\n"
    "finished it.\n"
    "\n"
    "## Tables\n"
    "\n"
    "A table under `data` is a CSV file with a header, separated by commas, in UTF-8. Each "
    "assignment is matched with the row\n"
    "whose key column holds its worker, its ID, or one of its answers (`match`). Cells and answers "
    "lose white space at their\n"
    "ends. Only columns that the campaign uses are read; every cell of a column that is an amount "
    "or a value is checked, and\n"
    "an amount of 0 means that nothing is owed. Two rows with one key are a mistake of the file. "
    "So is a selected worker\n"
    "without a row, unless the table says `missing: skip`: then the steps that read it leave the "
    "worker out. A row that\n"
    "matches nobody is only remarked.\n"
    "\n"
    "## Lookups\n"
    "\n"
    "`${{ NAME }}` looks a value up; it is not a language, and nothing is calculated. `$1.00` and "
    "`{…}` in prose stay as they\n"
    "are. Inside `{ }` a value with a lookup needs quotes.\n"
    "\n"
    "| lookup | value |\n"
    "|---|---|\n";

const struct lookup_row lookup_rows[] = {
    {"${{ worker }}", "the worker's ID"},
    {"${{ assignment }}", "the ID of the work"},
    {"${{ task }}", "the ID of its HIT"},
    {"${{ campaign }}", "the campaign's name"},
    {"${{ answer.FIELD }}", "what the worker answered; a field of a crowd form by its path, "
                            "answer.taskAnswers.FIELD"},
    {"${{ TABLE.COLUMN }}", "the cell in the worker's row of a table under data"},
    {"${{ paid.STEP }}", "in notify: what an earlier bonus step really paid to this worker"},
    {NULL, NULL},
};

void
reference_encode(struct buffer *out)
{
    buffer_text(out, introduction);
    for (const struct lookup_row *row = lookup_rows; row->name; row++)
        buffer_print(out, "| `%s` | %s |\n", row->name, row->help);
    buffer_text(out, "\n");
    for (int group = 0; group < GROUP_COUNT; group++)
        group_encode((enum group)group, out);
    out->bytes[--out->size] = '\0'; /* one line end is enough */
}
