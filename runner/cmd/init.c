/* bursar init: a campaign to start from, beside it what keeps its private files out of version
 * control. Everything is looked at before anything is written, and no file that is there is
 * replaced: .gitignore and .gitattributes only get the lines that they lack. */
#include <string.h>

#include "base/text.h"
#include "cmd/commands.h"
#include "cmd/next.h"
#include "cmd/say.h"
#include "codec/batch.h"
#include "codec/outline.h"
#include "codec/schema.h"
#include "codec/value.h"
#include "io/file.h"
#include "io/folder.h"

enum { TASKS_IN_FILE_MORE_THAN = 10, LINES_SIZE_MAX = 1024 * 1024, MODE = 0644 };

struct beginning {
    const struct arguments *arguments;
    const char *file; /* the campaign to write */
    struct outline outline;
    struct batch batch;
    bool track_journal;
    struct buffer said; /* for standard output */
    struct arena arena;
};

static const char *
beside(struct beginning *b, const char *name)
{
    return file_beside(&b->arena, b->file, name);
}

/* How a file is reached from the campaign's folder. Links in both folders are followed, so that
 * each ".." leads where it seems to lead. */
static const char *
path_from_campaign(struct beginning *b, const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *own = file_real(file_beside(&b->arena, path, "."), &b->arena);
    const char *from = file_real(beside(b, "."), &b->arena);
    size_t same = 0; /* behind the last '/' up to which the two folders are one */
    own = arena_print(&b->arena, "%s/", text_same(own, "/") ? "" : own);
    from = arena_print(&b->arena, "%s/", text_same(from, "/") ? "" : from);
    for (size_t i = 0; own[i] && own[i] == from[i]; i++)
        if (own[i] == '/')
            same = i + 1;
    const char *up = "";
    for (const char *at = from + same; (at = strchr(at, '/')); at++)
        up = arena_print(&b->arena, "../%s", up);
    return arena_print(&b->arena, "%s%s%s", up, own + same, name);
}

static bool
csv_take(struct beginning *b, const char *path, struct error *err)
{
    struct buffer content = {0};
    struct problems problems = {.arena = &b->arena};
    if (!file_read(path, (size_t)CSV_SIZE_BYTES_MAX + 1, &content, NULL, err)) {
        buffer_close(&content);
        return false;
    }
    struct csv_input input = {path, content.bytes ? content.bytes : "", content.size};
    bool good = batch_survey(&input, &b->batch, &problems, &b->arena);
    buffer_close(&content);
    problems_sort(&problems);
    say_problems(&problems, "error");
    if (!good)
        return error_end(err, STATUS_INVALID, "no campaign was written: mend '%s', or name HIT IDs",
                         path);
    b->outline.csv = path_from_campaign(b, path);
    b->outline.workers = b->batch.workers;
    b->outline.assignments = b->batch.selected;
    b->outline.approves = b->batch.submitted > 0;
    if (strpbrk(b->outline.csv, "\\\t\n\v\f\r") || b->outline.csv[0] == '~')
        return error_end(err, STATUS_INVALID,
                         "a campaign cannot name '%s': give the file a name without '\\', tabs and "
                         "line ends",
                         b->outline.csv);
    return true;
}

static bool
tasks_take(struct beginning *b, struct error *err)
{
    size_t count = b->arguments->word_count;
    const char **words = b->arguments->words;
    for (size_t i = 0; i < count; i++) {
        const char *slip = value_id_slip(words[i]);
        if (!text_is_id(words[i]))
            return error_end(err, STATUS_USAGE,
                             "'%s' is neither a file that is there nor a HIT ID (capital letters "
                             "and digits)%s%s",
                             words[i], slip ? ": " : "", slip ? slip : "");
        for (size_t j = 0; j < i; j++)
            if (text_same(words[i], words[j]))
                return error_end(err, STATUS_USAGE, "the HIT %s is named twice", words[i]);
    }
    b->outline.tasks = (const char *const *)words;
    b->outline.task_count = count;
    b->outline.approves = true;
    const char *file = "hits.txt";
    if (file_exists(beside(b, file)))
        file = arena_print(&b->arena, "%s-hits.txt", b->outline.name);
    if (count > TASKS_IN_FILE_MORE_THAN)
        b->outline.tasks_file = file;
    return count <= TASKS_IN_FILE_MORE_THAN || !file_exists(beside(b, file)) ||
           error_end(err, STATUS_USAGE,
                     "'%s' is there already and is not replaced: choose another name with "
                     "--output FILE",
                     beside(b, file));
}

/* True when an earlier 'init' in this folder was told to track journals. */
static bool
is_tracking(struct beginning *b)
{
    struct buffer text = {0};
    bool tracking = file_read_beginning(beside(b, ".gitattributes"), LINES_SIZE_MAX, &text) &&
                    text.size && outline_has_line(text.bytes, *outline_attributes);
    buffer_close(&text);
    return tracking;
}

