/* bursar help, and the front door. */

#include <string.h>

#include "base/text.h"
#include "cmd/commands.h"
#include "cmd/help.h"
#include "cmd/help_key.h"
#include "cmd/paint.h"
#include "cmd/say.h"
#include "cmd/subjects.h"
#include "cmd/table.h"
#include "cmd/wrap.h"
#include "io/http.h"
#include "io/person.h"

static void
rows_print(const struct subject *subject, struct buffer *out)
{
    struct arena arena = {0};
    struct table table = {.arena = &arena, .columns = 2};
    for (const struct subject_row *row = subject->rows; row->name; row++) {
        table_cell(&table, row->name);
        table_cell(&table, row->means);
    }
    table_print(&table, "  ", out);
    arena_close(&arena);
}

static void
subjects_print(struct buffer *out)
{
    struct arena arena = {0};
    struct table table = {.arena = &arena, .columns = 2};
    for (const struct subject *subject = subjects; subject->name; subject++) {
        table_cell(&table, subject->name);
        table_cell(&table, subject->summary);
    }
    table_print(&table, "  ", out);
    arena_close(&arena);
}

static void
overview(struct buffer *out)
{
    buffer_text(out, "bursar pays, qualifies and messages crowd workers from a YAML file, each "
                     "action exactly once.\n\nCommands\n");
    struct arena arena = {0};
    struct table table = {.arena = &arena, .columns = 2};
    for (const struct command *command = commands; command->name; command++) {
        table_cell(&table, arena_print(&arena, "%s %s", command->name, command->words));
        table_cell(&table, command->summary);
    }
    table_print(&table, "  ", out);
    buffer_text(out, "\nExit codes\n");
    rows_print(subject_find("exit-codes"), out);
    buffer_text(out, "\nSubjects\n");
    subjects_print(out);
    buffer_text(out, "\nMore: bursar help COMMAND, KEY (of campaign files) or SUBJECT. To try "
                     "everything\nwithout an account: bursar rehearse "
                     "campaigns/best-joke.yaml\n");
    arena_close(&arena);
}

const char *
help_option(const struct option_row *row, struct arena *arena)
{
    return arena_print(arena, "%s%s%s%s%s", row->letter ? row->letter : "", row->letter ? ", " : "",
                       row->name, row->value ? " " : "", row->value ? row->value : "");
}

static void
detail(const struct command *command, struct buffer *out)
{
    buffer_print(out, "usage: bursar %s %s\n\n  $ %s\n\n", command->name, command->words,
                 command->example);
    wrap_add(out, command->details, "", "", 80);
    if (*command->options == OPTION_COUNT)
        return;
    buffer_text(out, "\nOptions\n");
    struct arena arena = {0};
    struct table table = {.arena = &arena, .columns = 2};
    for (const enum option *one = command->options; *one != OPTION_COUNT; one++) {
        const struct option_row *row = option_row(*one);
        table_cell(&table, help_option(row, &arena));
        table_cell(&table, row->summary);
    }
    table_print(&table, "  ", out);
    arena_close(&arena);
}

enum { NAMES_MAX = 64 };

static const char *
command_near(const char *name)
{
    const char *names[NAMES_MAX];
    size_t count = 0;
    for (const struct command *command = commands; command->name; command++)
        names[count++] = command->name;
    return text_nearest(name, names, count);
}

static const char *
subject_near(const char *name)
{
    const char *names[NAMES_MAX];
    size_t count = 0;
    for (const struct subject *subject = subjects; subject->name; subject++)
        names[count++] = subject->name;
    return text_nearest(name, names, count);
}

static enum status
command_unknown(const char *name)
{
    const char *nearest = command_near(name);
    bool option = false;
    enum option found;
    for (const struct command *command = commands; command->name; command++)
        option |= option_find(command, name, strlen(name), &found);
    if (option)
        say_note("error: '%s' stands before the command: write bursar COMMAND %s", name, name);
    else if (name[0] == '-')
        say_note("error: there is no option '%s'. See 'bursar help'", name);
    else if (nearest)
        say_note("error: unknown command '%s', did you mean '%s'?", name, nearest);
    else
        say_note("error: unknown command '%s'. See 'bursar help'", name);
    return STATUS_USAGE;
}

static enum status
subject_unknown(const char *name)
{
    const char *nearest = help_key_near(name);
    nearest = nearest ? nearest : command_near(name);
    nearest = nearest ? nearest : subject_near(name);
    if (nearest)
        say_note("error: no command, no key of campaign files and no subject is called '%s', did "
                 "you mean '%s'?",
                 name, nearest);
    else
        say_note("error: no command, no key of campaign files and no subject is called '%s'. See "
                 "'bursar help'",
                 name);
    return STATUS_USAGE;
}

static enum status
out_say(struct buffer *out)
{
    struct error err = {0};
    enum status status = say_out(out, &err) ? STATUS_DONE : say_error(&err);
    buffer_close(out);
    return status;
}

/* The command of that name, or the one that does such upkeep. */
static const struct command *
command_of(const char *name)
{
    for (size_t i = 0; journal_verb(i); i++)
        if (text_same(journal_verb(i), name))
            return command_find("journal");
    return command_find(name);
}

enum status
cmd_help(const struct arguments *arguments)
{
    struct buffer out = {0};
    if (arguments->word_count == 0) {
        (option_is_set(arguments, OPTION_MARKDOWN_PAGE) ? help_page : overview)(&out);
        return out_say(&out);
    }
    const char *name = arguments->words[0];
    const struct command *command = command_of(name);
    bool verb = arguments->word_count > 1; /* as in 'help journal verify' */
    if (command)
        detail(command, &out);
    struct buffer key = {0};
    if (!verb && help_key(name, &key))
        buffer_print(&out, "%s%s", command ? "\nIn campaign files\n\n" : "", key.bytes);
    buffer_close(&key);
    if (!out.size && !verb)
        subject_help(name, &out);
    return out.size ? out_say(&out) : subject_unknown(name);
}

/* What any command takes, wherever it stands. */
static int
common_take(int argc, char **argv)
{
    int kept = 0;
    for (int i = 0; i < argc; i++) {
        if (text_same(argv[i], "--")) {
            memmove(argv + kept, argv + i, (size_t)(argc - i) * sizeof *argv);
            return kept + argc - i;
        }
        if (i && text_same(argv[i], "--no-color"))
            paint_refuse();
        else
            argv[kept++] = argv[i];
    }
    return kept;
}

enum status
cmd_perform(int argc, char **argv)
{
    person_prepare();
    http_prepare();
    argc = common_take(argc, argv);
    const char *name = argc > 1 ? argv[1] : "help";
    if (text_same(name, "--version") || text_same(name, "version"))
        return version_say();
    if (text_same(name, "--help") || text_same(name, "-h"))
        name = "help";
    const struct command *command = command_find(name);
    if (!command)
        return command_unknown(name);
    bool asks_help = false;
    for (int i = 2; i < argc && !text_same(argv[i], "--"); i++)
        asks_help |= text_same(argv[i], "--help") || text_same(argv[i], "-h");
    struct arena arena = {0};
    struct arguments arguments;
    struct error err = {0};
    enum status status;
    if (asks_help) {
        struct buffer out = {0};
        detail(command, &out);
        status = out_say(&out);
    } else if (arguments_read(command, argv + 2, argc > 2 ? (size_t)argc - 2 : 0, &arguments,
                              &arena, &err)) {
        status = command->perform(&arguments);
    } else {
        status = say_error(&err);
    }
    arena_close(&arena);
    return status;
}
