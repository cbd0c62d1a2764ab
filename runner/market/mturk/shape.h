/* The shape that the answer to each question must have, and what of it the house wants to know. */
#ifndef MARKET_MTURK_SHAPE_H
#define MARKET_MTURK_SHAPE_H

#include <jansson.h>

#include "market/market.h"

/* True when a yes needs no body, as for a write that has nothing to tell. */
bool mturk_shape_may_be_empty(enum ask_kind kind);

/* Fills what belongs to the kind. NULL when the answer has the shape it needs; else says what is
 * wrong with it, and `answer` may be half filled. Texts are copied into the arena. */
const char *mturk_shape_read(enum ask_kind kind, const json_t *body, struct answer *answer,
                             struct arena *arena);

#endif
