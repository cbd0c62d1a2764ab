/* A map of a campaign file into the struct it fills, by the rows of its group. */
#ifndef CODEC_DECODE_H
#define CODEC_DECODE_H

#include "base/tree.h"
#include "codec/fields.h"
#include "codec/value.h"

/* Fills `object`, the struct of the group, and notes unknown, missing and unfit fields. `outer` is
 * the group in whose map this one stands. Fields that are absent get what the table says. */
void decode_map(struct decoding *d, enum group group, enum group outer, const struct node *map,
                void *object);

/* How a message calls the group's map: bonus, or the table's own name; NULL is the file. */
const char *map_name(const struct decoding *d, enum group group);

/* One value into the member at `at`. False when it did not fit, which was noted. */
bool field_take(struct decoding *d, const struct field *field, const struct node *node, void *at);

/* The steps' list; and, when everything was read, what can only be judged then: ids, needs,
 * amounts above limits, a step's where against the campaign's. */
bool steps_decode(struct decoding *d, const struct field *field, const struct node *list);
/* A key of the step number `step` as it stands in the file, or NULL. */
const struct node *step_node(const struct decoding *d, size_t step, const char *key);
void step_id_check(struct decoding *d, size_t at);
void step_needs_check(struct decoding *d, size_t at);
void steps_check(struct decoding *d);

/* What a campaign cannot ask for that has workers and none of their work. */
void workless_check(struct decoding *d);
void workless_template_check(struct decoding *d, const struct template *template);

/* Says what is wrong with a key that the group does not have. `at` is its number among the map's
 * pairs. Gives the row that was probably meant, or NULL. */
const struct field *unknown_key(struct decoding *d, enum group group, enum group outer,
                                const struct node *map, size_t at);

/* "a, b and c": the group's keys; only its verbs when `verbs` is set. */
const char *group_keys(enum group group, bool verbs, struct arena *arena);

#endif
