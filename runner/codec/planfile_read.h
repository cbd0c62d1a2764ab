/* A saved plan, as a run of it reads it: what `codec/planfile` wrote, or a person changed by hand.
 *
 * Every member that a run compares must be there and hold what it can hold. Members of other names
 * change nothing and are passed over; so are the totals and remarks, which a run makes anew. */
#ifndef CODEC_PLANFILE_READ_H
#define CODEC_PLANFILE_READ_H

#include "core/entry.h"
#include "core/planned.h"

enum { PLANFILE_SIZE_BYTES_MAX = 1024 * 1024 * 1024 };

struct saved_plan {
    const char *campaign;
    const char *marketplace;
    const char *environment;
    const char *currency;
    const char *file; /* the campaign's, as it was named to the command that made the plan */
    const char *journal;
    const char *endpoint;
    const char *account; /* NULL: the campaign names none */
    bool retry_refused;
    struct entry_input *inputs; /* the campaign's file is one of them */
    size_t input_count;
    const char *journal_head; /* NULL: there was no journal */
    stamp_t made_at_ms;
    const char *made_by;
    struct planned *rows;
    size_t row_count;
};

/* True for a file that begins as a saved plan does, whatever its name. */
bool planfile_begins(const char *bytes, size_t size_bytes);

/* Reads a plan. `path` is for the errors (STATUS_INVALID) and must live as long as the arena, to
 * which the texts go. Rows are counted from 1 there. */
bool planfile_decode(const char *path, const char *bytes, size_t size_bytes,
                     struct saved_plan *plan, struct arena *arena, struct error *err);

#endif
