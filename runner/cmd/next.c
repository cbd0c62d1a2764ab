#include "cmd/next.h"

#include <string.h>

#include "base/text.h"
#include "cmd/saved.h"
#include "cmd/say.h"
#include "io/file.h"

const char *
next_word(const char *word, struct arena *arena)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "_-./:@%+=,";
    if (word[0] && strspn(word, plain) == strlen(word))
        return word;
    struct buffer quoted = {0};
    buffer_text(&quoted, "'");
    for (const char *at = word; *at; at++) {
        if (*at == '\'')
            buffer_text(&quoted, "'\\'");
        buffer_add(&quoted, at, 1);
    }
    buffer_text(&quoted, "'");
    const char *text = arena_text(arena, quoted.bytes, quoted.size);
    buffer_close(&quoted);
    return text;
}

/* What the commands are given: the saved plan, when that is run on as it is; the campaign's file;
 * where only its journal was named, the file beside that, or else the journal, for commands that
 * take one. */
static const char *
file_of(const struct session *session, const char *command, bool plain, struct arena *arena)
{
    static const char tail[] = ".journal.jsonl";
    static const char *const endings[] = {".yaml", ".yml"};
    if (session->saved && plain && text_same(command, "run"))
        return session->saved->path;
    if (session->load.campaign)
        return session->load.campaign->file;
    const char *path = session->journal_path;
    bool takes_journal = text_same(command, "status") || text_same(command, "journal");
    const char *fallback = path && takes_journal ? path : "FILE";
    if (!path || !text_ends(path, tail))
        return fallback;
    const struct entry *genesis = &session->journal.ledger.genesis;
    size_t size = strlen(path) - strlen(tail);
    const char *stem = arena_text(arena, path, size);
    const char *infix = arena_print(arena, ".%s", genesis->environment ? genesis->environment : "");
    if (text_ends(stem, infix))
        stem = arena_text(arena, stem, size - strlen(infix));
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        const char *file = arena_print(arena, "%s%s", stem, endings[i]);
        if (file_exists(file))
            return file;
    }
    return fallback;
}

static bool
takes(const struct command *command, enum option option)
{
    for (const enum option *one = command->options; *one != OPTION_COUNT; one++)
        if (*one == option)
            return true;
    return false;
}

/* `file` is what the command is given. */
static const char *
command_of(const struct session *session, const char *command, const char *middle, const char *file,
           struct arena *arena)
{
    static const enum option where[] = {OPTION_JOURNAL, OPTION_ENVIRONMENT, OPTION_ENDPOINT,
                                        OPTION_PROFILE};
    const char *first = arena_text(arena, command, strcspn(command, " "));
    const struct command *row = command_find(first);
    struct buffer line = {0};
    buffer_print(&line, "bursar %s", command);
    for (size_t i = 0; row && i < sizeof where / sizeof *where; i++) {
        const char *value = session->arguments->values[where[i]];
        if (value && takes(row, where[i]))
            buffer_print(&line, " %s %s", option_row(where[i])->name, next_word(value, arena));
    }
    buffer_print(&line, "%s%s %s", *middle ? " " : "", middle, next_word(file, arena));
    const char *text = arena_text(arena, line.bytes, line.size);
    buffer_close(&line);
    return text;
}

const char *
next_print(const struct session *session, const char *command, const char *middle,
           struct arena *arena)
{
    const char *first = arena_text(arena, command, strcspn(command, " "));
    return command_of(session, command, middle, file_of(session, first, !*middle, arena), arena);
}

static void
line_add(const char *command, struct buffer *out)
{
    buffer_text(out, "    ");
    text_escape(out, command, false);
    buffer_text(out, "\n");
}

void
next_add(const struct session *session, const char *command, const char *middle, struct buffer *out)
{
    struct arena arena = {0};
    line_add(next_print(session, command, middle, &arena), out);
    arena_close(&arena);
}

void
next_merge_add(const struct session *session, struct buffer *out)
{
    struct arena arena = {0};
    line_add(arena_print(&arena, "%s OTHER.journal.jsonl",
                         next_print(session, "journal merge", "", &arena)),
             out);
    arena_close(&arena);
}

void
next_say(const struct session *session, const char *command, const char *middle)
{
    struct arena arena = {0};
    say_command(next_print(session, command, middle, &arena));
    arena_close(&arena);
}

void
next_saved_say(const struct session *session, const char *path)
{
    struct arena arena = {0};
    say_command(command_of(session, "run", "", path, &arena));
    arena_close(&arena);
}

void
next_merge_say(const struct session *session, const char *other)
{
    struct arena arena = {0};
    say_command(arena_print(&arena, "%s %s", next_print(session, "journal merge", "", &arena),
                            next_word(other, &arena)));
    arena_close(&arena);
}

void
next_file_say(const char *command, const char *file)
{
    struct arena arena = {0};
    say_command(arena_print(&arena, "bursar %s %s", command, next_word(file, &arena)));
    arena_close(&arena);
}
