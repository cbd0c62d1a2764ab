/* bursar help --markdown: the reference page. Its words are the tables'; here is only their order,
 * which is that of a manual page. */
#include "cmd/help.h"

#include <ctype.h>

#include "base/text.h"
#include "cmd/subjects.h"

static const char introduction[] =
    "# bursar\n"
    "\n"
    "Every command, option and exit code of bursar, made from the tables that read them (`bursar "
    "help --markdown`).\n"
    "\n"
    "## Synopsis\n"
    "\n"
    "```\n"
    "bursar COMMAND [OPTION …] [WORD …]\n"
    "bursar help [COMMAND | KEY | SUBJECT]\n"
    "bursar --version\n"
    "```\n"
    "\n"
    "## Description\n"
    "\n"
    "bursar pays, qualifies and messages crowd workers from a YAML file, each action exactly "
    "once. It checks the file, previews every action with its cost, and keeps a journal; a rerun "
    "after any failure finishes the rest and never pays twice. What a campaign file may hold is "
    "described in bursar-campaign(5).\n"
    "\n"
    "To try everything without an account, with play money:\n"
    "\n"
    "```\n"
    "bursar rehearse campaigns/best-joke.yaml\n"
    "```\n"
    "\n"
    "Results go to standard output, progress and warnings to standard error. No meaning is "
    "carried by colour; texts are UTF-8. An option stands behind its command, before or after the "
    "other words; `--` ends the options.\n"
    "\n";

static const char ending[] = "## Examples\n"
                             "\n"
                             "From the first look at a file to the answer years later:\n"
                             "\n"
                             "```\n"
                             "bursar check campaigns/best-joke.yaml\n"
                             "bursar rehearse campaigns/best-joke.yaml\n"
                             "bursar plan campaigns/best-joke.yaml\n"
                             "bursar run campaigns/best-joke.yaml\n"
                             "bursar status --worker A1JOKER00003 campaigns\n"
                             "```\n"
                             "\n"
                             "A plan that a colleague agrees to before it is carried out:\n"
                             "\n"
                             "```\n"
                             "bursar plan -o plan.json campaigns/best-joke.yaml\n"
                             "bursar run plan.json\n"
                             "```\n"
                             "\n"
                             "## See also\n"
                             "\n"
                             "bursar-campaign(5), bursar-journal(5), bursar-world(5)\n";

/* A phrase of a table as a sentence. */
static void
sentence_encode(const char *phrase, struct buffer *out)
{
    struct arena arena = {0};
    char *sentence = arena_copy(&arena, text_sentence(&arena, phrase));
    sentence[0] = (char)toupper((unsigned char)sentence[0]);
    buffer_text(out, sentence);
    arena_close(&arena);
}

static void
command_encode(const struct command *command, struct buffer *out)
{
    buffer_print(out, "### `%s%s%s`\n\n", command->name, *command->words ? " " : "",
                 command->words);
    sentence_encode(command->summary, out);
    buffer_print(out, "\n\n```\n%s\n```\n\n%s\n\n", command->example, command->details);
    if (*command->options == OPTION_COUNT)
        return;
    buffer_text(out, "Options: ");
    for (const enum option *one = command->options; *one != OPTION_COUNT; one++)
        buffer_print(out, "%s`%s`", one == command->options ? "" : ", ", option_row(*one)->name);
    buffer_text(out, ".\n\n");
}

static void
option_encode(enum option option, struct buffer *out)
{
    struct arena arena = {0};
    buffer_print(out, "### `%s`\n\n", help_option(option_row(option), &arena));
    sentence_encode(option_row(option)->summary, out);
    buffer_text(out, " Taken by ");
    bool any = false;
    for (const struct command *command = commands; command->name; command++)
        for (const enum option *one = command->options; *one != OPTION_COUNT; one++)
            if (*one == option) {
                buffer_print(out, "%s%s", any ? ", " : "", command->name);
                any = true;
            }
    buffer_text(out, ".\n\n");
    arena_close(&arena);
}

static void
subject_encode(const struct subject *subject, struct buffer *out)
{
    buffer_print(out, "## %s\n\n| name | meaning |\n|---|---|\n", subject->title);
    for (const struct subject_row *row = subject->rows; row->name; row++) {
        buffer_print(out, "| `%s` | ", row->name);
        sentence_encode(row->means, out);
        buffer_print(out, "%s%s |\n", row->then ? " " : "", row->then ? row->then : "");
    }
    buffer_text(out, "\n");
}

void
help_page(struct buffer *out)
{
    buffer_text(out, introduction);
    buffer_text(out, "## Commands\n\n");
    for (const struct command *command = commands; command->name; command++)
        command_encode(command, out);
    buffer_text(out, "## Options\n\n");
    for (int option = 0; option < OPTION_COUNT; option++)
        option_encode((enum option)option, out);
    for (const struct subject *subject = subjects; subject->name; subject++)
        if (subject->rows && !subject->example) /* those have a page of their own */
            subject_encode(subject, out);
    buffer_text(out, ending);
}
