/* The journals that go into one report, each of them once: what two tell of one history would be
 * counted twice. Used by `report` only. */
#ifndef CMD_REPORT_SOURCES_H
#define CMD_REPORT_SOURCES_H

#include "engine/journal.h"

struct source {
    const char *path;
    const char *real;
    const char *campaign; /* and its environment; NULL: not begun */
    bool redacted;        /* a copy for everybody */
};

struct sources {
    struct source *items;
    size_t count, capacity;
    struct index by_id;  /* of the journals themselves, and of those that they have taken in */
    struct arena *arena; /* outlives the journals */
};

/* Takes a journal in. `*fresh` is false when it was there already, under whatever name. Fails
 * (STATUS_USAGE) when it is a copy of one, or one holds what was the other's. */
bool sources_take(struct sources *sources, const struct journal *journal, bool *fresh,
                  struct error *err);

#endif
