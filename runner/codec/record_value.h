/* What stands behind a member's name on a journal's line, whoever read it, and how it becomes part
 * of an entry: the one place that knows what each form may hold. Used by `codec/record*`. */
#ifndef CODEC_RECORD_VALUE_H
#define CODEC_RECORD_VALUE_H

#include "codec/record_field.h"

enum value_type {
    VALUE_OTHER, /* what no field takes: null, false, a fraction, a list of lists … */
    VALUE_TEXT,
    VALUE_NUMBER,
    VALUE_TRUE,
    VALUE_TEXTS, /* a list of texts */
    VALUE_PAIRS, /* an object of texts */
};

struct record_value {
    enum value_type type;
    const char *text;
    int64_t number;
    const char **texts;
    struct label *pairs;
    size_t count; /* of texts or pairs */
};

/* Puts a value into its member of the entry. Texts must live as long as the entry, but for those of
 * which only the meaning is kept (a verb, a time). False for what no bursar writes there. */
bool record_value_take(const struct record_value *value, const struct record_field *field,
                       struct entry *entry);

/* True when only the meaning of such a member's text is kept. */
bool record_value_is_word(const struct record_field *field);

#endif
