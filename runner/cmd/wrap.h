/* Breaks texts at blanks, so that they fit a terminal. */
#ifndef CMD_WRAP_H
#define CMD_WRAP_H

#include "base/buffer.h"

/* Adds the text in lines of at most so many columns where its words allow it: `first` stands before
 * the first line, `rest` before the others, and the text's own line ends stay. A command in quotes
 * ('bursar …') is not broken, because people copy it. */
void wrap_add(struct buffer *out, const char *text, const char *first, const char *rest,
              size_t columns);

#endif
