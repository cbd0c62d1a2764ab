/* Amazon Mechanical Turk, Requester API 2017-01-17: the only folder that knows its words. */
#ifndef MARKET_MTURK_MTURK_H
#define MARKET_MTURK_MTURK_H

#include "market/market.h"

extern const struct market mturk_market;

#endif
