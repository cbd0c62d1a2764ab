/* The reference of campaign files, for people: every key with what it takes, what it is for and an
 * example. `schema/campaign.md` is its committed output. */
#ifndef CODEC_REFERENCE_H
#define CODEC_REFERENCE_H

#include "base/buffer.h"
#include "codec/fields.h"

struct lookup_row {
    const char *name; /* "${{ worker }}" */
    const char *help;
};

/* What can be looked up; a row without a name ends the table. */
extern const struct lookup_row lookup_rows[];

/* All of it, as Markdown. */
void reference_encode(struct buffer *out);

/* Where the keys of a group stand: "in 'where' or 'where' of a step". */
void reference_place(enum group group, struct buffer *out);

/* A key as it would be written, with its example: "amount: 0.75", a line for each way there is.
 * Where the name stands for many, one of them. */
void reference_example(const struct field *field, const char *indent, struct buffer *out);

/* "Needed.", "One of hits, assignments and workers is needed.", "Only beside csv.", "Without it:
 * assignment.", or nothing. */
void reference_need(enum group group, const struct field *field, struct buffer *out);

#endif
