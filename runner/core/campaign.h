/* A campaign as its file says it: whom it is about, what may be spent, and the steps in order.
 * Filled by `codec/campaign`; everything here has passed `bursar check`. */
#ifndef CORE_CAMPAIGN_H
#define CORE_CAMPAIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/decimal.h"
#include "base/error.h"
#include "base/index.h"
#include "base/money.h"
#include "base/stamp.h"
#include "core/dataset.h"
#include "core/roster.h"
#include "core/template.h"
#include "core/verb.h"

struct label {
    const char *name;
    const char *value;
};

/* One task the file lists. */
struct listed {
    const char *id;
    struct where where;
};

/* Workers whom the file names, in one of these ways or in several: each way adds to the others. */
struct people {
    struct where where;
    struct index listed; /* in the campaign itself, a text file or a CSV */
    const char *csv;     /* path as written, and the column with the IDs */
    const char *column;
    struct listed *tasks; /* everyone who handed in work on one of these */
    size_t task_count;
    const char *qualification; /* everyone who holds it; NULL: none */
};

enum condition_kind {
    CONDITION_AFTER,   /* submitted at this moment or later */
    CONDITION_BEFORE,  /* submitted before this moment */
    CONDITION_ANSWER,  /* a field of the work is one of these values, or within bounds */
    CONDITION_CELL,    /* a column of a table is */
    CONDITION_IN,      /* a table has a row for it */
    CONDITION_NOT_IN,  /* it has none */
    CONDITION_WORKERS, /* the worker is one of these people */
    CONDITION_EXCEPT,  /* the worker is none of them */
};

/* One key of a `where`, but status. */
struct condition {
    enum condition_kind kind;
    struct where where;
    const char *name;    /* as written: "answer.colour", for people */
    stamp_t moment_ms;   /* AFTER, BEFORE */
    const char *field;   /* ANSWER: the field's name */
    size_t dataset;      /* CELL, IN, NOT_IN: index into the campaign's datasets */
    size_t column;       /* CELL: index into its columns */
    const char **values; /* ANSWER, CELL: one of these, trimmed; none when there are bounds */
    size_t value_count;
    size_t value_capacity;
    struct index among; /* the same: there may be thousands, and each work is held against them */
    bool has_min, has_max;
    decimal_t min, max; /* both included */
    size_t people;      /* WORKERS, EXCEPT: index into the campaign's people */
};

/* Which assignments are meant: all of these hold. */
struct filter {
    bool written; /* the key stands in the file */
    bool status[WORK_STATUS_COUNT];
    struct condition *conditions;
    size_t condition_count;
    size_t condition_capacity;
};

struct limits {
    struct where where;
    bool has_total, has_per_worker;
    cents_t total;      /* everything: bonuses, rewards and fees */
    cents_t per_worker; /* bonuses of one worker, without fees */
    cents_t per_bonus;  /* one bonus, without its fee */
};

struct expectation {
    struct where where;
    bool has_workers, has_assignments;
    size_t workers, assignments;
};

enum per { PER_ASSIGNMENT, PER_WORKER };

/* Where a campaign's people come from. */
enum roster_from {
    ROSTER_FROM_TASKS,       /* `hits`: the tasks are read */
    ROSTER_FROM_ASSIGNMENTS, /* `assignments`: a file says who handed in what; no task is read */
    ROSTER_FROM_WORKERS,     /* `workers`: a list; there is no work to pay or to approve */
};

struct step {
    struct where where;
    const char *id;
    const char *was; /* what the step was called when it first ran; NULL: always its id */
    enum verb verb;
    bool needs_written;
    size_t *needs; /* indexes of earlier steps */
    size_t need_count;
    struct filter filter;
    struct where content; /* where the verb's own fields begin */

    /* Where a template stands, the value beside it is not set. */
    cents_t amount; /* bonus */
    struct template *amount_from;
    enum per per;        /* bonus */
    const char *message; /* what the worker reads, trimmed: a bonus's and a notify's message, the
                            feedback of approve and reject, the reason of the others; or NULL */
    struct template *message_from;
    const char *subject; /* notify; trimmed */
    struct template *subject_from;
    const char *qualification;      /* qualify, unqualify: the marketplace's id of it, or … */
    const char *qualification_name; /* … its name; the other one is NULL */
    const char *description;        /* qualify with `create`: of the one to be made; or NULL */
    int value;                      /* qualify */
    struct template *value_from;
    bool email;    /* qualify: the marketplace writes to the worker about it */
    bool override; /* approve: rejected work too */
    struct expectation expect;
};

/* A file that the campaign names; decoding yields these, whoever may touch files loads them. */
enum input_kind {
    INPUT_TASKS,       /* one ID a line */
    INPUT_MESSAGE,     /* the words of a step */
    INPUT_ASSIGNMENTS, /* CSV: the roster */
    INPUT_PEOPLE,      /* one worker's ID a line */
    INPUT_PEOPLE_CSV,  /* a column with workers' IDs */
    INPUT_DATASET,     /* CSV: a table */
};

struct input {
    enum input_kind kind;
    const char *path; /* as written, relative to the campaign file */
    struct where where;
    size_t at; /* the step, the people or the dataset that it belongs to, by its kind */
};

struct campaign {
    const char *file;
    const char *name;
    struct where name_where;
    const char *environment; /* NULL when the file names none */
    struct where environment_where;
    const char *account; /* twelve digits; NULL: any */
    struct where account_where;
    struct label *labels;
    size_t label_count;
    enum roster_from from;
    struct where roster_where;
    struct listed *tasks; /* ROSTER_FROM_TASKS */
    size_t task_count;
    size_t task_capacity;
    struct roster given; /* the others: one assignment a row; of a list of workers each has the
                            worker's ID as its own */
    struct filter filter;
    struct people *people; /* of every `workers` and `except` */
    size_t people_count;
    size_t people_capacity;
    struct dataset *datasets;
    size_t dataset_count;
    size_t dataset_capacity;
    struct limits limits;
    struct expectation expect;
    struct step *steps;
    size_t step_count;
    struct input *inputs;
    size_t input_count;
    size_t input_capacity;
};

enum { PER_BONUS_DEFAULT_CENTS = 100 * 100 }; /* limits.per_bonus of a file that has none */

/* One more value of a condition; it must live as long. False when it is there already. */
bool condition_value_add(struct condition *condition, const char *value, struct arena *arena);

/* What the identity of its actions is made of: a renamed step keeps its payments. */
const char *step_identity(const struct step *step);

/* True when the actions of a step are counted by worker, not by assignment. */
bool step_is_per_worker(const struct step *step);

/* The step with that id, or that was called so once; or NULL. */
const struct step *campaign_step_find(const struct campaign *campaign, const char *id);

#endif
