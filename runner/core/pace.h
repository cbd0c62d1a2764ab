/* How fast the service may be asked: as fast as it allows, though it does not say how fast that is.
 *
 * The service is taken for a bucket that holds some calls (how many is unknown) and that fills at
 * some rate (unknown, and it may change). A call takes one out; when none is left, the call is
 * throttled. So a throttled call shows the one moment at which the bucket is known: empty. And
 * between two throttled calls, those admitted over the time between them *is* the rate, whatever
 * the bucket holds.
 *
 * Calls that were under way together are throttled together: that is one sign, not many. One sign
 * alone takes off a few percent at most; signs in quick succession show that the rate fell, and a
 * climb far beyond `most` that it rose.
 *
 * A bucket of one call keeps nothing for later: asked a little too fast it throttles every second
 * call, and loses as much as it throttles. Until the bucket is known to hold more, the calls
 * admitted between two throttled ones are therefore less than the rate, and it is looked for from
 * below.
 *
 * The limits: the start costs up to a dozen throttled calls, which weighs in a run of fifty. Of a
 * bucket of one call 93 % to 97 % are used, but in the first ten seconds only three quarters or
 * more; calls at 500 a second that have far to go hide it, and use 60 %. A rate that rises is seen
 * after some hundred calls. Of a service that throttles one call in twenty by chance about half is
 * used, and of one that throttles more less.
 *
 * Pure: time is an argument, in microseconds of a clock that only grows. Rates are calls a second.
 * tests/core/test_pace.c plays it against services of many kinds. */
#ifndef CORE_PACE_H
#define CORE_PACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/stamp.h"

enum { PACE_MARKS_MAX = 64, PACE_PLACES_MAX = 128 };

enum pace_phase {
    /* What may be under way doubles per round trip up to six, then grows by a quarter. The first
     * throttled call ends it, and what is under way is waited for. */
    PACE_STARTING,
    /* The rate lies between two fences, `least` and `most`: it climbs from the one to the other,
     * slowly beyond, and each throttled call moves them closer together. */
    PACE_SEARCHING,
    /* Measured over enough calls: it stays within some percent of what was measured, and looks
     * again every hundred calls or so. */
    PACE_SETTLED,
};

/* What an answer says about the pace. */
enum pace_heard {
    PACE_ADMITTED,  /* whatever it says, the service took the call */
    PACE_THROTTLED, /* it did not */
    PACE_SILENT,    /* no answer, or one from which neither can be told */
};

/* A call under way, kept by the caller until it is over. */
struct pace_call {
    uint64_t number; /* 1, 2, 3 in the order of sending */
    int64_t sent_us;
    double rate; /* the pace then */
    bool paced;  /* it went out as soon as the pace allowed, not later for want of something else */
    bool catching; /* it went out right behind another, because both were late */
};

struct pace {
    unsigned width;  /* how many calls may be under way at once */
    double rate_max; /* the person's ceiling; 0: none */
    enum pace_phase phase;
    double rate;        /* now */
    double least, most; /* the fences; not while starting */
    double room;        /* while starting: how many may be under way */
    double climb;       /* over so many admitted calls the rate goes from `least` to `most` */
    double beyond;      /* then it grows: the part by which it is above `most` */
    double since;       /* admitted since the last sign */
    double burst;       /* what the bucket seems to hold, beyond one call; 0: not known */
    bool deep;          /* it is known to hold more than one call */
    double floor;       /* while searching: `least` is no lower, by this sign */
    double level;       /* calls that may go out now, at `level_us` */
    int64_t level_us;
    double unused;    /* calls that might have gone out since the last one, and were lost */
    int64_t sent_us;  /* the last call */
    double spacing;   /* between calls, in seconds, smoothed: for people */
    int64_t round_us; /* the shortest round trip; 0: none yet */
    int64_t held_until_us;
    bool draining; /* the start is over: waits for what is under way, until `drained_us` */
    int64_t drained_us;
    unsigned under_way;
    uint64_t sent;                     /* calls so far */
    int64_t start_us[PACE_PLACES_MAX]; /* a ring: when the last calls of the start went out */
    struct pace_call started;          /* the call that ended the start, until `burst` is learned */
    uint64_t sign_last;                /* the last call that was sent before the sign was seen */
    size_t sign_cost;                  /* throttled calls of that sign */
    unsigned early; /* lone throttled calls that came before the rate could explain them */
    size_t fresh;   /* throttled calls of earlier signs that came in quick succession */
    struct pace_call marks[PACE_MARKS_MAX]; /* throttled calls since the rate last changed */
    size_t mark_count;
};

/* `rate_max` 0: no ceiling but the service's. */
void pace_init(struct pace *pace, unsigned width, double rate_max);

/* When the next call may go out: not before `now_us`; INT64_MAX when an answer must come first. */
int64_t pace_due_us(const struct pace *pace, int64_t now_us);

/* A call goes out now. Whether it is due is the caller's business. */
struct pace_call pace_start(struct pace *pace, int64_t now_us);

/* That call is over. */
void pace_end(struct pace *pace, const struct pace_call *call, enum pace_heard heard,
              int64_t now_us);

/* The service asked for silence (Retry-After): nothing is due before then. */
void pace_hold(struct pace *pace, int64_t until_us);

/* Calls a second over the last few, for people; 0 before there are any. */
double pace_speed(const struct pace *pace);

/* How many more calls may go out within `ahead_us`, at most `calls_max`. */
unsigned pace_soon(const struct pace *pace, int64_t now_us, int64_t ahead_us, unsigned calls_max);

/* A pause before the repetition number `attempt` (1 is the first repetition) of what failed for
 * another reason: between half and all of 250 ms × 2^(attempt-1), at most 20 s, with jitter so that
 * many that failed together do not come back together. `*seed` is the state of the jitter. */
stamp_t pace_pause_ms(unsigned attempt, uint64_t *seed);

#endif
