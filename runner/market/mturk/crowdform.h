/* The work of a crowd-form: Amazon puts all of it, as JSON, into one field. `[{"country":"FR",
 * "sentiment":{"label":"good"}}]` becomes the fields `taskAnswers.country` and
 * `taskAnswers.sentiment.label`. */
#ifndef MARKET_MTURK_CROWDFORM_H
#define MARKET_MTURK_CROWDFORM_H

#include "market/mturk/fieldlist.h"

#define MTURK_CROWDFORM_FIELD "taskAnswers"

enum {
    CROWDFORM_DEPTH_MAX = 16,
    CROWDFORM_VALUES_MAX = 1000, /* those that hold others included */
    CROWDFORM_PATH_BYTES_MAX = 1000,
};

/* NULL; or, in words, why what plainly is such JSON cannot be read to the end: then nothing of it
 * is known, and nothing was added. A text that is no JSON is an answer like any other.
 *
 * Adds a field for every value inside of the JSON: by name in an object, by number from 0 in an
 * array, except that the array around one answer is left out. Texts lose white space at their ends;
 * null is empty. Adds nothing when that cannot be done to the end: it is no JSON, a name or a path
 * stands twice, or it is beyond one of the bounds. */
const char *mturk_crowdform_read(const char *json, struct fieldlist *fields);

#endif
