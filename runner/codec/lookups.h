/* Texts with lookups in them, into templates. A lookup is written ${{ NAME }} and names a value:
 * worker, assignment, task, campaign, answer.FIELD, TABLE.COLUMN, paid.STEP. Everything else is
 * literal; what plainly was meant as a lookup and is written otherwise is noted. */
#ifndef CODEC_LOOKUPS_H
#define CODEC_LOOKUPS_H

#include "codec/value.h"
#include "core/template.h"

/* The template of a text, trimmed at its ends; NULL when nothing is looked up, or something in it
 * is wrong, which was noted. `field` is the row it belongs to, `source` where it stands. Lookups of
 * what a step paid are settled when the steps are known. */
struct template *lookups_read(struct decoding *d, const struct field *field,
                              const struct source *source, const char *text);

/* The same for a value that is one lookup of a column or an answer and nothing else; a column takes
 * what `takes` says from then on. */
struct template *lookups_read_value(struct decoding *d, const struct field *field,
                                    const struct source *source, const char *text,
                                    enum column_takes takes);

/* Finds the steps whose payments the template of step `at` looks up. */
void lookups_settle(struct decoding *d, const struct template *template, size_t at);

/* Characters outside lookups. */
size_t lookups_literal_length(const char *text);

/* One lookup by its name, without the marks; the piece has its place. False when it was refused. */
bool lookup_read(struct decoding *d, const char *name, struct piece *piece);

/* True for a name that a lookup can have, as far as its beginning says. */
bool lookup_is_known(const struct decoding *d, const char *name);

/* The table of that name, or `dataset_none`, which was noted at `where`: "no table 'scors' in
 * 'data', did you mean 'scores'?" */
size_t lookups_table(struct decoding *d, const char *name, struct where where);

/* The source of a node of the campaign file. */
struct source node_source(const struct decoding *d, const struct node *node);

#endif
