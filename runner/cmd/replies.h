/* What workers filled in, beside their rows: one column for every field that anybody has in CSV, an
 * object in JSON. */
#ifndef CMD_REPLIES_H
#define CMD_REPLIES_H

#include "base/buffer.h"
#include "core/roster.h"

/* The columns: every name once, in the order in which they come up. */
struct replies {
    const char **names;
    size_t count, capacity;
    struct index by_name;
    const char **row; /* the values of the row that is being written, by column */
    bool to_terminal; /* what could steer or disguise what is seen there is escaped */
};

/* Notes the fields of one who will have a row. All are noted before the first is written. */
void replies_note(struct replies *replies, const struct assignment *one, struct arena *arena);

/* ",Answer.NAME" for each column. */
void replies_heads(const struct replies *replies, struct buffer *out);

/* ",VALUE" for each column, empty where there is none. */
void replies_cells(struct replies *replies, const struct assignment *one, struct buffer *out);

/* {"NAME": "VALUE"}, or null when the answers could not be read. */
void replies_object(const struct assignment *one, struct buffer *out);

#endif
