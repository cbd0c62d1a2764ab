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
    bool has_status;  /* without that column all count as handed in */
    size_t submitted; /* handed in, not decided yet */
};

/* Needs the columns HITId, AssignmentId and WorkerId; AssignmentStatus is used where it is. False
 * when something is wrong; `problems` then holds it. */
bool batch_survey(const struct csv_input *input, struct batch *batch, struct problems *problems,
                  struct arena *arena);

#endif
