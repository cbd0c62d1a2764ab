#include "core/pace.h"

#include <math.h>

#include "core/pace_sign.h"

enum {
    DOUBLING_MAX = 6,       /* calls under way up to which the start doubles */
    ROUND_LEAST_US = 10000, /* a start goes no faster than with round trips of this length */
    STEP_CALLS_LEAST = 4,   /* of a climb beyond `most` */
};

void
pace_init(struct pace *pace, unsigned width, double rate_max)
{
    *pace = (struct pace){.width = width, .rate_max = rate_max, .room = 1, .level = 1};
}

/* Calls a second; INFINITY when only the width bounds it. */
static double
rate_now(const struct pace *pace)
{
    double rate = pace->rate;
    if (pace->phase == PACE_STARTING) {
        bool open = !pace->round_us || pace->room >= pace->width;
        rate = open ? INFINITY : pace_start_rate(pace);
    }
    return pace_below_ceiling(pace, rate);
}

/* How many calls may go out at once. A loop that was held up for a moment may catch up on half of
 * what the bucket seems to hold, if it was no longer than the moment a disk takes; and always on
 * what a timer is late, or it would never reach the rate. */
static double
depth(const struct pace *pace, double rate)
{
    const double disk_seconds = 0.03, timer_seconds = 0.0005;
    return 1 + fmax(fmin(pace->burst / 2, rate * disk_seconds), rate * timer_seconds);
}

/* As if nothing that was not used were lost. */
static double
level_unbounded(const struct pace *pace, int64_t now_us)
{
    double rate = rate_now(pace);
    if (isinf(rate))
        return 1;
    return pace->level + rate * (double)(now_us - pace->level_us) / second_us;
}

static double
level_at(const struct pace *pace, int64_t now_us)
{
    return fmin(level_unbounded(pace, now_us), depth(pace, rate_now(pace)));
}

/* The start itself holds calls back. */
static bool
is_held_by_start(const struct pace *pace)
{
    return pace->phase == PACE_STARTING && pace->under_way >= (unsigned)pace->room;
}

static bool
is_full(const struct pace *pace)
{
    return pace->under_way >= pace->width || is_held_by_start(pace);
}

static void
level_set(struct pace *pace, int64_t now_us)
{
    double level = level_at(pace, now_us);
    if (!is_held_by_start(pace))
        pace->unused += level_unbounded(pace, now_us) - level;
    pace->level = level;
    pace->level_us = now_us;
}

int64_t
pace_due_us(const struct pace *pace, int64_t now_us)
{
    if (is_full(pace))
        return INT64_MAX;
    int64_t due_us = now_us;
    double level = level_at(pace, now_us);
    if (level < 1)
        due_us += (int64_t)ceil((1 - level) / rate_now(pace) * second_us);
    if (pace->draining && due_us < pace->drained_us)
        due_us = pace->drained_us;
    return due_us < pace->held_until_us ? pace->held_until_us : due_us;
}

unsigned
pace_soon(const struct pace *pace, int64_t now_us, int64_t ahead_us, unsigned calls_max)
{
    if (pace_due_us(pace, now_us) > now_us + ahead_us)
        return 0;
    double rate = rate_now(pace);
    double calls =
        isinf(rate) ? calls_max : level_at(pace, now_us) + rate * (double)ahead_us / second_us;
    unsigned room = pace->width - pace->under_way;
    if (pace->phase == PACE_STARTING && pace->room - pace->under_way < room)
        room = (unsigned)(pace->room - pace->under_way);
    room = room < calls_max ? room : calls_max;
    return calls < room ? (unsigned)fmax(calls, 1) : room;
}

struct pace_call
pace_start(struct pace *pace, int64_t now_us)
{
    level_set(pace, now_us);
    double gap = (double)(now_us - pace->sent_us) / second_us;
    if (pace->sent)
        pace->spacing = pace->spacing > 0 ? pace->spacing + (gap - pace->spacing) / 16 : gap;
    struct pace_call call = {.number = ++pace->sent,
                             .sent_us = now_us,
                             .rate = pace->rate,
                             .paced = pace->unused < 0.5,
                             .catching = pace->level >= 1.5};
    if (pace->phase == PACE_STARTING)
        pace->start_us[call.number % PACE_PLACES_MAX] = now_us;
    pace->level -= 1;
    pace->unused = 0;
    pace->sent_us = now_us;
    pace->under_way++;
    return call;
}

