#include "core/pace_sign.h"

#include <math.h>
#include <string.h>

enum {
    ENOUGH = 48,   /* admitted calls over which a measurement counts as good */
    CLIMB_MAX = 80 /* admitted calls of a climb, after a good measurement */
};

double
pace_start_rate(const struct pace *pace)
{
    return pace->room * second_us / (double)pace->round_us;
}

double
pace_below_ceiling(const struct pace *pace, double rate)
{
    return pace->rate_max > 0 && rate > pace->rate_max ? pace->rate_max : rate;
}

double
pace_top(const struct pace *pace)
{
    return pace_below_ceiling(pace, fmax(pace->most, pace->least * 1.02));
}

/* In the order of sending, however the answers come. */
static void
mark_add(struct pace *pace, const struct pace_call *call)
{
    if (pace->mark_count == PACE_MARKS_MAX)
        memmove(pace->marks, pace->marks + 1, --pace->mark_count * sizeof *pace->marks);
    size_t at = pace->mark_count++;
    for (; at && pace->marks[at - 1].number > call->number; at--)
        pace->marks[at] = pace->marks[at - 1];
    pace->marks[at] = *call;
}

/* Only the last ones still count: the service is not what it was before them. */
static void
marks_keep(struct pace *pace, size_t count)
{
    if (count >= pace->mark_count)
        return;
    memmove(pace->marks, pace->marks + pace->mark_count - count, count * sizeof *pace->marks);
    pace->mark_count = count;
}

/* Calls admitted, over so many seconds. */
struct span {
    double admitted, seconds;
};

/* From the mark that stands `back` places before the last, to the last. Calls under way count as
 * admitted until they are known to be throttled. */
static struct span
span_of(const struct pace *pace, size_t back)
{
    size_t last = pace->mark_count - 1;
    if (back > last)
        back = last;
    const struct pace_call *to = &pace->marks[last], *from = &pace->marks[last - back];
    return (struct span){
        .admitted = (double)(to->number - from->number) - (double)back,
        .seconds = fmax((double)(to->sent_us - from->sent_us) / second_us, 1 / second_us)};
}

static void
search_begin(struct pace *pace, size_t marks)
{
    pace->phase = PACE_SEARCHING;
    pace->fresh = 0;
    marks_keep(pace, marks);
}

/* The first throttled call ends the start; far below what it went at, the search begins. */
static void
start_end(struct pace *pace, int64_t now_us)
{
    if (!pace->round_us)
        pace->round_us = 1000;
    double under_way = pace->room < pace->width ? pace->room : (double)pace->under_way + 1;
    pace->most = pace_below_ceiling(pace, under_way * second_us / (double)pace->round_us);
    pace->least = pace->most / 16;
    pace->started = pace->marks[pace->mark_count - 1];
    pace->draining = true;
    pace->drained_us = now_us + 2 * pace->round_us;
    search_begin(pace, 1);
}

/* What was admitted right before the call that ended the start, beyond what the rate explains, the
 * bucket held: at least the most over any stretch of calls up to there. Calls that went out before
 * its answer came have taken the oldest places of the ring. */
static double
burst_held(const struct pace *pace)
{
    const struct pace_call *last = &pace->started;
    double held = 1;
    for (uint64_t back = 1; back < PACE_PLACES_MAX && back < last->number; back++) {
        int64_t sent_us = pace->start_us[(last->number - back) % PACE_PLACES_MAX];
        if (sent_us > last->sent_us)
            break;
        double seconds = (double)(last->sent_us - sent_us) / second_us;
        held = fmax(held, (double)back - pace->most * seconds);
    }
    return held - 1;
}

/* The bucket holds more than one call if it admitted, before the call that ended the start, more
 * than the rate explains; or if clearly more calls of those then under way were admitted than
 * throttled, of which a bucket of one call that is asked too fast takes every second at most. */
static void
depth_learn(struct pace *pace)
{
    const double surely = 0.35, clearly = 1.3;
    double throttled = (double)pace->sign_cost - 1;
    if (pace->started.number && burst_held(pace) > surely)
        pace->deep = true;
    if (pace->draining && throttled >= 2 &&
        span_of(pace, pace->sign_cost - 1).admitted > clearly * throttled)
        pace->deep = true;
}

/* Signs in quick succession, or a sign in which most was throttled: is less admitted than was
 * settled upon? */
static bool
has_fallen(struct pace *pace)
{
    const double soon = 0.15 * CLIMB_MAX, fallen = 0.85;
    pace->fresh = pace->since < soon ? pace->fresh + pace->sign_cost : 0;
    struct span span = span_of(pace, pace->fresh);
    return pace->fresh && (span.admitted + 1) / span.seconds < fallen * pace->rate;
}

/* The bucket may hold one call only: then this one came too soon after the one before it, so the
 * rate at which it went out is too high; and hardly so, if all had been admitted for a while on the
 * way there. */
static void
shallow_fence(struct pace *pace, const struct pace_call *call)
{
    const double hardly = 0.9, a_while = 4;
    double under_way = pace->rate * (double)pace->round_us / second_us;
    bool gentle = pace->since > under_way + a_while;
    if (gentle || pace->phase == PACE_SETTLED)
        pace->most = fmin(pace->most, call->rate);
    if (gentle)
        pace->floor = call->rate * hardly;
}

/* Throttled calls that come alone, and early in one climb after the other however low the rate is
 * set, say nothing of the rate: it had better be tried higher again. Should it be too high, whole
 * groups of calls are throttled next, and none is alone. */
