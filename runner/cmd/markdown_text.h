/* Texts from outside within Markdown as GitHub and GitLab read it: nothing in them can end a table,
 * a block or a list, load anything, or call upon anybody: @name, #12 and links are followed even
 * where they are escaped, and only left alone in code. */
#ifndef CMD_MARKDOWN_TEXT_H
#define CMD_MARKDOWN_TEXT_H

#include "base/buffer.h"

/* A name or a title: the whole of it in code. "–" for an empty one or NULL. */
void markdown_code(struct buffer *out, const char *text);

/* The same within a table, where `|` must be told from a cell's end. */
void markdown_cell(struct buffer *out, const char *text);

/* A sentence: words that could mean something are put in code, the others stand as they are. */
void markdown_prose(struct buffer *out, const char *text);

/* A block of its own, line by line, between fences that are longer than any in it. */
void markdown_block(struct buffer *out, const char *text);

#endif
