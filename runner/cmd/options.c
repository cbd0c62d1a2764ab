#include "cmd/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const struct option_row rows[OPTION_COUNT] = {
    [OPTION_ALL] = {"--all", NULL, NULL, "everyone, also those whom 'where' leaves out"},
    [OPTION_ANSWERS] = {"--answers", NULL, NULL,
                        "what they filled in as well (with --csv or --json)"},
    [OPTION_BEFORE] = {"--before", NULL, "DATE",
                       "erase: everybody, in what was settled before that day (UTC)"},
    [OPTION_BOOK] = {"--book", NULL, "FILE",
                     "write the marketplace's own book there, line by line"},
    [OPTION_CONCURRENCY] = {"--concurrency", NULL, "N",
                            "calls under way at once, at most: 1 to 256 (64)"},
    [OPTION_CSV] = {"--csv", NULL, NULL, "comma-separated, with a header line"},
    [OPTION_DETAILED_EXITCODE] = {"--detailed-exitcode", NULL, NULL,
                                  "exit 2 when there is something to do, 0 when not"},
    [OPTION_DONE] = {"--done", NULL, "T", "it happened, says the operator"},
    [OPTION_ENDPOINT] = {"--endpoint", NULL, "URL",
                         "the marketplace's address: https, or http on this machine"},
    [OPTION_ENVIRONMENT] = {"--environment", NULL, "NAME",
                            "production or sandbox, for a file that names none"},
    [OPTION_FAULTS] = {"--faults", NULL, "FILE", "misbehave as that table says"},
    [OPTION_FIRST] = {"--first", NULL, "N",
                      "only the first N workers whom the campaign selects, done or not"},
    [OPTION_FROM] = {"--from", NULL, "DATE", "from that day on, UTC: 2026-11-01"},
    [OPTION_IDS] = {"--ids", NULL, NULL, "worker IDs only, each once"},
    [OPTION_JOURNAL] = {"--journal", NULL, "PATH", "the journal, when it is not beside the file"},
    [OPTION_JSON] = {"--json", NULL, NULL, "one JSON value on standard output, nothing else"},
    [OPTION_KEEP] = {"--keep", NULL, "T", "what was done stands, though the file now differs"},
    [OPTION_KEEP_FOLDER] = {"--keep", NULL, "FOLDER", "leave journal, world and book there"},
    [OPTION_MARKDOWN] = {"--markdown", NULL, NULL, "as Markdown, which names nobody"},
    [OPTION_MARKDOWN_PAGE] = {"--markdown", NULL, NULL, "the whole reference, as Markdown"},
    [OPTION_NOT_DONE] = {"--not-done", NULL, "T",
                         "it did not happen, and may be sent; or what looks like it is not it"},
    [OPTION_OUTPUT] = {"--output", "-o", "FILE", "save the plan as JSON"},
    [OPTION_OUTPUT_CAMPAIGN] = {"--output", "-o", "FILE", "the campaign to write (campaign.yaml)"},
    [OPTION_OUTPUT_COPY] = {"--output", "-o", "FILE", "redact: the copy to write"},
    [OPTION_OUTPUT_REPORT] = {"--output", "-o", "R.html",
                              "write the page there; to R.csv, the table"},
    [OPTION_PORT] = {"--port", NULL, "N", "the port; 0, the default, takes a free one"},
    [OPTION_PORT_FILE] = {"--port-file", NULL, "FILE", "write the port there once it listens"},
    [OPTION_PROFILE] = {"--profile", NULL, "NAME", "the AWS profile whose keys are used"},
    [OPTION_QUIET] = {"--quiet", NULL, NULL, "no progress"},
    [OPTION_RATE] = {"--rate", NULL, "N",
                     "calls a second, at most (as many as the service allows)"},
    [OPTION_REJECT_AND_BLOCK] = {"--reject-and-block", NULL, "N",
                                 "the campaign's number of rejections and blocks, agreed to"},
    [OPTION_RETRY_REFUSED] = {"--retry-refused", NULL, NULL,
                              "try again what the marketplace refused before"},
    [OPTION_SEED] = {"--seed", NULL, "N", "what chance begins with (1)"},
    [OPTION_SHOW_IDS] = {"--show-ids", NULL, NULL,
                         "show workers' IDs also where the output is no terminal"},
    [OPTION_STEP] = {"--step", NULL, "ID", "only this step"},
    [OPTION_TO] = {"--to", NULL, "DATE", "up to that day, which is included, UTC: 2026-11-30"},
    [OPTION_TRACK_JOURNAL] = {"--track-journal", NULL, NULL,
                              "the journal is committed too, in a private repository"},
    [OPTION_WAIVE] = {"--waive", NULL, "T", "the refusal is accepted"},
    [OPTION_WORKER] = {"--worker", NULL, "ID", "this person only"},
    [OPTION_WORLD] = {"--world", NULL, "FILE", "the pretended marketplace"},
    [OPTION_YES] = {"--yes", NULL, NULL, "do not ask (in production: needs limits.total)"},
    [OPTION_YES_ERASE] = {"--yes", NULL, NULL, "erase: do not ask"},
};

