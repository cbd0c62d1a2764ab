/* How a run is going, on standard error: a bar that moves on a terminal, plain lines otherwise. */
#ifndef CMD_PROGRESS_H
#define CMD_PROGRESS_H

#include "cmd/session.h"
#include "engine/run.h"

struct progress {
    struct session *session; /* knows whom not to name in a log */
    bool quiet;
    bool bar;         /* stderr is a terminal */
    bool shown;       /* a bar stands on the line */
    stamp_t last_ms;  /* when something was shown (CLOCK_BOOTTIME) */
    size_t last_over; /* how much was over then */
    const char *step;
};

/* A watcher that shows. `progress` and session must live as long as the run. */
struct watcher progress_watcher(struct progress *progress, struct session *session);

/* Clears the bar, so that other words can follow. */
void progress_end(struct progress *progress);

#endif
