/* One value of a campaign file, read by its row of the field table. What does not fit is noted
 * with what the key takes, what it has and, where the slip is a known one, how to mend it. */
#ifndef CODEC_VALUE_H
#define CODEC_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/money.h"
#include "base/tree.h"
#include "codec/fields.h"

/* Where a text of a person's stands, so that a place inside it can be found: the file's bytes, and
 * where in it the text begins. */
struct source {
    struct where where;
    const char *bytes;
    size_t size;
};

/* What every reader of this room works on. */
struct decoding {
    struct campaign *campaign;
    const struct node *root;
    const char *bytes; /* of the campaign file, without a byte order mark */
    size_t size;
    enum group group;               /* whose map is being decoded */
    const struct node *key;         /* of the value that is being read … */
    void *object;                   /* … into this struct */
    const char *name;               /* of a map whose key is the person's own */
    size_t step;                    /* which is being decoded */
    size_t people;                  /* the same */
    size_t dataset;                 /* the same */
    bool data_refused;              /* the tables could not be read: nothing is said of their use */
    const struct node **step_nodes; /* the steps as they stand in the file */
    size_t needs_refused;           /* of all steps */
    struct problems *problems;
    struct arena *arena;
};

/* True for a key with no value, and for YAML's own words for that (~, null). */
bool value_is_nothing(const struct node *node);

/* "'amount' takes …, such as …; it has …". `hint` follows behind a colon and may be NULL. */
void value_wrong(struct decoding *d, const struct field *field, const struct node *node,
                 const char *hint);

/* A text between single quotes for a message: at most 60 characters, made visible. */
const char *value_shown(const char *text, struct arena *arena);

/* Each of these notes what is wrong and returns false (or NULL). The first checks what all
 * single values have in common: that it is one, is not nothing, and looks nothing up where the
 * row does not. */
const char *value_text(struct decoding *d, const struct field *field, const struct node *node);
bool value_money(struct decoding *d, const struct field *field, const struct node *node,
                 cents_t *out);
bool value_whole(struct decoding *d, const struct field *field, const struct node *node,
                 int64_t *out);
bool value_choice(struct decoding *d, const struct field *field, const struct node *node,
                  size_t *out);
bool value_decimal(struct decoding *d, const struct field *field, const struct node *node,
                   decimal_t *out);
bool value_moment(struct decoding *d, const struct field *field, const struct node *node,
                  stamp_t *out);
const char *value_account(struct decoding *d, const struct field *field, const struct node *node);
const char *value_column(struct decoding *d, const struct field *field, const struct node *node);
const char *value_worker(struct decoding *d, const struct field *field, const struct node *node);
const char *value_name(struct decoding *d, const struct field *field, const struct node *node);
const char *value_id(struct decoding *d, const struct field *field, const struct node *node);
const char *value_path(struct decoding *d, const struct field *field, const struct node *node);
const char *value_prose(struct decoding *d, const struct field *field, const struct node *node);

/* The same for words that come from a file of their own, or are to be looked through. `bytes` are
 * checked UTF-8 without NUL. */
const char *value_prose_fit(struct decoding *d, const struct field *field, struct where where,
                            const char *bytes, size_t size_bytes);

/* "1,000.00" as "1000.00"; NULL when the commas do not stand between thousands. */
const char *value_thousands(const char *text, struct arena *arena);

/* How to write an amount that does not fit, or NULL when no particular slip is seen. */
const char *value_money_hint(const char *text, struct arena *arena);

/* True, and noted, when a plain text ends where " #" begins a comment, without a word from YAML. */
bool value_is_cut(struct decoding *d, const struct field *field, const struct node *node);

/* The slip in an id that does not fit, or NULL when no particular one is seen. */
const char *value_id_slip(const char *text);

#endif
