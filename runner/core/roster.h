/* Who there is: the tasks of a campaign with everyone who handed in work for them, and the
 * bonuses the marketplace says were paid on it. Filled by reading; judged by `select` and `plan`.
 * Order matters to people: tasks as in the file, then submission time, then assignment id. */
#ifndef CORE_ROSTER_H
#define CORE_ROSTER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/index.h"
#include "base/money.h"
#include "base/stamp.h"

enum work_status { WORK_SUBMITTED, WORK_APPROVED, WORK_REJECTED };
enum { WORK_STATUS_COUNT = WORK_REJECTED + 1 };

/* "Submitted", "Approved", "Rejected": the words of files and of marketplaces. */
const char *work_status_name(enum work_status status);
bool work_status_find(const char *name, enum work_status *status);

struct task {
    const char *id;
    const char *title;
    const char *state; /* in the marketplace's own word */
    cents_t reward;
    unsigned places;   /* how many workers may take it at most */
    bool masters;      /* restricted to Masters, which costs more */
    bool from_website; /* made on the requester website */
    stamp_t created_ms;
    unsigned taken; /* accepted, not yet handed in */
    unsigned free;  /* nobody has it */
};

/* One field of what a worker handed in, its value without white space at its ends. */
struct reply_field {
    const char *name;
    const char *value;
};

/* All that they filled in. */
struct filled {
    const char *unread_why; /* in words, when it could not be read; else NULL */
    size_t field_count;
    struct reply_field fields[]; /* no name stands twice */
};

/* There may be a million of them. */
struct assignment {
    const char *id;
    const char *worker;
    stamp_t submitted_ms;
    const struct filled *filled; /* NULL: none, or it was not asked for */
    uint32_t task;               /* index into the roster's tasks */
    uint32_t person;             /* once sorted: the worker's number, from 0 */
    enum work_status status : 8;
};

/* A bonus that the marketplace lists as paid. */
struct payment {
    const char *assignment;
    const char *worker;
    const char *words;
    size_t task; /* the one whose list shows it */
    cents_t amount;
    stamp_t at_ms;
    bool matched; /* accounted for by an action of the campaign */
};

/* What a worker's score of a qualification is. Asked for only where something depends on it. */
struct score {
    const char *qualification;
    const char *worker;
    bool granted;
    int value; /* when granted */
};

/* A qualification by its name, which is unique among those of one requester. */
struct kind {
    const char *name;
    const char *id;
};

struct works;

struct roster {
    struct task *tasks;
    size_t task_count;
    struct assignment *assignments;
    size_t assignment_count;
    size_t assignment_capacity;
    size_t person_count; /* how many workers, once sorted */
    struct payment *payments;
    size_t payment_count;
    size_t payment_capacity;
    struct score *scores;
    size_t score_count;
    size_t score_capacity;
    struct index holders_read; /* qualifications of which everyone who has one is in the scores */
    struct kind *kinds; /* the requester's own qualifications, as far as they were asked for */
    size_t kind_count;
    size_t kind_capacity;
    struct index *met;    /* people of the campaign → workers who handed in work on their tasks */
    struct index blocked; /* workers */
    bool blocks_read;     /* … all of them */
    struct index by_assignment; /* assignment id → index into assignments */
    struct index by_score;      /* qualification and worker → index into scores */
    struct works *works; /* of each worker, where an outcome was looked up by worker; or NULL */
};

/* Adds what a page brought; an assignment that is already there is kept once (pages can overlap
 * when work arrives while they are read). False when it is there as another worker's or another
 * task's: a list that is wrong about one is not believed about any. */
bool roster_assignment_add(struct roster *roster, const struct assignment *assignment,
                           struct arena *arena);
void roster_payment_add(struct roster *roster, const struct payment *payment, struct arena *arena);

/* Makes the assignments of a list of people those of an empty roster, which sorts them where they
 * are. */
void roster_assignments_share(struct roster *roster, const struct roster *list);

/* Adds a score that was asked for; the texts must live as long as the roster. */
void roster_score_add(struct roster *roster, const struct score *score, struct arena *arena);

/* Brings assignments into the people's order and payments into the order of their time; indexes
 * what `roster_find` needs, and numbers the workers. Called once, after everything was read. */
void roster_sort(struct roster *roster);

const struct assignment *roster_find(const struct roster *roster, const char *assignment);

/* The score, or NULL when it was not asked for. */
const struct score *roster_score_find(const struct roster *roster, const char *qualification,
                                      const char *worker);

/* Whether a worker has a qualification: only where its holders were read. */
bool roster_holds(const struct roster *roster, const char *qualification, const char *worker);

/* Notes a qualification of the requester's; the texts must live as long as the roster. */
void roster_kind_add(struct roster *roster, const char *name, const char *id, struct arena *arena);

/* The id of the qualification with that name, or NULL. */
const char *roster_kind_find(const struct roster *roster, const char *name);

struct filled *filled_make(const struct reply_field *fields, size_t count, const char *unread_why,
                           struct arena *arena);

/* What was filled in, which may be nothing. */
const struct filled *assignment_filled(const struct assignment *assignment);

/* The value of one of an assignment's answers, or NULL. */
const char *assignment_field(const struct assignment *assignment, const char *name);

/* A payment that one task's list shows for another task's work, or NULL. Counted with both, it
 * would stand for two payments. */
const struct payment *roster_stray_find(const struct roster *roster);

#endif
