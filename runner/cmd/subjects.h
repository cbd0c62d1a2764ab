/* What `help` tells beside commands and keys: subjects, each a table. Overview, `help SUBJECT` and
 * the reference page (`help --markdown`, from which the manual page is made) read the same rows. */
#ifndef CMD_SUBJECTS_H
#define CMD_SUBJECTS_H

#include <stdbool.h>

#include "base/buffer.h"

struct subject_row {
    const char *name;  /* "74", "AWS_PROFILE", "NAME.journal.jsonl" */
    const char *means; /* a phrase or sentences */
    const char *then;  /* sentences: what to do about it; or NULL */
};

struct subject {
    const char *name;               /* "exit-codes" */
    const char *title;              /* as a heading */
    const char *summary;            /* one line */
    const struct subject_row *rows; /* NULL: those of codec/reference */
    const char *example;            /* ends with a line end; or NULL */
};

/* In the order of the reference page; a row without a name ends the table, as it ends the rows. */
extern const struct subject subjects[];

const struct subject *subject_find(const char *name);

/* Everything about a subject, or about one row of it that has this name. False when there is
 * none. */
bool subject_help(const char *name, struct buffer *out);

#endif
