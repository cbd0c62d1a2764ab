/* The line to the marketplace: signs requests, has up to `width` of them under way, and gives
 * back answers, one at a time, to whoever asks for them. Knows what time it is over there.
 *
 * It never repeats anything by itself: a write that got no answer is the run's business, a
 * question that got none is asked again by `inquiry`. */
#ifndef ENGINE_LINE_H
#define ENGINE_LINE_H

#include "base/arena.h"
#include "base/error.h"
#include "io/transport.h"
#include "market/market.h"

struct line_slot;

struct line {
    const struct market *market;
    const char *endpoint;
    struct credentials credentials;
    struct transport transport;
    struct line_slot *slots;
    unsigned width;
    unsigned busy;
    uint64_t next_ticket;
    bool heard;             /* the other side has told its time */
    int64_t offset_ms;      /* its clock less this machine's CLOCK_BOOTTIME */
    int64_t wall_offset_ms; /* its clock less this machine's wall clock, for the journal */
};

/* `width` slots from the arena. The clock is this machine's until the other side has spoken. */
void line_init(struct line *line, unsigned width, struct arena *arena);

/* The time at the marketplace, by its last Date header carried on by CLOCK_BOOTTIME. */
stamp_t line_now(const struct line *line);

/* What the journal wrote at `past_ms` is past. A Date has whole seconds, so right after another run
 * the clock may seem to be before it: then it is set forward. By more than that grain never. */
void line_advance(struct line *line, stamp_t past_ms);

/* Sends a body; `tag` comes back with the answer. `body` and `token` must live until then. False
 * when nothing could begin (nothing was sent). Needs a free slot. */
bool line_start(struct line *line, enum ask_kind kind, const char *body, const char *token,
                size_t tag, struct error *err);

/* Waits at most `timeout_ms` for one answer; texts live in the arena. False: none yet. */
bool line_wait(struct line *line, int timeout_ms, size_t *tag, struct answer *answer,
               struct arena *arena);

bool line_is_full(const struct line *line);

/* Gives up on everything under way. */
void line_cancel(struct line *line);
void line_close(struct line *line);

#endif
