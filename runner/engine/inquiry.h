/* Questions that change nothing: many under way at once, each asked again after a pause when no
 * answer came, until all are answered or one cannot be. */
#ifndef ENGINE_INQUIRY_H
#define ENGINE_INQUIRY_H

#include "engine/line.h"

enum { INQUIRY_ATTEMPTS = 9, INQUIRY_ATTEMPTS_FIRST = 4 };
enum { INQUIRY_PAGES_MAX = 10000 }; /* of one list: a million rows */

struct question {
    struct ask ask;
    size_t about; /* the asker's own number for it */
    const char *body;
    unsigned attempts; /* without those that were throttled */
    stamp_t due_ms;    /* by CLOCK_BOOTTIME */
};

struct inquiry {
    struct line *line;
    struct arena *arena; /* questions live here … */
    struct arena *turn; /* … and replies and answers here: the same, until the asker says another */
    uint64_t jitter;
    unsigned attempts_max;
    struct question *questions;
    size_t count;
    size_t capacity;
    size_t *waiting; /* numbers of questions not under way and not answered, oldest first */
    size_t waiting_first, waiting_count, waiting_capacity;
    size_t open; /* asked or waiting, not answered */
};

void inquiry_init(struct inquiry *inquiry, struct line *line, struct arena *arena);

/* Adds a question; texts of the ask must live as long as the inquiry. */
void inquiry_add(struct inquiry *inquiry, const struct ask *ask, size_t about);

/* The next answer, in the order of arrival: VERDICT_DONE or VERDICT_REFUSED, nothing else. False
 * when there is none left, or with err when the marketplace cannot be asked (network, service,
 * credentials) or the person interrupted. */
bool inquiry_next(struct inquiry *inquiry, struct question *question, struct answer *answer,
                  struct error *err);

/* Asks for the page behind this answer, if there is one. Fails with a list that does not end: it
 * counts as not read, because what it would have shown further on could be a payment. */
bool inquiry_next_page(struct inquiry *inquiry, const struct question *question,
                       const struct answer *answer, struct error *err);

#endif
