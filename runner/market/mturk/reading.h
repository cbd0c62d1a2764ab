/* Single values out of a JSON answer, each checked on the way. Strict where a wrong reading could
 * cost money (ids, amounts, times), lenient where the service has been seen to differ (absent
 * optionals, the forms of a time). The first trouble is kept, so that a reader may take all its
 * members and look once at the end. */
#ifndef MARKET_MTURK_READING_H
#define MARKET_MTURK_READING_H

#include <jansson.h>

#include "market/market.h"

struct reading {
    struct arena *arena; /* where texts are copied */
    const char *list;    /* the list we are in, for the words; NULL outside of one */
    size_t row;          /* the row of it, from 0 */
    const char *trouble; /* what was wrong first, in words; NULL: nothing so far */
};

/* One JSON value and nothing behind it; NULL when it is anything else. No name twice, no NUL in
 * texts, strict UTF-8, integers of 64 bits, at most 2048 levels (jansson's own bound). The caller
 * releases it. */
json_t *mturk_json_load(const char *bytes, size_t size_bytes);

/* Notes that the member `name` has trouble `what`, unless something was wrong before. */
void reading_complain(struct reading *reading, const char *name, const char *what);

/* A member, or NULL; null is absent, as for the SDKs. */
const json_t *reading_member(const json_t *object, const char *name);

/* A text that may be absent: then `otherwise`. */
const char *reading_text(struct reading *reading, const json_t *object, const char *name,
                         const char *otherwise);

/* Members that must be there. A text; an id; a worker id; an amount, which is a text on this wire;
 * an amount that one worker gets, under a million dollars; a whole number of at least `least` that
 * fits an int; a time. */
const char *reading_needed(struct reading *reading, const json_t *object, const char *name);
const char *reading_id(struct reading *reading, const json_t *object, const char *name);
const char *reading_worker(struct reading *reading, const json_t *object, const char *name);
cents_t reading_amount(struct reading *reading, const json_t *object, const char *name);
cents_t reading_price(struct reading *reading, const json_t *object, const char *name);
int reading_integer(struct reading *reading, const json_t *object, const char *name, int least);
stamp_t reading_time(struct reading *reading, const json_t *object, const char *name);

/* ISO 8601 with "Z" or an offset ("+01:00", "-0700"), with or without a fraction. */
bool mturk_time_read(const char *text, stamp_t *at_ms);

#endif