/* The climb from one fence to the other, and past it. There a step doubles what it is beyond, and
 * later adds half of the whole; it takes as many calls as are under way, for so late comes the
 * answer that shows where the climb ends. */
static void
climb(struct pace *pace)
{
    const double first_step = 0.01, large = 0.5;
    double top = pace_top(pace);
    double under_way = pace->rate * (double)pace->round_us / second_us;
    double step_calls = fmax(STEP_CALLS_LEAST, under_way);
    pace->since++;
    if (pace->since <= pace->climb) {
        pace->rate = pace->least * pow(top / pace->least, pace->since / pace->climb);
        return;
    }
    if (pace_below_ceiling(pace, INFINITY) <= pace->rate)
        return; /* nothing beyond was tried, so nothing is known of it */
    double beyond = fmax(pace->beyond, first_step);
    pace->beyond = beyond < large ? beyond * exp2(1 / step_calls)
                                  : (1 + beyond) * pow(1.5, 1 / step_calls) - 1;
    pace->rate = pace_below_ceiling(pace, top * (1 + pace->beyond));
}

/* Under a ceiling more room would never be used, but for what bridges a slow answer. */
static void
widen(struct pace *pace)
{
    double ample = 2 * pace_below_ceiling(pace, INFINITY);
    if (pace->room < DOUBLING_MAX)
        pace->room = fmin(pace->width, pace->room + 1);
    else if (pace_start_rate(pace) < ample)
        pace->room = fmin(pace->width, pace->room + 0.25);
}

/* Only a call that used the pace shows that the service bears more: pages that are read one after
 * the other do not. */
static void
admitted(struct pace *pace, const struct pace_call *call)
{
    if (!call->paced)
        return;
    if (pace->phase == PACE_STARTING)
        widen(pace);
    else if (call->number > pace->sign_last)
        climb(pace);
}

void
pace_end(struct pace *pace, const struct pace_call *call, enum pace_heard heard, int64_t now_us)
{
    level_set(pace, now_us);
    pace->under_way--;
    int64_t round_us = now_us - call->sent_us;
    if (pace->phase == PACE_STARTING && round_us < ROUND_LEAST_US)
        round_us = ROUND_LEAST_US;
    if (heard != PACE_SILENT && (!pace->round_us || round_us < pace->round_us))
        pace->round_us = round_us;
    if (heard == PACE_THROTTLED)
        pace_sign_take(pace, call, now_us);
    else if (heard == PACE_ADMITTED)
        admitted(pace, call);
    if (pace->under_way == 0)
        pace->draining = false;
}

void
pace_hold(struct pace *pace, int64_t until_us)
{
    if (pace->held_until_us < until_us)
        pace->held_until_us = until_us;
}

double
pace_speed(const struct pace *pace)
{
    return pace->spacing > 0 ? 1 / pace->spacing : 0;
}

/* splitmix64: enough to spread repetitions, and the same everywhere for the same seed. */
static uint64_t
jitter_next(uint64_t *seed)
{
    uint64_t value = (*seed += 0x9e3779b97f4a7c15u);
    value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9u;
    value = (value ^ value >> 27) * 0x94d049bb133111ebu;
    return value ^ value >> 31;
}

stamp_t
pace_pause_ms(unsigned attempt, uint64_t *seed)
{
    const stamp_t first_ms = 250, longest_ms = 20 * STAMP_SECOND_MS;
    stamp_t pause_ms = first_ms;
    for (unsigned i = 1; i < attempt && pause_ms < longest_ms; i++)
        pause_ms *= 2;
    if (pause_ms > longest_ms)
        pause_ms = longest_ms;
    return pause_ms / 2 + (stamp_t)(jitter_next(seed) % (uint64_t)(pause_ms / 2 + 1));
}
