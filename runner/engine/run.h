/* Carries a plan out: the product's promise in one loop.
 *
 *     take replies → write down what they mean → choose what to send → make it durable → send
 *
 * Steps run in order. Within a step every action is a parcel (a message to many is one parcel with
 * many actions). Nothing is sent before its intent is on the disk; what cannot be known to have
 * failed is never simply sent again (OVER means: done, refused or given up):
 *
 *     WAITING ──► SENDING ──► OVER            a whole answer: done or refused
 *        ▲           │  └───► WAITING         provably nothing happened: later, again
 *        │           ▼
 *        └──────  LOOKING ──► OVER            found, or undecidable now
 *      absent                                                                                  */
#ifndef ENGINE_RUN_H
#define ENGINE_RUN_H

#include "core/needs.h"
#include "core/plan.h"
#include "engine/journal.h"
#include "engine/line.h"

struct run_counts {
    size_t total; /* actions that this run set out to do */
    size_t done;
    size_t found; /* seen done at the marketplace, and not by this journal's doing */
    size_t refused;
    size_t unknown;
    size_t pending;
    size_t resent;
    size_t throttled;    /* calls that came too fast, so far */
    const char *trouble; /* why the last call had no answer of use; NULL: it had one */
    double speed;        /* calls a second, of late */
    cents_t amount;      /* bonuses that went out in this run, and rewards let go */
    cents_t fee;
};

/* A step that begins, or what makes its qualification. */
struct step_note {
    const struct step *step;
    enum verb verb;
    size_t actions; /* to be done … */
    size_t calls;   /* … in so many calls */
};

/* Who is told how it goes. All may be NULL. */
struct watcher {
    void *self;
    void (*step)(void *self, const struct step_note *note, const struct run_counts *counts);
    void (*progress)(void *self, const struct run_counts *counts);
    void (*notice)(void *self, const char *text);
    /* An outcome that could not be written down, because the journal failed. */
    void (*unrecorded)(void *self, const char *key, const char *what);
};

struct parcel;

/* What of the step's parcels goes out next; see engine/choice.h. All hold numbers of parcels. */
struct choice {
    size_t *chosen; /* a ring as wide as the line: their intents are written, their time comes */
    size_t chosen_first, chosen_count;
    stamp_t chosen_ms; /* when the last of them was chosen (CLOCK_BOOTTIME) */
    size_t *back;      /* begun, and waiting again; has room for as many as the window */
    size_t back_count;
    size_t next;     /* the first that was not begun */
    size_t held;     /* begun and not over */
    size_t intended; /* actions that were chosen in this turn */
    unsigned room;   /* how many more may be chosen in it */
};

struct run {
    struct line *line;
    struct journal *journal;
    const struct campaign *campaign;
    struct roster *roster; /* a qualification that this run makes is noted in it */
    struct plan *plan;     /* what late actions say is filled in */
    struct entry note;     /* the `run` record, filled by the caller */
    struct entry genesis;
    struct watcher watcher;
    struct arena *arena; /* lives as long as the run */
    bool only_look;      /* writes down what the plan found, sends nothing */
    bool rebuild;        /* … into a journal that begins anew, because it was lost */
    stamp_t looked_ms;   /* the marketplace's time when the plan's lists were read; 0: just now */

    struct arena turn; /* reset each turn of the loop */
    struct needs needs;
    struct parcel *parcels; /* of the step under way */
    size_t parcel_count;
    struct choice choice;
    size_t step;
    bool step_stopped;
    bool funds_gone;
    bool foreign;     /* another run of this campaign was come upon … */
    size_t withheld;  /* … so these messages, which it may have sent, were not */
    enum status stop; /* why nothing new is sent; STATUS_DONE: go on */
    const char *stop_words;
    stamp_t turn_ms;  /* when the last turn of the loop was (CLOCK_BOOTTIME) */
    stamp_t woke_ms;  /* since when, by the marketplace's time, the machine has not slept; or 0 */
    int64_t added_us; /* since when something added is not durable (CLOCK_BOOTTIME) */
    const char *refusal_code;
    unsigned refusals_in_a_row;
    uint64_t jitter;
    struct run_counts counts;
};

/* Needs the members up to `looked_ms`. False with err when the journal failed: then nothing more
 * was sent, and what was in flight has been waited for and told to the watcher. */
bool run_perform(struct run *run, struct error *err);

/* How the journal stands, as an exit status: 4 with open ends or what looked done by somebody else,
 * 3 with refusals, else 0. */
enum status run_standing(const struct ledger *ledger);

#endif
