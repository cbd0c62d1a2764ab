/* The text of a campaign to start from: short, complete, with comments that teach what to change.
 * Also the lines that keep a campaign's private files out of version control. All pure. */
#ifndef CODEC_OUTLINE_H
#define CODEC_OUTLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buffer.h"

/* People come from one of the three: tasks, tasks_file, csv. Paths are relative to the campaign. */
struct outline {
    const char *name;
    const char *schema; /* for editors */
    const char *const *tasks;
    size_t task_count;
    const char *tasks_file;
    const char *csv;
    size_t workers, assignments; /* whom the file selects; 0 when that is not known */
    bool approves;               /* some of the work is not decided yet, or may not be */
};

void outline_encode(const struct outline *outline, struct buffer *out);

/* A name for a campaign out of the name of a file: "data/Batch 12 (new).csv" is Batch-12-new. */
const char *outline_name(const char *path, struct arena *arena);

/* The file of tasks that `hits: { file: … }` names. */
void outline_tasks_encode(const char *const *tasks, size_t count, struct buffer *out);

/* What .gitignore should hold beside a campaign, what .gitattributes should when the journal is
 * kept in the repository; both end with NULL. */
const char *const *outline_ignored(bool track_journal);
extern const char *const outline_attributes[];

/* True when the text has this line, whatever white space stands behind it. */
bool outline_has_line(const char *text, const char *line);

/* Adds what is missing of the lines to `text`, which itself stays as it is, below a comment; says
 * how many lines were missing. */
size_t outline_lines_add(const char *const *lines, const char *comment, struct buffer *text);

#endif
