/* A campaign as its file says it: whom it is about, what may be spent, and the steps in order.
 * Filled by `codec/campaign`; everything here has passed `bursar check`. */
#ifndef CORE_CAMPAIGN_H
#define CORE_CAMPAIGN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/money.h"
#include "core/roster.h"
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

/* Which assignments are meant. */
struct filter {
    bool written; /* the key stands in the file */
    bool status[WORK_STATUS_COUNT];
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

    cents_t amount;            /* bonus */
    enum per per;              /* bonus */
    const char *message;       /* bonus (the worker reads it), notify; trimmed */
    const char *subject;       /* notify; trimmed */
    const char *feedback;      /* approve; NULL when none */
    const char *qualification; /* qualify: the marketplace's id of it */
    int value;                 /* qualify */
};

/* A file that the campaign names; decoding yields these, whoever may touch files loads them. */
enum input_kind { INPUT_TASKS, INPUT_MESSAGE };

struct input {
    enum input_kind kind;
    const char *path; /* as written, relative to the campaign file */
    struct where where;
    size_t step; /* INPUT_MESSAGE: whose message it is */
};

struct campaign {
    const char *file;
    const char *name;
    struct where name_where;
    const char *environment; /* NULL when the file names none */
    struct where environment_where;
    struct label *labels;
    size_t label_count;
    struct listed *tasks;
    size_t task_count;
    size_t task_capacity;
    struct filter filter;
    struct limits limits;
    struct expectation expect;
    struct step *steps;
    size_t step_count;
    struct input *inputs;
    size_t input_count;
    size_t input_capacity;
};

enum { PER_BONUS_DEFAULT_CENTS = 100 * 100 }; /* limits.per_bonus of a file that has none */

/* What the identity of its actions is made of: a renamed step keeps its payments. */
const char *step_identity(const struct step *step);

/* The step with that id, or that was called so once; or NULL. */
const struct step *campaign_step_find(const struct campaign *campaign, const char *id);

#endif
