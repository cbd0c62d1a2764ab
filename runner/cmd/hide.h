/* Who may be named where. What goes to a terminal shows people's ids; a log, a file or a pipe that
 * others may read does not, unless --show-ids was given. JSON and CSV are data and are not words.
 */
#ifndef CMD_HIDE_H
#define CMD_HIDE_H

#include "cmd/session.h"

/* In the place of a descriptor: what is shown may go anywhere, so no terminal makes a difference. */
enum { HIDE_ANYWHERE = -1 };

/* Whether a word (of capital letters and digits) may not be shown. */
typedef bool hidden_word(void *self, const char *word, size_t size);

/* The text with such words of it replaced by "…". */
const char *hide_words(const char *text, hidden_word *is_hidden, void *self, struct arena *arena);

/* Whether ids may be shown on that descriptor. */
bool hide_nothing(const struct arguments *arguments, int descriptor);

/* The text with the ids of workers and assignments that roster and journal know replaced by "…",
 * where they may not be shown. Others' words (a refusal's) may hold them too. */
const char *hide_people(struct session *session, int descriptor, const char *text,
                        struct arena *arena);

#endif
