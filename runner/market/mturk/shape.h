/* The shape that the answer to each question must have, and what of it the house wants to know. */
#ifndef MARKET_MTURK_SHAPE_H
#define MARKET_MTURK_SHAPE_H

#include <jansson.h>

#include "market/market.h"

/* Fills what belongs to the kind. NULL when the answer has the shape it needs; else says what is
 * wrong with it, and `answer` may be half filled. Texts are copied into the arena. */
const char *mturk_shape_read(enum ask_kind kind, const json_t *body, struct answer *answer,
                             struct arena *arena);

#endif
