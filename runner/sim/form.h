/* Fills a struct from a map of a YAML file by a table of fields, so that the world file and the
 * faults file are read by the same rules: unknown keys are refused with the nearest name, every
 * value says what it takes and what it has, and reading goes on to find the next problem. */
#ifndef SIM_FORM_H
#define SIM_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/tree.h"

enum field_kind {
    FIELD_TEXT,      /* const char * */
    FIELD_ID,        /* const char *, capitals and digits */
    FIELD_WORKER,    /* const char *, an id that begins with A */
    FIELD_MONEY,     /* cents_t */
    FIELD_NUMBER,    /* int64_t between least and most */
    FIELD_STAMP,     /* stamp_t */
    FIELD_FLAG,      /* bool */
    FIELD_CHOICE,    /* int, the position among the choices */
    FIELD_MILLIONTH, /* int64_t, a probability in millionths */
    FIELD_NODE,      /* const struct node *, looked at by the caller */
};

struct field {
    const char *name;
    enum field_kind kind;
    bool required;
    size_t offset;
    int64_t least;
    int64_t most;
    const char *const *choices; /* ends with NULL */
};

struct form {
    struct problems *problems;
    const char *what; /* "a HIT", for messages */
    const struct field *fields;
    size_t field_count;
};

/* Shorthand for tables: where a field goes in its struct, and a form over a whole table. */
#define AT(type, member) .offset = offsetof(type, member)
#define FORM(problems_, what_, table) \
    { \
        .problems = (problems_), .what = (what_), .fields = (table), \
        .field_count = sizeof(table) / sizeof *(table) \
    }

/* Reads one map into `out`. False when anything was wrong with it. */
bool form_read(const struct form *form, const struct node *map, void *out);

/* Reads one value of a list or a map by a field's rules into `*out`, whose type the kind says. */
bool form_value(const struct form *form, const struct field *field, const struct node *value,
                void *out);

/* The items of a list; a key with nothing behind it is an empty list, and so is NULL. Anything
 * else is a problem. */
size_t form_items(const struct form *form, const char *name, const struct node *list);

#endif
