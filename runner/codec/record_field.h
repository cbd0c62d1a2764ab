/* The members of a journal's line: one table for writing and reading. Used by `codec/record*`. */
#ifndef CODEC_RECORD_FIELD_H
#define CODEC_RECORD_FIELD_H

#include <stddef.h>

#include "core/entry.h"

/* How a member is written, and what type of struct member holds it. */
enum form {
    FORM_TEXT,     /* const char *; left out when NULL */
    FORM_FORMERLY, /* the same, where only older versions wrote it: read, and never written */
    FORM_SIZE,     /* size_t */
    FORM_UNSIGNED, /* unsigned */
    FORM_INT,      /* int */
    FORM_INT64,    /* int64_t */
    FORM_CENTS,    /* cents_t: not below 0, and no sum of a million can overflow */
    FORM_SEQ,      /* uint64_t */
    FORM_STAMP,    /* stamp_t; left out when 0 */
    FORM_FLAG,     /* bool: true, or left out */
    FORM_VERB,     /* enum verb */
    FORM_STATUS,   /* enum work_status */
    FORM_VERDICT,  /* bool: "found" or "absent" */
    FORM_DECIDED,  /* enum decided */
    FORM_KEYS,
    FORM_LABELS,
    FORM_INPUTS,
};

struct record_field {
    const char *name;
    enum form form;
    size_t offset;
    unsigned kinds; /* bit per entry_kind */
    size_t has;     /* offset of the bool that says whether it is there, or 0 */
};

/* In the order in which they stand on a line; both tables end with a row without a name. */
extern const struct record_field record_fields[];
extern const struct record_field record_person_fields[];

#endif
