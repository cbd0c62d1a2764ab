/* One call of a run and what has become of it. Used by the files of the run only: run, parcel,
 * answer, look, look_state, aside. */
#ifndef ENGINE_PARCEL_H
#define ENGINE_PARCEL_H

#include "engine/outcome.h"

enum { LOOK_PAGES_MAX = 10000 }; /* of one list: a million rows */
enum { PARCEL_TRIES_MAX = 4 };   /* attempts with an unknown outcome, in one run */

enum parcel_state {
    PARCEL_WAITING,
    PARCEL_SENDING,
    PARCEL_LOOK_WAITING,
    PARCEL_LOOKING,
    PARCEL_OVER
};

/* What a look is to decide. */
enum question_of_look {
    LOOK_BEFORE_SENDING,  /* never sent, and what the lists showed is old */
    LOOK_AFTER_SILENCE,   /* the attempt has no known outcome */
    LOOK_AFTER_REFUSAL,   /* refused, while an earlier attempt has no known outcome */
    LOOK_AFTER_DUPLICATE, /* "already processed" */
    LOOK_AFTER_STATE,     /* refused, and what was wished may be so already */
};

struct parcel {
    size_t *actions; /* indexes into the plan */
    size_t count;
    enum parcel_state state;
    enum ask_kind kind;
    const char *body;
    const char *words;     /* a batch's shared words, recorded once; else NULL */
    const char *own_words; /* what they came to for these people, recorded with each; or NULL */
    stamp_t due_ms;        /* CLOCK_BOOTTIME */
    bool intended;         /* an intent stands in the journal */
    bool mails;            /* each repetition would write to the worker: only after a look */
    unsigned tries;        /* sent in this run, without those that provably did nothing */
    unsigned nothings;     /* in a row: throttled, not sent */

    enum question_of_look look;
    stamp_t look_ms; /* marketplace's time when its lists began to be read; the plan's at first */
    size_t look_at;  /* which of the worker's assignments */
    const char *look_page;
    unsigned look_pages;
    unsigned look_tries; /* questions that had no answer */
    bool foreign;        /* another run of this campaign sent it */
    unsigned looks;      /* whole lists that did not show a duplicate */
    size_t look_listed;  /* payments like ours that the list shows */
    const char *code;    /* of the refusal that waits for the look */
    const char *text;
    struct sighting seen; /* the last of those payments */
    bool look_shows;      /* a page of the list that tells its state has the worker or the name */
};

/* The parcels of a step: one an action, or up to the verb's batch in one. `creation`: of the step's
 * qualification, which is made before anybody is given it. */
void parcels_make(struct run *run, size_t step, bool creation);

/* The action of a parcel; of a batch, its first. */
const struct action *parcel_action(const struct run *run, const struct parcel *parcel);

/* Writes down what an answer to a parcel's call means, and what happens next. */
bool parcel_answer(struct run *run, struct parcel *parcel, const struct answer *answer,
                   struct error *err);

/* Adds the intent or the resend of a parcel that is about to be sent. */
bool parcel_intend(struct run *run, struct parcel *parcel, struct error *err);

/* A parcel that will not be tried again now; what provably did nothing is released. */
bool parcel_give_up(struct run *run, struct parcel *parcel, const char *why, struct error *err);

/* Asks the marketplace what became of a parcel; and takes what it says. */
bool parcel_look(struct run *run, struct parcel *parcel, size_t tag, struct error *err);
bool parcel_look_answer(struct run *run, struct parcel *parcel, const struct answer *answer,
                        struct error *err);

/* True when what it does leaves a state that can be read, whoever did it. */
bool parcel_shows_state(const struct parcel *parcel);

/* Looks for that state: what is asked, and what is to be made of the answer. */
struct ask parcel_state_ask(struct run *run, const struct parcel *parcel);
bool parcel_state_answer(struct run *run, struct parcel *parcel, const struct answer *answer,
                         struct error *err);

/* What the looks share: its question had no answer; what was read is too old to be believed; the
 * refusal that waited for the look is its outcome, unless an earlier attempt may still arrive; it
 * stays unknown. */
bool parcel_look_fail(struct run *run, struct parcel *parcel, struct error *err);
bool parcel_look_is_old(const struct run *run, const struct parcel *parcel);
bool parcel_refusal_decide(struct run *run, struct parcel *parcel, struct error *err);
bool parcel_leave_unknown(struct run *run, struct parcel *parcel, const char *why,
                          struct error *err);

/* True when it may be sent again only after a look, because the last one is too old: the run was
 * long, or the machine slept. */
bool parcel_must_look(const struct run *run, const struct parcel *parcel);

/* What the journal holds of its (first) action, or NULL. */
const struct deed *parcel_deed(const struct run *run, const struct parcel *parcel);

/* True when some attempt of its action, in this run or before, has no known outcome. */
bool parcel_is_doubtful(const struct run *run, const struct parcel *parcel);

/* True while an earlier attempt with no known outcome may still reach the marketplace: then a
 * refusal is no outcome. */
bool parcel_may_arrive(const struct run *run, const struct parcel *parcel);

/* Another run of this campaign has sent this: what else it did, whom it told, this journal does not
 * know. Messages are withheld from here on. */
void parcel_foreign(struct run *run, struct parcel *parcel);

/* A request for a look soon, or a repetition after a pause, or as soon as the pace allows. */
void parcel_look_later(struct run *run, struct parcel *parcel, enum question_of_look look);
void parcel_later(struct run *run, struct parcel *parcel, unsigned attempt);
void parcel_again(struct parcel *parcel);

#endif
