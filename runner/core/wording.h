/* What one action says: the step's amount, value and words, with their lookups filled in for one
 * assignment. Pure; what stands in a table and in the work is looked up, nothing is calculated. */
#ifndef CORE_WORDING_H
#define CORE_WORDING_H

#include "core/identity.h"
#include "core/select.h"

enum worded {
    WORDED,
    WORDED_NO_ROW,  /* a table that the step reads has no row for the assignment: `dataset` */
    WORDED_NOTHING, /* the amount looked up is 0.00: nothing is owed */
    WORDED_WRONG,   /* what came out cannot be sent: `where` and `text` say why */
};

struct wording {
    const struct selection *selection;
    size_t step; /* index into the campaign's steps */
    size_t at;   /* index of the assignment in the roster */
    cents_t (*paid)(const void *self, const char *worker, size_t step); /* NULL: 0.00 for all */
    const void *self;

    size_t dataset;
    struct where where;
    const char *text;
};

/* What the step says when nothing is looked up. */
struct content step_content(const struct step *step);

/* Fills `content`; of a step without lookups its texts are the step's own. */
enum worded wording_make(struct wording *wording, struct content *content, struct arena *arena);

/* True when what the step says cannot be read in the file alone: something is looked up. */
bool step_varies(const struct step *step);

/* True when what the step says is only known once earlier steps are over. */
bool step_is_late(const struct step *step);

#endif
