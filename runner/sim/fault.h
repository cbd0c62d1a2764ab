/* Misbehaviour on request. A faults file is a list of rows; a call is shown to them in the order
 * of the file until one strikes, which decides what the caller sees. Rows behind it do not count
 * that call; so rows with `count: 1` happen one after the other. Latencies add up instead, and
 * every call is shown to them: it may be late as well as lost. Chance comes from the seed and from
 * each row's own stream, so that the same calls meet the same faults again. schema/world.md has the
 * rows for people. */
#ifndef SIM_FAULT_H
#define SIM_FAULT_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/stamp.h"
#include "base/tree.h"

enum fault_kind {
    FAULT_THROTTLE,           /* refused: ThrottlingException */
    FAULT_RATE,               /* the same, above so many calls a second */
    FAULT_LATENCY,            /* answered later */
    FAULT_SERVER_ERROR,       /* 500, nothing done */
    FAULT_SERVER_ERROR_AFTER, /* done, then 500 */
    FAULT_REFUSE,             /* refused with the row's own words */
    FAULT_HANG_UP_BEFORE,     /* nothing done, connection closed */
    FAULT_HANG_UP_AFTER,      /* done, connection closed without an answer */
    FAULT_HALF_ANSWER,        /* done, the answer is cut */
    FAULT_GARBAGE,            /* 200 with something that is not JSON */
    FAULT_HANG,               /* done, and never an answer */
};

struct fault {
    int kind;                      /* enum fault_kind */
    const struct node *operations; /* a name or a list of names; NULL: all */
    const char *worker;            /* only calls that name this worker; NULL: any */
    int64_t millionths;            /* how probable */
    int64_t after;                 /* spares this many calls first … */
    int64_t count;                 /* … and strikes at most this often; 0: no end */
    int64_t ms, jitter_ms;         /* latency */
    int64_t per_second, burst;     /* rate */
    int64_t status;                /* server errors, refuse */
    int64_t at_byte;               /* half-answer; 0: in the middle */
    int end;                       /* half-answer: enum cut_end */
    bool applied;                  /* garbage, hang: was the call carried out? */
    const char *code, *turk_code, *message;

    /* How far it is. */
    uint64_t stream;
    int64_t seen, struck;
    int64_t tokens_ms; /* rate: earned time, in thousandths of a call */
    stamp_t earned_ms;
};

struct faults {
    struct fault *rows;
    size_t count;
    struct arena arena;
};

/* Reads a faults file. False when anything was noted in `problems`. */
bool faults_open(struct faults *faults, const char *name, const char *bytes, size_t size_bytes,
                 uint64_t seed, struct problems *problems);
void faults_close(struct faults *faults);

/* What happens to one call: the row that strikes, or NULL; and how much later it is answered.
 * `input` may be NULL. */
struct fault *faults_next(struct faults *faults, const char *operation, const json_t *input,
                          stamp_t now_ms, int64_t *delay_ms);

#endif