static bool
is_by_chance(struct pace *pace)
{
    const unsigned many = 6, again = 3, explained = 2;
    if (pace->phase != PACE_SETTLED)
        return false;
    if (pace->sign_cost > 1)
        pace->early = 0;
    else if (pace->since < 0.75 * CLIMB_MAX)
        pace->early++;
    else
        pace->early = pace->early > explained ? pace->early - explained : 0;
    if (pace->early < many)
        return false;
    pace->early -= again;
    return true;
}

static void
sign_begin(struct pace *pace, const struct pace_call *call, int64_t now_us)
{
    const double risen = 1.25, higher = 1.5;
    pace->floor = 0;
    if (pace->phase == PACE_STARTING) {
        start_end(pace, now_us);
    } else if (is_by_chance(pace)) {
        pace->fresh = 0;
        pace->most = pace_below_ceiling(pace, pace->rate * higher);
    } else if (pace->rate > pace->most * risen && pace->beyond > risen - 1) {
        pace->least = fmax(pace->most, pace->rate * 0.7);
        pace->most = pace->rate;
        search_begin(pace, 1);
    } else {
        if (pace->phase == PACE_SETTLED && has_fallen(pace))
            search_begin(pace, pace->fresh + 1);
        pace->most = pace->rate;
        if (!pace->deep)
            shallow_fence(pace, call);
    }
    pace->sign_cost = 0;
    pace->sign_last = pace->sent;
}

/* How few calls back a measurement over enough of them begins, or the first mark. */
static size_t
measured_back(const struct pace *pace)
{
    size_t back = 1;
    while (back + 1 < pace->mark_count && span_of(pace, back).admitted < ENOUGH)
        back++;
    return back;
}

/* Searching: what is admitted is the rate, if the bucket lost nothing; what was sent at full pace
 * and not admitted is above it. While nothing at all was admitted only the latter is known. A
 * bucket of one call, asked a little too fast, throttles every second call, and loses as much as it
 * then admits: so until it is known to hold more, the rate may be as much higher as calls were
 * lost. */
static void
fences_search(struct pace *pace, struct span span, double throttled)
{
    double upper = (span.admitted + 1) / span.seconds, part = 0.4;
    if (!pace->deep) {
        upper *= 1 + span.admitted / throttled;
        part = span.admitted < throttled ? part : 0.6;
    }
    bool at_pace = (span.admitted + throttled) / span.seconds > 0.8 * pace->most;
    if (upper < pace->most && (at_pace || span.admitted < 1))
        pace->most = upper;
    pace->least =
        span.admitted < 1 ? pace->most / 4 : fmax(span.admitted / span.seconds, pace->most * part);
    pace->least = fmin(fmax(pace->least, pace->floor), pace->most);
}

/* How many calls the climb takes: the better the measurement, the more; the more calls a sign
 * costs, the rarer it may come; and never fewer than are under way. */
static double
climb_calls(const struct pace *pace, double admitted)
{
    double calls = fmin(CLIMB_MAX, fmax(6, 4 * admitted));
    if (pace->phase == PACE_SETTLED)
        calls = fmax(calls, 40 * (double)pace->sign_cost);
    return fmax(calls, pace->most * (double)pace->round_us / second_us);
}

/* The bucket was empty when the last throttled call came to it. Since then it has filled at the
 * rate, and what was sent after that call has taken from it. */
static void
level_after(struct pace *pace, int64_t now_us)
{
    const double reserve = 0.25;
    const struct pace_call *last = &pace->marks[pace->mark_count - 1];
    double filled = pace->rate * (double)(now_us - last->sent_us) / second_us;
    double spaced = pace->rate * (double)(now_us - pace->sent_us) / second_us;
    double level = reserve + filled - (double)(pace->sent - last->number);
    pace->level = fmin(fmin(level, spaced), 1);
    pace->level_us = now_us;
}

void
pace_sign_take(struct pace *pace, const struct pace_call *call, int64_t now_us)
{
    const double lone = 0.97, least_ever = 0.5;
    mark_add(pace, call);
    if (call->catching)
        pace->burst /= 2;
    if (call->number > pace->sign_last)
        sign_begin(pace, call, now_us);
    pace->sign_cost++;
    if (pace->phase == PACE_SETTLED && pace->sign_cost >= 4 &&
        span_of(pace, pace->sign_cost - 1).admitted < (double)pace->sign_cost / 2)
        search_begin(pace, pace->sign_cost);
    depth_learn(pace);
    double admitted = 0;
    if (pace->mark_count > 1) {
        size_t back = measured_back(pace);
        struct span span = span_of(pace, back);
        admitted = span.admitted;
        if (pace->phase == PACE_SETTLED)
            pace->least = fmin(fmax(admitted / span.seconds, lone * pace->most), pace->most);
        else
            fences_search(pace, span, (double)back);
        if (pace->phase != PACE_SETTLED && admitted >= ENOUGH) {
            pace->phase = PACE_SETTLED;
            if (pace->started.number)
                pace->burst = burst_held(pace);
            pace->started.number = 0;
        }
    }
    pace->least = fmax(pace->least, least_ever);
    pace->most = fmax(pace->most, pace->least);
    pace->climb = climb_calls(pace, admitted);
    pace->since = pace->beyond = 0;
    pace->rate = pace->least;
    level_after(pace, now_us);
}
