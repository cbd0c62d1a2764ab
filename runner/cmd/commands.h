/* The functions behind the table of commands; each gives the exit status. */
#ifndef CMD_COMMANDS_H
#define CMD_COMMANDS_H

#include "cmd/options.h"

enum status cmd_check(const struct arguments *arguments);
enum status cmd_workers(const struct arguments *arguments);
enum status cmd_plan(const struct arguments *arguments);
enum status cmd_run(const struct arguments *arguments);
enum status cmd_status(const struct arguments *arguments);
enum status cmd_report(const struct arguments *arguments);
enum status cmd_resolve(const struct arguments *arguments);
enum status cmd_balance(const struct arguments *arguments);
enum status cmd_rehearse(const struct arguments *arguments);
enum status cmd_simulate(const struct arguments *arguments);
enum status cmd_journal(const struct arguments *arguments);
enum status cmd_init(const struct arguments *arguments);
enum status cmd_schema(const struct arguments *arguments);
enum status cmd_completion(const struct arguments *arguments);
enum status cmd_help(const struct arguments *arguments);

/* What `bursar --version` prints. */
enum status version_say(void);

/* The verbs of `journal` and the shells of `completion`, by number; NULL behind the last. */
const char *journal_verb(size_t at);
const char *completion_shell(size_t at);

/* False for an option of `journal` that belongs to other verbs than this one. */
bool journal_takes(const char *verb, enum option option);

/* The front door: finds the command, reads its arguments, runs it. */
enum status cmd_perform(int argc, char **argv);

#endif
