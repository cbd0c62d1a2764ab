/* The work of a crowd-form: Amazon puts all of it, as JSON, into one field, in its answers as in
 * its tables of results. `[{"country":"FR","sentiment":{"label":"good"}}]` becomes the values
 * `taskAnswers.country` and `taskAnswers.sentiment.label`. */
#ifndef BASE_CROWDFORM_H
#define BASE_CROWDFORM_H

#include "base/index.h"

#define CROWDFORM_FIELD "taskAnswers"

enum {
    CROWDFORM_DEPTH_MAX = 16,
    CROWDFORM_VALUES_MAX = 1000, /* those that hold others included */
    CROWDFORM_PATH_BYTES_MAX = 1000,
};

struct crowdform_value {
    const char *name;
    const char *text;
};

struct crowdform {
    struct crowdform_value *values; /* in order, each name once; in the arena */
    size_t count;
    size_t capacity;
    size_t seen;
    struct index names;
};

/* NULL; or, in words, why what plainly is such JSON cannot be read to the end: then nothing of it
 * is known, and there are no values. A text that is no JSON is an answer like any other, and has
 * none either.
 *
 * A value for everything inside of the JSON: by name in an object, by number from 0 in an array,
 * except that the array around one answer is left out. Texts lose white space at their ends; null
 * is empty. It is not read when a name or a path stands twice, or beyond one of the bounds. */
const char *crowdform_read(const char *json, struct arena *arena, struct crowdform *form);

#endif
