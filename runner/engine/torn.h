/* A journal that does not verify to its end: its last write was torn, or it is damage. */
#ifndef ENGINE_TORN_H
#define ENGINE_TORN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The first line that does not verify, and what was read before it. */
struct tear {
    const char *bytes; /* the whole journal */
    size_t size;
    size_t offset; /* where the line begins */
    size_t line_size;
    bool line_ends;      /* in a newline */
    bool in_group;       /* lines of its group verified already … */
    uint64_t group;      /* … this one */
    bool in_first_group; /* no group before it is whole */
};

/* True for what a write leaves that was cut short: its bytes look so, and no record of a later
 * group stands behind it. A line that has its form, but not its sum, was not torn but changed. */
bool tear_is_torn(const struct tear *tear);

#endif
