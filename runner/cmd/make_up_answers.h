/* What the made-up people of a rehearsal answered: what the campaign asks of them, in its tables,
 * its conditions and its lookups. Used by `make_up` only. */
#ifndef CMD_MAKE_UP_ANSWERS_H
#define CMD_MAKE_UP_ANSWERS_H

#include "base/buffer.h"
#include "core/campaign.h"

/* Adds the answers of the person numbered so to an assignment of a world file,
 * `, answers: { "colour": "red" }`; nothing where the campaign asks for none. */
void make_up_answers(const struct campaign *campaign, size_t person, struct buffer *out,
                     struct arena *arena);

#endif
