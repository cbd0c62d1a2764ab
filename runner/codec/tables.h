/* The tables and lists that a campaign names: who handed in what, whom it means, what each gets.
 * Each function takes the bytes of one file whole. `at` is the `at` of its input; `path` is how a
 * person would open the file, is named in every place and must live as long as the arena. What is
 * wrong is noted and not taken in; after ten problems the rest of the file is not read.
 *
 * CSV files are checked here from their first byte on; a list has been checked to be text. */
#ifndef CODEC_TABLES_H
#define CODEC_TABLES_H

#include <stddef.h>

#include "codec/value.h"

/* A `data` table: the columns that the campaign uses into its dataset number `at`. Every cell of
 * such a column holds what it takes, every row has a key, and no two have the same. */
void tables_dataset_decode(struct decoding *d, size_t at, const char *path, const char *bytes,
                           size_t size);

/* People number `at`: one worker's ID a line, # comments; or the IDs in `people->column`, where a
 * column WorkerId may be spelled as other tools do, worker_id. A cell or line may be empty and a
 * worker may stand there twice, unless these people are the roster: then each becomes an
 * assignment of `campaign->given`, and twice is once too often. */
void tables_people_decode(struct decoding *d, size_t at, const char *path, const char *bytes,
                          size_t size);
void tables_people_csv_decode(struct decoding *d, size_t at, const char *path, const char *bytes,
                              size_t size);

/* The roster, from Amazon's batch results (Batch_<id>_batch_results.csv) or from any table with
 * the columns HITId, AssignmentId and WorkerId, however these are joined and capitalized. Taken
 * too, where they are there: AssignmentStatus, SubmitTime, Title, Reward, MaxAssignments, and, for
 * a campaign that reads answers, Answer.FIELD. Fills `campaign->given`, which is not sorted. */
void tables_assignments_decode(struct decoding *d, size_t at, const char *path, const char *bytes,
                               size_t size);

#endif
