/* Amazon's own file of results (Batch_…_batch_results.csv), or the one that `bursar workers --csv`
 * prints, looked through for what it holds. */
#ifndef CODEC_BATCH_H
#define CODEC_BATCH_H

#include "codec/csv.h"

struct batch {
    size_t assignments; /* all rows; each is another assignment */
    size_t tasks;
    size_t selected;  /* handed in or approved, as a campaign selects without a 'where' … */
    size_t workers;   /* … and by so many workers */
    size_t submitted; /* handed in, not decided yet; all, where the file does not say */
};

/* The file is read as a campaign reads it (codec/tables.h). False when something is wrong;
 * `problems` then holds it. */
bool batch_survey(const struct csv_input *input, struct batch *batch, struct problems *problems,
                  struct arena *arena);

#endif
