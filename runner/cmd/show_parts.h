/* Parts of a plan that is shown: who is selected and who is left out, what people will read, whom
 * it harms. Used by `show` and `markdown`. */
#ifndef CMD_SHOW_PARTS_H
#define CMD_SHOW_PARTS_H

#include "cmd/session.h"

/* How a line of a part is written: */
typedef void show_line(struct buffer *out, const char *text);

/* … for a terminal. */
void show_paragraph(struct buffer *out, const char *text);

/* A condition as a person would name it: "answer.colour", "in: codes". */
const char *show_condition(const struct campaign *campaign, const struct condition *condition,
                           struct arena *arena);

/* Whom the campaign selects, and whom its filter leaves out, by what does. */
void show_selection(const struct session *session, show_line *line, struct buffer *out);

/* Whom the steps leave out of those. */
void show_left_out_of_steps(const struct session *session, show_line *line, struct buffer *out);

/* The action of a step that will say most, or NULL when none says anything. */
const struct action *show_longest_find(const struct plan *plan, size_t step);

/* The words people will read: of a step that looks something up, the longest; where people may not
 * be named, the words as they are written. */
void show_words(const struct session *session, struct buffer *out);

/* How many are rejected and blocked. */
void show_harm(const struct session *session, struct buffer *out);

#endif
