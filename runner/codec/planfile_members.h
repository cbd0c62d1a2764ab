/* What each member of a saved plan's head and of its rows may hold: one table of each, and the
 * words for what does not fit. Used by `planfile_read` only. */
#ifndef CODEC_PLANFILE_MEMBERS_H
#define CODEC_PLANFILE_MEMBERS_H

#include <jansson.h>

#include "codec/planfile_read.h"

struct planfile_reading {
    const char *path;
    size_t row;         /* from 1; 0: the head */
    struct index keys;  /* of the rows → row */
    struct index texts; /* what many rows say, once */
    size_t row_capacity;
    struct arena *arena;
    struct error *err;
};

/* Both fail at the first member that is missing or does not fit. */
bool planfile_head_take(struct planfile_reading *reading, const json_t *object,
                        struct saved_plan *plan);
bool planfile_row_take(struct planfile_reading *reading, const json_t *object, struct planned *row);

/* A text, copied; what many rows say is kept once. False, and nothing is taken, when it is none. */
bool planfile_text_take(struct planfile_reading *reading, const json_t *value, bool shared,
                        const char **out);

/* Fails with the text, and where a person finds that; with what a member takes and what it has. */
bool planfile_wrong(const struct planfile_reading *reading, const char *text);
bool planfile_member_wrong(const struct planfile_reading *reading, const char *name,
                           const char *wanted, const json_t *value);

#endif
