/* The readers behind the field table, one a type of value: from the node of the file to the member
 * at `at`. Each notes what is wrong and returns false then. */
#ifndef CODEC_TAKE_H
#define CODEC_TAKE_H

#include "codec/decode.h"

typedef bool take(struct decoding *d, const struct field *field, const struct node *node, void *at);

/* Lists of single values, and maps of them. */
take take_statuses, take_needs, take_labels, take_tasks, take_met;

/* Conditions; `at` is the filter. */
take take_moment, take_values, take_tables;

/* Workers by name: the campaign's own roster, and those of a condition. */
take take_roster, take_people;

/* Tables, and what their rows are found by. */
take take_data, take_key;

/* The node's items, or the node itself as the only one. */
struct node take_as_list(const struct node *node, struct pair *single);

/* True, and noted, when the item stands in the list before `at` already. */
bool take_is_twice(struct decoding *d, const struct field *field, const struct node *item,
                   const char *text, struct index *seen);

#endif