const struct option_row *
option_row(enum option option)
{
    return &rows[option];
}

const struct command *
command_find(const char *name)
{
    for (const struct command *command = commands; command->name; command++)
        if (text_same(command->name, name))
            return command;
    return NULL;
}

bool
option_is_set(const struct arguments *arguments, enum option option)
{
    return arguments->values[option] != NULL;
}

static bool
usage(struct error *err, const struct command *command, const char *what, const char *word)
{
    return error_end(err, STATUS_USAGE, "%s '%s'. See 'bursar help %s'", what, word, command->name);
}

bool
option_find(const struct command *command, const char *text, size_t size, enum option *option)
{
    for (const enum option *one = command->options; *one != OPTION_COUNT; one++) {
        const char *names[] = {rows[*one].name, rows[*one].letter};
        for (size_t i = 0; i < 2; i++)
            if (names[i] && strlen(names[i]) == size && memcmp(names[i], text, size) == 0) {
                *option = *one;
                return true;
            }
    }
    return false;
}

static bool
option_unknown(const struct command *command, const char *text, struct error *err)
{
    const char *names[OPTION_COUNT];
    size_t count = 0;
    for (const enum option *one = command->options; *one != OPTION_COUNT; one++)
        names[count++] = rows[*one].name;
    char name[64]; /* without its value */
    snprintf(name, sizeof name, "%.*s", (int)strcspn(text, "="), text);
    const char *nearest = text_nearest(name, names, count);
    if (nearest)
        return error_end(err, STATUS_USAGE, "'%s' takes no option '%s', did you mean '%s'?",
                         command->name, name, nearest);
    return error_end(err, STATUS_USAGE, "'%s' takes no option '%s'. See 'bursar help %s'",
                     command->name, name, command->name);
}

static bool
option_take(struct arguments *arguments, char **texts, size_t count, size_t *at, struct error *err)
{
    const struct command *command = arguments->command;
    const char *text = texts[*at], *equals = strchr(text, '=');
    size_t size = equals ? (size_t)(equals - text) : strlen(text);
    enum option option;
    if (!option_find(command, text, size, &option))
        return option_unknown(command, text, err);
    const struct option_row *row = &rows[option];
    if (arguments->values[option])
        return usage(err, command, "given twice:", row->name);
    if (!row->value) {
        if (equals)
            return usage(err, command, "takes no value:", row->name);
        arguments->values[option] = "";
        return true;
    }
    if (equals)
        arguments->values[option] = equals + 1;
    else if (*at + 1 < count)
        arguments->values[option] = texts[++*at];
    if (!arguments->values[option] || !arguments->values[option][0])
        return error_end(err, STATUS_USAGE, "%s takes a value: %s %s", row->name, row->name,
                         row->value);
    return true;
}

bool
arguments_read(const struct command *command, char **texts, size_t count,
               struct arguments *arguments, struct arena *arena, struct error *err)
{
    *arguments = (struct arguments){.command = command};
    arguments->words = arena_alloc(arena, (count + 1) * sizeof *arguments->words);
    bool only_words = false;
    for (size_t at = 0; at < count; at++) {
        if (!only_words && text_same(texts[at], "--"))
            only_words = true;
        else if (only_words || texts[at][0] != '-' || texts[at][1] == '\0')
            arguments->words[arguments->word_count++] = texts[at];
        else if (!option_take(arguments, texts, count, &at, err))
            return false;
    }
    if (arguments->word_count < command->words_least)
        return error_end(err, STATUS_USAGE, "usage: bursar %s %s", command->name, command->words);
    if (arguments->word_count > command->words_most)
        return usage(err, command, "one word too many:", arguments->words[command->words_most]);
    return true;
}

bool
option_worker(const struct arguments *arguments, const char **worker, struct error *err)
{
    *worker = arguments->values[OPTION_WORKER];
    return !*worker || text_is_worker(*worker) ||
           error_end(err, STATUS_USAGE,
                     "'%s' is not a worker ID (A and capital letters and digits)", *worker);
}

bool
option_number(const struct arguments *arguments, enum option option, unsigned long least,
              unsigned long most, unsigned long fallback, unsigned long *number, struct error *err)
{
    const char *text = arguments->values[option];
    *number = fallback;
    if (!text)
        return true;
    char *end;
    size_t digits = strspn(text, "0123456789");
    *number = strtoul(text, &end, 10);
    if (digits && digits < 12 && !*end && *number >= least && *number <= most)
        return true;
    return error_end(err, STATUS_USAGE, "%s takes a whole number from %lu to %lu; it has '%s'",
                     rows[option].name, least, most, text);
}
