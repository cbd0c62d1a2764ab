/* What a throttled call says about the service's rate. Used by `pace` only. */
#ifndef CORE_PACE_SIGN_H
#define CORE_PACE_SIGN_H

#include "core/pace.h"

static const double second_us = 1e6;

/* Takes in a throttled call: moves the fences, and sets the pace anew from the lower one. */
void pace_sign_take(struct pace *pace, const struct pace_call *call, int64_t now_us);

/* The rate at which a start goes: what may be under way, spread over a round trip. Needs one. */
double pace_start_rate(const struct pace *pace);

/* The rate, or the person's ceiling if that is lower. */
double pace_below_ceiling(const struct pace *pace, double rate);

/* Where the climb ends: `most`, or a little above `least`, lest it never look further. */
double pace_top(const struct pace *pace);

#endif
