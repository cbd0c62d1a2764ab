/* "3 done, 2 refused": numbers with their words, of which those that are zero are left out. */
#ifndef CMD_TALLY_H
#define CMD_TALLY_H

#include "base/arena.h"
#include "base/buffer.h"

struct tally {
    struct buffer text;
};

/* `many` stands after any number but one; it may be the same word. */
void tally_add(struct tally *tally, size_t number, const char *one, const char *many);

/* The whole, and the end of the tally; `nothing` when all were zero. */
const char *tally_end(struct tally *tally, const char *nothing, struct arena *arena);

#endif
