/* What may stand at a place of a command line that is not finished yet: for the shells' completion.
 *
 * Everything comes from what `help` prints: commands and options from their tables, and what they
 * take from the names that stand for it there ("FILE | PLAN.json", "--environment NAME"). A new
 * command or option needs nothing here, unless it takes what none has taken before. */
#ifndef CMD_PROPOSE_H
#define CMD_PROPOSE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"

/* The words behind the program's name; `at` is the one with the cursor, of which what stands before
 * the cursor is given. `at` may be `count`: a word that is not begun. */
struct line_so_far {
    const char *const *words;
    size_t count;
    size_t at;
};

/* Adds a line for each proposal, the word and what it is, with a tab between; only words that go on
 * from what is there. Paths are for the shell to find: ":files" and the endings of their names,
 * ":folders". Reads at most the campaign file that the line names, nothing that it names. */
void propose(const struct line_so_far *line, struct arena *arena, struct buffer *out);

#endif
