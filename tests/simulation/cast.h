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

enum { PEOPLE_MAX = 8, WORKS_MAX = 16, STEPS_MAX = 7, PLANNED_MAX = STEPS_MAX * WORKS_MAX };

struct cast_step {
    const char *id;
    enum verb verb;
    cents_t amount;
    bool per_worker;
    const char *words; /* of the bonus, of the message */
    bool needs_written;
    bool needs[STEPS_MAX];
};

struct cast_work {
    char id[16];
    char worker[16];
    size_t hit;
    bool approved_before;
};

/* One action that the campaign asks for, and what became of it. */
struct planned {
    size_t step;
    const struct cast_work *work;
    bool per_worker;
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
    struct cast_work works[WORKS_MAX];
    size_t work_count;
    size_t hit_count;
    unsigned width;
    size_t bonus_lag_s;
    bool crowded;   /* the lists of the tasks go on after the first page */
    bool strangers; /* nobody worked for this requester before */
    struct planned planned[PLANNED_MAX];
    size_t planned_count;
    struct edit edit;
};

extern struct cast cast;

void cast_draw(void);

extern const char campaign_name[6];

/* Whether no earlier work in the list is by the same worker. */
bool is_first_of_worker(size_t at);

void cast_print_campaign(struct buffer *out);
void cast_print_world(struct buffer *out);

/* By what is sent; NULL: nothing that the campaign asks for. */
struct planned *planned_by_key(const char *key);
struct planned *planned_message(const char *subject, const char *worker);
struct planned *planned_approval(const char *assignment);
struct planned *planned_score(const char *worker);

/* How often the payments that look like this one were made, and how many of them there should be
 * in all. */
size_t planned_alike_happened(const struct planned *planned);
size_t planned_alike_count(const struct planned *planned);

const char *planned_name(const struct planned *planned);

#endif
