/* Whether a call's input has the shape its operation takes: the check every AWS service makes
 * before it looks at what the input means. */
#ifndef SIM_SHAPE_H
#define SIM_SHAPE_H

#include <jansson.h>
#include <stdbool.h>

#include "base/arena.h"
#include "sim/call.h"

enum member_kind {
    MEMBER_TEXT,
    MEMBER_ENTITY,     /* 1 to 64 of capitals and digits */
    MEMBER_WORKER,     /* the same, beginning with A */
    MEMBER_AMOUNT,     /* dollars in a string */
    MEMBER_TOKEN,      /* 1 to 64 characters */
    MEMBER_PAGE_TOKEN, /* 1 to 255 characters */
    MEMBER_PAGE_SIZE,  /* 1 to 100 */
    MEMBER_INTEGER,
    MEMBER_FLAG,
    MEMBER_TIME,    /* seconds since the epoch, or a text that tells a time */
    MEMBER_CHOICE,  /* one of the choices */
    MEMBER_CHOICES, /* a list of them */
    MEMBER_WORKERS, /* a list of workers' ids */
};

struct member {
    const char *name;
    enum member_kind kind;
    bool required;
    const char *const *choices; /* ends with NULL */
};

/* False after the answer was made: SerializationException for a wrong JSON type,
 * ValidationException with every broken constraint otherwise. A member the operation does not
 * know is a ValidationException too; here the simulator is stricter than Amazon, which ignores
 * it, because an ignored member is a misspelt one. */
bool shape_check(json_t *input, const struct member *members, struct response *response,
                 struct arena *arena);

/* A time in any form AWS takes: a number, or text with a number or an ISO 8601 time. */
bool shape_time(const json_t *value, int64_t *at_ms);

#endif
