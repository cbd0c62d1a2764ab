#include "codec/outline.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { NAME_SIZE_MAX = 64, TASKS_IN_LINE = 3 };

/* A text as YAML takes it: in quotes unless it is plainly a word. */
static void
scalar_add(const char *text, struct buffer *out)
{
    static const char *const words[] = {"true", "false", "null", "yes", "no",
                                        "on",   "off",   "y",    "n"};
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-";
    bool quotes = strspn(text, plain) != strlen(text);
    /* What could be read as a number: digits, with a sign, a point or an exponent. */
    quotes |= strspn(text, "0123456789.eE_-xX") == strlen(text) || text[0] == '-';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        quotes |= strcasecmp(text, words[i]) == 0;
    if (quotes)
        buffer_json(out, text);
    else
        buffer_text(out, text);
}

static void
tasks_add(const struct outline *outline, struct buffer *out)
{
    buffer_text(out, "# The HITs whose workers this is about.\nhits:");
    if (outline->tasks_file) {
        buffer_text(out, " { file: ");
        scalar_add(outline->tasks_file, out);
        buffer_text(out, " }\n");
        return;
    }
    bool one = outline->task_count <= TASKS_IN_LINE;
    for (size_t i = 0; i < outline->task_count; i++) {
        buffer_text(out, !one ? "\n  - " : i == 0 ? " [" : ", ");
        scalar_add(outline->tasks[i], out);
    }
    buffer_text(out, one ? "]\n" : "\n");
}

static void
people_add(const struct outline *outline, struct buffer *out)
{
    if (!outline->csv) {
        tasks_add(outline, out);
        return;
    }
    buffer_text(out, "# Who handed in what: Amazon's file of results, as it is.\n"
                     "assignments: { csv: ");
    scalar_add(outline->csv, out);
    buffer_text(out, " }\n");
}

static void
expect_add(const struct outline *outline, struct buffer *out)
{
    buffer_text(out, "\n# How many you know to be meant; with any other number nothing is sent.\n");
    if (outline->workers)
        buffer_print(out, "expect: { workers: %zu, assignments: %zu }\n", outline->workers,
                     outline->assignments);
    else
        buffer_text(out, "# expect: { workers: 25 }\n");
}

static const char head[] =
    "\n# Where it is carried out: production pays real money, sandbox does not. Without this line\n"
    "# the file can be checked and rehearsed, and is sent nowhere unless a command says where.\n"
    "# environment: production\n\n";

static const char guards[] =
    "\n# Whose work is meant; without this line everyone's that was handed in or approved.\n"
    "# where: { status: [Approved] }\n"
    "\n# The most that may be spent, fees included; 'run --yes' in production needs the total.\n"
    "# limits: { total: 50.00, per_worker: 5.00 }\n";

static const char approve[] =
    "  # Approves what is not decided yet, which pays the reward of the HIT.\n"
    "%s- approve: { feedback: Thank you for your work. }\n\n";

static const char steps[] =
    "  # A bonus in US dollars for each assignment, with words that the worker reads.\n"
    "  - bonus: { amount: 0.01, message: Thank you for your work. }\n\n"
    "  # A qualification that exists, given to each worker with a value.\n"
    "  # - qualify: { qualification: 3JNQJJEQXNSX7K3S6OQGEXAMPLE1, value: 1 }\n\n"
    "  # A message to each worker for whom all steps before it went well.\n"
    "  # - notify:\n"
    "  #     subject: Your bonus\n"
    "  #     message: |\n"
    "  #       We have just sent you a bonus.\n"
    "  #       Please reply if it has not arrived.\n";

void
outline_encode(const struct outline *outline, struct buffer *out)
{
    buffer_print(out, "# yaml-language-server: $schema=%s\n", outline->schema);
    buffer_text(out, "# The name is part of every payment: give it one that you have never used, "
                     "and keep it.\ncampaign: ");
    scalar_add(outline->name, out);
    buffer_print(out, "\n%s", head);
    people_add(outline, out);
    buffer_text(out, guards);
    expect_add(outline, out);
    buffer_text(out, "\n# Carried out in this order, each once for each, however often it is run. "
                     "Take out what you\n# do not want.\nsteps:\n");
    buffer_print(out, approve, outline->approves ? "  " : "  # ");
    buffer_text(out, steps);
}

const char *
outline_name(const char *path, struct arena *arena)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    size_t size = dot && dot != name ? (size_t)(dot - name) : strlen(name), kept = 0;
    char *out = arena_alloc(arena, size + 1);
    for (size_t i = 0; i < size && kept < NAME_SIZE_MAX; i++) {
        char byte = name[i];
        bool letter = byte > 0 && isalnum((unsigned char)byte);
        if (!letter && kept == 0)
            continue;
        if (letter || byte == '.' || byte == '_')
            out[kept++] = byte;
        else if (out[kept - 1] != '-')
            out[kept++] = '-';
    }
    while (kept && !isalnum((unsigned char)out[kept - 1]))
        kept--;
    out[kept] = '\0';
    return kept ? out : "campaign";
}

void
outline_tasks_encode(const char *const *tasks, size_t count, struct buffer *out)
{
    buffer_text(out, "# One HIT ID a line.\n");
    for (size_t i = 0; i < count; i++)
        buffer_print(out, "%s\n", tasks[i]);
}

const char *const *
outline_ignored(bool track_journal)
{
    /* What a broken journal leaves beside it names people too, and is nobody's journal. */
    static const char *const lines[] = {
        "*.journal.jsonl",
        "*.journal.jsonl.lock",
        "*.journal.jsonl.torn-*",
        "*.journal.jsonl.replaced-*",
        "*.journal.jsonl.erasing",
        "*.journal.jsonl.erasing",
        "plan.json",
        "*.plan.json",
        "*.csv",
        NULL,
    };
    return track_journal ? lines + 1 : lines;
}

const char *const outline_attributes[] = {"*.journal.jsonl -text -merge", NULL};

bool
outline_has_line(const char *text, const char *line)
{
    size_t size = strlen(line);
    for (const char *at = text; *at;) {
        size_t length = strcspn(at, "\n");
        if (length >= size && memcmp(at, line, size) == 0 &&
            strspn(at + size, " \t\r") >= length - size)
            return true;
        at += length + (at[length] == '\n');
    }
    return false;
}

size_t
outline_lines_add(const char *const *lines, const char *comment, struct buffer *text)
{
    size_t missing = 0;
    struct buffer more = {0};
    for (; *lines; lines++) {
        if (outline_has_line(text->bytes ? text->bytes : "", *lines))
            continue;
        missing++;
        buffer_print(&more, "%s\n", *lines);
    }
    if (missing) {
        bool ended = !text->size || text->bytes[text->size - 1] == '\n';
        buffer_print(text, "%s%s# %s\n%s", ended ? "" : "\n", text->size ? "\n" : "", comment,
                     more.bytes);
    }
    buffer_close(&more);
    return missing;
}
