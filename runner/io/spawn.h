/* Starts a program and reads what it prints: for people who keep their keys behind a command
 * (credential_process). Never a shell. */
#ifndef IO_SPAWN_H
#define IO_SPAWN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"

/* Runs argv[0] (looked up in PATH) and adds what it prints on stdout to `out`. Its stdin is
 * /dev/null, its stderr ours, all other descriptors are closed. True when it ran to its end:
 * *exit_code is its own, or 128 plus the signal that ended it. False when it could not be started,
 * took longer than timeout_ms or printed more than limit_bytes; it is killed then. What it printed
 * may be a secret: the caller wipes `out`. */
bool spawn_read(char *const argv[], int timeout_ms, size_t limit_bytes, struct buffer *out,
                int *exit_code, struct error *err);

/* Splits a command line into words as a POSIX shell would (Shell Command Language 2.2: blanks,
 * '…', "…", \); expands nothing, so $, *, ~, | and ; are ordinary. argv ends with NULL. */
bool spawn_split(const char *command, struct arena *arena, char ***argv, struct error *err);

#endif
