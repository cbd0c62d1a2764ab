/* Where the actions stand in the bytes of a saved plan. A plan has as many as it has people, so
 * that they are read one after the other, and the rest of the plan as if it had none. */
#ifndef CODEC_PLANFILE_CUT_H
#define CODEC_PLANFILE_CUT_H

#include <stdbool.h>
#include <stddef.h>

struct planfile_cut {
    const char *begin; /* the bracket that opens the list of actions … */
    const char *end;   /* … and what follows the one that closes it */
};

/* Finds the list by its brackets and quotes alone; what stands between them is not judged. False
 * where there is no such list, or no end of it. */
bool planfile_cut_find(const char *bytes, size_t size_bytes, struct planfile_cut *cut);

/* What follows white space, as JSON has it; at most `end`. */
const char *planfile_cut_blanks(const char *at, const char *end);

#endif
