/* Who and what a seed is about: people and their work, the campaign's steps, what ought to be done
 * for whom, and what the marketplace's book says was done. Drawn from the seed; written out as a
 * world file for the simulator and as the campaign file for bursar. */
#ifndef SIMULATION_CAST_H
#define SIMULATION_CAST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/money.h"
#include "core/ledger.h"
#include "core/plan.h"

enum {
    PEOPLE_MAX = 8,
    WORKS_MAX = 16,
    STEPS_MAX = 15,
    PLANNED_MAX = STEPS_MAX * (WORKS_MAX + 1),
    WORDS_SIZE = 200
};

/* Whom a step's own `where` lets in; each is written in a way of its own. */
enum takes {
    TAKES_ALL,
    TAKES_GOOD,      /* by an answer */
    TAKES_BAD,       /* by an answer */
    TAKES_BLOCKED,   /* a list of workers */
    TAKES_FORGIVEN,  /* a text file of workers */
    TAKES_LEAVERS,   /* everyone but the workers in a column */
    TAKES_OUTSIDERS, /* everyone but who holds what the campaign takes away */
    TAKES_NEW,       /* everyone but who holds what the campaign gives */
};

/* The table that a step looks values up in. */
enum table {
    TABLE_NONE,
    TABLE_SCORES, /* a row for some of the workers */
    TABLE_MARKS,  /* a row for some of the works */
};

struct cast_step {
    const char *id;
    enum verb verb;
    cents_t amount; /* of a bonus without a table */
    bool per_worker;
    const char *words;   /* as they stand in the file: of the bonus, the subject of a message */
    const char *message; /* of a message that has a text of its own */
    const char *qualification;
    bool made; /* … it is a name, and the step makes it when it is not there */
    enum takes takes;
    enum table table;
    size_t tells; /* the step whose payments a message tells, or STEPS_MAX */
    bool needs_written;
    bool needs[STEPS_MAX];
};

struct cast_person {
    bool has_row; /* in the scores: what follows */
    cents_t usd;
    int score;
    const char *saying;
    bool blocked, forgiven, leaves;    /* what the campaign wants … */
    bool blocked_before, holds_before; /* … and how it was */
};

struct cast_work {
    char id[24];
    char worker[32];
    size_t person;
    size_t hit;
    bool approved_before;
    bool bad;     /* as the answers say, where the campaign rejects */
    bool has_row; /* in the marks: … */
    cents_t mark;
};

/* One action that the campaign asks for, and what became of it. */
struct planned {
    size_t step;
    enum verb verb; /* the step's; or VERB_CREATE, on nobody's work */
    const struct cast_work *work;
    bool per_worker;
    bool never;   /* what it waits for is nothing that the campaign does for this worker */
    char key[65]; /* reckoned here from the design's words, not by the product */
    size_t alike; /* the first action whose bonus no list can tell from this one */

    size_t happened; /* by the marketplace's book */
    size_t sends;    /* of the process that runs */
    stamp_t last_send_ms;
    bool answered; /* an operator's word decided it */

    /* As the last process left it. */
    bool has_standing;
    enum standing standing;
    enum decision decision;
    enum why why;
};

/* How the campaign file is changed for a while: the words of steps, or an amount. */
struct edit {
    bool words[STEPS_MAX];
    bool amounts[STEPS_MAX];
};

struct cast {
    struct cast_step steps[STEPS_MAX];
    size_t step_count;
    struct cast_person people[PEOPLE_MAX];
    size_t person_count;
    struct cast_work works[WORKS_MAX];
    size_t work_count;
    size_t hit_count;
    unsigned width;
    size_t bonus_lag_s;
    bool crowded;     /* the lists of the tasks go on after the first page */
    bool strangers;   /* nobody worked for this requester before */
    bool wide;        /* the campaign selects rejected work too */
    bool skips;       /* who has no row in a table is left out by `missing: skip`, else by `in` */
    bool by_token;    /* the marks are matched by an answer, in whatever case */
    bool crew_there;  /* the qualification that a step would make is there already */
    char crew_id[40]; /* … its id; empty before it is made */
    struct planned planned[PLANNED_MAX];
    size_t planned_count;
    struct edit edit;
};

extern struct cast cast;

/* `whole`: nobody takes the journal away, which alone knows who held what before. */
void cast_draw(bool whole);

extern const char campaign_name[6];
extern const char crew_name[5];

/* Lists what the campaign asks for. */
void cast_plan(void);

/* Whether no earlier work in the list is by the same worker. */
bool is_first_of_worker(size_t at);

bool step_takes(const struct cast_step *step, const struct cast_work *work);

/* Whether the campaign has a step of that verb. */
bool cast_has(enum verb verb);

/* What the file, as it is written at first, pays for a work and says about it. */
cents_t cast_amount(const struct cast_step *step, const struct cast_work *work);
const char *cast_words(const struct cast_step *step, const struct cast_work *work,
                       char out[WORDS_SIZE]);

/* The campaign, and the files that it names; the world that it is about. */
void cast_write_campaign(const char *path);
void cast_write_tables(void);
void cast_print_world(struct buffer *out);

/* By what is sent; NULL: nothing that the campaign asks for. */
struct planned *planned_by_key(const char *key);
struct planned *planned_message(const char *subject, const char *worker);
struct planned *planned_of_work(enum verb verb, const char *assignment);
struct planned *planned_of_worker(enum verb verb, const char *worker);
struct planned *planned_score(const char *qualification, const char *worker);
struct planned *planned_creation(const char *name);

/* True when the marketplace has it so already, before the campaign begins. */
bool planned_is_so(const struct planned *planned);

/* True when there is nothing to do for it: it is so already, or the marketplace decided the
 * opposite, or it waits for what never comes. */
bool planned_is_void(const struct planned *planned);

/* What is to be paid to the worker in a step, all in all. */
cents_t planned_sum(size_t step, const char *worker);

/* How often the payments that look like this one were made, and how many of them there should be
 * in all. */
size_t planned_alike_happened(const struct planned *planned);
size_t planned_alike_count(const struct planned *planned);

const char *planned_name(const struct planned *planned);

#endif