/* Decides what is written where, and reads what it is made from. */
static bool
beginning_take(struct beginning *b, struct error *err)
{
    const char *output = b->arguments->values[OPTION_OUTPUT_CAMPAIGN];
    const char *const *words = b->arguments->words;
    b->file = output ? output : "campaign.yaml";
    b->track_journal = option_is_set(b->arguments, OPTION_TRACK_JOURNAL) || is_tracking(b);
    if (file_exists(b->file))
        return error_end(err, STATUS_USAGE,
                         "'%s' is there already and is not replaced: choose another name with "
                         "--output FILE",
                         b->file);
    if (!folder_is(beside(b, ".")))
        return error_end(err, STATUS_USAGE, "there is no folder for '%s': make it first", b->file);
    bool from_csv = false;
    for (size_t i = 0; i < b->arguments->word_count; i++)
        from_csv |= file_exists(words[i]);
    if (from_csv && b->arguments->word_count > 1)
        return error_end(err, STATUS_USAGE,
                         "a campaign begins with one file of results, or with HIT IDs: name one "
                         "file, or no file");
    b->outline.name = outline_name(from_csv && !output ? words[0] : b->file, &b->arena);
    b->outline.schema = "campaign.schema.json";
    return from_csv ? csv_take(b, words[0], err) : tasks_take(b, err);
}

static bool
put(struct beginning *b, const char *path, struct buffer *text, const char *what, struct error *err)
{
    bool good = file_write(path, text->bytes, text->size, MODE, err);
    buffer_close(text);
    if (good)
        say_line(&b->said, "Wrote %s: %s", path, what);
    return good;
}

/* A file of patterns that may be there already. */
static bool
lines_put(struct beginning *b, const char *name, const char *const *lines, const char *comment,
          struct error *err)
{
    struct buffer text = {0};
    const char *path = beside(b, name);
    bool exists, good = file_read(path, LINES_SIZE_MAX, &text, &exists, err);
    if (good && exists && b->track_journal &&
        outline_has_line(text.bytes ? text.bytes : "", *outline_ignored(false)))
        say_note("warning: %s has the line '%s': take it out, or the journal is not tracked", path,
                 *outline_ignored(false));
    size_t more = good ? outline_lines_add(lines, comment, &text) : 0;
    if (more && exists)
        return put(b, path, &text, arena_print(&b->arena, "%zu line%s more", more, say_s(more)),
                   err);
    if (more)
        return put(b, path, &text, comment, err);
    buffer_close(&text);
    return good;
}

static const char *
whom(struct beginning *b)
{
    if (!b->outline.csv)
        return arena_print(&b->arena, "%zu HIT%s", b->outline.task_count,
                           say_s(b->outline.task_count));
    return arena_print(&b->arena, "%zu assignment%s of %zu worker%s, %zu HIT%s",
                       b->outline.assignments, say_s(b->outline.assignments), b->outline.workers,
                       say_s(b->outline.workers), b->batch.tasks, say_s(b->batch.tasks));
}

static bool
beginning_write(struct beginning *b, struct error *err)
{
    struct buffer text = {0};
    if (b->outline.tasks_file) {
        outline_tasks_encode(b->outline.tasks, b->outline.task_count, &text);
        if (!put(b, beside(b, b->outline.tasks_file), &text, "the HIT IDs", err))
            return false;
    }
    outline_encode(&b->outline, &text);
    if (!put(b, b->file, &text,
             arena_print(&b->arena, "campaign '%s', %s", b->outline.name, whom(b)), err))
        return false;
    schema_encode(&text);
    bool good = file_exists(beside(b, b->outline.schema)) ||
                put(b, beside(b, b->outline.schema), &text, "what editors complete it by", err);
    buffer_close(&text);
    return good &&
           lines_put(b, ".gitignore", outline_ignored(b->track_journal),
                     b->track_journal ? "plans and data name people"
                                      : "journals, plans and data name people",
                     err) &&
           (!b->track_journal || lines_put(b, ".gitattributes", outline_attributes,
                                           "git neither converts nor merges a journal", err));
}

static void
next_commands_add(struct beginning *b)
{
    const char *file = next_word(b->file, &b->arena);
    if (b->outline.csv && !b->outline.assignments)
        say_note("warning: all of this work was rejected; nobody is selected");
    say_line(&b->said, "Read it, and change what it says about steps, amounts and words. Then:");
    say_line(&b->said, "    bursar check %s", file);
    say_line(&b->said, "    bursar rehearse %s", file);
}

enum status
cmd_init(const struct arguments *arguments)
{
    struct beginning b = {.arguments = arguments};
    struct error err = {0};
    bool good = beginning_take(&b, &err) && beginning_write(&b, &err);
    if (good)
        next_commands_add(&b);
    struct error unsaid = {0};
    bool said = say_out(&b.said, &unsaid);
    enum status status = !good ? say_error(&err) : said ? STATUS_DONE : say_error(&unsaid);
    buffer_close(&b.said);
    arena_close(&b.arena);
    return status;
}
