/* How people are shown where others may read: under other names, and with what others wrote about
 * them cleared of theirs. */
#ifndef CORE_VEIL_H
#define CORE_VEIL_H

#include "base/arena.h"

struct veil {
    void *self;
    /* What stands for a worker of a marketplace. */
    const char *(*name)(void *self, const char *marketplace, const char *id, struct arena *arena);
    /* A text from outside, without anybody's ID. */
    const char *(*words)(void *self, const char *text, struct arena *arena);
};

#endif
