/* libyaml says what its grammar missed. What a person did to get there is another sentence; most
 * often a text needed quotes. */
#ifndef BASE_SLIP_H
#define BASE_SLIP_H

#include <stdbool.h>

struct slip {
    const char *problem; /* part of libyaml's words */
    bool begins;         /* the place that helps is where the construct begins */
    const char *words;
};

/* The slip that libyaml's words point to, or NULL. */
const struct slip *slip_find(const char *problem);

#endif
