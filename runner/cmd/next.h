/* The command that comes next, with the names of this campaign filled in, ready to paste. */
#ifndef CMD_NEXT_H
#define CMD_NEXT_H

#include "cmd/session.h"

/* "bursar run c.yaml", with the options of this command line that say where things are (--journal,
 * --environment, --endpoint, --profile) when that command takes them. `middle` stands before the
 * file; "" for nothing. */
const char *next_command(const struct session *session, const char *command, const char *middle,
                         struct arena *arena);

/* "STEP" or any other word as a shell takes it: in quotes when it needs them. */
const char *next_word(const char *word, struct arena *arena);

/* The command that joins the records of another copy of this campaign's journal into this one. */
const char *next_merge(const struct session *session, struct arena *arena);

/* The command on a line of its own on standard error, unbroken. */
void next_say(const struct session *session, const char *command, const char *middle);

#endif
