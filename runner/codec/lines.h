/* The lines of a list: a text file with one thing a line. What follows a # at the beginning of a
 * line or behind a blank is a comment; lines with nothing else are left out. */
#ifndef CODEC_LINES_H
#define CODEC_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

struct lines {
    const char *bytes;
    size_t size_bytes, at;
    struct where where; /* of the line at `at` */
};

struct lines lines_begin(const char *path, const char *bytes, size_t size_bytes);

/* The next line that says something, without white space at its ends and made in the arena, and
 * where its first character stands. False behind the last one. */
bool lines_next(struct lines *lines, const char **text, struct where *where, struct arena *arena);

#endif
