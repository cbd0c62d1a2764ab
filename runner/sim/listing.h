/* Lists, a page at a time. A page has 10 items unless MaxResults says otherwise; the token of the
 * next page is opaque, holds for this list with these filters only, and a made-up one is refused.
 * A list may change between two pages: a page continues behind the last item looked at, so that
 * nothing is shown twice. */
#ifndef SIM_LISTING_H
#define SIM_LISTING_H

#include "sim/desk.h"

struct listing {
    const char *member; /* of the output that holds the items */
    const void *of;     /* for the two functions */
    size_t count;       /* items before the filter */
    bool (*shows)(const struct desk *desk, const void *of, size_t at); /* NULL: all */
    json_t *(*item)(const struct desk *desk, const void *of, size_t at);
};

/* The output, or NULL after the refusal of a token. */
json_t *listing_answer(struct desk *desk, const struct listing *listing);

#endif
