/* The person at the keyboard, and the process they started: terminal, answers, signals. */
#ifndef IO_PERSON_H
#define IO_PERSON_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"

/* Once, first thing: what is written is for the owner only (umask 077), no core dump can hold a
 * key, a file that may not grow is an error and not the end of the process (SIGXFSZ), and the
 * first three descriptors are open, so that no journal can ever be taken for stderr. */
void person_prepare(void);

/* No core dumps, and no reading of our memory by other processes of the user. */
void person_no_cores(void);

bool person_is_terminal(int descriptor);

/* Columns of the terminal that stdout or stderr is; 80 when neither is one. */
unsigned person_width(void);

/* Adds one line from stdin without its end. False at the end of input, on a line of more than
 * 64 KiB, and when a signal asked us to stop. Never reads past the line. */
bool person_line(struct buffer *line);

/* From now on the first SIGINT, SIGTERM or SIGHUP is only noted and makes *wake_descriptor
 * readable, so that what is in flight can be waited for; the second leaves at once with exit code
 * 130. A SIGHUP is never taken for the second: a terminal that closes may send it twice. A signal
 * that was ignored at our start (nohup) stays ignored. */
bool person_catch_signals(int *wake_descriptor, struct error *err);

/* How many of them came. */
unsigned person_interrupts(void);

/* "user@host", for the record of who ran what. */
const char *person_name(struct arena *arena);

#endif
