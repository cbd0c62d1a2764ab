/* Words on the terminal. What a person may pipe goes to standard output, everything else to
 * standard error. Whatever came from outside is escaped on its way. */
#ifndef CMD_SAY_H
#define CMD_SAY_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/stamp.h"
#include "core/ledger.h"

/* A line on standard error: "bursar: …". On a terminal it is broken between words. */
void say_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Stands on the last line of a terminal, into which it must fit, until something else is said; NULL
 * takes it away. Elsewhere nothing is said. */
void say_passing(const char *text);

/* What stands there stays, and whatever is said next goes below it. */
void say_passed(void);

/* A command to paste, on a line of its own on standard error, never broken. */
void say_command(const char *command);

/* A paragraph for standard output, on a terminal broken between words; `rest` stands before its
 * second line and all that follow. */
void say_paragraph(struct buffer *out, const char *rest, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A text as a person will read it, unbroken, each of its lines set in. */
void say_words(const char *words, const char *indent, struct buffer *out);

/* "2026-11-24 14:02 UTC" */
const char *say_moment(stamp_t at_ms, struct arena *arena);

/* "2026-11-24 14:02:11 UTC" */
const char *say_instant(stamp_t at_ms, struct arena *arena);

/* A moment with this machine's own time beside it, where that is another. */
const char *say_moment_here(stamp_t at_ms, struct arena *arena);

/* This machine's own time, by name and distance: "CET, UTC+01:00". */
const char *say_zone(stamp_t at_ms, struct arena *arena);

/* The ending that makes a word plural: "s", or nothing after the number one. */
const char *say_s(size_t number);

/* "bursar: error: …", with its place when it has one; gives the exit status of the error. */
enum status say_error(const struct error *err);

/* "file:line:column: error: …" (or `kind` in the place of "error") for each, on standard error. */
void say_problems(const struct problems *problems, const char *kind);

/* Writes a buffer to standard output and empties it; false (with err) when that fails. */
bool say_out(struct buffer *out, struct error *err);

/* Adds a line for standard output, its end included; what steers a terminal is escaped. */
void say_line(struct buffer *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "3 actions, 7.35 with fees": what a run held back. */
const char *say_waiting(const struct run_note *run, struct arena *arena);

#endif
