/* The command line: one table of options, one of commands. Both are also what `help` prints. */
#ifndef CMD_OPTIONS_H
#define CMD_OPTIONS_H

#include "base/error.h"

enum option {
    OPTION_ALL,
    OPTION_ANSWERS,
    OPTION_BEFORE,
    OPTION_BOOK,
    OPTION_CONCURRENCY,
    OPTION_CSV,
    OPTION_DETAILED_EXITCODE,
    OPTION_DONE,
    OPTION_ENDPOINT,
    OPTION_ENVIRONMENT,
    OPTION_FAULTS,
    OPTION_FIRST,
    OPTION_FROM,
    OPTION_IDS,
    OPTION_JOURNAL,
    OPTION_JSON,
    OPTION_KEEP,
    OPTION_KEEP_FOLDER,
    OPTION_MARKDOWN,
    OPTION_MARKDOWN_PAGE,
    OPTION_NOT_DONE,
    OPTION_OUTPUT,
    OPTION_OUTPUT_CAMPAIGN,
    OPTION_OUTPUT_COPY,
    OPTION_OUTPUT_REPORT,
    OPTION_PORT,
    OPTION_PORT_FILE,
    OPTION_PROFILE,
    OPTION_QUIET,
    OPTION_RATE,
    OPTION_REJECT_AND_BLOCK,
    OPTION_RETRY_REFUSED,
    OPTION_SEED,
    OPTION_SHOW_IDS,
    OPTION_STEP,
    OPTION_TO,
    OPTION_TRACK_JOURNAL,
    OPTION_WAIVE,
    OPTION_WORKER,
    OPTION_WORLD,
    OPTION_YES,
    OPTION_YES_ERASE,
    OPTION_COUNT, /* how many there are; ends a list of them */
};

struct option_row {
    const char *name;    /* "--journal" */
    const char *letter;  /* "-o", or NULL */
    const char *value;   /* "PATH": what it takes, NULL for a switch */
    const char *summary; /* one line */
};

const struct option_row *option_row(enum option option);

struct command;

/* A command line, read. */
struct arguments {
    const struct command *command;
    const char *values[OPTION_COUNT]; /* "" for a switch that is on; NULL when not given */
    const char **words;               /* what is not an option */
    size_t word_count;
};

struct command {
    const char *name;
    const char *words; /* "FILE…": what it takes besides options */
    size_t words_least, words_most;
    const char *summary;
    const char *details;        /* paragraphs for `help NAME` */
    const enum option *options; /* ends with OPTION_COUNT */
    enum status (*perform)(const struct arguments *arguments);
    const char *example; /* works as typed beside the folder campaigns/ */
};

/* All commands in the order in which help shows them; a row without a name ends the table. */
extern const struct command commands[];

const struct command *command_find(const char *name);

/* Reads what follows the command's name. Fails with STATUS_USAGE, naming what is near. */
bool arguments_read(const struct command *command, char **texts, size_t count,
                    struct arguments *arguments, struct arena *arena, struct error *err);

/* The command's option that a text names in its first bytes, those before an '='. One name may mean
 * different things to different commands. */
bool option_find(const struct command *command, const char *text, size_t size_bytes,
                 enum option *option);

bool option_is_set(const struct arguments *arguments, enum option option);

/* The person that --worker names, NULL without it; false when that is no worker's ID. */
bool option_worker(const struct arguments *arguments, const char **worker, struct error *err);

/* An option's value as a whole number between bounds; `fallback` when it is not given. */
bool option_number(const struct arguments *arguments, enum option option, unsigned long least,
                   unsigned long most, unsigned long fallback, unsigned long *number,
                   struct error *err);

#endif
