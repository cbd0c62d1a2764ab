/* A service that throttles, in virtual time: a bucket of so many calls that fills at some rate, far
 * away, and a caller who keeps to its pace. No clock and no chance: the same every time. */
#ifndef SUPPORT_SERVICE_H
#define SUPPORT_SERVICE_H

#include <math.h>
#include <stdlib.h>

#include "core/pace.h"

struct service {
    double rate, burst;     /* calls a second; what the bucket holds */
    double later;           /* the rate after half of the calls; 0: it stays */
    int64_t way_us;         /* there, and as long back */
    int64_t jitter_us;      /* of the way there, at most */
    int64_t stall_us;       /* how long the caller is held up at every fourth call */
    unsigned throttle_each; /* throttles every so manieth call, whatever the bucket has; 0: none */
};

struct under_way {
    int64_t at_us;  /* when something happens to it */
    bool arrived;   /* at the service; else it is on its way there */
    bool throttled; /* if it arrived */
    struct pace_call call;
};

enum { SERVICE_WIDTH = 64 };

struct visit {
    const struct service *service;
    struct pace pace;
    struct under_way calls[SERVICE_WIDTH];
    size_t count;
    double tokens, rate;
    int64_t filled_us, now_us;
    uint64_t chance;
    unsigned wanted, done, sent, throttled;
    double allowed; /* calls that the service would have taken in all this time */
    unsigned most;  /* under way at once */
};

static inline int64_t
service_chance(struct visit *visit, int64_t below)
{
    visit->chance = visit->chance * 6364136223846793005u + 1442695040888963407u;
    return below ? (int64_t)(visit->chance >> 33) % below : 0;
}

static inline void
service_fill(struct visit *visit, int64_t at_us)
{
    double fresh = visit->rate * (double)(at_us - visit->filled_us) / 1e6;
    visit->allowed += fresh;
    visit->tokens = fmin(visit->service->burst, visit->tokens + fresh);
    visit->filled_us = at_us;
}

static inline void
service_take(struct visit *visit, struct under_way *call)
{
    const struct service *service = visit->service;
    service_fill(visit, call->at_us);
    if (service->later > 0 && visit->done * 2 >= visit->wanted)
        visit->rate = service->later;
    bool odd = service->throttle_each && call->call.number % service->throttle_each == 0;
    call->throttled = visit->tokens < 1 || odd;
    visit->tokens -= call->throttled ? 0 : 1;
    visit->throttled += call->throttled;
    call->arrived = true;
    call->at_us += service->way_us + 50;
}

/* The call to which something happens first, or NULL. */
static inline struct under_way *
service_first(struct visit *visit)
{
    struct under_way *first = NULL;
    for (size_t i = 0; i < visit->count; i++)
        if (!first || visit->calls[i].at_us < first->at_us)
            first = &visit->calls[i];
    return first;
}

static inline void
service_answer(struct visit *visit, struct under_way *call)
{
    visit->now_us = call->at_us > visit->now_us ? call->at_us : visit->now_us;
    pace_end(&visit->pace, &call->call, call->throttled ? PACE_THROTTLED : PACE_ADMITTED,
             visit->now_us);
    visit->done += !call->throttled;
    *call = visit->calls[--visit->count];
}

static inline void
service_send(struct visit *visit)
{
    const struct service *service = visit->service;
    int64_t way_us = service->way_us + service_chance(visit, service->jitter_us);
    visit->calls[visit->count++] = (struct under_way){
        .at_us = visit->now_us + way_us, .call = pace_start(&visit->pace, visit->now_us)};
    visit->most = visit->count > visit->most ? (unsigned)visit->count : visit->most;
    visit->now_us += 20 + (++visit->sent % 4 == 0 ? service->stall_us : 0);
}

/* So many calls, each until it is admitted. `rate_max` as in pace_init. */
static inline struct visit
service_visit(const struct service *service, unsigned wanted, double rate_max)
{
    struct visit visit = {
        .service = service, .wanted = wanted, .tokens = service->burst, .rate = service->rate};
    pace_init(&visit.pace, SERVICE_WIDTH, rate_max);
    while (visit.done < wanted) {
        struct under_way *first = service_first(&visit);
        bool more = visit.done + visit.count < wanted;
        int64_t due_us = more ? pace_due_us(&visit.pace, visit.now_us) : INT64_MAX;
        if (first && first->at_us <= (due_us < visit.now_us ? visit.now_us : due_us)) {
            if (first->arrived)
                service_answer(&visit, first);
            else
                service_take(&visit, first);
        } else if (due_us > visit.now_us) {
            visit.now_us = due_us + service_chance(&visit, 100);
        } else {
            service_send(&visit);
        }
    }
    service_fill(&visit, visit.now_us);
    return visit;
}

/* Which part of what was allowed was used. What the bucket held at first comes on top. */
static inline double
visit_used(const struct visit *visit)
{
    return visit->wanted / visit->allowed;
}

static inline double
visit_throttled(const struct visit *visit)
{
    return (double)visit->throttled / visit->sent;
}

#endif
