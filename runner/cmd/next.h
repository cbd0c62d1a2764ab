/* The command that comes next, with the names of this campaign filled in, ready to paste. */
#ifndef CMD_NEXT_H
#define CMD_NEXT_H

#include "cmd/session.h"

/* "STEP" or any other word as a shell takes it: in quotes when it needs them. */
const char *next_word(const char *word, struct arena *arena);

/* "bursar run c.yaml" on a line of its own, unbroken, for standard output; with the options of this
 * command line that say where things are (--journal, --environment, --endpoint, --profile) when
 * that command takes them. `middle` stands before the file; "" for nothing. */
void next_add(const struct session *session, const char *command, const char *middle,
              struct buffer *out);

/* The same on standard error. */
void next_say(const struct session *session, const char *command, const char *middle);

/* On standard error: that command for this very file, whatever it holds. */
void next_file_say(const char *command, const char *file);

/* The command alone, for whoever shows it elsewhere. */
const char *next_print(const struct session *session, const char *command, const char *middle,
                       struct arena *arena);

/* On standard error: the command that carries out the plan saved at `path`. */
void next_saved_say(const struct session *session, const char *path);

/* For standard output: the command that joins the records of another copy of this campaign's
 * journal into this one. */
void next_merge_add(const struct session *session, struct buffer *out);

/* On standard error, with that other journal filled in. */
void next_merge_say(const struct session *session, const char *other);

#endif
