/* Colour, where a terminal shows it. It only repeats what the words say: nothing is told by colour
 * alone. None with --no-color, with NO_COLOR (no-color.org) in the environment, and on a terminal
 * that says it is dumb. */
#ifndef CMD_PAINT_H
#define CMD_PAINT_H

#include <stdbool.h>

#include "base/buffer.h"

enum paint {
    PAINT_NONE,
    PAINT_STRONG, /* heads, sums, commands to type */
    PAINT_FAINT,
    PAINT_GOOD,
    PAINT_DOUBT,   /* warnings, what is not known */
    PAINT_TROUBLE, /* errors, refusals */
};

/* `--no-color`: from here on nothing is painted. */
void paint_refuse(void);

/* Whether what is written to a descriptor (standard output or error) is painted. */
bool paint_shows(int descriptor);

/* Whether a line on that descriptor can be written over. */
bool paint_moves(int descriptor);

/* What switches a paint on, and all paint off; "" where nothing is painted. */
const char *paint_on(enum paint paint, int descriptor);
const char *paint_off(int descriptor);

/* Adds a text in paint. The text goes in as it is. */
void paint_add(struct buffer *out, enum paint paint, int descriptor, const char *text);

#endif
