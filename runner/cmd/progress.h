/* How a run is going, on standard error. On a terminal each step has a line with a bar that moves,
 * and that stays when the step is over; otherwise a plain line says now and then how far it is. */
#ifndef CMD_PROGRESS_H
#define CMD_PROGRESS_H

#include "cmd/session.h"
#include "engine/run.h"

struct progress {
    struct session *session; /* knows whom not to name in a log */
    bool quiet;
    bool bar;                 /* stderr is a terminal that can */
    stamp_t shown_ms;         /* when something was shown; these are by CLOCK_BOOTTIME */
    stamp_t began_ms;         /* when the step began */
    stamp_t moved_ms;         /* when something of it was over last */
    stamp_t idle_told_ms;     /* for how long nothing had moved when that was said last */
    const char *step;         /* NULL: none has begun */
    size_t actions;           /* of the step */
    size_t over;              /* of them, when that was last looked at */
    struct run_counts before; /* the run's, when the step began */
    struct run_counts counts; /* and now */
};

/* A watcher that shows. `progress` and session must live as long as the run. */
struct watcher progress_watcher(struct progress *progress, struct session *session);

/* The last step is over: its line stays, and other words can follow. */
void progress_end(struct progress *progress);

#endif
