/* The line to the marketplace: signs requests, has up to `width` of them under way, and gives
 * back answers, one at a time, to whoever asks for them. Knows what time it is over there, and how
 * fast the service may be asked: questions and payments share one pace.
 *
 * It never repeats anything by itself: a write that got no answer is the run's business, a
 * question that got none is asked again by `inquiry`. */
#ifndef ENGINE_LINE_H
#define ENGINE_LINE_H

#include "base/arena.h"
#include "base/error.h"
#include "core/pace.h"
#include "io/transport.h"
#include "market/market.h"

struct line_slot;

/* Since the service last took a call. Times are by CLOCK_BOOTTIME. */
struct line_trouble {
    unsigned calls;    /* not taken, in a row */
    stamp_t since_ms;  /* when the first of them came back */
    stamp_t rested_ms; /* how long the service wanted to be left alone meanwhile */
    stamp_t told_ms;   /* of which somebody was told */
};

struct line {
    const struct market *market;
    const char *endpoint;
    struct credentials credentials;
    struct sign_memory signing; /* what the credentials keep between requests */
    struct transport transport;
    struct line_slot *slots;
    unsigned width;
    unsigned busy;
    struct pace pace;
    struct line_trouble trouble;
    void (*tell)(void *self, const char *text); /* when there is a long rest; NULL: nobody */
    void *tell_self;
    void (*read)(void *self, size_t answers); /* after each question answered; NULL: nobody */
    void *read_self;
    size_t answers; /* to questions, so far */
    uint64_t next_ticket;
    bool heard;             /* the other side has told its time */
    int64_t offset_ms;      /* its clock less this machine's CLOCK_BOOTTIME */
    int64_t wall_offset_ms; /* its clock less this machine's wall clock, for the journal */
};

/* `width` slots from the arena; at most `rate_max` calls a second, 0: as many as the service
 * allows. The clock is this machine's until the other side has spoken. */
void line_init(struct line *line, unsigned width, unsigned rate_max, struct arena *arena);

/* The time at the marketplace, by its last Date header carried on by CLOCK_BOOTTIME. */
stamp_t line_now(const struct line *line);

/* What the journal wrote at `past_ms` is past. A Date has whole seconds, so right after another run
 * the clock may seem to be before it: then it is set forward. By more than that grain never. */
void line_advance(struct line *line, stamp_t past_ms);

/* Sends a body; `tag` comes back with the answer. `body` and `token` must live until then. False
 * when nothing could begin (nothing was sent). Needs a free slot. */
bool line_start(struct line *line, enum ask_kind kind, const char *body, const char *token,
                size_t tag, struct error *err);

/* In how many microseconds the next call may begin; 0: now; INT64_MAX: an answer comes first. */
int64_t line_due_us(const struct line *line);

/* How many calls may begin within `ahead_us`, at most `calls_max`. */
unsigned line_soon(const struct line *line, int64_t ahead_us, unsigned calls_max);

/* Waits at most `timeout_us` for one answer; texts live in the arena. False: none yet. */
bool line_wait(struct line *line, int64_t timeout_us, size_t *tag, struct answer *answer,
               struct arena *arena);

/* True when the service has taken none of several calls for a while. Rests that it asks for are not
 * held against it, until they come to a quarter of an hour. */
bool line_is_shut(const struct line *line);

/* Gives up on everything under way. */
void line_cancel(struct line *line);
void line_close(struct line *line);

#endif
