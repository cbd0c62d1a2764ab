/* What went wrong, where, and how the process should end because of it.
 *
 * A function that can fail returns bool and takes a `struct error *` last; on failure it does
 * `return error_at(err, where, "…")`. Callers further out add where they stood with
 * `error_within`. What is wrong in a person's file is collected in `struct problems` instead, so
 * that a file is mended once. A mistake of ours is an `assert`, never an error. */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* How a command ends. The numbers are the product's exit codes; README and `bursar help` list
 * them. */
enum status {
    STATUS_DONE = 0,     /* what was asked is done */
    STATUS_STOPPED = 1,  /* network, service, internal: recorded, run again */
    STATUS_TO_DO = 2,    /* only `plan --detailed-exitcode`: there is something to do */
    STATUS_REFUSED = 3,  /* finished, and the marketplace refused some actions */
    STATUS_UNKNOWN = 4,  /* some outcomes are unknown, or something looks paid already */
    STATUS_GUARDED = 5,  /* limit, balance, funds, expectation, conflict, stale, wrong account */
    STATUS_USAGE = 64,   /* the command line */
    STATUS_INVALID = 65, /* the campaign, data or plan file */
    STATUS_JOURNAL = 74, /* the journal is damaged or cannot be written */
    STATUS_HELD = 75,    /* another run holds the journal */
    STATUS_CREDENTIALS = 77, /* missing or refused */
    STATUS_INTERRUPTED = 130,
};

/* A place in a file a person can open; line and column count from 1, 0 means not known. */
struct where {
    const char *file;
    unsigned line;
    unsigned column;
};

struct error {
    struct where where;
    enum status status; /* STATUS_DONE reads as STATUS_STOPPED */
    char text[1000];
};

/* All three return false, so that they can be returned. The first text set is kept: an error is
 * reported once, where most is known. */
bool error_at(struct error *err, struct where where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool error_say(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool error_end(struct error *err, enum status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Puts "CONTEXT: " before the text that is there. Returns false. */
bool error_within(struct error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The exit status this error leads to. */
enum status error_status(const struct error *err);

/* The earlier in the house's order 74, 4, 130, 77, 5, 1, 3, others, 0 of two ways to end. */
enum status status_worse(enum status one, enum status other);

struct problem {
    struct where where;
    const char *text;
};

struct problems {
    struct problem *items;
    size_t count; /* at most 200 are kept … */
    size_t more;  /* … and the rest is only counted */
    size_t capacity;
    struct arena *arena;
};

/* Notes one problem; texts live in the problems' arena. Past 200 the rest is only counted. */
void problem_at(struct problems *problems, struct where where, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Into the order in which a person reads the file. */
void problems_sort(struct problems *problems);

#endif
